// What can go wrong for the people in a meeting, and which measures of this server stand against it.
import type { Bilingual } from '@runde/contract'
import { both, join, map } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import { keptAddresses } from './shared.ts'

export interface Risk {
  id: string
  name: Bilingual
  harm: Bilingual
  remedy: (f: Reader) => Bilingual
}

/** The points that hold, as a sentence; a plain word when none does. */
function those(points: readonly (Bilingual | undefined)[]): Bilingual {
  const holding = points.filter((point) => point !== undefined)
  return holding.length === 0
    ? both(
        'Dagegen ist auf dem Server keine Maßnahme eingestellt.',
        'No measure against this is configured on the server.',
      )
    : map(join(holding, '; '), (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
}

export const RISKS: readonly Risk[] = [
  {
    id: 'intruder',
    name: both('Unbefugte treten bei', 'Unauthorised persons join'),
    harm: both(
      'Mithören vertraulicher Gespräche, Störung',
      'Listening to confidential conversations, disruption',
    ),
    remedy: (f) =>
      those([
        (f.get('room.idBits') ?? 0) > 0
          ? both(
              `Links mit ${f.print('room.idBits').de} Zufall`,
              `links with ${f.print('room.idBits').en} of randomness`,
            )
          : undefined,
        f.is('feature.password', 'default', 'forced')
          ? both('Passwort für Räume', 'room passwords')
          : undefined,
        f.is('feature.lobby', 'default', 'forced') ? both('Warteraum', 'lobby') : undefined,
        f.is('log.guessingWithoutAddresses', true)
          ? both('Bremse gegen Rateversuche', 'throttling of guesses')
          : undefined,
      ]),
  },
  {
    id: 'operator',
    name: both('Wer den Server betreibt, hört mit', 'Whoever operates the server listens in'),
    harm: both(
      'Kenntnis vertraulicher Inhalte durch Verwaltung oder Dienstleister',
      'Confidential contents become known to administrators or providers',
    ),
    remedy: (f) =>
      those([
        f.is('feature.e2ee', 'default', 'forced') && f.get('probe.e2ee') === true
          ? both('Ende-zu-Ende-Verschlüsselung', 'end-to-end encryption')
          : undefined,
        f.get('probe.hiddenJoin') === false
          ? both('keine unsichtbare Teilnahme', 'no hidden participation')
          : undefined,
        f.is('staff.confidential', true)
          ? both('Verpflichtung zur Vertraulichkeit', 'commitment to confidentiality')
          : undefined,
        f.is('hosting.model', 'ownPremises')
          ? both('eigene Räume und eigene Leute', 'own premises and own staff')
          : undefined,
      ]),
  },
  {
    id: 'interception',
    name: both('Abhören unterwegs', 'Interception in transit'),
    harm: both('Kenntnis von Inhalten durch Dritte', 'Contents become known to third parties'),
    remedy: (f) =>
      those([
        f.is('media.encrypted', true)
          ? both('verschlüsselte Übertragung von Ton und Bild', 'encrypted transmission of audio and video')
          : undefined,
        f.is('tls.enabled', true)
          ? both('verschlüsselter Abruf der Seiten', 'encrypted page access')
          : undefined,
      ]),
  },
  {
    id: 'traces',
    name: both('Spuren der Teilnahme', 'Traces of participation'),
    harm: both(
      'Wer wann mit wem sprach, wird nachträglich erkennbar',
      'Who talked to whom and when becomes visible afterwards',
    ),
    remedy: (f) =>
      those([
        keptAddresses(f) === 'none'
          ? both('keine Netzadressen in Protokollen', 'no network addresses in logs')
          : undefined,
        f.is('feature.attendance', 'absent', 'off')
          ? both('keine Anwesenheitslisten', 'no attendance lists')
          : undefined,
        f.is('media.relayedOnly', true)
          ? both(
              'Netzadressen vor anderen Teilnehmenden verborgen',
              'network addresses hidden from other participants',
            )
          : undefined,
        f.get('probe.canary') === 0
          ? both('Nachweis durch Suche nach Probedaten', 'proof by searching for test data')
          : undefined,
      ]),
  },
  {
    id: 'capture',
    name: both('Mitschnitt', 'Recording'),
    harm: both('Verbreitung von Stimme und Bild', 'Dissemination of voice and picture'),
    remedy: (f) =>
      those([
        f.is('feature.recording', 'absent', 'off')
          ? both('keine Aufzeichnung durch den Server', 'no recording by the server')
          : f.is('recording.consent', true)
            ? both(
                'Aufzeichnung nur mit Einwilligung jeder Person',
                'recording only with consent of each person',
              )
            : undefined,
        both(
          'Hinweis, dass ein Mitschnitt am eigenen Gerät verboten ist',
          'notice that recording on own devices is prohibited',
        ),
      ]),
  },
  {
    id: 'exposure',
    name: both('Unbeabsichtigter Einblick', 'Unintended exposure'),
    harm: both(
      'Wohnung, Angehörige oder fremde Fenster auf dem Bildschirm werden sichtbar',
      'Home, relatives or other windows on the screen become visible',
    ),
    remedy: (f) =>
      those([
        f.is('join.devicesOff', true)
          ? both('Kamera und Mikrofon beim Beitreten aus', 'camera and microphone off on joining')
          : undefined,
        f.get('probe.remoteControl') === false
          ? both(
              'niemand kann fremde Kameras oder Mikrofone einschalten',
              "nobody can switch on other people's cameras or microphones",
            )
          : undefined,
      ]),
  },
  {
    id: 'loss',
    name: both('Ausfall oder Verlust', 'Outage or loss'),
    harm: both(
      'Besprechungen finden nicht statt, Räume und Konten gehen verloren',
      'Meetings do not take place, rooms and accounts are lost',
    ),
    remedy: (f) =>
      those([
        f.is('backup.made', true) ? both('Sicherungskopien', 'backups') : undefined,
        f.get('probe.restore') === true
          ? both('erprobte Wiederherstellung', 'rehearsed restoration')
          : undefined,
        f.get('probe.advisories') === 0
          ? both('keine offenen Sicherheitswarnungen', 'no open advisories')
          : undefined,
      ]),
  },
]
