// Step two of the balancing of interests: what the server leaves out, so that only what is necessary is processed.
import type { Bilingual } from '@runde/contract'
import { both, enumerate } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import type { Reader } from '../engine/reader.ts'
import { keptAddresses } from './shared.ts'

interface Mitigation {
  holds: (f: Reader) => boolean
  text: Bilingual
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    holds: (f) => f.is('feature.recording', 'absent', 'off'),
    text: both('keine Aufzeichnung', 'no recording'),
  },
  {
    holds: (f) => f.is('feature.transcription', 'absent', 'off'),
    text: both('keine Mitschrift durch den Rechner', 'no transcription'),
  },
  {
    holds: (f) => f.is('feature.attendance', 'absent', 'off'),
    text: both('keine Anwesenheitslisten', 'no attendance lists'),
  },
  {
    holds: (f) => keptAddresses(f) === 'none',
    text: both('keine Netzadressen in Protokollen', 'no network addresses in logs'),
  },
  {
    holds: (f) => f.is('log.attentionStatistics', false),
    text: both(
      'keine Auswertung von Redezeit oder Aufmerksamkeit',
      'no statistics on speaking time or attention',
    ),
  },
  {
    holds: (f) => f.is('join.devicesOff', true),
    text: both('Kamera und Mikrofon anfangs aus', 'camera and microphone off at first'),
  },
  {
    holds: (f) => f.is('join.nameOptional', true),
    text: both('Teilnahme unter Pseudonym', 'participation under a pseudonym'),
  },
  {
    holds: (f) => f.is('media.relayedOnly', true),
    text: both(
      'Netzadressen vor anderen Teilnehmenden verborgen',
      'network addresses hidden from other participants',
    ),
  },
]

/** What is switched off, and so counts for the organisation. */
export const OFF: Clause = clause(
  'interests.off',
  (f) => {
    const holding = MITIGATIONS.filter(({ holds }) => holds(f)).map(({ text }) => text)
    return holding.length === 0
      ? both(
          'Einschränkungen zugunsten der Teilnehmenden sind nicht eingestellt.',
          'No restrictions in favour of participants are configured.',
        )
      : both(
          `Die Verarbeitung ist auf das Nötige beschränkt: ${enumerate(holding).de}.`,
          `The processing is limited to what is necessary: ${enumerate(holding).en}.`,
        )
  },
  { fills: ['LIA 2'] },
)
