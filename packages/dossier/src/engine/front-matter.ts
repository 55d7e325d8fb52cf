// What stands around every document: open points before it, and how it was made after it.
import { FACTS, isFactId } from '../facts/table.ts'
import type { FactId } from '../facts/values.ts'
import type { DocumentKind } from '../model/document.ts'
import type { Finding } from '../model/finding.ts'
import type { RulePack } from '../rules/rule.ts'
import type { Bilingual } from '@runde/contract'
import { both, join, map } from './bilingual.ts'
import { day, iso } from './dates.ts'
import { type LawRef, art, citeAll } from './law.ts'
import type { Draft, DraftBlock, DraftSection, DraftSentence } from './draft.ts'
import type { World } from './reader.ts'

/** Documents that people outside read: they show what blocks them, but no inner weaknesses. */
const OUTWARD: ReadonlySet<DocumentKind> = new Set(['notice-short', 'notice', 'household', 'processor-offer'])

/** The short notice stands on a page of its own kind and carries no appendix. */
const BARE: ReadonlySet<DocumentKind> = new Set(['notice-short'])

const TITLES: Readonly<Record<Finding['kind'], Bilingual>> = {
  missing: both('Es fehlt', 'Missing'),
  contradiction: both('Widerspruch', 'Contradiction'),
  red: both('Steht der Freigabe entgegen', 'Stands against approval'),
  risk: both('Risiko', 'Risk'),
  note: both('Hinweis', 'Note'),
}

/** The draft with its open points and its closing section. */
export function frontMatter(
  draft: Draft,
  findings: readonly Finding[],
  packs: readonly RulePack[],
  world: World,
): Draft {
  const shown = findings.filter(({ blocks }) => blocks || !OUTWARD.has(draft.kind))
  const open = shown.length === 0 ? [] : [openPoints(shown)]
  const closing = BARE.has(draft.kind) ? [] : [about(packs, world, draft.kind)]
  return { ...draft, sections: [...open, ...draft.sections, ...closing] }
}

function openPoints(findings: readonly Finding[]): DraftSection {
  return {
    id: 'open-points',
    heading: both('Offene Punkte', 'Open points'),
    blocks: findings.map(callout),
    sections: [],
  }
}

function callout(finding: Finding): DraftBlock {
  const facts = finding.facts.filter(isFactId)
  const sentence = (part: string, text: Bilingual): DraftSentence => ({
    key: `finding.${finding.id}.${part}`,
    clause: `finding.${part}`,
    text,
    facts,
    laws: finding.basis,
    fills: [],
  })
  return {
    kind: 'callout',
    id: `finding-${finding.id}`,
    tone: finding.kind,
    title: TITLES[finding.kind],
    sentences: [sentence('message', finding.message), sentence('remedy', finding.remedy)],
    finding: finding.id,
  }
}

function about(packs: readonly RulePack[], world: World, kind: DocumentKind): DraftSection {
  // Accountability is no duty of a private person; the exemption itself is the ground there.
  const law = art(kind === 'household' ? '2(2)(c)' : '5(2)')
  const version: FactId = 'server.version'
  const made = day(iso(world.now))
  const rules = join(
    packs.map(({ title, validFrom }) => {
      const from = day(validFrom)
      return both(`${title.de} (gültig ab ${from.de})`, `${title.en} (valid from ${from.en})`)
    }),
    '; ',
  )
  const product = world.sheet[version]
  const value =
    product === undefined || 'unknown' in product ? undefined : FACTS[version].print(product.value)
  const from =
    value === undefined
      ? both('aus einem Faktenblatt', 'from a fact sheet')
      : map(value, (text) => `Runde ${text}`)
  return {
    id: 'about',
    heading: both('Zu diesem Dokument', 'About this document'),
    blocks: [
      {
        kind: 'paragraph',
        id: 'about-text',
        sentences: [
          plain(
            world,
            law,
            'about.made',
            both(`Erzeugt am ${made.de} (${from.de}).`, `Made on ${made.en} (${from.en}).`),
            value === undefined ? [] : [version],
          ),
          plain(
            world,
            law,
            'about.rules',
            both(`Angewandte Regeln: ${rules.de}.`, `Rules applied: ${rules.en}.`),
            // A private person is not asked for the Land.
            (['org.sector', 'org.land'] as const).filter((fact) => world.sheet[fact] !== undefined),
          ),
          plain(
            world,
            law,
            'about.advice',
            both(
              'Jeder Satz beruht auf einer Einstellung, einer Prüfung, einer Angabe oder einer Rechtsnorm. Das Dokument ersetzt keine Rechtsberatung.',
              'Every sentence rests on a setting, a test, a statement or a legal norm. The document does not replace legal advice.',
            ),
            [],
          ),
        ],
      },
    ],
    sections: [],
  }
}

function plain(
  world: World,
  law: LawRef,
  id: string,
  text: Bilingual,
  facts: readonly FactId[],
): DraftSentence {
  return { key: id, clause: id, text, facts, laws: citeAll(world.regime, [law]), fills: [] }
}
