// Traces every mandatory field of the law to the document, section and clause that fills it, and to its facts.
import type { Bilingual } from '@runde/contract'
import { draftDossier } from '../dossier.ts'
import { MISSING } from '../engine/bilingual.ts'
import { draftSentences } from '../engine/draft.ts'
import { art, cite } from '../engine/law.ts'
import { newTrace, readerFor } from '../engine/reader.ts'
import type { FactSheet } from '../facts/sheet.ts'
import type { FactId } from '../facts/values.ts'
import type { RulePack } from '../rules/rule.ts'
import { FIELDS } from './fields.ts'

export interface TracePlace {
  document: string
  section: string
  clause: string
  facts: readonly FactId[]
}

export interface TraceRow {
  field: string
  /** The law that asks for it, in both languages. */
  law: Bilingual
  requirement: Bilingual
  /** `partly`: at least one place says that something is not yet stated. */
  state: 'filled' | 'partly' | 'missing' | 'notApplicable'
  /** Why it does not apply. */
  reason: Bilingual | undefined
  places: readonly TracePlace[]
}

/** One row per mandatory field; for a private person the table is empty. */
export function traceTable(sheet: FactSheet, now: number, packs?: readonly RulePack[]): TraceRow[] {
  const { world, drafts } = draftDossier(sheet, now, packs)
  if (drafts.some(({ kind }) => kind === 'household')) return []
  const all = drafts.flatMap((draft) =>
    draftSentences(draft).map(({ section, sentence }) => ({
      document: draft.id,
      section: section.id,
      sentence,
    })),
  )
  return FIELDS.map((field) => {
    const found = all.filter(({ sentence }) => sentence.fills.includes(field.id))
    const reason = found.length === 0 ? field.skip?.(readerFor(world, newTrace())) : undefined
    const gaps = found.some(({ sentence }) => sentence.text.de.includes(MISSING.de))
    const law = art(field.id)
    return {
      field: field.id,
      law: cite(world.regime, law) ?? cite({ ...world.regime, id: 'gdpr' }, law) ?? MISSING,
      requirement: field.requirement,
      state:
        found.length > 0 ? (gaps ? 'partly' : 'filled') : reason === undefined ? 'missing' : 'notApplicable',
      reason,
      places: found.map(({ document, section, sentence }) => ({
        document,
        section,
        clause: sentence.key,
        facts: sentence.facts,
      })),
    }
  })
}
