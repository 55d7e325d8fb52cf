// The balancing of interests in three steps (Art. 6(1)(f) GDPR): interest, necessity, balance.
import { MISSING, both, enumerate, localized } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { OFF } from './interests-limits.ts'
import { addressLogs, groups, keptAddresses, mayUseInterest, says } from './shared.ts'

const SCOPE: Clause = clause(
  'interests.scope',
  (f) => {
    const found = (f.get('use.purposes') ?? []).filter(({ basis }) => basis === 'interest')
    if (!mayUseInterest(f)) {
      return both(
        'Öffentliche Stellen können sich bei der Erfüllung ihrer Aufgaben nicht auf ein berechtigtes Interesse stützen. Die Abwägung dient hier allein dem Nachweis, dass die Verarbeitung für die Aufgabe erforderlich und verhältnismäßig ist.',
        'Public bodies cannot rely on a legitimate interest in the performance of their tasks. The balancing here only serves to show that the processing is necessary and proportionate for the task.',
      )
    }
    return found.length === 0
      ? both(
          'Auf ein berechtigtes Interesse stützt sich nur der sichere Betrieb des Servers (Netzadressen, Anmeldung, Betriebsprotokoll); die Zwecke der Besprechungen haben andere Rechtsgrundlagen.',
          'Only the secure operation of the server (network addresses, sign-in, operating log) rests on a legitimate interest; the purposes of the meetings have other legal bases.',
        )
      : both(
          `Auf ein berechtigtes Interesse stützen sich: ${enumerate(found.map(({ name }) => localized(name))).de}; dazu der sichere Betrieb des Servers.`,
          `Resting on a legitimate interest: ${enumerate(found.map(({ name }) => localized(name))).en}; and the secure operation of the server.`,
        )
  },
  { fills: ['LIA 1'] },
)

/** Whether holding meetings is weighed, and not only the operation of the server. */
function weighsMeetings(f: Reader): boolean {
  return !mayUseInterest(f) || (f.get('use.purposes') ?? []).some(({ basis }) => basis === 'interest')
}

function interestRows(f: Reader): RowSpec[] {
  const found = mayUseInterest(f)
    ? (f.get('use.purposes') ?? []).filter(({ basis }) => basis === 'interest')
    : []
  return [
    ...found.map((purpose, index) => ({
      id: `${index + 1}`,
      cells: [
        clause('interests.purpose', () => localized(purpose.name), { key: `${index + 1}` }),
        clause(
          'interests.interest',
          () => (purpose.interest === undefined ? MISSING : localized(purpose.interest)),
          { key: `${index + 1}`, fills: ['LIA 1'] },
        ),
      ],
    })),
    {
      id: 'operation',
      cells: [
        clause('interests.purpose', () => both('Betrieb des Servers', 'Operation of the server'), {
          key: 'operation',
        }),
        clause(
          'interests.interest',
          (g) =>
            mayUseInterest(g)
              ? both(
                  'störungsfreier Betrieb und Schutz vor Angriffen; das Interesse ist rechtmäßig, hinreichend bestimmt und gegenwärtig',
                  'operation without faults and protection against attacks; the interest is lawful, sufficiently precise and present',
                )
              : both(
                  'störungsfreier Betrieb und Schutz vor Angriffen als Teil der Aufgabe',
                  'operation without faults and protection against attacks as part of the task',
                ),
          { key: 'operation', fills: ['LIA 1'] },
        ),
      ],
    },
  ]
}

const WHY_VIDEO: Clause = clause(
  'interests.alternatives',
  (f) => {
    if (!weighsMeetings(f))
      return both(
        'Ohne Netzadresse kommt keine Verbindung zustande, ohne Anmeldung könnten Unbefugte Räume anlegen, ohne Betriebsprotokoll blieben Störungen und Angriffe unbemerkt. Ein milderes Mittel, das ebenso wirkt, ist nicht ersichtlich.',
        'Without a network address no connection can be made, without sign-in unauthorised persons could create rooms, without an operating log faults and attacks would go unnoticed. No less intrusive means that works as well is apparent.',
      )
    const text = f.get('use.whyVideo')
    if (text === undefined)
      return both(
        `Warum mildere Mittel (Telefon, Text, Treffen vor Ort) nicht genügen: ${MISSING.de}.`,
        `Why less intrusive means (phone, text, meeting in person) are not enough: ${MISSING.en}.`,
      )
    const who = says(f)
    const why = localized(text)
    return both(
      `Mildere Mittel wären Telefon, Text oder ein Treffen vor Ort. ${who.de} genügen sie nicht: ${why.de.replace(/[.\s]+$/, '')}.`,
      `Less intrusive means would be phone, text or meeting in person. ${who.en} they are not enough: ${why.en.replace(/[.\s]+$/, '')}.`,
    )
  },
  { fills: ['LIA 2'] },
)

const NATURE: Clause = clause(
  'interests.nature',
  (f) => {
    const who = groups(f)
    return weighsMeetings(f)
      ? both(
          `Betroffen sind: ${who.de}. Verarbeitet werden Stimme und Bild, solange Mikrofon und Kamera eingeschaltet sind, und technische Daten der Verbindung.`,
          `Those concerned: ${who.en}. Voice and picture are processed while microphone and camera are on, and technical connection data.`,
        )
      : both(
          `Betroffen sind: ${who.de}. Abgewogen werden nur Netzadressen, Anmeldungen und Betriebsprotokoll; Stimme und Bild haben andere Rechtsgrundlagen.`,
          `Those concerned: ${who.en}. Only network addresses, sign-ins and the operating log are weighed; voice and picture have other legal bases.`,
        )
  },
  { fills: ['LIA 3'] },
)

const CHILDREN: Clause = clause(
  'interests.children',
  (f) => {
    switch (f.get('use.minors')) {
      case true:
        return both(
          'Minderjährige nehmen teil; ihre Interessen wiegen besonders schwer.',
          'Minors take part; their interests weigh particularly heavily.',
        )
      case false:
        return both('Minderjährige nehmen regelmäßig nicht teil.', 'Minors do not regularly take part.')
      case undefined:
        return both(`Teilnahme Minderjähriger: ${MISSING.de}.`, `Participation of minors: ${MISSING.en}.`)
    }
  },
  { fills: ['LIA 3'] },
)

const EXPECT: Clause = clause(
  'interests.expectation',
  (f) => {
    const who = says(f)
    switch (f.get('use.expected')) {
      case true: {
        const told = f.is('feature.notice', 'on')
          ? both(
              'der Server zeigt die Datenschutzhinweise vor dem Beitreten',
              'the server shows the privacy notice before joining',
            )
          : both(
              'die Datenschutzhinweise erhalten sie mit der Einladung',
              'they receive the privacy notice with the invitation',
            )
        return both(
          `${who.de} rechnen die Teilnehmenden mit der Verarbeitung; ${told.de}.`,
          `${who.en} participants expect the processing; ${told.en}.`,
        )
      }
      case false:
        return both(
          `${who.de} rechnen die Teilnehmenden nicht ohne Weiteres mit der Verarbeitung; das spricht gegen ein überwiegendes Interesse.`,
          `${who.en} participants do not readily expect the processing; this speaks against a prevailing interest.`,
        )
      case undefined:
        return both(
          `Erwartung der Teilnehmenden: ${MISSING.de}.`,
          `Expectation of the participants: ${MISSING.en}.`,
        )
    }
  },
  { fills: ['LIA 3'] },
)

const EFFECTS: Clause = clause(
  'interests.effects',
  (f) => {
    if (!weighsMeetings(f)) {
      const kept = keptAddresses(f)
      return kept === 'none'
        ? both(
            'Mögliche Folge wäre ein Rückschluss darauf, wer wann teilgenommen hat; weil Netzadressen nicht gespeichert werden, ist er nach der Besprechung nicht möglich.',
            'A possible effect would be a conclusion about who took part and when; because network addresses are not stored, it is not possible after the meeting.',
          )
        : both(
            'Mögliche Folge ist ein Rückschluss darauf, wer wann teilgenommen hat, solange die Protokolle aufbewahrt werden.',
            'A possible effect is a conclusion about who took part and when, as long as the logs are kept.',
          )
    }
    return f.is('feature.recording', 'on')
      ? both(
          'Mögliche Folgen sind ein unbefugtes Mithören, ein heimlicher Mitschnitt am Gerät anderer und, weil aufgezeichnet werden kann, eine spätere Verbreitung.',
          "Possible effects are unauthorised listening, secret recording on other people's devices and, because recording is possible, later dissemination.",
        )
      : both(
          'Mögliche Folgen sind ein unbefugtes Mithören und ein heimlicher Mitschnitt am Gerät anderer; Inhalte bleiben nach der Besprechung nicht auf dem Server.',
          "Possible effects are unauthorised listening and secret recording on other people's devices; contents do not remain on the server after the meeting.",
        )
  },
  { fills: ['LIA 3'] },
)

const OBJECTION: Clause = clause(
  'interests.objection',
  (f) => {
    const contact = f.print('org.contact')
    return both(
      `Widerspruch ist jederzeit formlos möglich: ${contact.de}.`,
      `Objection is possible informally at any time: ${contact.en}.`,
    )
  },
  { fills: ['LIA 3'], laws: [art('21')] },
)

const RESULT: Clause = clause(
  'interests.result',
  (f) => {
    const against = [
      f.is('use.expected', false)
        ? both('die Teilnehmenden rechnen nicht damit', 'participants do not expect it')
        : undefined,
      f.is('judge.evaluation', true)
        ? both('Personen sollen bewertet oder überwacht werden', 'persons are to be evaluated or monitored')
        : undefined,
      f.is('log.attentionStatistics', true)
        ? both('Redezeit oder Aufmerksamkeit werden ausgewertet', 'speaking time or attention are evaluated')
        : undefined,
      f.is('log.addresses', true) || addressLogs(f).length > 0
        ? both('Netzadressen werden gespeichert', 'network addresses are stored')
        : undefined,
    ].filter((reason) => reason !== undefined)
    const open =
      (weighsMeetings(f) && f.get('use.whyVideo') === undefined) ||
      f.get('use.expected') === undefined ||
      f.get('use.purposes') === undefined
    if (open)
      return both(
        `Ergebnis: ${MISSING.de}, solange Antworten fehlen.`,
        `Result: ${MISSING.en}, as long as answers are missing.`,
      )
    if (against.length === 0) {
      const stays = f.is('feature.recording', 'on')
        ? both(
            'und hinterlässt Inhalte nur, wo mit Einwilligung aufgezeichnet wird',
            'and leaves contents only where recorded with consent',
          )
        : both('und hinterlässt keine Inhalte auf dem Server', 'and leaves no contents on the server')
      return mayUseInterest(f)
        ? both(
            `Ergebnis: Die Interessen der betroffenen Personen überwiegen nicht. Die Verarbeitung ist auf das Nötige beschränkt, wird vorher angekündigt ${stays.de}.`,
            `Result: The interests of the data subjects do not prevail. The processing is limited to what is necessary, is announced beforehand ${stays.en}.`,
          )
        : both(
            `Ergebnis: Die Verarbeitung ist für die Aufgabe erforderlich und verhältnismäßig. Sie ist auf das Nötige beschränkt, wird vorher angekündigt ${stays.de}.`,
            `Result: The processing is necessary and proportionate for the task. It is limited to what is necessary, is announced beforehand ${stays.en}.`,
          )
    }
    return both(
      `Ergebnis: Die Abwägung fällt so nicht zugunsten der Verarbeitung aus. Dagegen spricht: ${enumerate(against).de}.`,
      `Result: The balancing does not come out in favour of the processing as it stands. Against it: ${enumerate(against).en}.`,
    )
  },
  { fills: ['LIA 3'] },
)

export const INTERESTS: DocumentSpec = {
  kind: 'interests',
  basis: art('6(1)'),
  title: both('Interessenabwägung', 'Balancing of interests'),
  subtitle: (f) => {
    const law = f.law(art(mayUseInterest(f) ? '6(1)(f)' : '6(1)(e)'))
    return both(`Prüfung in drei Schritten zu ${law.de}`, `Three-step assessment on ${law.en}`)
  },
  body(page) {
    page.section('interest', both('Schritt 1: das Interesse', 'Step 1: the interest'), (inner) => {
      inner.text('scope', [SCOPE])
      inner.table(
        'interests',
        both('Zwecke und Interessen', 'Purposes and interests'),
        [
          { id: 'purpose', header: both('Zweck', 'Purpose') },
          { id: 'interest', header: both('Interesse', 'Interest'), weight: 2 },
        ],
        interestRows,
      )
    })
    page.section('necessity', both('Schritt 2: die Erforderlichkeit', 'Step 2: necessity'), (inner) => {
      inner.text('necessity', [WHY_VIDEO, OFF])
    })
    page.section('balance', both('Schritt 3: die Abwägung', 'Step 3: the balance'), (inner) => {
      inner.list('balance', [NATURE, CHILDREN, EXPECT, EFFECTS, OBJECTION])
      inner.text('result', [RESULT])
      inner.rows('signed', [
        [
          both('Vorgenommen durch', 'Made by'),
          [clause('interests.examiner', (f) => f.print('judge.examiner'), { fills: ['LIA 3'] })],
        ],
        [
          both('Datum', 'Date'),
          [clause('interests.date', (f) => f.print('judge.date'), { fills: ['LIA 3'] })],
        ],
      ])
      inner.slot('interests.end')
    })
  },
}
