// The measure on what programs around the server write down: a web server in front, a relay, the system's journal.
import { both, enumerate, same } from '../engine/bilingual.ts'
import { unproven } from './measures-forms.ts'
import type { Measure } from './measures-table.ts'
import { withPeriod } from './shared.ts'

const NAME = both('Protokolle der Programme um den Server', 'Logs of the programs around the server')

export const SURROUNDING_MEASURES: readonly Measure[] = [
  {
    id: 'surroundings',
    control: 'eingabe',
    goals: ['dataMinimisation', 'unlinkability'],
    fills: ['32(1)(d)'],
    name: NAME,
    standing: (f) => {
      const logs = f.get('surroundings.logs')
      if (logs === undefined || logs.length === 0) return 'open'
      if (logs.some(({ state }) => state === 'logs')) return 'notInPlace'
      return logs.some(({ state }) => state === 'unclear') ? 'partly' : 'inPlace'
    },
    write: (f) => {
      const logs = f.get('surroundings.logs')
      if (logs === undefined) return unproven(NAME, 'surroundings.logs')
      const day = f.when('surroundings.logs')
      if (logs.length === 0)
        return both(
          `An den üblichen Orten fand sich keine Konfiguration eines Webservers, einer Vermittlung oder eines Systemprotokolls; was außerhalb dieser Maschine protokolliert wird, ist damit nicht gesagt (geprüft am ${day.de}).`,
          `In the usual places there was no configuration of a web server, a relay or a system log; this says nothing about what is logged outside this machine (checked on ${day.en}).`,
        )
      const of = (wanted: string): typeof logs => logs.filter(({ state }) => state === wanted)
      const clean = enumerate([...new Set(of('clean').map(({ service }) => service))].map(same))
      const unclear = enumerate([...new Set(of('unclear').map(({ service }) => service))].map(same))
      const keeping = enumerate(of('logs').map(withPeriod))
      const parts = [
        keeping.de === ''
          ? undefined
          : both(
              `was der Server nicht speichert, bewahren auf: ${keeping.de}`,
              `what the server does not store is kept by: ${keeping.en}`,
            ),
        unclear.de === '' ? undefined : both(`ungeklärt: ${unclear.de}`, `unclear: ${unclear.en}`),
        clean.de === ''
          ? undefined
          : both(`ohne Spuren der Teilnehmenden: ${clean.de}`, `without traces of participants: ${clean.en}`),
      ].filter((part) => part !== undefined)
      const all = both(parts.map(({ de }) => de).join('; '), parts.map(({ en }) => en).join('; '))
      return both(
        `Programme um den Server, nach ihrer Konfiguration: ${all.de} (geprüft am ${day.de}).`,
        `Programs around the server, by their configuration: ${all.en} (checked on ${day.en}).`,
      )
    },
  },
]
