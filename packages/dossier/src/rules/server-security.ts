// Findings about access, encryption and upkeep of the server.
import { both } from '../engine/bilingual.ts'
import { art, norm } from '../engine/law.ts'
import { PROOF_LIMITS, isSafeTls } from '../facts/proof-ways.ts'
import { NOTICES, type ShortRule } from './short-rule.ts'

export const SECURITY: readonly ShortRule[] = [
  {
    id: 'e2ee-contradiction',
    kind: 'contradiction',
    laws: [art('5(2)'), art('32')],
    documents: ['notice', 'notice-short', 'measures', 'reasons'],
    when: (f) =>
      f.is('feature.e2ee', 'forced') &&
      (f.is('feature.recording', 'on') ||
        f.is('feature.dialIn', 'on') ||
        f.is('feature.transcription', 'on')),
    message: both(
      'Ende-zu-Ende-Verschlüsselung ist Pflicht, aber Aufzeichnung, Telefoneinwahl oder Mitschrift auf dem Server ist eingeschaltet; beides zugleich geht nicht.',
      'End-to-end encryption is mandatory, but recording, dial-in or transcription on the server is switched on; both at once is impossible.',
    ),
    remedy: both('Eines von beiden ausschalten.', 'Switch one of them off.'),
  },
  {
    id: 'foreign-ice',
    kind: 'red',
    laws: [art('5(1)(c)'), art('25')],
    documents: [...NOTICES, 'measures'],
    when: (f) => (f.get('ice.foreignHosts') ?? []).length > 0,
    message: both(
      'Fremde STUN- oder TURN-Server sind eingestellt; sie erfahren die Netzadressen der Teilnehmenden.',
      'Foreign STUN or TURN servers are configured; they learn the network addresses of participants.',
    ),
    remedy: both('Entfernen; der Server bringt eigene mit.', 'Remove them; the server has its own.'),
  },
  {
    id: 'turn-contradiction',
    kind: 'contradiction',
    laws: [art('5(2)')],
    documents: ['measures'],
    when: (f) => f.is('feature.turn', 'foreign') && (f.get('ice.foreignHosts') ?? []).length === 0,
    message: both(
      'Ein fremder TURN-Dienst ist gemeldet, aber kein Server dazu.',
      'A foreign TURN service is reported, but no server for it.',
    ),
    remedy: both('Einstellung berichtigen.', 'Correct the setting.'),
  },
  {
    id: 'open-creation',
    kind: 'red',
    laws: [art('25'), art('32')],
    documents: ['measures'],
    when: (f) => f.is('room.creationRestricted', false),
    message: both('Jede Person kann Räume anlegen.', 'Everybody can create rooms.'),
    remedy: both('Anlegen auf angemeldete Personen beschränken.', 'Restrict creation to signed-in persons.'),
  },
  {
    id: 'open-rooms',
    kind: 'risk',
    laws: [art('32')],
    documents: ['measures', 'interests', 'dpia-threshold'],
    when: (f) => f.is('feature.password', 'absent', 'off') && f.is('feature.lobby', 'absent', 'off'),
    message: both(
      'Räume haben weder Passwort noch Warteraum; der Zugang hängt allein am Link.',
      'Rooms have neither password nor lobby; access depends on the link alone.',
    ),
    remedy: both(
      'Links nur persönlich weitergeben und für jede vertrauliche Besprechung einen neuen Raum anlegen.',
      'Pass links on personally only, and create a new room for every confidential meeting.',
    ),
  },
  {
    id: 'password-contradiction',
    kind: 'contradiction',
    laws: [art('5(2)')],
    documents: ['measures'],
    when: (f) =>
      f.is('feature.password', 'forced') && (f.get('room.withPassword') ?? 0) < (f.get('room.total') ?? 0),
    message: both(
      'Ein Passwort ist Pflicht, aber nicht alle Räume haben eines.',
      'A password is mandatory, but not all rooms have one.',
    ),
    remedy: both(
      'Räume ohne Passwort schließen oder nachrüsten.',
      'Close rooms without a password or add one.',
    ),
  },
  {
    id: 'lobby-contradiction',
    kind: 'contradiction',
    laws: [art('5(2)')],
    documents: ['measures'],
    when: (f) =>
      f.is('feature.lobby', 'forced') && (f.get('room.withLobby') ?? 0) < (f.get('room.total') ?? 0),
    message: both(
      'Der Warteraum ist Pflicht, aber nicht alle Räume haben einen.',
      'The lobby is mandatory, but not all rooms have one.',
    ),
    remedy: both(
      'Räume ohne Warteraum schließen oder nachrüsten.',
      'Close rooms without a lobby or add one.',
    ),
  },
  {
    id: 'no-e2ee-high-risk',
    kind: 'risk',
    laws: [art('32'), art('25')],
    documents: ['measures', 'dpia-threshold', 'interests'],
    when: (f) =>
      !f.is('feature.e2ee', 'default', 'forced') &&
      (f.is('use.sensitive', true) || f.is('secrecy.duty', 'lawyer', 'medical', 'other')),
    message: both(
      'Vertrauliche oder besonders geschützte Inhalte werden besprochen, aber nicht von Ende zu Ende verschlüsselt.',
      'Confidential or specially protected contents are discussed, but not end-to-end encrypted.',
    ),
    remedy: both(
      'Ende-zu-Ende-Verschlüsselung einschalten, sobald vorhanden; bis dahin abwägen, ob solche Gespräche hier geführt werden.',
      'Switch on end-to-end encryption once available; until then consider whether to hold such conversations here.',
    ),
  },
  {
    id: 'e2ee-failed',
    kind: 'red',
    laws: [art('32')],
    documents: ['measures', 'notice', 'notice-short', 'reasons'],
    when: (f) => f.is('feature.e2ee', 'default', 'forced') && f.get('probe.e2ee') === false,
    message: both(
      'Ende-zu-Ende-Verschlüsselung ist eingestellt, hat die Prüfung aber nicht bestanden.',
      'End-to-end encryption is configured but failed the test.',
    ),
    remedy: both('Ursache beheben und Prüfung wiederholen.', 'Fix the cause and repeat the test.'),
  },
  {
    id: 'tls-off',
    kind: 'red',
    laws: [art('32(1)(a)')],
    documents: ['measures'],
    when: (f) => f.is('tls.enabled', false),
    message: both('Seiten werden unverschlüsselt ausgeliefert.', 'Pages are delivered unencrypted.'),
    remedy: both('TLS einrichten.', 'Set up TLS.'),
  },
  {
    id: 'media-plain',
    kind: 'red',
    laws: [art('32(1)(a)')],
    documents: ['measures', 'notice'],
    when: (f) => f.is('media.encrypted', false) || (f.get('probe.plainMedia') ?? 0) > 0,
    message: both(
      'Ton und Bild können unverschlüsselt übertragen werden.',
      'Audio and video can be transmitted unencrypted.',
    ),
    remedy: both('Unverschlüsselten Weg schließen.', 'Close the unencrypted path.'),
  },
  {
    id: 'tls-weak',
    kind: 'red',
    laws: [art('32(1)(a)')],
    documents: ['measures', 'notice'],
    when: (f) => !isSafeTls(f.get('probe.tls') ?? 'TLS 1.3'),
    message: both(
      'Die öffentliche Adresse antwortet mit veralteter Verschlüsselung oder einem Zertifikat, das nicht gilt.',
      'The public address answers with outdated encryption or with a certificate that does not hold.',
    ),
    remedy: both(
      'Je nach Messwert das Zertifikat erneuern oder alles abschalten, was älter als TLS 1.2 ist.',
      'Depending on the result, renew the certificate or switch off everything older than TLS 1.2.',
    ),
  },
  {
    id: 'hidden-join',
    kind: 'red',
    laws: [art('5(1)(a)'), norm('§ 201 StGB', 'section 201 German Criminal Code')],
    documents: ['measures', 'notice'],
    when: (f) => f.get('probe.hiddenJoin') === true,
    message: both(
      'Jemand kann einer Besprechung unsichtbar beiwohnen.',
      'Somebody can attend a meeting unseen.',
    ),
    remedy: both('Server nicht benutzen, bis das behoben ist.', 'Do not use the server until this is fixed.'),
  },
  {
    id: 'remote-control',
    kind: 'red',
    laws: [art('25'), norm('§ 201 StGB', 'section 201 German Criminal Code')],
    documents: ['measures'],
    when: (f) => f.get('probe.remoteControl') === true,
    message: both(
      'Fremde Mikrofone oder Kameras lassen sich einschalten.',
      "Other people's microphones or cameras can be switched on.",
    ),
    remedy: both('Server nicht benutzen, bis das behoben ist.', 'Do not use the server until this is fixed.'),
  },
  {
    id: 'advisories-open',
    kind: 'risk',
    laws: [art('32(1)(d)')],
    documents: ['measures'],
    when: (f) => (f.get('probe.advisories') ?? 0) > 0,
    message: both(
      'Zur laufenden Version gibt es offene Sicherheitswarnungen.',
      'There are open advisories for the running version.',
    ),
    remedy: both('Auf die neue Version aktualisieren.', 'Update to the new version.'),
  },
  {
    id: 'software-old',
    kind: 'risk',
    laws: [art('32(1)(d)')],
    documents: ['measures'],
    when: (f) =>
      (f.get('probe.releaseAge') ?? 0) > PROOF_LIMITS.releaseDays ||
      (f.get('probe.runtimeAge') ?? 0) > PROOF_LIMITS.runtimeDays,
    message: both(
      'Die laufende Version oder ihre Laufzeitumgebung ist älter als die gesetzte Grenze.',
      'The running version or its runtime is older than the limit set.',
    ),
    remedy: both('Auf die neue Version aktualisieren.', 'Update to the new version.'),
  },
  {
    id: 'restore-untested',
    kind: 'risk',
    laws: [art('32(1)(c)')],
    documents: ['measures'],
    when: (f) => f.is('backup.made', true) && f.get('probe.restore') !== true,
    message: both(
      'Die Wiederherstellung aus einer Sicherungskopie ist nicht erfolgreich erprobt.',
      'Restoration from a backup has not been rehearsed successfully.',
    ),
    remedy: both('Wiederherstellung proben.', 'Rehearse restoration.'),
  },
  {
    id: 'backup-plain',
    kind: 'risk',
    laws: [art('32(1)(a)')],
    documents: ['measures'],
    when: (f) => f.is('backup.made', true) && f.is('backup.keyHolder', 'nobody'),
    message: both('Sicherungskopien sind nicht verschlüsselt.', 'Backups are not encrypted.'),
    remedy: both(
      'Verschlüsseln und den Schlüssel getrennt aufbewahren.',
      'Encrypt them and keep the key apart.',
    ),
  },
  {
    id: 'disk-plain',
    kind: 'risk',
    laws: [art('32(1)(a)')],
    documents: ['measures'],
    when: (f) => f.is('hosting.diskEncrypted', false),
    message: both(
      'Die Datenträger des Servers sind nicht verschlüsselt.',
      'The disks of the server are not encrypted.',
    ),
    remedy: both(
      'Bei der nächsten Einrichtung verschlüsseln; ausgemusterte Datenträger vernichten.',
      'Encrypt at the next set-up; destroy discarded disks.',
    ),
  },
]
