// The measures on the age of the software: what the server can tell without asking anybody, and what that does not prove.
import { both } from '../engine/bilingual.ts'
import { PROOF_LIMITS } from '../facts/proof-ways.ts'
import { byProof } from './measures-forms.ts'
import type { Measure } from './measures-table.ts'

const { releaseDays: RELEASE_DAYS, runtimeDays: RUNTIME_DAYS } = PROOF_LIMITS

export const AGE_MEASURES: readonly Measure[] = [
  byProof(
    {
      id: 'releaseAge',
      control: 'ueberpruefung',
      goals: ['integrity', 'availability'],
      fills: ['32(1)(d)'],
      name: both('Aktuelle Software', 'Up-to-date software'),
    },
    'probe.releaseAge',
    {
      passed: (days) => days <= RELEASE_DAYS,
      good: (days) =>
        both(
          `Die laufende Version war ${days} Tage alt (Grenze: ${RELEASE_DAYS}); das Alter sagt nicht, ob es Sicherheitswarnungen gibt`,
          `The running version was ${days} days old (limit: ${RELEASE_DAYS}); its age does not tell whether there are advisories`,
        ),
      bad: (days) =>
        both(
          `Die laufende Version war ${days} Tage alt und damit über der Grenze von ${RELEASE_DAYS} Tagen`,
          `The running version was ${days} days old, above the limit of ${RELEASE_DAYS} days`,
        ),
    },
  ),
  byProof(
    {
      id: 'runtimeAge',
      control: 'ueberpruefung',
      goals: ['integrity', 'availability'],
      fills: ['32(1)(d)'],
      name: both('Aktuelle Laufzeitumgebung', 'Up-to-date runtime'),
    },
    'probe.runtimeAge',
    {
      passed: (days) => days <= RUNTIME_DAYS,
      good: (days) =>
        both(
          `Die Laufzeitumgebung (Node.js) war ${days} Tage alt (Grenze: ${RUNTIME_DAYS}); das Alter sagt nicht, ob es Sicherheitswarnungen gibt`,
          `The runtime (Node.js) was ${days} days old (limit: ${RUNTIME_DAYS}); its age does not tell whether there are advisories`,
        ),
      bad: (days) =>
        both(
          `Die Laufzeitumgebung (Node.js) war ${days} Tage alt und damit über der Grenze von ${RUNTIME_DAYS} Tagen`,
          `The runtime (Node.js) was ${days} days old, above the limit of ${RUNTIME_DAYS} days`,
        ),
    },
  ),
]
