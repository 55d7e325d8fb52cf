// The nine criteria of the working paper WP 248 rev.01: which are met, and why or why not.
import type { Bilingual } from '@runde/contract'
import { GROUPS } from '../facts/options.ts'
import type { Group } from '../facts/values.ts'
import { MISSING, both, enumerate } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'

export interface Criterion {
  id: string
  name: Bilingual
  /** Undefined when facts are missing. */
  met: (f: Reader) => boolean | undefined
  why: (f: Reader) => Bilingual
}

/** Groups who can hardly object or consent freely; employees are named by the working paper itself. */
const VULNERABLE: readonly Group[] = ['employees', 'patients', 'pupils']

function vulnerable(f: Reader): readonly Group[] {
  return (f.get('use.groups') ?? []).filter((group) => VULNERABLE.includes(group))
}

function software(f: Reader, de: string, en: string): Bilingual {
  const version = f.print('server.version')
  return both(`${de} (Runde, Version ${version.de})`, `${en} (Runde, version ${version.en})`)
}

function anyOf(...values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(true)) return true
  return values.includes(undefined) ? undefined : false
}

const UNSTATED: Bilingual = MISSING

export const CRITERIA: readonly Criterion[] = [
  {
    id: 'scoring',
    name: both('1. Bewerten oder Einstufen von Personen', '1. Evaluation or scoring'),
    met: (f) => anyOf(f.get('judge.evaluation'), f.get('log.attentionStatistics')),
    why: (f) =>
      f.is('log.attentionStatistics', true)
        ? both('Redezeit oder Aufmerksamkeit werden ausgewertet', 'speaking time or attention are evaluated')
        : f.is('judge.evaluation', true)
          ? both(
              'Besprechungen sollen auch der Bewertung oder Überwachung dienen',
              'meetings are also meant for evaluation or monitoring',
            )
          : f.is('judge.evaluation', false) && f.is('log.attentionStatistics', false)
            ? both(
                'niemand wird bewertet; der Server wertet Redezeit und Aufmerksamkeit nicht aus',
                'nobody is evaluated; the server does not evaluate speaking time or attention',
              )
            : UNSTATED,
  },
  {
    id: 'automated',
    name: both('2. Automatisierte Entscheidungen', '2. Automated decisions'),
    met: () => false,
    why: (f) =>
      software(
        f,
        'die Software trifft keine Entscheidungen über Personen',
        'the software takes no decisions about persons',
      ),
  },
  {
    id: 'monitoring',
    name: both('3. Systematische Überwachung', '3. Systematic monitoring'),
    met: (f) =>
      anyOf(f.is('feature.attendance', 'on'), f.get('judge.evaluation'), f.get('log.attentionStatistics')),
    why: (f) =>
      f.is('feature.attendance', 'on')
        ? both('Anwesenheitslisten sind eingeschaltet', 'attendance lists are switched on')
        : f.is('judge.evaluation', true) || f.is('log.attentionStatistics', true)
          ? both('das Verhalten von Personen wird beobachtet', 'the behaviour of persons is observed')
          : f.get('judge.evaluation') === undefined || f.get('log.attentionStatistics') === undefined
            ? UNSTATED
            : both(
                'keine Anwesenheitslisten, keine Auswertung von Verhalten',
                'no attendance lists, no evaluation of behaviour',
              ),
  },
  {
    id: 'sensitive',
    name: both('4. Vertrauliche oder höchst persönliche Daten', '4. Sensitive or highly personal data'),
    met: (f) => {
      const duty = f.get('secrecy.duty')
      return anyOf(f.get('use.sensitive'), duty === undefined ? undefined : duty !== 'none')
    },
    why: (f) => {
      if (f.is('use.sensitive', true))
        return both(
          'besondere Kategorien personenbezogener Daten kommen regelmäßig vor',
          'special categories of personal data regularly occur',
        )
      const duty = f.get('secrecy.duty')
      if (duty === undefined || f.get('use.sensitive') === undefined) return UNSTATED
      if (duty === 'none')
        return both(
          'weder besondere Kategorien noch Berufsgeheimnisse sind Gegenstand',
          'neither special categories nor professional secrets are the subject',
        )
      const which = f.print('secrecy.duty')
      return both(
        `die Gespräche unterliegen einer Schweigepflicht (${which.de})`,
        `the conversations are subject to secrecy (${which.en})`,
      )
    },
  },
  {
    id: 'scale',
    name: both('5. Verarbeitung in großem Umfang', '5. Large-scale processing'),
    met: (f) => f.get('judge.largeScale'),
    why: (f) => {
      const large = f.get('judge.largeScale')
      const size = f.print('use.monthly')
      if (large === undefined) return UNSTATED
      return large
        ? both(`als umfangreich beurteilt (${size.de})`, `judged to be large-scale (${size.en})`)
        : both(`als nicht umfangreich beurteilt (${size.de})`, `judged not to be large-scale (${size.en})`)
    },
  },
  {
    id: 'matching',
    name: both('6. Abgleichen oder Zusammenführen von Daten', '6. Matching or combining data'),
    met: () => false,
    why: (f) =>
      software(
        f,
        'Daten aus Besprechungen werden nicht mit anderen zusammengeführt',
        'data from meetings are not combined with others',
      ),
  },
  {
    id: 'vulnerable',
    name: both('7. Schutzbedürftige Personen', '7. Vulnerable persons'),
    met: (f) =>
      anyOf(f.get('use.minors'), f.get('use.groups') === undefined ? undefined : vulnerable(f).length > 0),
    why: (f) => {
      const found = vulnerable(f).map((group) => GROUPS[group])
      const all = f.is('use.minors', true) ? [...found, both('Minderjährige', 'minors')] : found
      if (all.length > 0) return enumerate(all)
      return f.get('use.groups') === undefined || f.get('use.minors') === undefined
        ? UNSTATED
        : both(
            'keine Kinder, Beschäftigten, Schülerinnen und Schüler oder Patientinnen und Patienten',
            'no children, employees, pupils or patients',
          )
    },
  },
  {
    id: 'technology',
    name: both(
      '8. Neue technische oder organisatorische Lösungen',
      '8. New technological or organisational solutions',
    ),
    met: (f) => f.is('feature.transcription', 'on'),
    why: (f) =>
      f.is('feature.transcription', 'on')
        ? both(
            'Gesprochenes wird durch ein lernendes Verfahren in Text umgewandelt',
            'speech is turned into text by a learning system',
          )
        : both(
            'Videobesprechungen sind eingeführt; Verfahren der künstlichen Intelligenz sind nicht eingeschaltet',
            'video meetings are established; no artificial intelligence is switched on',
          ),
  },
  {
    id: 'blocking',
    name: both('9. Hürde vor einem Recht oder einer Leistung', '9. Barrier to a right or service'),
    met: (f) => f.get('judge.blocksRight'),
    why: (f) => {
      const blocks = f.get('judge.blocksRight')
      if (blocks === undefined) return UNSTATED
      return blocks
        ? both(
            'ein Recht oder eine Leistung ist nur per Video zu erlangen',
            'a right or service can be obtained by video only',
          )
        : both(
            'Rechte und Leistungen sind auch ohne Video zu erlangen',
            'rights and services can be obtained without video too',
          )
    },
  },
]

/** How many are met, and whether any cannot be answered yet. */
export function countCriteria(f: Reader): { met: number; open: number } {
  const answers = CRITERIA.map((criterion) => criterion.met(f))
  return {
    met: answers.filter((answer) => answer === true).length,
    open: answers.filter((answer) => answer === undefined).length,
  }
}

/** Two of nine as a rule (WP 248 rev.01, chapter III.B). */
export const RULE_OF_THUMB = 2
