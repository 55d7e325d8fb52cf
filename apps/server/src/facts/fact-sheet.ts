// Puts the fact sheet of this installation together: what the server reports, what the probes found, what was declared.
import {
  type FactEntry,
  type FactId,
  type FactSheet,
  isFactId,
  readFacts,
  SHEET_FORMAT,
} from '@runde/dossier'
import type { Store } from '@runde/store'
import { REPORTERS, type Surroundings } from './reporters.ts'

/** What the sheet is made from. */
export interface SheetSources extends Surroundings {
  readonly store: Pick<Store, 'meetings' | 'facts' | 'probes' | 'diagnostics' | 'settings'>
  /** Since when the settings hold, ms since 1970: the start of the server, or now on the command line. */
  readonly settingsSince: number
}

/** A sheet that can be handed to packages/dossier; stored entries that no longer fit their form are left out and named. */
export interface InstallationFacts {
  readonly sheet: FactSheet
  /** Ids of stored facts that this version does not understand any more. */
  readonly unreadable: readonly string[]
}

/** Reads everything that is known. Settings win over declared facts, because the server knows them better. */
export async function installationFacts(sources: SheetSources): Promise<InstallationFacts> {
  const entries = new Map<string, unknown>()
  for (const [fact, entry] of await sources.store.facts.all()) entries.set(fact, parse(entry))
  for (const { probe, ranAt, result } of await sources.store.probes.latest())
    entries.set(probe, { value: parse(result), source: 'probe', at: iso(ranAt) })
  for (const { report } of REPORTERS) {
    for (const [fact, value] of Object.entries(await report(sources)))
      entries.set(fact, { value, source: 'setting', at: iso(sources.settingsSince) })
  }
  return readable(entries)
}

/** One entry as the sheet holds it, checked; undefined when it does not fit. */
export function checkedEntry(fact: FactId, entry: unknown): FactEntry | undefined {
  const result = readFacts({ format: SHEET_FORMAT, facts: { [fact]: entry } })
  return result.ok ? result.sheet[fact] : undefined
}

function readable(entries: ReadonlyMap<string, unknown>): InstallationFacts {
  const unreadable: string[] = []
  const facts: Record<string, unknown> = {}
  for (const [fact, entry] of entries) {
    if (isFactId(fact) && checkedEntry(fact, entry) !== undefined) facts[fact] = entry
    else unreadable.push(fact)
  }
  const result = readFacts({ format: SHEET_FORMAT, facts })
  if (!result.ok) throw new Error('entries that were checked one by one do not make a sheet')
  return { sheet: result.sheet, unreadable }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
