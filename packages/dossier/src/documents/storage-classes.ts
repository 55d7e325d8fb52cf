// The classes of data, each with its period: the one source for notice, record and deletion concept.
import type { Bilingual } from '@runde/contract'
import { MISSING, both } from '../engine/bilingual.ts'
import { period } from '../engine/dates.ts'
import type { Reader } from '../engine/reader.ts'
import type { FactId } from '../facts/values.ts'
import { aroundAddresses, keptAddresses } from './shared.ts'

export interface StorageClass {
  id: string
  name: Bilingual
  /** Whether the class exists on this server. */
  exists: (f: Reader) => boolean
  /** Which data it holds. */
  data: (f: Reader) => Bilingual
  /** Which event starts the period. */
  start: Bilingual
  kept: (f: Reader) => Bilingual
  /** How it is erased. */
  method: Bilingual | ((f: Reader) => Bilingual)
}

type KeepId = Extract<FactId, `keep.${string}` | 'backup.kept'>

/** The period from a fact; "noch nicht angegeben" when there is none. */
function keptFor(id: KeepId): (f: Reader) => Bilingual {
  return (f) => {
    const value = f.get(id)
    return value === undefined ? MISSING : period(value)
  }
}

/** What only people delete has a review instead of a period: the criterion Art. 13(2)(a) asks for. */
function keptUntilReview(id: 'keep.rooms' | 'keep.accounts'): (f: Reader) => Bilingual {
  return (f) => {
    if (!f.is(id, 'manual')) return keptFor(id)(f)
    const [until, months] = [period('manual'), f.print('org.reviewMonths')]
    return both(
      `${until.de}; ob sie noch gebraucht werden, wird regelmäßig geprüft (Abstand höchstens ${months.de})`,
      `${until.en}; whether they are still needed is reviewed regularly (interval at most ${months.en})`,
    )
  }
}

const always = (): boolean => true
const byItself = both('von selbst durch den Server', 'by the server itself')
const fixed = (text: Bilingual) => (): Bilingual => text

export const STORAGE_CLASSES: readonly StorageClass[] = [
  {
    id: 'media',
    name: both('Ton, Bild, geteilter Bildschirm', 'audio, video, shared screen'),
    exists: always,
    data: fixed(
      both(
        'Stimme, Bild und was jemand auf dem Bildschirm teilt',
        'voice, picture and whatever somebody shares on the screen',
      ),
    ),
    start: both('Eingang beim Server', 'arrival at the server'),
    kept: (f) =>
      f.is('feature.recording', 'on')
        ? both('nicht gespeichert, außer in einer Aufzeichnung', 'not stored, except in a recording')
        : both('nicht gespeichert, nur weitergeleitet', 'not stored, forwarded only'),
    method: both('bleibt im Arbeitsspeicher', 'stays in memory'),
  },
  {
    id: 'presence',
    name: both('Anzeige der Teilnehmenden', 'display of participants'),
    exists: always,
    data: (f) =>
      f.is('join.nameOptional', true)
        ? both(
            'der eingegebene Name oder „Gast“, Zustand von Mikrofon und Kamera',
            'the name entered or "guest", state of microphone and camera',
          )
        : both(
            'der eingegebene Name, Zustand von Mikrofon und Kamera',
            'the name entered, state of microphone and camera',
          ),
    start: both('Beitritt', 'joining'),
    kept: fixed(both('bis zum Verlassen der Besprechung', 'until leaving the meeting')),
    method: both('bleibt im Arbeitsspeicher', 'stays in memory'),
  },
  {
    id: 'addresses',
    name: both('Netzadressen', 'network addresses'),
    exists: always,
    data: fixed(
      both(
        'Netzadresse (IP-Adresse) und Port des Geräts',
        'network address (IP address) and port of the device',
      ),
    ),
    start: both('Verbindungsaufbau', 'connection'),
    kept: (f) => {
      switch (keptAddresses(f)) {
        case 'none':
          return both(
            'nur für die Dauer der Verbindung, keine Speicherung',
            'for the duration of the connection only, not stored',
          )
        case 'truncated':
          return both(
            `gekürzt im Diagnoseprotokoll: ${keptFor('keep.debugLog')(f).de}`,
            `truncated in the diagnostic log: ${keptFor('keep.debugLog')(f).en}`,
          )
        case 'around': {
          const where = aroundAddresses(f)
          return both(`im Protokoll von ${where.de}`, `in the log of ${where.en}`)
        }
        case 'full':
          return both(
            `im Betriebsprotokoll: ${keptFor('keep.serverLog')(f).de}`,
            `in the operating log: ${keptFor('keep.serverLog')(f).en}`,
          )
        case undefined:
          return MISSING
      }
    },
    method: (f) => {
      switch (keptAddresses(f)) {
        case 'none':
          return both(
            'bleibt im Arbeitsspeicher und entfällt mit dem Ende der Verbindung',
            'stays in memory and is gone when the connection ends',
          )
        case 'truncated':
          return both(
            'ungekürzt nur im Arbeitsspeicher; das Diagnoseprotokoll mit den gekürzten Adressen löscht der Server bei Ablauf von selbst, auch wenn er bis dahin ausgeschaltet war, und hält die Löschung fest',
            'in full in memory only; the diagnostic log with the truncated addresses is deleted by the server itself at expiry, even if it was switched off until then, and the deletion is recorded',
          )
        case 'around':
          return both(
            'durch das genannte Programm nach dessen Einstellung, nicht durch diesen Server',
            'by the program named, as it is configured, not by this server',
          )
        case 'full':
          return both('mit dem Betriebsprotokoll, von selbst', 'together with the operating log, by itself')
        case undefined:
          return MISSING
      }
    },
  },
  {
    id: 'chat',
    name: both('Chat', 'chat'),
    exists: (f) => f.is('feature.chat', 'on'),
    data: fixed(both('Nachrichten mit Namen und Uhrzeit', 'messages with name and time')),
    start: both('Absenden', 'sending'),
    kept: keptFor('keep.chat'),
    method: byItself,
  },
  {
    id: 'rooms',
    name: both('Besprechungsräume', 'meeting rooms'),
    exists: always,
    data: fixed(
      both(
        'Titel, Link, Zeitpunkt der Anlage und des Endes, Konto der veranstaltenden Person',
        "title, link, time of creation and end, organiser's account",
      ),
    ),
    start: both('Anlage des Raums', 'creation of the room'),
    kept: keptUntilReview('keep.rooms'),
    method: both('Löschen des Raums in der Datenbank', 'deletion of the room from the database'),
  },
  {
    id: 'accounts',
    name: both('Konten', 'accounts'),
    exists: always,
    data: fixed(
      both(
        'Name, Kennung, Rollen, Zeitpunkt der Anlage; je nach Art der Anmeldung eine Prüfsumme des Passworts und öffentliche Schlüssel von Passkeys mit dem Tag ihrer letzten Benutzung',
        'name, identifier, roles, time of creation; depending on how one signs in, a hash of the password and public keys of passkeys with the day of their last use',
      ),
    ),
    start: both('Anlage des Kontos', 'creation of the account'),
    kept: keptUntilReview('keep.accounts'),
    method: both('Löschen des Kontos in der Datenbank', 'deletion of the account from the database'),
  },
  {
    id: 'sessions',
    name: both('Anmeldungen', 'sign-ins'),
    exists: always,
    data: fixed(
      both(
        'Prüfsumme des Anmeldeschlüssels, Konto, Beginn, Ende und Tag der letzten Benutzung',
        'hash of the session key, account, start, end and day of the last use',
      ),
    ),
    start: both('letzte Benutzung', 'last use'),
    kept: keptFor('keep.sessions'),
    method: byItself,
  },
  {
    id: 'links',
    name: both('Einmal-Links und Einladungen', 'one-time links and invitations'),
    exists: always,
    data: fixed(
      both(
        'Prüfsumme des Links, Konto oder vorgesehene Rolle, Ablauf',
        'hash of the link, account or intended role, expiry',
      ),
    ),
    start: both('Ausstellung', 'issue'),
    kept: keptFor('keep.links'),
    method: byItself,
  },
  {
    id: 'serverLog',
    name: both('Betriebsprotokoll', 'operating log'),
    exists: always,
    data: (f) =>
      f.is('log.addresses', false)
        ? both(
            'Zeitpunkt und Art technischer Ereignisse; keine Namen, Netzadressen oder Inhalte',
            'time and kind of technical events; no names, network addresses or contents',
          )
        : f.is('log.addresses', true)
          ? both(
              'Zeitpunkt und Art technischer Ereignisse, Netzadressen',
              'time and kind of technical events, network addresses',
            )
          : MISSING,
    start: both('Eintrag', 'entry'),
    kept: keptFor('keep.serverLog'),
    method: byItself,
  },
  {
    id: 'debugLog',
    name: both('Diagnoseprotokoll', 'diagnostic log'),
    exists: (f) => f.is('feature.debugLog', 'on'),
    data: fixed(
      both(
        'gekürzte Netzadressen und technische Einzelheiten einer Störung',
        'truncated network addresses and technical details of a fault',
      ),
    ),
    start: both('Einschalten mit angegebenem Zweck', 'switching on, with a stated purpose'),
    kept: keptFor('keep.debugLog'),
    method: byItself,
  },
  {
    id: 'adminLog',
    name: both('Protokoll der Verwaltung', 'administration log'),
    exists: (f) => f.is('feature.adminLog', 'on'),
    data: fixed(both('wer wann welche Einstellung geändert hat', 'who changed which setting and when')),
    start: both('Eintrag', 'entry'),
    kept: keptFor('keep.adminLog'),
    method: byItself,
  },
  {
    id: 'recordings',
    name: both('Aufzeichnungen', 'recordings'),
    exists: (f) => f.is('feature.recording', 'on'),
    data: fixed(
      both(
        'Ton und Bild der Personen, die eingewilligt haben, mit Zeitpunkt der Einwilligung',
        'audio and video of persons who consented, with the time of consent',
      ),
    ),
    start: both('Ende der Aufzeichnung', 'end of the recording'),
    kept: keptFor('keep.recordings'),
    method: byItself,
  },
  {
    id: 'attendance',
    name: both('Anwesenheitslisten', 'attendance lists'),
    exists: (f) => f.is('feature.attendance', 'on'),
    data: fixed(both('Name, Beginn und Ende der Teilnahme', 'name, start and end of participation')),
    start: both('Ende der Besprechung', 'end of the meeting'),
    kept: keptFor('keep.attendance'),
    method: byItself,
  },
  {
    id: 'backups',
    name: both('Sicherungskopien', 'backups'),
    exists: (f) => f.is('backup.made', true),
    data: fixed(
      both(
        'Abbild der Datenbank: Räume, Konten, Einstellungen',
        'copy of the database: rooms, accounts, settings',
      ),
    ),
    start: both('Anlage der Kopie', 'making of the copy'),
    kept: keptFor('backup.kept'),
    method: both('Überschreiben oder Löschen der Kopie', 'overwriting or deleting the copy'),
  },
  {
    id: 'documents',
    name: both('Unterlagen und Nachweise zum Datenschutz', 'data protection documents and evidence'),
    exists: always,
    data: fixed(
      both(
        'abgelöste Fassungen, Freigaben und Kommentare mit dem Namen dessen, der sie abgab, Leselinks, Prüfberichte; Anfragen betroffener Personen mit den Antworten',
        'superseded versions, approvals and comments with the name of whoever made them, reading links, check reports; requests of data subjects with the answers',
      ),
    ),
    start: both(
      'Ablösung durch eine neue Fassung, bei Anfragen die Antwort',
      'replacement by a new version, for requests the answer',
    ),
    kept: keptFor('keep.documents'),
    method: both('Löschen der Fassung oder Datei', 'deletion of the version or file'),
  },
]
