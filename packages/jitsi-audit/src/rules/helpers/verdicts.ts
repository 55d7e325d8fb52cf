// Builds verdicts in one line, so that a rule reads like its row in the table.
import type { Bilingual } from '@runde/contract'
import type { Edit, Severity, State, Verdict } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'

/** What a verdict may carry besides its state and places. */
interface Extra {
  readonly severity?: Severity | undefined
  readonly detail?: Bilingual | undefined
  readonly mend?: Bilingual | undefined
  readonly edits?: readonly Edit[] | undefined
}

type Places = Origin | readonly (Origin | undefined)[] | undefined

function verdict(state: State, places: Places, extra: Extra): Verdict {
  const origins = (Array.isArray(places) ? places : [places]).filter((one) => one !== undefined)
  return {
    state,
    origins: distinct(origins),
    ...(extra.severity === undefined ? {} : { severity: extra.severity }),
    ...(extra.detail === undefined ? {} : { detail: extra.detail }),
    ...(extra.mend === undefined ? {} : { mend: extra.mend }),
    ...(extra.edits === undefined || extra.edits.length === 0 ? {} : { edits: extra.edits }),
  }
}

function distinct(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Set<string>()
  return origins.filter((one) => {
    // What the caller assumed (a release) stands in no file.
    if (one.file === '') return false
    const key = `${one.file}:${one.line}:${one.column}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** The rule is broken at these places; the first is the one to change. */
export function violated(places: Places, extra: Extra = {}): Verdict {
  return verdict('violated', places, extra)
}

/** The rule is kept; the places show by what. */
export function met(places?: Places, extra: Extra = {}): Verdict {
  return verdict('met', places, extra)
}

/** It cannot be told from these files; the detail should say what is missing. */
export function undecidable(places?: Places, extra: Extra = {}): Verdict {
  return verdict('undecidable', places, extra)
}

/** Something written would break (or keep) the rule, but has no effect; give both places, the winning one last. */
export function overridden(places: Places, extra: Extra = {}): Verdict {
  return verdict('overridden', places, extra)
}

/** The feature that the rule is about is off or absent. */
export function notApplicable(places?: Places, extra: Extra = {}): Verdict {
  return verdict('not_applicable', places, extra)
}

/** A sentence in both languages. */
export function both(de: string, en: string): Bilingual {
  return { de, en }
}

/** Says which file or setting is missing to decide. `what` must be a name that needs no translation. */
export function missing(what: string): Extra {
  return {
    detail: both(
      `Nicht entscheidbar: ${what} fehlt oder ist nicht vollständig.`,
      `Cannot be decided: ${what} is missing or not complete.`,
    ),
  }
}
