// The whole set: facts in, documents and findings out. A pure function of facts, moment, language and rule packs.
import { day, iso } from './engine/dates.ts'
import type { Draft } from './engine/draft.ts'
import { gapFindings, ruleFindings } from './engine/findings.ts'
import { frontMatter } from './engine/front-matter.ts'
import { GDPR } from './engine/law.ts'
import { type DocumentSpec, write } from './engine/page.ts'
import { project } from './engine/project.ts'
import { type World, newTrace, readerFor, stateOf } from './engine/reader.ts'
import { BREACH } from './documents/breach.ts'
import { DELETION } from './documents/deletion.ts'
import { DPIA } from './documents/dpia.ts'
import { HOUSEHOLD } from './documents/household.ts'
import { IMPRINT_DOCUMENT } from './documents/imprint.ts'
import { INTERESTS } from './documents/interests.ts'
import { MEASURES_DOCUMENT } from './documents/measures.ts'
import { NOTICE_SHORT } from './documents/notice-short.ts'
import { NOTICE } from './documents/notice.ts'
import { processorCheckFor } from './documents/processor-check.ts'
import { PROCESSOR_DECISION } from './documents/processor-decision.ts'
import { PROCESSOR_OFFER } from './documents/processor-offer.ts'
import { PROVIDER_RECORD } from './documents/provider-record.ts'
import { REASONS_DOCUMENT } from './documents/reasons.ts'
import { RECORD } from './documents/record.ts'
import { RIGHTS_DOCUMENT } from './documents/rights.ts'
import { processors } from './documents/shared.ts'
import { isChurch } from './facts/organisation.ts'
import type { FactSheet } from './facts/sheet.ts'
import type { DocumentVersion, DossierDocument, Language } from './model/document.ts'
import type { Finding } from './model/finding.ts'
import { DEFAULT_PACKS } from './rules/packs.ts'
import { type Rule, type RulePack, inForce } from './rules/rule.ts'

export interface DossierOptions {
  language: Language
  /** Milliseconds since 1970; decides about fresh probes, rules in force, and the date on the documents. */
  now: number
  /** Rule packs instead of the ones delivered. */
  packs?: readonly RulePack[]
}

export interface Dossier {
  documents: readonly DossierDocument[]
  findings: readonly Finding[]
}

/** What a dossier is made from, before it is put into one language. */
export interface DossierDrafts {
  world: World
  rules: readonly Rule[]
  packs: readonly RulePack[]
  drafts: readonly Draft[]
  findings: readonly Finding[]
}

/** Writes the documents this organisation needs, and finds what is missing or wrong. */
export function dossier(sheet: FactSheet, options: DossierOptions): Dossier {
  const made = draftDossier(sheet, options.now, options.packs)
  const version = versionOf(made, options.language)
  const organisation = stateOf(made.world, 'org.name').value ?? ''
  const documents = made.drafts.map((draft) => {
    const findings = made.findings.filter(({ documents: kinds }) => kinds.includes(draft.kind))
    const full = frontMatter(draft, findings, made.packs, made.world)
    const blockers = findings.filter(({ blocks }) => blocks).length
    return project(made.world, full, { language: options.language, organisation, version, blockers })
  })
  return { documents, findings: made.findings }
}

/** The same without a language. */
export function draftDossier(
  sheet: FactSheet,
  now: number,
  packs: readonly RulePack[] = DEFAULT_PACKS,
): DossierDrafts {
  const today = iso(now).slice(0, 10)
  const bare: World = { sheet, now, regime: GDPR, authority: () => undefined }
  const active = packs.filter((pack) => inForce(pack, today) && pack.applies(readerFor(bare, newTrace())))
  const world: World = {
    ...bare,
    regime: active.findLast(({ regime }) => regime !== undefined)?.regime ?? GDPR,
    // Which authority is competent depends on these two, also when no pack knows one.
    authority: (facts) => {
      if (!isChurch(facts.get('org.sector'))) facts.get('org.land')
      return active.findLast(({ authority }) => authority !== undefined)?.authority?.(facts)
    },
  }
  const rules = active.flatMap((pack) => pack.rules).filter((rule) => inForce(rule, today))
  const drafts = specsFor(world).map(([spec, id]) => write(world, rules, spec, id))
  const kinds = new Set(drafts.map(({ kind }) => kind))
  const gaps = gapFindings(world, drafts)
  if (kinds.has('household')) return { world, rules, packs: active, drafts, findings: gaps }
  const { findings, looked } = ruleFindings(world, rules, kinds)
  const complete = drafts.map((draft) => ({
    ...draft,
    judged: new Set([...draft.facts, ...(looked.get(draft.kind) ?? [])]),
  }))
  return { world, rules, packs: active, drafts: complete, findings: [...gaps, ...findings] }
}

/** Which documents there are, each with its id. */
function specsFor(world: World): readonly (readonly [DocumentSpec, string])[] {
  const facts = readerFor(world, newTrace())
  if (facts.is('org.sector', 'household')) return [[HOUSEHOLD, HOUSEHOLD.kind]]
  const provider = facts.is('org.sector', 'provider')
  const specs: readonly DocumentSpec[] = [
    NOTICE_SHORT,
    NOTICE,
    RECORD,
    ...(provider ? [PROVIDER_RECORD] : []),
    MEASURES_DOCUMENT,
    PROCESSOR_DECISION,
    ...(provider ? [PROCESSOR_OFFER] : []),
    INTERESTS,
    DPIA,
    DELETION,
    REASONS_DOCUMENT,
    RIGHTS_DOCUMENT,
    BREACH,
    IMPRINT_DOCUMENT,
  ]
  return [
    ...specs.map((spec) => [spec, spec.kind] as const),
    ...processors(facts).map((each) => [processorCheckFor(each), `processor-check-${each.id}`] as const),
  ]
}

function versionOf({ world, packs }: DossierDrafts, language: Language): DocumentVersion {
  const madeAt = iso(world.now)
  return {
    madeAt,
    madeAtText: day(madeAt)[language],
    product: stateOf(world, 'server.version').value ?? '',
    packs: packs.map(({ id, title, validFrom }) => ({ id, title: title[language], validFrom })),
  }
}
