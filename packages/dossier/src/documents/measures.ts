// The organisation's own measures (Art. 32 GDPR), presented twice: by control and by protection goal.
import type { Bilingual } from '@runde/contract'
import { both, join } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { ACCESS_MEASURES } from './measures-access.ts'
import { ENCRYPTION_MEASURES } from './measures-encryption.ts'
import { FLOW_MEASURES } from './measures-flow.ts'
import type { Control, Goal, Measure, Standing } from './measures-table.ts'
import { RESILIENCE_MEASURES } from './measures-resilience.ts'
import { UPKEEP_MEASURES } from './measures-upkeep.ts'

/** All measures, in the order of the controls. */
export const MEASURES: readonly Measure[] = [
  ...ACCESS_MEASURES,
  ...FLOW_MEASURES,
  ...ENCRYPTION_MEASURES,
  ...RESILIENCE_MEASURES,
  ...UPKEEP_MEASURES,
]

const CONTROLS: Readonly<Record<Control, Bilingual>> = {
  zutritt: both(
    'Zutrittskontrolle: Wer kommt an das Gerät?',
    'Physical access control: who gets to the machine?',
  ),
  zugang: both(
    'Zugangskontrolle: Wer kommt in das System und in eine Besprechung?',
    'System access control: who gets into the system and into a meeting?',
  ),
  zugriff: both('Zugriffskontrolle: Wer darf was?', 'Data access control: who may do what?'),
  weitergabe: both('Weitergabekontrolle: Wohin gelangen Daten?', 'Transfer control: where do data go?'),
  eingabe: both('Eingabekontrolle: Was wird festgehalten?', 'Input control: what is recorded?'),
  auftrag: both(
    'Auftragskontrolle: Wer handelt auf wessen Weisung?',
    'Instruction control: who acts on whose instructions?',
  ),
  verfuegbarkeit: both('Verfügbarkeit und Wiederherstellung', 'Availability and restoration'),
  trennung: both('Trennung und Beschränkung auf den Zweck', 'Separation and purpose limitation'),
  verschluesselung: both('Pseudonymisierung und Verschlüsselung', 'Pseudonymisation and encryption'),
  ueberpruefung: both('Regelmäßige Überprüfung', 'Regular testing'),
}

const GOALS: Readonly<Record<Goal, Bilingual>> = {
  dataMinimisation: both('Datenminimierung', 'Data minimisation'),
  availability: both('Verfügbarkeit', 'Availability'),
  integrity: both('Integrität', 'Integrity'),
  confidentiality: both('Vertraulichkeit', 'Confidentiality'),
  unlinkability: both('Nichtverkettung', 'Unlinkability'),
  transparency: both('Transparenz', 'Transparency'),
  intervenability: both('Intervenierbarkeit', 'Intervenability'),
}

const STANDINGS: readonly { standing: Standing; word: Bilingual }[] = [
  { standing: 'inPlace', word: both('Umgesetzt', 'In place') },
  { standing: 'partly', word: both('Teilweise', 'Partly') },
  { standing: 'notInPlace', word: both('Nicht umgesetzt', 'Not in place') },
  { standing: 'open', word: both('Nicht belegt', 'Not backed') },
]

function measureClause(measure: Measure): Clause {
  return clause(`measure.${measure.id}`, measure.write, { fills: measure.fills, laws: [art('32')] })
}

/** All measures that serve a goal, grouped by their present state. */
function goalClause(goal: Goal): Clause {
  return clause(
    'measures.goal',
    (f: Reader) => {
      const serving = MEASURES.filter(({ goals }) => goals.includes(goal)).map((measure) => ({
        name: measure.name,
        standing: measure.standing(f),
      }))
      const groups = STANDINGS.flatMap(({ standing, word }) => {
        const found = serving.filter((measure) => measure.standing === standing).map(({ name }) => name)
        if (found.length === 0) return []
        const names = join(found, '; ')
        return [both(`${word.de}: ${names.de}.`, `${word.en}: ${names.en}.`)]
      })
      return join(groups, ' ')
    },
    { key: goal, fills: ['32(1)(b)'] },
  )
}

export const MEASURES_DOCUMENT: DocumentSpec = {
  kind: 'measures',
  basis: art('32'),
  title: both('Technische und organisatorische Maßnahmen', 'Technical and organisational measures'),
  subtitle: (f) => {
    const law = f.law(art('32'))
    return both(
      `Sicherheit der Verarbeitung nach ${law.de} für den Betrieb von Videobesprechungen`,
      `Security of processing under ${law.en} for the operation of video meetings`,
    )
  },
  body(page) {
    page.section(
      'reading',
      both('Wie dieses Dokument zu lesen ist', 'How to read this document'),
      (inner) => {
        inner.text('reading', [
          clause('measures.reading', () =>
            both(
              'Sätze ohne Zusatz beruhen auf der laufenden Einstellung des Servers. Sätze mit Prüfdatum beruhen auf einer Prüfung und entfallen, sobald sie veraltet oder fehlgeschlagen ist. Was nur eine Person wissen kann, ist als Angabe gekennzeichnet.',
              'Sentences without addition rest on the running settings of the server. Sentences with a test date rest on a test and are withdrawn once it is out of date or has failed. What only a person can know is marked as a statement.',
            ),
          ),
        ])
      },
    )
    page.section('controls', both('Maßnahmen nach Kontrollen', 'Measures by control'), (inner) => {
      for (const control of Object.keys(CONTROLS).filter(isControl)) {
        inner.section(`control-${control}`, CONTROLS[control], (section) => {
          section.list(
            `control-${control}`,
            MEASURES.filter((measure) => measure.control === control).map(measureClause),
          )
        })
      }
    })
    page.section(
      'goals',
      both('Maßnahmen nach Gewährleistungszielen', 'Measures by protection goal'),
      (inner) => {
        inner.text('goals-intro', [
          clause('measures.goals', () =>
            both(
              'Die Ziele folgen dem Standard-Datenschutzmodell; die Maßnahmen sind nach ihrem heutigen Stand geordnet.',
              'The goals follow the Standard Data Protection Model; the measures are arranged by their present state.',
            ),
          ),
        ])
        inner.table(
          'goals',
          both('Stand der Maßnahmen je Gewährleistungsziel', 'State of the measures per protection goal'),
          [
            { id: 'goal', header: both('Ziel', 'Goal'), weight: 1.3 },
            { id: 'state', header: both('Maßnahmen und ihr Stand', 'Measures and their state'), weight: 4 },
          ],
          Object.keys(GOALS)
            .filter(isGoal)
            .map((goal) => ({
              id: goal,
              cells: [clause('measures.goal.name', () => GOALS[goal], { key: goal }), goalClause(goal)],
            })),
        )
      },
    )
  },
}

function isControl(id: string): id is Control {
  return Object.hasOwn(CONTROLS, id)
}

function isGoal(id: string): id is Goal {
  return Object.hasOwn(GOALS, id)
}
