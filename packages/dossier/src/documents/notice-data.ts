// Clauses of the full notice: which data, what the features do with them, how long, and what the browser keeps.
import { both } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import { ENOUGH_BITS } from './measures-access.ts'
import { aroundAddresses, keptAddresses, sensitiveBasis } from './shared.ts'

export const MEDIA: Clause = clause(
  'notice.media',
  (f) => {
    const off = f.is('join.devicesOff', true)
      ? both(
          ' Beim Beitreten sind Kamera und Mikrofon aus; Sie schalten sie selbst ein.',
          ' On joining, camera and microphone are off; you switch them on yourself.',
        )
      : both('', '')
    return both(
      `Ton und Bild, solange Mikrofon und Kamera eingeschaltet sind, und Ihr Bildschirm, wenn Sie ihn teilen.${off.de}`,
      `Audio and video while microphone and camera are on, and your screen if you share it.${off.en}`,
    )
  },
  { fills: ['14(1)(d)'] },
)

export const NAME: Clause = clause(
  'notice.name',
  (f) => {
    switch (f.get('join.nameOptional')) {
      case true:
        return both(
          'Der Name, unter dem Sie beitreten. Ein Pseudonym genügt, und das Feld darf leer bleiben; ein Konto oder eine E-Mail-Adresse ist nicht nötig.',
          'The name under which you join. A pseudonym will do, and the field may stay empty; neither account nor e-mail address is needed.',
        )
      case false:
        return both('Der Name, unter dem Sie beitreten.', 'The name under which you join.')
      default:
        return both(
          'Ob ein Name verlangt wird, ist noch nicht angegeben.',
          'Whether a name is required is not yet stated.',
        )
    }
  },
  { fills: ['14(1)(d)'], laws: [norm('§ 19 Abs. 2 TDDDG', 'section 19(2) TDDDG')] },
)

export const CHAT: Clause = clause(
  'notice.chat',
  (f) => {
    switch (f.get('feature.chat')) {
      case 'on':
        return both(
          'Nachrichten, die Sie im Chat schreiben, mit Namen und Uhrzeit.',
          'Messages you write in the chat, with name and time.',
        )
      case 'off':
        return both(
          'Der Chat ist ausgeschaltet; Nachrichten fallen nicht an.',
          'The chat is switched off; no messages arise.',
        )
      default:
        return both(
          'Einen Chat gibt es nicht; Nachrichten fallen nicht an.',
          'There is no chat, so no messages are processed.',
        )
    }
  },
  { fills: ['14(1)(d)'] },
)

export const ADDRESS: Clause = clause(
  'notice.address',
  (f) => {
    const stored = keptAddresses(f)
    const where = stored === 'around' ? aroundAddresses(f) : both('', '')
    const peers = f.is('media.relayedOnly', true)
      ? both(
          ' Andere Teilnehmende erfahren sie nicht, weil alle Verbindungen über den Server laufen.',
          ' Other participants do not learn it, because all connections run through the server.',
        )
      : f.is('media.relayedOnly', false)
        ? both(
            ' Andere Teilnehmende können sie erfahren, weil Verbindungen auch unmittelbar aufgebaut werden.',
            ' Other participants may learn it, because connections are also set up directly.',
          )
        : both('', '')
    const text =
      stored === 'none'
        ? both(
            'Die Netzadresse (IP-Adresse) Ihres Geräts, nur während der Verbindung; gespeichert wird sie nicht.',
            'The network address (IP address) of your device, during the connection only; it is not stored.',
          )
        : stored === 'truncated'
          ? both(
              `Die Netzadresse (IP-Adresse) Ihres Geräts; wegen einer laufenden Fehlersuche wird sie gekürzt gespeichert (Frist: ${f.print('keep.debugLog').de}).`,
              `The network address (IP address) of your device; because of an ongoing diagnosis it is stored truncated (period: ${f.print('keep.debugLog').en}).`,
            )
          : stored === 'full'
            ? both(
                `Die Netzadresse (IP-Adresse) Ihres Geräts; sie wird im Betriebsprotokoll gespeichert (Frist: ${f.print('keep.serverLog').de}).`,
                `The network address (IP address) of your device; it is stored in the operating log (period: ${f.print('keep.serverLog').en}).`,
              )
            : stored === 'around'
              ? both(
                  `Die Netzadresse (IP-Adresse) Ihres Geräts; dieser Server speichert sie nicht, aber ein Programm, über das die Verbindung läuft: ${where.de}.`,
                  `The network address (IP address) of your device; this server does not store it, but a program through which the connection runs does: ${where.en}.`,
                )
              : both(
                  'Die Netzadresse (IP-Adresse) Ihres Geräts; ob sie gespeichert wird, ist noch nicht angegeben.',
                  'The network address (IP address) of your device; whether it is stored is not yet stated.',
                )
    return both(`${text.de}${peers.de}`, `${text.en}${peers.en}`)
  },
  { fills: ['14(1)(d)'] },
)

export const ROOM: Clause = clause(
  'notice.room',
  () =>
    both(
      'Titel, Link und Zeitpunkt der Besprechung und das Konto der veranstaltenden Person.',
      "Title, link and time of the meeting and the organiser's account.",
    ),
  { fills: ['14(1)(d)'] },
)

export const DIAL_IN: Clause = clause('notice.dialIn', (f) =>
  f.is('feature.dialIn', 'on')
    ? both(
        'Bei Einwahl per Telefon die Rufnummer; den anderen Teilnehmenden wird sie gekürzt angezeigt, und Ende-zu-Ende-Verschlüsselung gibt es für die Besprechung dann nicht.',
        'When dialling in by telephone, the phone number; it is shown to other participants in shortened form, and the meeting then has no end-to-end encryption.',
      )
    : undefined,
)

export const ATTENDANCE: Clause = clause('notice.attendance', (f) =>
  f.is('feature.attendance', 'on')
    ? both(
        'Beginn und Ende Ihrer Teilnahme in einer Anwesenheitsliste.',
        'Start and end of your participation in an attendance list.',
      )
    : undefined,
)

export const RECORDING: Clause = clause(
  'notice.recording',
  (f) => {
    switch (f.get('feature.recording')) {
      case 'absent':
        return both(
          'Der Server kann nicht aufzeichnen: Eine solche Funktion hat er nicht.',
          'The server cannot record: it has no such function.',
        )
      case 'off':
        return both(
          'Die Aufzeichnung ist für den ganzen Server ausgeschaltet.',
          'Recording is switched off for the whole server.',
        )
      default:
        return f.is('recording.consent', true)
          ? both(
              'Eine Aufzeichnung beginnt erst, nachdem sie angekündigt wurde und die einzelne Person eingewilligt hat; wer nicht einwilligt, kann trotzdem teilnehmen und wird nicht aufgenommen.',
              'A recording starts only after it has been announced and the individual person has consented; whoever does not consent can still take part and is not captured.',
            )
          : both(
              'Besprechungen können aufgezeichnet werden; eine Einwilligung jeder Person vorab ist nicht eingestellt.',
              'Meetings can be recorded; prior consent of each person is not configured.',
            )
    }
  },
  { laws: [norm('§ 201 StGB', 'section 201 German Criminal Code')] },
)

export const TRANSCRIPTION: Clause = clause('notice.transcription', (f) => {
  switch (f.get('feature.transcription')) {
    case 'on':
      return f.is('transcription.local', true)
        ? both(
            'Gesprochenes kann auf dem eigenen Server in Text umgewandelt werden; dafür gilt dasselbe wie für eine Aufzeichnung.',
            'Speech can be turned into text on our own server; the same applies to it as to a recording.',
          )
        : both(
            'Gesprochenes kann von einem fremden Dienst in Text umgewandelt werden; dafür gilt dasselbe wie für eine Aufzeichnung.',
            'Speech can be turned into text by a foreign service; the same applies to it as to a recording.',
          )
    case 'off':
      return both(
        'Die Umwandlung von Gesprochenem in Text ist ausgeschaltet.',
        'Turning speech into text is switched off.',
      )
    default:
      return both('Gesprochenes wird nicht in Text umgewandelt.', 'Speech is not turned into text.')
  }
})

export const STREAMING: Clause = clause('notice.streaming', (f) =>
  f.is('feature.streaming', 'on')
    ? both(
        'Eine Besprechung kann an ein Publikum übertragen werden; darauf wird vor dem Beitreten gesondert hingewiesen.',
        'A meeting can be streamed to an audience; a separate notice is given before joining.',
      )
    : undefined,
)

export const STATISTICS: Clause = clause('notice.statistics', (f) =>
  f.is('log.attentionStatistics', false)
    ? both(
        'Redezeit, Aufmerksamkeit oder Gefühle werden nicht ausgewertet.',
        'Speaking time, attention or emotions are not evaluated.',
      )
    : f.is('log.attentionStatistics', true)
      ? both('Redezeit oder Aufmerksamkeit werden ausgewertet.', 'Speaking time or attention are evaluated.')
      : both(
          'Ob Redezeit oder Aufmerksamkeit ausgewertet werden, ist noch nicht angegeben.',
          'Whether speaking time or attention are evaluated is not yet stated.',
        ),
)

export const SPECIAL: Clause = clause(
  'notice.special',
  (f) => {
    if (!f.is('use.sensitive', true)) return undefined
    const basis = sensitiveBasis(f)
    return both(
      `In den Besprechungen geht es regelmäßig auch um besonders geschützte Daten, etwa zu Gesundheit oder Glauben. Die Grundlage dafür ist: ${basis.de}.`,
      `The meetings regularly also concern specially protected data, for instance on health or faith. The ground for this is: ${basis.en}.`,
    )
  },
  { fills: ['13(1)(c)'], laws: [art('9')] },
)

export const ACCESS: Clause = clause('notice.access', (f) => {
  const password = f.get('feature.password')
  const lobby = f.get('feature.lobby')
  if (password === 'absent' && lobby === 'absent') {
    const guess =
      (f.get('room.idBits') ?? 0) >= ENOUGH_BITS
        ? both(', der nicht zu erraten ist', ', which cannot be guessed')
        : both('', '')
    return both(
      `Der Zugang zu einer Besprechung hängt allein am Link${guess.de}; Passwort und Warteraum gibt es nicht. Geben Sie den Link deshalb nicht weiter.`,
      `Access to a meeting depends on the link alone${guess.en}; there is neither password nor lobby. Therefore do not pass the link on.`,
    )
  }
  const parts = [
    guardText(
      password,
      both('Räume sind durch ein Passwort geschützt', 'Rooms are protected by a password'),
      both('Ein Passwort für Räume ist nicht gesetzt', 'No room password is set'),
    ),
    guardText(
      lobby,
      both(
        'die Moderation lässt jede Person einzeln aus dem Warteraum ein',
        'the host admits each person individually from the lobby',
      ),
      both('ein Warteraum ist nicht eingeschaltet', 'no lobby is switched on'),
    ),
  ]
  const [first, second] = parts
  return both(`${first?.de ?? ''}; ${second?.de ?? ''}.`, `${first?.en ?? ''}; ${second?.en ?? ''}.`)
})

function guardText(
  state: string | undefined,
  on: { de: string; en: string },
  off: { de: string; en: string },
): { de: string; en: string } {
  if (state === 'forced') return on
  if (state === 'default') return both(`${on.de} (Voreinstellung)`, `${on.en} (default)`)
  return off
}

export const OWN_RECORDING: Clause = clause(
  'notice.ownRecording',
  () =>
    both(
      'Dass jemand an seinem eigenen Gerät heimlich mitschneidet, kann kein Server verhindern; es ist ohne Einwilligung verboten.',
      'No server can prevent somebody from secretly recording on their own device; without consent it is prohibited.',
    ),
  {
    laws: [
      norm('§ 201 StGB', 'section 201 German Criminal Code'),
      norm('§ 22 KUG', 'section 22 German Art Copyright Act'),
    ],
  },
)
