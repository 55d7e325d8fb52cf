// The full information for participants (Art. 13 and 14 GDPR): who, what for, which data, how long, which rights.
import { both } from '../engine/bilingual.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import * as data from './notice-data.ts'
import * as stored from './notice-stored.ts'
import * as who from './notice-who.ts'
import * as rights from './notice-rights.ts'
import { encryption, transfers } from './shared.ts'
import { clause } from '../engine/clause.ts'

export const NOTICE: DocumentSpec = {
  kind: 'notice',
  basis: art('13'),
  title: both(
    'Datenschutzhinweise für Teilnehmende an Videobesprechungen',
    'Privacy notice for participants in video meetings',
  ),
  subtitle: (f) => {
    const [direct, indirect] = [f.law(art('13')), f.law(art('14'))]
    return both(
      `Information nach ${direct.de} und ${indirect.de}`,
      `Information under ${direct.en} and ${indirect.en}`,
    )
  },
  body(page) {
    page.section('controller', both('Wer verantwortlich ist', 'Who is responsible'), (inner) => {
      inner.rows('controller', [
        [both('Verantwortlich', 'Controller'), [who.CONTROLLER]],
        [
          both('Vertreter in der Europäischen Union', 'Representative in the European Union'),
          [who.REPRESENTATIVE],
        ],
        [both('Gemeinsam verantwortlich', 'Joint controllers'), [who.JOINT]],
        [both('Datenschutzbeauftragte Person', 'Data protection officer'), [who.OFFICER]],
      ])
      inner.slot('notice.controller')
    })
    page.section('purposes', both('Zwecke und Rechtsgrundlagen', 'Purposes and legal bases'), (inner) => {
      inner.table(
        'purposes',
        both('Zwecke der Verarbeitung', 'Purposes of the processing'),
        who.PURPOSE_COLUMNS,
        who.purposeRows,
      )
      inner.text('operation', [who.OPERATION, who.EMPLOYEES])
      inner.slot('notice.purposes')
    })
    page.section('data', both('Welche Daten verarbeitet werden', 'Which data are processed'), (inner) => {
      inner.list('data', [
        data.MEDIA,
        data.NAME,
        data.CHAT,
        data.ADDRESS,
        data.ROOM,
        data.DIAL_IN,
        data.ATTENDANCE,
      ])
      inner.text('features', [data.RECORDING, data.TRANSCRIPTION, data.STREAMING, data.STATISTICS])
      inner.text('special', [data.SPECIAL])
      inner.text('protection', [clause('notice.encryption', encryption), data.ACCESS, data.OWN_RECORDING])
      inner.slot('notice.data')
    })
    page.section('recipients', both('Wer die Daten erhält', 'Who receives the data'), (inner) => {
      inner.list('recipients', [who.PARTICIPANTS, who.STAFF, who.providerClauses, who.LAWFUL])
      inner.text('transfers', [
        clause('notice.transfers', transfers, { fills: ['13(1)(f)'], laws: [art('44')] }),
        who.COPY,
      ])
    })
    page.section('periods', both('Wie lange gespeichert wird', 'How long data are kept'), (inner) => {
      inner.table(
        'periods',
        both('Speicherfristen', 'Storage periods'),
        stored.PERIOD_COLUMNS,
        stored.periodRows,
      )
    })
    page.section('rights', both('Ihre Rechte', 'Your rights'), (inner) => {
      inner.list('rights', [
        rights.ACCESS,
        rights.RECTIFICATION,
        rights.ERASURE,
        rights.RESTRICTION,
        rights.PORTABILITY,
      ])
      inner.text('exercise', [rights.EXERCISE, rights.IDENTITY])
      inner.text('withdrawal', [rights.WITHDRAWAL])
      inner.text('complaint', [rights.COMPLAINT])
    })
    page.section('objection', both('Ihr Recht auf Widerspruch', 'Your right to object'), (inner) => {
      inner.text('objection', [rights.OBJECTION, rights.OBJECTION_NONE])
    })
    page.section('provision', both('Müssen Sie Daten angeben?', 'Do you have to provide data?'), (inner) => {
      inner.text('provision', [rights.PROVISION, rights.CONSEQUENCE, rights.PSEUDONYM])
    })
    page.section('automated', both('Automatisierte Entscheidungen', 'Automated decisions'), (inner) => {
      inner.text('automated', [rights.AUTOMATED])
    })
    page.section(
      'browser',
      both('Was im Browser gespeichert wird', 'What is stored in the browser'),
      (inner) => {
        inner.table(
          'browser',
          both('Einträge im Browser', 'Entries in the browser'),
          stored.BROWSER_COLUMNS,
          stored.browserRows,
        )
        inner.text('browser-law', [stored.BROWSER_LAW])
      },
    )
    page.section(
      'third',
      both('Daten, die wir nicht von Ihnen selbst haben', 'Data we did not obtain from you'),
      (inner) => {
        inner.text('third', [
          rights.THIRD_NONE,
          rights.THIRD_SOURCE,
          rights.THIRD_CATEGORIES,
          rights.THIRD_DEADLINE,
        ])
        inner.slot('notice.third')
      },
    )
    page.section('changes', both('Änderungen', 'Changes'), (inner) => {
      inner.text('changes', [rights.NEW_PURPOSE, rights.NO_CONSENT])
    })
  },
}
