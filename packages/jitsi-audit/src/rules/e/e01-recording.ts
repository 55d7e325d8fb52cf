// E01-E06: end-to-end encryption and everything that records.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import {
  addressesIn,
  appendScript,
  firstOf,
  isOn,
  mustBe,
  orByVariable,
  replaceIn,
  shouldBeOff,
  silent,
  textOf,
  truth,
  whoseHost,
} from '../b/kit.ts'

/** Local recording of everyone's sound and picture came with this day; before, it was a part for developers and off. */
const LOCAL_RECORDING_SINCE = '2022-04-01'

/** Switches that let a server record. */
export const RECORDING: readonly string[] = ['recordingService.enabled', 'fileRecordingsEnabled']

export const E01: Rule = {
  id: 'E01',
  name: 'E2EE-OFF',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both('Ende-zu-Ende-Verschlüsselung ist ausgebaut', 'End-to-end encryption is taken away'),
  why: both(
    'testing.disableE2EE nimmt den Teilnehmenden die Möglichkeit, Ton und Bild vor dem Server zu verschließen.',
    'testing.disableE2EE takes away the participants’ means of locking sound and pictures against the server.',
  ),
  mend: both('testing.disableE2EE löschen.', 'Delete testing.disableE2EE.'),
  articles: articles('32'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Ende-zu-Ende-Verschlüsselung steht nicht zur Verfügung.',
        'End-to-end encryption is not available.',
      ),
      met: both(
        'Teilnehmende können Ende-zu-Ende-Verschlüsselung einschalten.',
        'Participants can switch on end-to-end encryption.',
      ),
    },
  ],
  check: ({ web }) => shouldBeOff(web, ['testing.disableE2EE'], { file: 'config.js' }),
}

export const E02: Rule = {
  id: 'E02',
  name: 'E2EE-CLAIM',
  concern: 'client',
  severity: 'note',
  components: ['web', 'jvb'],
  title: both(
    'Ende-zu-Ende-Verschlüsselung gilt nicht von selbst',
    'End-to-end encryption does not hold by itself',
  ),
  why: both(
    'Sie wird in jeder Besprechung eigens eingeschaltet. Sonst entschlüsselt die Videobridge Ton und Bild, um sie zu verteilen.',
    'It is switched on in each meeting separately. Otherwise the videobridge decrypts sound and pictures in order to forward them.',
  ),
  mend: both(
    'In den Hinweisen nicht mehr versprechen, als gilt.',
    'Do not promise more in the notice than holds.',
  ),
  articles: articles('13'),
  source: 'Jitsi handbook, security',
  paperwork: [
    {
      part: 'notice',
      met: both(
        'Ton und Bild werden auf dem Weg zum Server und vom Server verschlüsselt; auf dem Server liegen sie im Arbeitsspeicher offen vor, solange die Teilnehmenden nicht Ende-zu-Ende-Verschlüsselung einschalten.',
        'Sound and pictures are encrypted on the way to and from the server; on the server they are in memory in the clear unless participants switch on end-to-end encryption.',
      ),
    },
  ],
  check: ({ web }) => [notApplicable(silent(web), { severity: 'note', detail: E02.why })],
}

export const E03: Rule = {
  id: 'E03',
  name: 'LOCALREC',
  concern: 'storage',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Jede Person kann heimlich mitschneiden', 'Anyone can record in secret'),
  why: both(
    'Die eingebaute Aufnahme im Browser ist an, und die anderen werden nicht benachrichtigt. Das nicht öffentlich gesprochene Wort heimlich aufzunehmen ist strafbar; der Dienst sollte es nicht anbieten.',
    'The built-in recording in the browser is on, and the others are not told. Recording words spoken in private in secret is a crime; the service should not offer it.',
  ),
  mend: both(
    'localRecording.disable auf true setzen (Docker: DISABLE_LOCAL_RECORDING=1), oder notifyAllParticipants auf true.',
    'Set localRecording.disable to true (Docker: DISABLE_LOCAL_RECORDING=1), or notifyAllParticipants to true.',
  ),
  articles: articles('5(1)a', '25(2)', 'StGB § 201'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Aufnahmen im Browser sind möglich, ohne dass die anderen benachrichtigt werden.',
        'Recording in the browser is possible without the others being told.',
      ),
      met: both(
        'Aufnahmen im Browser sind abgeschaltet oder werden allen angezeigt.',
        'Recording in the browser is switched off or shown to everyone.',
      ),
    },
  ],
  since: LOCAL_RECORDING_SINCE,
  check: checkLocalRecording,
}

function checkLocalRecording(installation: Installation): readonly Verdict[] {
  const { web } = installation
  const disable = firstOf(web, ['localRecording.disable'])
  const notify = firstOf(web, ['localRecording.notifyAllParticipants'])
  const places = [disable, notify].flatMap((one) => (one.state === 'set' ? [one.origin] : []))
  for (const one of [disable, notify])
    if (one.state === 'set' && truth(one.node) === true) return [met(one.origin)]
  if (disable.state === 'unknown' || notify.state === 'unknown')
    return [undecidable(places, missing('config.js'))]
  const released = installation.release?.date
  const place = places.length > 0 ? places : silent(web)
  if (released !== undefined && released < LOCAL_RECORDING_SINCE) return [notApplicable(place)]
  const edits =
    disable.state === 'set'
      ? replaceIn(disable.origin, 'true', '1')
      : appendScript(web, 'config.localRecording = { disable: true };')
  if (released !== undefined || disable.state === 'set' || places.length > 0)
    return [violated(place, { edits })]
  const detail = both(
    'In der Vorgabe an seit April 2022; welche Fassung läuft, ist nicht bekannt.',
    'On by default since April 2022; which build runs is not known.',
  )
  return [installation.kind === 'docker' ? violated(place, { edits }) : undecidable(place, { detail })]
}

export const E04: Rule = {
  id: 'E04',
  name: 'REC',
  concern: 'storage',
  severity: 'med',
  components: ['web', 'jibri'],
  title: both('Aufzeichnungen bleiben liegen', 'Recordings stay'),
  why: both(
    'Jibri legt Aufzeichnungen in recordings-directory ab und löscht sie nie.',
    'Jibri puts recordings into recordings-directory and never deletes them.',
  ),
  mend: both(
    'Eine Frist festlegen und das Verzeichnis täglich räumen lassen (systemd-Timer mit find … -mtime +30 -delete), oder das Aufzeichnen abschalten.',
    'Fix a term and have the directory cleared daily (a systemd timer with find … -mtime +30 -delete), or switch recording off.',
  ),
  articles: articles('5(1)e', '6'),
  source: 'jibri reference.conf',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Besprechungen können aufgezeichnet werden; eine Löschfrist setzt die Software nicht durch.',
        'Meetings can be recorded; the software enforces no erasure term.',
      ),
      met: both('Der Server zeichnet keine Besprechungen auf.', 'The server records no meetings.'),
    },
  ],
  check: (installation) => {
    const { web, jibri } = installation
    const folder = textOf(jibri, 'jibri.recording.recordings-directory')
    const detail =
      folder === undefined ? undefined : both(`Ablage: ${folder.value}.`, `Kept in: ${folder.value}.`)
    const found = shouldBeOff(web, RECORDING, { file: 'config.js', detail, byHand: true })
    return orByVariable(installation, 'ENABLE_RECORDING', found)
  },
}

/** Names of programs that carry files away; a script named after one says what it does. */
const CARRIERS =
  /rclone|upload|dropbox|nextcloud|owncloud|webdav|aws|s3cmd|(?:^|[/_-])s3(?:[._-]|$)|gsutil|gdrive|azcopy|scp|sftp|youtube|onedrive|minio/i

export const E05: Rule = {
  id: 'E05',
  name: 'REC-OUT',
  concern: 'recipients',
  severity: 'high',
  components: ['jibri'],
  title: both('Aufzeichnungen verlassen den Server', 'Recordings leave the server'),
  why: both(
    'Das finalize-script bekommt jede fertige Aufzeichnung, ein webhook die Nachricht darüber. Liegt das Ziel bei Fremden, sind sie Empfänger.',
    'The finalize-script gets every finished recording, a webhook the news of it. Where the destination is foreign, that is a recipient.',
  ),
  mend: both(
    'Auf eigenen Speicher umstellen oder einen Vertrag zur Auftragsverarbeitung schließen.',
    'Move to storage of your own, or conclude a processing contract.',
  ),
  articles: articles('28'),
  source: 'jibri reference.conf',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Aufzeichnungen oder Angaben dazu werden an eine weitere Stelle übertragen.',
        'Recordings or data about them are transferred to another place.',
      ),
      met: both(
        'Aufzeichnungen werden an keine weitere Stelle übertragen.',
        'Recordings are transferred to no other place.',
      ),
    },
  ],
  check: checkOutgoing,
}

function checkOutgoing(installation: Installation): readonly Verdict[] {
  const { jibri, web } = installation
  if (jibri.completeness === 'absent')
    return [
      isOn(web, RECORDING) === false
        ? notApplicable(silent(web))
        : undecidable(undefined, missing('jibri.conf')),
    ]
  const verdicts: Verdict[] = []
  const script = textOf(jibri, 'jibri.recording.finalize-script')
  if (script !== undefined && script.value !== '/path/to/finalize') {
    const detail = both(
      'Was dieses Skript mit der Aufzeichnung tut, steht nicht in den Dateien.',
      'The files do not tell what this script does with the recording.',
    )
    verdicts.push(
      CARRIERS.test(script.value) ? violated(script.origin) : undecidable(script.origin, { detail }),
    )
  }
  const hooks = firstOf(jibri, ['jibri.webhook.subscribers'])
  if (hooks.state === 'unknown' && hooks.origin !== undefined)
    verdicts.push(undecidable(hooks.origin, missing('jibri.conf')))
  for (const { url, origin } of hooks.state === 'set' ? addressesIn(hooks.node) : []) {
    const kind = url === undefined ? 'unknown' : urlKind(url, installation)
    const host = url === undefined ? '?' : (hostOf(url) ?? '?')
    if (isForeign(kind))
      verdicts.push(violated(origin, { detail: both(`Empfänger: ${host}.`, `Recipient: ${host}.`) }))
    else
      verdicts.push(
        kind === 'unknown' ? undecidable(origin, whoseHost('webhook.subscribers', url)) : met(origin),
      )
  }
  if (verdicts.length > 0) return verdicts
  return [
    jibri.completeness === 'complete'
      ? met(silent(jibri))
      : undecidable(silent(jibri), missing('jibri.conf')),
  ]
}

export const E06: Rule = {
  id: 'E06',
  name: 'REC-WARN',
  concern: 'client',
  severity: 'low',
  components: ['web'],
  title: both(
    'Wer beitritt, erfährt nicht vorher von der Aufzeichnung',
    'Whoever joins is not told of the recording beforehand',
  ),
  why: both(
    'Ohne showPrejoinWarning erfährt man erst in der Besprechung, dass aufgezeichnet wird.',
    'Without showPrejoinWarning one learns only inside the meeting that it is recorded.',
  ),
  mend: both('recordings.showPrejoinWarning auf true setzen.', 'Set recordings.showPrejoinWarning to true.'),
  articles: articles('13'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Vor dem Beitritt weist die Oberfläche nicht auf eine laufende Aufzeichnung hin.',
        'Before joining, the client does not point out a running recording.',
      ),
      met: both(
        'Vor dem Beitritt weist die Oberfläche auf eine laufende Aufzeichnung hin.',
        'Before joining, the client points out a running recording.',
      ),
    },
  ],
  since: '2023-03-01',
  check: (installation) => {
    const { web } = installation
    const recording = isOn(web, RECORDING)
    const found = firstOf(web, RECORDING)
    const place = found.state === 'set' ? found.origin : silent(web)
    if (recording === false) return [notApplicable(place)]
    if (recording === undefined) return [undecidable(place, missing('config.js'))]
    return mustBe(web, ['recordings.showPrejoinWarning'], true, {
      file: 'config.js',
      line: 'config.recordings = config.recordings || {}; config.recordings.showPrejoinWarning = true;',
    })
  },
}
