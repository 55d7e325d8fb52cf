// The short layer of the information for participants: what stands on the join page before any connection.
import { both, enumerate, join, map, phrase } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import {
  aroundAddresses,
  basisOf,
  controller,
  encryption,
  keptAddresses,
  officer,
  operationBasis,
  processors,
  transfers,
} from './shared.ts'

const WHO: Clause = clause('short.controller', (f) => map(controller(f), (text) => `${text}.`), {
  fills: ['13(1)(a)'],
})

const OFFICER: Clause = clause(
  'short.officer',
  (f) => {
    const found = officer(f)
    return f.is('org.dpoAppointed', false)
      ? undefined
      : both(`Datenschutzbeauftragte Person: ${found.de}.`, `Data protection officer: ${found.en}.`)
  },
  { fills: ['13(1)(b)'] },
)

const WHY: Clause = clause('short.purposes', (f) => {
  const purposes = f.get('use.purposes') ?? []
  if (purposes.length === 0) return f.print('use.purposes')
  // Purposes with the same basis share it: three times the same paragraph would hide what differs.
  const bases = purposes.map((purpose) => ({ name: phrase(purpose.name), basis: basisOf(f, purpose) }))
  const different = bases.filter(
    ({ basis }, index) => bases.findIndex((other) => other.basis.de === basis.de) === index,
  )
  const list = join(
    different.map(({ basis }) => {
      const names = bases.filter((each) => each.basis.de === basis.de).map(({ name }) => name)
      return join([enumerate(names), basis], ': ')
    }),
    '; ',
  )
  return map(list, (text) => `${text}.`)
})

const OPERATION: Clause = clause(
  'short.operation',
  (f) => {
    const basis = operationBasis(f)
    return both(
      `Technische Daten der Verbindung: damit die Besprechung zustande kommt und der Server sicher läuft (${basis.de}).`,
      `Technical connection data: so that the meeting can take place and the server runs securely (${basis.en}).`,
    )
  },
  { fills: ['13(1)(c)'] },
)

const WHAT: Clause = clause('short.data', (f) => {
  const name = f.is('join.nameOptional', true)
    ? both(
        'den Namen, den Sie eingeben (ein Pseudonym oder gar keiner ist möglich),',
        'the name you enter (a pseudonym or none at all is possible),',
      )
    : both('den Namen, den Sie eingeben,', 'the name you enter,')
  const chat = f.is('feature.chat', 'on')
    ? both(' Ihre Chat-Nachrichten', ' your chat messages')
    : both('', '')
  return both(
    `Wir verarbeiten Ton und Bild, sobald Sie sie einschalten, ${name.de}${chat.de} und die Netzadresse Ihres Geräts.`,
    `We process audio and video once you switch them on, ${name.en}${chat.en} and the network address of your device.`,
  )
})

const RECORDING: Clause = clause('short.recording', (f) => {
  switch (f.get('feature.recording')) {
    case 'absent':
      return both('Der Server kann Besprechungen nicht aufzeichnen.', 'The server cannot record meetings.')
    case 'off':
      return both(
        'Die Aufzeichnung ist auf diesem Server ausgeschaltet.',
        'Recording is switched off on this server.',
      )
    default:
      return both(
        'Eine Besprechung kann aufgezeichnet werden; das wird vorher angekündigt, und wer nicht einwilligt, wird nicht aufgenommen.',
        'A meeting can be recorded; this is announced beforehand, and whoever does not consent is not captured.',
      )
  }
})

const KEPT: Clause = clause(
  'short.kept',
  (f) => {
    const most = both(
      'Ton, Bild und Ihr Name werden nur während der Besprechung verarbeitet',
      'Audio, video and your name are processed during the meeting only',
    )
    switch (keptAddresses(f)) {
      case 'none':
        return both(
          `${most.de}; Ihre Netzadresse wird nicht gespeichert.`,
          `${most.en}; your network address is not stored.`,
        )
      case 'truncated':
        return both(
          `${most.de}; wegen einer laufenden Fehlersuche wird Ihre Netzadresse gekürzt gespeichert (Frist: ${f.print('keep.debugLog').de}).`,
          `${most.en}; because of an ongoing diagnosis your network address is stored truncated (period: ${f.print('keep.debugLog').en}).`,
        )
      case 'around': {
        const where = aroundAddresses(f)
        return both(
          `${most.de}; Ihre Netzadresse speichert nicht dieser Server, aber ein Programm, über das die Verbindung läuft: ${where.de}.`,
          `${most.en}; your network address is not stored by this server, but by a program through which the connection runs: ${where.en}.`,
        )
      }
      case 'full':
        return both(
          `${most.de}; Ihre Netzadresse wird im Betriebsprotokoll gespeichert (Frist: ${f.print('keep.serverLog').de}).`,
          `${most.en}; your network address is stored in the operating log (period: ${f.print('keep.serverLog').en}).`,
        )
      case undefined:
        return both(
          `${most.de}; ob Netzadressen gespeichert werden, ist noch nicht angegeben.`,
          `${most.en}; whether network addresses are stored is not yet stated.`,
        )
    }
  },
  { fills: ['13(2)(a)'] },
)

const RECIPIENTS: Clause = clause('short.recipients', (f) => {
  const found = processors(f)
  const others = both(
    'Ihre Beiträge sehen und hören die anderen Teilnehmenden',
    'The other participants see and hear your contributions',
  )
  if (found.length === 0) return map(others, (text) => `${text}.`)
  const names = enumerate(found.map(({ name }) => both(name, name)))
  return both(
    `${others.de}. Für uns sind tätig: ${names.de}.`,
    `${others.en}. Working on our behalf: ${names.en}.`,
  )
})

const RIGHTS: Clause = clause(
  'short.rights',
  (f) => {
    const authority = f.authority()
    const named =
      authority === undefined
        ? both('einer Aufsichtsbehörde', 'a supervisory authority')
        : both(
            `einer Aufsichtsbehörde (für uns zuständig: ${authority.name.de})`,
            `a supervisory authority (competent for us: ${authority.name.en})`,
          )
    return both(
      `Sie können Auskunft, Berichtigung, Löschung und Einschränkung der Verarbeitung verlangen und sich bei ${named.de} beschweren.`,
      `You may request access, rectification, erasure and restriction of processing, and complain to ${named.en}.`,
    )
  },
  { fills: ['13(2)(b)'], laws: [art('15'), art('16'), art('17'), art('18'), art('77')] },
)

const OBJECTION: Clause = clause(
  'short.objection',
  (f) =>
    (f.get('use.purposes') ?? []).some(({ basis }) => basis === 'interest' || basis === 'task')
      ? both(
          'Sie können der Verarbeitung aus Gründen, die sich aus Ihrer besonderen Situation ergeben, jederzeit widersprechen.',
          'You may object to the processing at any time on grounds relating to your particular situation.',
        )
      : both(
          'Der Verarbeitung für den sicheren Betrieb des Servers können Sie aus Gründen, die sich aus Ihrer besonderen Situation ergeben, jederzeit widersprechen.',
          'You may object to processing for the secure operation of the server at any time on grounds relating to your particular situation.',
        ),
  { laws: [art('21')] },
)

/** Short layer: eight questions, one or two sentences each. */
export const NOTICE_SHORT: DocumentSpec = {
  kind: 'notice-short',
  basis: art('13'),
  title: both('Datenschutz in dieser Besprechung', 'Data protection in this meeting'),
  subtitle: (f) => {
    const law = f.law(art('13'))
    return both(
      `Kurze Information nach ${law.de}; ausführlich in den Datenschutzhinweisen für Teilnehmende`,
      `Short information under ${law.en}; in full in the privacy notice for participants`,
    )
  },
  body(page) {
    page.section('short', both('Das Wichtigste', 'The essentials'), (inner) => {
      inner.rows('short', [
        [both('Wer ist verantwortlich?', 'Who is responsible?'), [WHO, OFFICER]],
        [both('Wofür und auf welcher Grundlage?', 'What for, and on which basis?'), [WHY, OPERATION]],
        [both('Welche Daten?', 'Which data?'), [WHAT, RECORDING]],
        [both('Wie geschützt?', 'How are they protected?'), [clause('short.encryption', encryption)]],
        [
          both('Wer bekommt sie?', 'Who receives them?'),
          [RECIPIENTS, clause('short.transfers', transfers, { fills: ['13(1)(f)'] })],
        ],
        [both('Wie lange?', 'How long?'), [KEPT]],
        [both('Ihre Rechte', 'Your rights'), [RIGHTS, OBJECTION]],
      ])
      inner.text('short-end', [
        clause(
          'short.noConsent',
          () =>
            both(
              'Dies ist eine Information. Mit dem Beitritt willigen Sie in nichts ein.',
              'This is for your information. By joining you do not consent to anything.',
            ),
          { laws: [art('7')] },
        ),
      ])
    })
  },
}
