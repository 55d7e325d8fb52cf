// The threshold check for a data protection impact assessment (Art. 35 GDPR), and what Art. 35(7) asks of one.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, localized } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { CRITERIA, RULE_OF_THUMB, countCriteria } from './dpia-criteria.ts'
import { RISKS } from './dpia-risks.ts'
import { mayUseInterest, says } from './shared.ts'

/** Steps 1 and 2: cases the law names, and the authorities' list. */
const LAW: Clause = clause(
  'dpia.law',
  (f) => {
    const evaluation = f.get('judge.evaluation')
    const sensitive = f.get('use.sensitive')
    const large = f.get('judge.largeScale')
    if (evaluation === undefined || sensitive === undefined || large === undefined) {
      return both(
        `Ob ein gesetzlicher Fall vorliegt, ist ${MISSING.de}.`,
        `Whether a statutory case applies is ${MISSING.en}.`,
      )
    }
    if (sensitive && large)
      return both(
        'Ein gesetzlicher Fall liegt vor: besondere Kategorien personenbezogener Daten in großem Umfang.',
        'A statutory case applies: special categories of personal data on a large scale.',
      )
    if (!large)
      return both(
        'Kein gesetzlicher Fall: weder automatisierte Entscheidungen noch besondere Kategorien oder Daten über Straftaten in großem Umfang noch systematische Überwachung öffentlich zugänglicher Bereiche.',
        'No statutory case: neither automated decisions, nor special categories or data on criminal offences on a large scale, nor systematic monitoring of publicly accessible areas.',
      )
    return both(
      'Kein gesetzlicher Fall: weder automatisierte Entscheidungen noch besondere Kategorien in großem Umfang noch systematische Überwachung öffentlich zugänglicher Bereiche.',
      'No statutory case: neither automated decisions, nor special categories on a large scale, nor systematic monitoring of publicly accessible areas.',
    )
  },
  { laws: [art('35(3)')] },
)

function listHits(f: Reader): Bilingual[] {
  const duty = f.get('secrecy.duty')
  return [
    f.is('judge.largeScale', true) && duty !== undefined && duty !== 'none'
      ? both(
          'Daten, die einem Berufsgeheimnis unterliegen, in großem Umfang',
          'data subject to professional secrecy on a large scale',
        )
      : undefined,
    f.is('judge.evaluation', true) && f.get('use.groups')?.includes('employees') === true
      ? both(
          'Daten über das Verhalten von Beschäftigten zu deren Bewertung',
          'data on the behaviour of employees for their evaluation',
        )
      : undefined,
    f.is('log.attentionStatistics', true)
      ? both('rechnergestützte Auswertung von Bild oder Ton', 'automated evaluation of picture or sound')
      : undefined,
  ].filter((hit) => hit !== undefined)
}

const LIST: Clause = clause(
  'dpia.list',
  (f) => {
    const hits = listHits(f)
    const own = mayUseInterest(f) && f.regime.id === 'gdpr'
    const which = own
      ? both(
          'Liste der Datenschutzkonferenz für den nichtöffentlichen Bereich',
          'list of the German Data Protection Conference (DSK) for the private sector',
        )
      : f.regime.id === 'gdpr'
        ? both(
            'eigene Liste der zuständigen Aufsicht für den öffentlichen Bereich; sie ist gesondert durchzusehen, die Liste der Datenschutzkonferenz dient hier nur als Anhalt',
            "the competent authority's own list for the public sector; it has to be consulted separately, the list of the German Data Protection Conference (DSK) serves as guidance only",
          )
        : both(
            'eigene Liste der kirchlichen Aufsicht; sie ist gesondert durchzusehen, die Liste der Datenschutzkonferenz dient hier nur als Anhalt',
            "the church authority's own list; it has to be consulted separately, the list of the German Data Protection Conference (DSK) serves as guidance only",
          )
    const whose = own
      ? both('Die dort genannten Fälle', 'The cases named there')
      : both('Die Fälle der Datenschutzkonferenz', 'The cases of the DSK')
    return hits.length === 0
      ? both(
          `Maßgeblich: ${which.de}. ${whose.de}, die Besprechungen betreffen können, liegen nicht vor: Berufsgeheimnisse in großem Umfang, Bewertung des Verhaltens Beschäftigter, rechnergestützte Auswertung von Bild und Ton.`,
          `Applicable: ${which.en}. ${whose.en} that may concern meetings are not present: professional secrets on a large scale, evaluation of employees' behaviour, automated evaluation of picture and sound.`,
        )
      : both(
          `Maßgeblich: ${which.de}. Einschlägig: ${enumerate(hits).de}.`,
          `Applicable: ${which.en}. Cases present: ${enumerate(hits).en}.`,
        )
  },
  { laws: [art('35(4)')] },
)

function criterionRow(criterion: (typeof CRITERIA)[number]): RowSpec {
  const key = criterion.id
  return {
    id: key,
    cells: [
      clause('dpia.criterion', () => criterion.name, { key }),
      clause(
        'dpia.met',
        (f) => {
          const met = criterion.met(f)
          return met === undefined ? MISSING : met ? both('erfüllt', 'met') : both('nicht erfüllt', 'not met')
        },
        { key, laws: [art('35(1)')] },
      ),
      clause('dpia.why', (f) => criterion.why(f), { key, laws: [art('35(1)')] }),
    ],
  }
}

const RESULT: Clause = clause(
  'dpia.result',
  (f) => {
    const { met, open } = countCriteria(f)
    const hits = listHits(f).length + (f.is('use.sensitive', true) && f.is('judge.largeScale', true) ? 1 : 0)
    if (hits > 0)
      return both(
        'Ergebnis: Eine Datenschutz-Folgenabschätzung ist erforderlich; ein gesetzlicher oder gelisteter Fall liegt vor.',
        'Result: A data protection impact assessment is required; a statutory or listed case applies.',
      )
    if (open > 0)
      return both(
        `Ergebnis: ${MISSING.de}, solange Antworten fehlen.`,
        `Result: ${MISSING.en}, as long as answers are missing.`,
      )
    if (met < RULE_OF_THUMB)
      return both(
        `Ergebnis: Eine Datenschutz-Folgenabschätzung ist nicht erforderlich. Von den neun Merkmalen ist ${met === 0 ? 'keines' : 'eines'} erfüllt; in der Regel gilt das Risiko erst ab zwei erfüllten Merkmalen als hoch.`,
        `Result: A data protection impact assessment is not required. Of the nine criteria ${met === 0 ? 'none' : 'one'} is met; as a rule, the risk counts as high only from two criteria on.`,
      )
    const reason = f.get('judge.deviation')
    if (reason === undefined)
      return both(
        `Ergebnis: Eine Datenschutz-Folgenabschätzung ist in der Regel erforderlich. Von den neun Merkmalen sind ${met} erfüllt.`,
        `Result: A data protection impact assessment is required as a rule. Of the nine criteria ${met} are met.`,
      )
    const who = says(f)
    const why = localized(reason)
    return both(
      `Ergebnis: Von den neun Merkmalen sind ${met} erfüllt; in der Regel wäre damit eine Folgenabschätzung durchzuführen. ${who.de} ist das Risiko dennoch nicht hoch: ${why.de.replace(/[.\s]+$/, '')}. Eine Datenschutz-Folgenabschätzung wird deshalb nicht durchgeführt.`,
      `Result: Of the nine criteria ${met} are met; as a rule an impact assessment would have to be carried out. ${who.en} the risk is nevertheless not high: ${why.en.replace(/[.\s]+$/, '')}. Therefore no data protection impact assessment is carried out.`,
    )
  },
  { laws: [art('35(1)')] },
)

/** Art. 35(2): the officer's advice belongs to an assessment, and to the decision not to make one. */
const ADVICE: Clause = clause(
  'dpia.advice',
  (f) =>
    f.is('org.dpoAppointed', true)
      ? both(
          `vor der Entscheidung einzuholen (${f.print('org.dpoContact').de}); er steht bei den Kommentaren und Freigaben dieser Unterlage`,
          `to be obtained before the decision (${f.print('org.dpoContact').en}); it stands with the comments and approvals of this document`,
        )
      : undefined,
  { laws: [art('35(2)')] },
)

const NEXT: Clause = clause(
  'dpia.next',
  (f) => {
    const months = f.print('org.reviewMonths')
    return both(
      `bei jeder Änderung von Einstellungen, Zwecken oder Gruppen; Abstand höchstens ${months.de}`,
      `with every change of settings, purposes or groups; interval at most ${months.en}`,
    )
  },
  { laws: [art('35(11)')] },
)

const DESCRIPTION: Clause = clause(
  'dpia.description',
  (f) => {
    const list = f.get('use.purposes') ?? []
    const names = list.length === 0 ? MISSING : enumerate(list.map(({ name }) => localized(name)))
    const size = f.print('use.monthly')
    return both(
      `Personen treten mit dem Browser einer Videobesprechung bei; der Server leitet Ton, Bild und geteilte Bildschirme weiter und verwaltet Räume und Konten. Zwecke: ${names.de}. Umfang: ${size.de}. Einzelheiten stehen im Verzeichnis von Verarbeitungstätigkeiten.`,
      `Persons join a video meeting by browser; the server forwards audio, video and shared screens and manages rooms and accounts. Purposes: ${names.en}. Extent: ${size.en}. Details are in the record of processing activities.`,
    )
  },
  { fills: ['35(7)(a)'], laws: [art('35(7)(a)')] },
)

const NECESSITY: Clause = clause(
  'dpia.necessity',
  (f) => {
    const text = f.get('use.whyVideo')
    const why = text === undefined ? MISSING : localized(text)
    return both(
      `Grund für Besprechungen per Video: ${why.de.replace(/[.\s]+$/, '')}. Rechtsgrundlagen, Fristen und Rechte der Betroffenen stehen in den Datenschutzhinweisen, das Verhältnis von Zweck und Eingriff in der Interessenabwägung.`,
      `Reason for meeting by video: ${why.en.replace(/[.\s]+$/, '')}. Legal bases, periods and rights are in the privacy notice, the relation of purpose and interference in the balancing of interests.`,
    )
  },
  { fills: ['35(7)(b)'], laws: [art('35(7)(b)')] },
)

export const DPIA: DocumentSpec = {
  kind: 'dpia-threshold',
  basis: art('35'),
  title: both(
    'Schwellwertprüfung zur Datenschutz-Folgenabschätzung',
    'Threshold check for a data protection impact assessment',
  ),
  subtitle: (f) => {
    const law = f.law(art('35'))
    return both(
      `Ist eine Folgenabschätzung nach ${law.de} nötig?`,
      `Is an impact assessment under ${law.en} needed?`,
    )
  },
  body(page) {
    page.section('law', both('Schritt 1: Fälle des Gesetzes', 'Step 1: cases named by the law'), (inner) =>
      inner.text('law', [LAW]),
    )
    page.section(
      'list',
      both('Schritt 2: Liste der Aufsichtsbehörden', "Step 2: the authorities' list"),
      (inner) => inner.text('list', [LIST]),
    )
    page.section('criteria', both('Schritt 3: neun Merkmale', 'Step 3: nine criteria'), (inner) => {
      inner.table(
        'criteria',
        both(
          'Merkmale nach dem Arbeitspapier WP 248 der Aufsichtsbehörden',
          "Criteria of the authorities' working paper WP 248",
        ),
        [
          { id: 'criterion', header: both('Merkmal', 'Criterion'), weight: 2 },
          { id: 'met', header: both('Ergebnis', 'Result') },
          { id: 'why', header: both('Grund', 'Reason'), weight: 3 },
        ],
        CRITERIA.map(criterionRow),
      )
    })
    page.section('result', both('Schritt 4: Ergebnis', 'Step 4: result'), (inner) => {
      inner.text('result', [RESULT])
      inner.rows('signed', [
        [both('Geprüft durch', 'Checked by'), [clause('dpia.examiner', (f) => f.print('judge.examiner'))]],
        [both('Datum', 'Date'), [clause('dpia.date', (f) => f.print('judge.date'))]],
        [both('Rat der oder des Datenschutzbeauftragten', "Data protection officer's advice"), [ADVICE]],
        [both('Nächste Prüfung', 'Next check'), [NEXT]],
      ])
      inner.slot('dpia.result')
    })
    page.section('contents', both('Risiken und Maßnahmen', 'Risks and measures'), (inner) => {
      inner.text('intro', [
        clause('dpia.intro', (f) => {
          const law = f.law(art('35(7)'))
          return both(
            `Diese Angaben entsprechen dem Aufbau nach ${law.de}; wird eine Folgenabschätzung nötig, sind sie ihr Anfang.`,
            `These statements follow the structure of ${law.en}; if an impact assessment becomes necessary, they are its beginning.`,
          )
        }),
      ])
      inner.section(
        'description',
        both('Beschreibung der Verarbeitung', 'Description of the processing'),
        (each) => each.text('description', [DESCRIPTION]),
      )
      inner.section(
        'necessity',
        both('Notwendigkeit und Verhältnismäßigkeit', 'Necessity and proportionality'),
        (each) => each.text('necessity', [NECESSITY]),
      )
      inner.section(
        'risks',
        both('Risiken für die Betroffenen und Abhilfe', 'Risks for data subjects and remedies'),
        (each) => {
          each.table(
            'risks',
            both('Risiken und Maßnahmen', 'Risks and measures'),
            [
              { id: 'risk', header: both('Risiko', 'Risk'), weight: 2 },
              { id: 'harm', header: both('Mögliche Folge', 'Possible harm'), weight: 2 },
              {
                id: 'remedy',
                header: both('Maßnahmen auf diesem Server', 'Measures on this server'),
                weight: 3,
              },
            ],
            RISKS.map(({ id, name, harm, remedy }) => ({
              id,
              cells: [
                clause('dpia.risk', () => name, { key: id, fills: ['35(7)(c)'], laws: [art('35(7)(c)')] }),
                clause('dpia.harm', () => harm, { key: id, fills: ['35(7)(c)'] }),
                clause('dpia.remedy', remedy, { key: id, fills: ['35(7)(d)'], laws: [art('35(7)(d)')] }),
              ],
            })),
          )
        },
      )
    })
  },
}
