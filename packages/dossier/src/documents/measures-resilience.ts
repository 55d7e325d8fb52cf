// The measure on resilience (Art. 32(1)(b) GDPR): what one connection may take, and what a fault reaches.
import { both } from '../engine/bilingual.ts'
import { open } from './measures-forms.ts'
import type { Measure } from './measures-table.ts'

const NAME = both('Belastbarkeit gegen Überlastung', 'Resilience against overload')

export const RESILIENCE_MEASURES: readonly Measure[] = [
  {
    id: 'limits',
    control: 'verfuegbarkeit',
    goals: ['availability', 'integrity'],
    fills: ['32(1)(b)'],
    name: NAME,
    standing: (f) => (f.get('server.version') === undefined ? 'open' : 'inPlace'),
    write: (f) => {
      const version = f.get('server.version')
      return version === undefined
        ? open(NAME)
        : both(
            `Die Software (Runde, Version ${version}) begrenzt, wie viel und wie oft eine einzelne Verbindung senden darf; ein Fehler in einer Verbindung beendet nur diese.`,
            `The software (Runde, version ${version}) limits how much and how often a single connection may send; a fault in one connection ends only that one.`,
          )
    },
  },
]
