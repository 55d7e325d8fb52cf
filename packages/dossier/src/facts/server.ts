// Facts the running server reports about itself: features, settings and periods.
import { both } from '../engine/bilingual.ts'
import { GUARD, SWITCH } from './options.ts'
import { browserEntries, hostNames, outboundHosts } from './records.ts'
import { type FactSpec, type Form, type Specs, choice, count, kept, longText, text, yesNo } from './spec.ts'
import type { Bilingual } from '@runde/contract'

/** A feature nobody reports does not exist. */
function feature<V>(form: Form<V>, unreported: V, label: Bilingual): FactSpec<V> {
  return { ...form, section: 'server', by: 'setting', label, unreported }
}

function setting<V>(form: Form<V>, label: Bilingual): FactSpec<V> {
  return { ...form, section: 'server', by: 'setting', label }
}

function keeps(label: Bilingual): FactSpec<string> {
  return { ...kept, section: 'retention', by: 'setting', label }
}

const guard = choice(GUARD)
const onOff = choice(SWITCH)

export const FEATURE_FACTS: Specs<'feature'> = {
  'feature.e2ee': feature(guard, 'absent', both('Ende-zu-Ende-Verschlüsselung', 'end-to-end encryption')),
  'feature.password': feature(guard, 'absent', both('Passwort für Räume', 'room passwords')),
  'feature.lobby': feature(guard, 'absent', both('Warteraum', 'lobby')),
  'feature.recording': feature(onOff, 'absent', both('Aufzeichnung', 'recording')),
  'feature.chat': feature(onOff, 'absent', both('Chat', 'chat')),
  'feature.dialIn': feature(onOff, 'absent', both('Telefoneinwahl', 'telephone dial-in')),
  'feature.attendance': feature(onOff, 'absent', both('Anwesenheitsliste', 'attendance list')),
  'feature.transcription': feature(onOff, 'absent', both('Mitschrift durch den Rechner', 'transcription')),
  'feature.streaming': feature(
    onOff,
    'absent',
    both('Übertragung an ein Publikum', 'streaming to an audience'),
  ),
  'feature.debugLog': feature(onOff, 'absent', both('Diagnoseprotokoll', 'diagnostic log')),
  'feature.adminLog': feature(onOff, 'absent', both('Protokoll der Verwaltung', 'administration log')),
  'feature.turn': feature(
    choice({
      absent: both('nicht vorhanden', 'absent'),
      own: both('eigener Dienst', 'own service'),
      foreign: both('fremder Dienst', 'foreign service'),
    }),
    'absent',
    both('Vermittlung über TURN', 'relaying by TURN'),
  ),
  'feature.notice': feature(onOff, 'absent', both('Hinweis vor dem Beitreten', 'notice before joining')),
  'feature.secondFactor': feature(
    choice({
      absent: both('nicht vorhanden', 'absent'),
      optional: both('freiwillig', 'optional'),
      required: both('Pflicht', 'mandatory'),
    }),
    'absent',
    both('zweiter Faktor bei der Anmeldung', 'second factor at sign-in'),
  ),
}

export const SERVER: Specs<
  | 'server'
  | 'room'
  | 'join'
  | 'media'
  | 'tls'
  | 'ice'
  | 'outbound'
  | 'log'
  | 'browser'
  | 'recording'
  | 'transcription'
> = {
  'server.version': setting(text, both('Version des Servers', 'version of the server')),
  'server.url': setting(text, both('Adresse des Servers', 'address of the server')),
  'room.total': setting(count(both('Räume', 'rooms')), both('Zahl der Räume', 'number of rooms')),
  'room.withPassword': setting(
    count(both('Räume', 'rooms')),
    both('Räume mit Passwort', 'rooms with a password'),
  ),
  'room.withLobby': setting(count(both('Räume', 'rooms')), both('Räume mit Warteraum', 'rooms with a lobby')),
  'room.idBits': setting(
    count(both('Bit', 'bits')),
    both('Zufall im Besprechungslink', 'randomness in the meeting link'),
  ),
  'room.creationRestricted': setting(
    yesNo,
    both('Räume nur durch angemeldete Personen', 'rooms by signed-in persons only'),
  ),
  'join.devicesOff': setting(
    yesNo,
    both('Kamera und Mikrofon beim Beitreten aus', 'camera and microphone off on joining'),
  ),
  'join.nameOptional': setting(yesNo, both('Beitritt ohne Klarnamen', 'joining without a real name')),
  'media.relayedOnly': setting(
    yesNo,
    both('Verbindungen nur über den Server', 'connections through the server only'),
  ),
  'media.encrypted': setting(
    yesNo,
    both('Verschlüsselte Übertragung von Ton und Bild', 'encrypted transmission of audio and video'),
  ),
  'tls.enabled': setting(yesNo, both('Verschlüsselter Abruf der Seiten', 'encrypted page access')),
  'ice.foreignHosts': setting(
    hostNames,
    both('fremde STUN- und TURN-Server', 'foreign STUN and TURN servers'),
  ),
  'ice.foreignReason': {
    ...longText,
    section: 'server',
    by: 'declared',
    label: both('Grund für fremde STUN- oder TURN-Server', 'reason for foreign STUN or TURN servers'),
    question: both(
      'Warum werden fremde STUN- oder TURN-Server benutzt?',
      'Why are foreign STUN or TURN servers used?',
    ),
    asked: (get) => (get('ice.foreignHosts')?.length ?? 0) > 0,
  },
  'outbound.hosts': setting(
    outboundHosts,
    both('Verbindungen des Servers nach außen', 'outbound connections of the server'),
  ),
  'log.addresses': setting(yesNo, both('Netzadressen im Protokoll', 'network addresses in the log')),
  'log.guessingWithoutAddresses': setting(
    yesNo,
    both('Abwehr von Rateversuchen ohne Netzadressen', 'defence against guessing without network addresses'),
  ),
  'log.attentionStatistics': setting(
    yesNo,
    both('Auswertung von Redezeit oder Aufmerksamkeit', 'statistics on speaking time or attention'),
  ),
  'browser.entries': setting(browserEntries, both('Einträge im Browser', 'entries in the browser')),
  'recording.consent': setting(
    yesNo,
    both('Einwilligung jeder Person vor der Aufzeichnung', 'consent of each person before recording'),
  ),
  'transcription.local': setting(
    yesNo,
    both('Mitschrift nur auf dem eigenen Server', 'transcription on the own server only'),
  ),
}

export const RETENTION: Specs<'keep'> = {
  'keep.accounts': keeps(both('Konten', 'accounts')),
  'keep.sessions': keeps(both('Anmeldungen', 'sign-ins')),
  'keep.links': keeps(both('Einmal-Links', 'one-time links')),
  'keep.rooms': keeps(both('Räume', 'rooms')),
  'keep.chat': keeps(both('Chat', 'chat')),
  'keep.serverLog': {
    ...keeps(both('Betriebsprotokoll', 'operating log')),
    // The server knows it where its output goes into the journal, a rotated file, or nowhere; else only people do.
    question: both(
      'Wie lange wird das Betriebsprotokoll des Servers aufbewahrt?',
      'How long is the operating log of the server kept?',
    ),
    help: both(
      'Der Server gibt es auf der Standardausgabe aus; hier nimmt sie ein anderes Programm entgegen, etwa die Containerverwaltung. Dessen Einstellung sagt, wie lange. Es enthält keine Namen und keine Netzadressen.',
      'The server writes it to standard output; here another program takes it, such as the container engine. Its settings say for how long. It holds no names and no network addresses.',
    ),
  },
  'keep.debugLog': keeps(both('Diagnoseprotokoll', 'diagnostic log')),
  'keep.adminLog': keeps(both('Protokoll der Verwaltung', 'administration log')),
  'keep.recordings': keeps(both('Aufzeichnungen', 'recordings')),
  'keep.attendance': keeps(both('Anwesenheitslisten', 'attendance lists')),
  'keep.documents': {
    ...kept,
    section: 'retention',
    by: 'declared',
    label: both('Unterlagen und Nachweise', 'documents and evidence'),
    question: both(
      'Wie lange bewahren Sie abgelöste Fassungen der Unterlagen und Nachweise auf?',
      'How long do you keep superseded versions of documents and evidence?',
    ),
    help: both('Üblich sind drei Jahre.', 'Three years are usual.'),
  },
}
