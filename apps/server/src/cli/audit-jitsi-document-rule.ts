// One violated rule as a section of the document: what happens, what was found where, and the change that mends it.
import type { Block, Section, Sentence } from '@runde/dossier'
import {
  type Finding,
  type FindingGroup,
  ORIGIN_WORDS,
  type Place,
  type RuleText,
  SEVERITY_WORDS,
  type ShownChange,
  WORDS,
  articlesOf,
  placeText,
} from '@runde/jitsi-audit'
import type { Page } from './audit-jitsi-document-page.ts'

/** Findings of one rule that are shown with their lines; the others are named. */
const SHOWN_MAX = 5

/** Places that are named; the rest is counted. */
const NAMED_MAX = 20

/** The section; its id is that of the rule. */
export function ruleSection(group: FindingGroup, rule: RuleText | undefined, out: Page): Section {
  const { language } = out
  const title = rule?.title[language] ?? group.rule
  const shown = group.findings.slice(0, SHOWN_MAX)
  const mends = new Set(group.findings.map(({ mend }) => mend[language]))
  const [mend] = mends
  return out.section(`rule-${group.rule}`, title, [
    out.definitions(`about-${group.rule}`, [
      [WORDS.severity[language], [out.text(SEVERITY_WORDS[group.severity][language])]],
      [WORDS.rule[language], [out.text(ruleLine(group.rule, rule, out))]],
      [WORDS.why[language], [out.text(rule?.why[language] ?? '')]],
      // Said once where all places are mended in the same way.
      ...(mends.size === 1 && mend !== undefined ? [[WORDS.mend[language], [out.text(mend)]] as const] : []),
    ]),
    ...shown.flatMap((finding, index) => found(finding, `${group.rule}-${index + 1}`, mends.size > 1, out)),
    ...others(group, out),
  ])
}

function ruleLine(id: string, rule: RuleText | undefined, { language }: Page): string {
  return [`${id} ${rule?.name ?? ''}`.trim(), ...articlesOf(rule, language)].join(', ')
}

function found(finding: Finding, id: string, ownMend: boolean, out: Page): Block[] {
  const { detail, installation, places, placeCount, changes, mend } = finding
  const { language } = out
  const said = [
    ...(installation === '' ? [] : [out.code(installation)]),
    ...(detail === undefined ? [] : [out.text(detail[language])]),
    ...places.slice(0, NAMED_MAX).map((place) => namedPlace(place, out)),
    ...(placeCount > NAMED_MAX
      ? [out.text(`+ ${placeCount - NAMED_MAX} ${WORDS.morePlaces[language]}`)]
      : []),
  ]
  const rows: (readonly [string, readonly Sentence[]])[] = [
    ...(said.length === 0 ? [] : [[WORDS.here[language], said] as const]),
    ...(ownMend ? [[WORDS.mend[language], [out.text(mend[language])]] as const] : []),
  ]
  return [
    ...(rows.length === 0 ? [] : [out.definitions(`found-${id}`, rows)]),
    ...(changes.length === 0
      ? places.flatMap((place, index) => lines(place, `${id}-lines-${index + 1}`, out))
      : changes.map((change, index) => changed(change, `${id}-change-${index + 1}`, out))),
  ]
}

function namedPlace(place: Place, { language, code, text }: Page): Sentence {
  const kind = ORIGIN_WORDS[place.kind]
  const named = code(placeText(place))
  if (kind === undefined) return named
  return { ...named, runs: [...named.runs, ...text(` (${kind[language]})`).runs] }
}

/** The lines of the place, with their numbers. */
function lines(place: Place, id: string, out: Page): Block[] {
  const { language } = out
  const all = place.lines ?? []
  const hit = all.filter((line) => line.hit)
  if (hit.length === 0) return []
  const heads = [
    [WORDS.line[language], 1],
    [WORDS.found[language], 9],
  ] as const
  const indent = indentOf(hit.map(({ text }) => text))
  const rows = hit.map(({ number, text }) => [out.text(String(number)), out.code(text.slice(indent))])
  return [out.table(id, place.file, heads.map(capital), rows)]
}

/** What a mechanical change takes away and puts in. */
function changed({ file, removed, added }: ShownChange, id: string, out: Page): Block {
  const { language } = out
  const [old, new_] = language === 'de' ? ['bisher', 'neu'] : ['before', 'after']
  const indent = indentOf([...removed, ...added].map(({ text }) => text))
  const row = (version: string) => (line: ShownChange['added'][number]) => [
    out.text(String(line.number)),
    out.text(version),
    out.code(line.text.slice(indent)),
  ]
  const heads = [
    [WORDS.line[language], 2],
    [language === 'de' ? 'Fassung' : 'Version', 2],
    [language === 'de' ? 'Inhalt' : 'Content', 14],
  ] as const
  return out.table(id, file, heads.map(capital), [...removed.map(row(old)), ...added.map(row(new_))])
}

/** What all lines begin with is of no use on paper. */
function indentOf(texts: readonly string[]): number {
  const own = texts.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length)
  return own.length === 0 ? 0 : Math.min(...own)
}

function capital([word, weight]: readonly [string, number]): readonly [string, number] {
  return [`${word.slice(0, 1).toUpperCase()}${word.slice(1)}`, weight]
}

function others({ findings }: FindingGroup, out: Page): Block[] {
  const rest = findings.slice(SHOWN_MAX)
  if (rest.length === 0) return []
  const named = rest.slice(0, NAMED_MAX).flatMap(({ rule, places, installation }, index) => {
    const place = places[0] === undefined ? installation : placeText(places[0])
    return place === '' ? [] : [{ id: `${rule}-other-${index + 1}`, said: out.code(place) }]
  })
  const more = rest.length - named.length
  const head = out.language === 'de' ? 'Ebenso in' : 'The same in'
  const said = [
    ...named.map((one) => one.said),
    ...(more > 0 ? [out.text(`+ ${more} ${WORDS.morePlaces[out.language]}`)] : []),
  ]
  return [out.definitions(`others-${findings[0]?.rule ?? ''}`, [[head, said]])]
}
