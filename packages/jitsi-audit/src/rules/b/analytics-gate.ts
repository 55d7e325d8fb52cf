// Whether analytics handlers run at all: `analytics.disabled` and the switch against third parties stop every one of them.
import type { Bilingual } from '@runde/contract'
import type { Installation } from '../../core/installation.ts'
import type { Severity, Verdict } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'
import { met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { SWITCH } from './b01-third-party.ts'
import { firstOf, isOn, replaceIn, silent, textOf } from './kit.ts'

/** What stands between a key in the configuration and the service behind it. */
export interface Gate {
  readonly state: 'open' | 'closed' | 'unknown'
  readonly origin?: Origin
}

/** Reads the gate; `switches` are settings that stop the feature while true. */
export function gateOf(installation: Installation, switches: readonly string[]): Gate {
  const { web } = installation
  let unknown = false
  for (const path of switches) {
    const on = isOn(web, [path])
    const found = firstOf(web, [path])
    if (on === true)
      return found.state === 'set' ? { state: 'closed', origin: found.origin } : { state: 'closed' }
    if (on === undefined) unknown = true
  }
  return { state: unknown ? 'unknown' : 'open' }
}

/** The gate of all analytics handlers. */
export function analyticsGate(installation: Installation): Gate {
  return gateOf(installation, ['analytics.disabled', SWITCH])
}

/** The verdict on something that leaks unless the gate is closed. */
export function throughGate(
  gate: Gate,
  places: readonly (Origin | undefined)[],
  extra: { readonly severity?: Severity; readonly detail?: Bilingual } = {},
): Verdict {
  if (gate.state === 'closed') return overridden([...places, gate.origin])
  if (gate.state === 'unknown') return undecidable(places, missing('config.js'))
  return violated(places, { ...extra, edits: replaceIn(places[0], "''", '') })
}

/** A key of a service that must not be there: met while absent, judged through the gate while present. */
export function keyAbsent(
  installation: Installation,
  paths: readonly string[],
  gate: Gate,
  extra: { readonly severity?: Severity; readonly detail?: Bilingual } = {},
): readonly Verdict[] {
  const { web } = installation
  const found = firstOf(web, paths)
  if (found.state === 'unknown') return [undecidable(found.origin, missing('config.js'))]
  const written = paths.map((path) => textOf(web, path)).find((one) => one !== undefined)
  if (written === undefined) return [met(found.state === 'set' ? found.origin : silent(web))]
  return [throughGate(gate, [written.origin], extra)]
}
