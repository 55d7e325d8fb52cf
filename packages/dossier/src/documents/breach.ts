// The breach sheet (Art. 33 and 34 GDPR): who acts when, what a notification has to contain, and the register.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, localized } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { day } from '../engine/dates.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { groups, hasProcessors } from './shared.ts'

const DEADLINE: Clause = clause(
  'breach.deadline',
  (f) => {
    const law = f.law(art('33'))
    const authority = f.authority()?.name ?? MISSING
    if (f.regime.id === 'dsg-ekd') {
      return both(
        `Eine Verletzung, die zu einem nicht unerheblichen Risiko für Betroffene führt, wird der Aufsicht unverzüglich gemeldet (${law.de}). Zuständig: ${authority.de}.`,
        `A breach that leads to a not insignificant risk for data subjects is notified to the authority without delay (${law.en}). Competent: ${authority.en}.`,
      )
    }
    return both(
      `Eine Verletzung wird der Aufsicht unverzüglich und möglichst binnen 72 Stunden nach Bekanntwerden gemeldet, es sei denn, sie führt voraussichtlich nicht zu einem Risiko für Betroffene (${law.de}). Eine spätere Meldung ist zu begründen. Zuständig: ${authority.de}.`,
      `A breach is notified to the authority without undue delay and, where feasible, within 72 hours of becoming aware of it, unless it is unlikely to result in a risk for data subjects (${law.en}). A later notification has to state reasons. Competent: ${authority.en}.`,
    )
  },
  { laws: [art('33(1)')] },
)

const STEPS: readonly Clause[] = [
  clause(
    'breach.step.report',
    (f) => {
      const contact = f.print('org.incidentContact')
      if (f.regime.id === 'dsg-ekd') {
        return both(
          `Wer einen Vorfall bemerkt, meldet ihn sofort: ${contact.de}. Uhrzeit festhalten.`,
          `Whoever notices an incident reports it at once: ${contact.en}. Note the time.`,
        )
      }
      return both(
        `Wer einen Vorfall bemerkt, meldet ihn sofort: ${contact.de}. Uhrzeit festhalten; ab da läuft die Frist.`,
        `Whoever notices an incident reports it at once: ${contact.en}. Note the time; the period runs from there.`,
      )
    },
    { laws: [art('33(1)')] },
  ),
  clause(
    'breach.step.stop',
    () =>
      both(
        'Schaden begrenzen: betroffene Räume beenden und mit neuem Link anlegen, betroffene Konten löschen und neu einladen, Server notfalls anhalten. Spuren sichern, bevor etwas gelöscht wird.',
        'Limit the damage: end the rooms concerned and create them with a new link, delete the accounts concerned and invite them anew, stop the server if need be. Secure traces before erasing anything.',
      ),
    { laws: [art('32')] },
  ),
  clause(
    'breach.step.officer',
    (f) =>
      f.is('org.dpoAppointed', true)
        ? both(
            `Datenschutzbeauftragte Person einbeziehen: ${f.print('org.dpoContact').de}.`,
            `Involve the data protection officer: ${f.print('org.dpoContact').en}.`,
          )
        : undefined,
    { laws: [art('39')] },
  ),
  clause(
    'breach.step.judge',
    () =>
      both(
        'Risiko beurteilen: Welche Daten, wie viele Personen, wie leicht zu missbrauchen, welche Folgen? Ergebnis und Gründe festhalten, auch wenn nicht gemeldet wird.',
        'Judge the risk: which data, how many persons, how easy to misuse, which consequences? Note result and reasons, even if nothing is notified.',
      ),
    { laws: [art('33(1)')] },
  ),
  DEADLINE,
  clause(
    'breach.step.persons',
    () =>
      both(
        'Bei voraussichtlich hohem Risiko auch die Betroffenen unverzüglich und in klarer Sprache benachrichtigen.',
        'If the risk is likely to be high, also inform the data subjects without delay and in plain language.',
      ),
    { laws: [art('34')] },
  ),
  clause(
    'breach.step.processor',
    (f) => {
      return !hasProcessors(f)
        ? undefined
        : both(
            'Auftragsverarbeiter melden Vorfälle unverzüglich hierher; die Meldung an die Aufsicht bleibt Sache der eigenen Organisation.',
            'Processors report incidents here without delay; notifying the authority remains the task of this organisation.',
          )
    },
    { laws: [art('33(2)')] },
  ),
  clause(
    'breach.step.customers',
    (f) =>
      f.is('org.sector', 'provider')
        ? both(
            'Als Auftragsverarbeiter: betroffene Auftraggeber unverzüglich benachrichtigen; die Beurteilung, ob zu melden ist, liegt bei ihnen.',
            'As a processor: inform the customers concerned without delay; the judgement whether to notify is theirs.',
          )
        : undefined,
    { laws: [art('33(2)')] },
  ),
]

interface Field {
  id: string
  fills: string
  name: Bilingual
  known: (f: Reader) => Bilingual
}

const FIELDS: readonly Field[] = [
  {
    id: 'nature',
    fills: '33(3)(a)',
    name: both(
      'Art der Verletzung, Kategorien und ungefähre Zahl der Personen und Datensätze',
      'Nature of the breach, categories and approximate number of persons and records',
    ),
    known: (f) => {
      const who = groups(f)
      const size = f.print('use.monthly')
      return both(
        `Bekannt: betroffene Gruppen: ${who.de}; Größenordnung: ${size.de}. Im Ereignisfall einzutragen: was geschah, wie viele Personen und Datensätze.`,
        `Known: groups concerned: ${who.en}; order of magnitude: ${size.en}. To be entered in the event: what happened, how many persons and records.`,
      )
    },
  },
  {
    id: 'contact',
    fills: '33(3)(b)',
    name: both(
      'Datenschutzbeauftragte Person oder andere Anlaufstelle',
      'Data protection officer or other contact',
    ),
    known: (f) =>
      f.is('org.dpoAppointed', true) ? f.print('org.dpoContact') : f.print('org.incidentContact'),
  },
  {
    id: 'consequences',
    fills: '33(3)(c)',
    name: both('Wahrscheinliche Folgen', 'Likely consequences'),
    known: (f) =>
      f.is('feature.recording', 'on')
        ? both(
            'Möglich: Kenntnis von Gesprächen, Aufzeichnungen, Räumen und Konten. Im Ereignisfall einzutragen: was davon eingetreten ist.',
            'Possible: knowledge of conversations, recordings, rooms and accounts. To be entered in the event: which of these occurred.',
          )
        : both(
            'Möglich: Kenntnis laufender Gespräche, von Räumen und Konten; gespeicherte Inhalte gibt es nicht. Im Ereignisfall einzutragen: was davon eingetreten ist.',
            'Possible: knowledge of ongoing conversations, of rooms and accounts; there are no stored contents. To be entered in the event: which of these occurred.',
          ),
  },
  {
    id: 'measures',
    fills: '33(3)(d)',
    name: both('Ergriffene oder vorgeschlagene Maßnahmen', 'Measures taken or proposed'),
    known: () =>
      both(
        'Im Ereignisfall einzutragen: beendete Räume, gelöschte Konten, neue Links und Schlüssel, Behebung der Ursache, Hilfe für Betroffene.',
        'To be entered in the event: rooms ended, accounts deleted, new links and keys, removal of the cause, help for data subjects.',
      ),
  },
]

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function incidentRows(f: Reader): RowSpec[] {
  return (f.get('incident.register') ?? []).map((incident, index) => {
    const key = `${index + 1}`
    const laws = [art('33(5)')]
    return {
      id: key,
      cells: [
        clause('breach.register.known', () => day(incident.known), { key, laws }),
        clause(
          'breach.register.nature',
          () =>
            both(
              `${localized(incident.nature).de} (${counted(incident.persons, 'Person', 'Personen')}, ${counted(incident.records, 'Datensatz', 'Datensätze')})`,
              `${localized(incident.nature).en} (${counted(incident.persons, 'person', 'persons')}, ${counted(incident.records, 'record', 'records')})`,
            ),
          { key, laws },
        ),
        clause('breach.register.effects', () => localized(incident.consequences), { key, laws }),
        clause('breach.register.measures', () => localized(incident.measures), { key, laws }),
        clause(
          'breach.register.notified',
          () =>
            incident.notified === undefined ? both('nicht gemeldet', 'not notified') : day(incident.notified),
          { key, laws },
        ),
      ],
    }
  })
}

export const BREACH: DocumentSpec = {
  kind: 'breach',
  basis: art('33'),
  title: both(
    'Meldebogen für Verletzungen des Schutzes personenbezogener Daten',
    'Personal data breach sheet',
  ),
  subtitle: (f) => {
    const [authority, persons] = [f.law(art('33')), f.law(art('34'))]
    return both(
      `Vorgehen nach ${authority.de} und ${persons.de}`,
      `Procedure under ${authority.en} and ${persons.en}`,
    )
  },
  body(page) {
    page.section('steps', both('Was zu tun ist', 'What to do'), (inner) => {
      inner.list('steps', STEPS, true)
      inner.slot('breach.steps')
    })
    page.section('fields', both('Inhalt der Meldung', 'Contents of the notification'), (inner) => {
      inner.table(
        'fields',
        both('Pflichtangaben und was schon bekannt ist', 'Mandatory details and what is already known'),
        [
          { id: 'field', header: both('Angabe', 'Detail'), weight: 1 },
          { id: 'known', header: both('Inhalt', 'Content'), weight: 2 },
        ],
        FIELDS.map(({ id, name, known, fills }) => ({
          id,
          cells: [
            clause('breach.field', () => name, { key: id, laws: [art(fills)] }),
            clause('breach.known', known, { key: id, fills: [fills], laws: [art(fills)] }),
          ],
        })),
      )
    })
    page.section('register', both('Verzeichnis der Verletzungen', 'Register of breaches'), (inner) => {
      inner.text('register-intro', [
        clause(
          'breach.register',
          (f) => {
            const count = (f.get('incident.register') ?? []).length
            return count === 0
              ? both(
                  'Bisher ist keine Verletzung eingetragen. Jede Verletzung wird hier festgehalten, auch wenn sie nicht zu melden ist.',
                  'No breach has been entered so far. Every breach is noted here, even if it does not have to be notified.',
                )
              : both(
                  `${count === 1 ? 'Eine Verletzung ist' : `${count} Verletzungen sind`} eingetragen. Jede Verletzung wird hier festgehalten, auch wenn sie nicht zu melden ist.`,
                  `${count === 1 ? 'One breach has' : `${count} breaches have`} been entered. Every breach is noted here, even if it does not have to be notified.`,
                )
          },
          { laws: [art('33(5)')] },
        ),
      ])
      inner.table(
        'register',
        both('Eingetragene Verletzungen', 'Breaches entered'),
        [
          { id: 'known', header: both('Bekannt am', 'Known on') },
          { id: 'nature', header: both('Art', 'Nature'), weight: 2 },
          { id: 'effects', header: both('Folgen', 'Effects'), weight: 2 },
          { id: 'measures', header: both('Maßnahmen', 'Measures'), weight: 2 },
          { id: 'notified', header: both('Gemeldet am', 'Notified on') },
        ],
        incidentRows,
      )
    })
  },
}
