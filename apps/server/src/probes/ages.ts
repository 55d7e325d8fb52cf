// Probes of the software's age. The server asks nobody, so an age is all it can know: old is a fault, young is no proof.
import { PROOF_LIMITS } from '@runde/dossier'
import { RELEASED_ON } from '../version.ts'
import type { Outcome, Probe } from './probe.ts'

const DAY_MS = 86_400_000

/** When the pinned versions of Node.js came out (nodejs.org/download/release); the newest is the one in package.json. */
export const RUNTIME_RELEASES: ReadonlyMap<string, string> = new Map([['26.10.0', '2026-09-23']])

export const releaseAgeProbe: Probe = {
  id: 'probe.releaseAge',
  run: (target) => Promise.resolve(ageOf(RELEASED_ON, target.now(), PROOF_LIMITS.releaseDays)),
}

export const runtimeAgeProbe: Probe = {
  id: 'probe.runtimeAge',
  run: (target) => Promise.resolve(runtimeAge(process.versions.node, target.now())),
}

/** Age of a version of Node.js; a version that this release does not know has none. */
export function runtimeAge(version: string, now: number): Outcome {
  const day = RUNTIME_RELEASES.get(version)
  return day === undefined
    ? {
        measured: false,
        reason: {
          de: `Wann Node.js ${version} erschien, ist dieser Version von Runde nicht bekannt.`,
          en: `When Node.js ${version} was released is not known to this version of Runde.`,
        },
      }
    : ageOf(day, now, PROOF_LIMITS.runtimeDays)
}

function ageOf(day: string, now: number, limit: number): Outcome {
  const days = Math.max(Math.floor((now - Date.parse(`${day}T00:00:00Z`)) / DAY_MS), 0)
  return { measured: true, value: days, passed: days <= limit, found: [] }
}
