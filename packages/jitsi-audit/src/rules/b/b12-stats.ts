// B12-B15: rtcstats, its viewer, WatchRTC, and names inside statistics.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { articles } from '../helpers/articles.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { hasImages, isOn, shouldBeOff, textOf } from './kit.ts'

export const B12: Rule = {
  id: 'B12',
  name: 'RTCSTATS',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both('rtcstats schreibt jede Verbindung mit', 'rtcstats records every connection'),
  why: both(
    'Je Person werden Raum, Kennung und Gerät laufend übermittelt; mit rtcstatsSendSdp auch Netzwerkadressen, mit rtcstatsStoreLogs die Konsole. disableThirdPartyRequests und analytics.disabled halten das nicht auf.',
    'For each person room, id and device are sent continually; with rtcstatsSendSdp network addresses too, with rtcstatsStoreLogs the console. disableThirdPartyRequests and analytics.disabled do not stop it.',
  ),
  mend: both(
    'analytics.rtcstatsEnabled auf false setzen (Docker: RTCSTATS_ENABLED=0).',
    'Set analytics.rtcstatsEnabled to false (Docker: RTCSTATS_ENABLED=0).',
  ),
  articles: articles('5(1)c'),
  source: 'lib-jitsi-meet RTCStats',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Verbindungsstatistiken je Person (Raum, Kennung, Gerät, gegebenenfalls Netzwerkadressen) werden von rtcstats gespeichert.',
        'Connection statistics per person (room, id, device, network addresses where switched on) are stored by rtcstats.',
      ),
      met: both('rtcstats ist abgeschaltet.', 'rtcstats is switched off.'),
    },
  ],
  check: checkRtcstats,
}

function checkRtcstats(installation: Installation): readonly Verdict[] {
  const { web } = installation
  const endpoint = textOf(web, 'analytics.rtcstatsEndpoint')
  const foreign = endpoint !== undefined && isForeign(urlKind(endpoint.value, installation))
  const host = endpoint === undefined ? '' : (hostOf(endpoint.value) ?? '')
  const more = ['rtcstatsSendSdp', 'rtcstatsStoreLogs'].filter(
    (key) => isOn(web, [`analytics.${key}`]) === true,
  )
  const extra = more.length === 0 ? '' : ` + ${more.join(', ')}`
  const detail = foreign
    ? both(`Empfänger: ${host}${extra}.`, `Recipient: ${host}${extra}.`)
    : more.length === 0
      ? undefined
      : both(`Zusätzlich an: ${more.join(', ')}.`, `Also on: ${more.join(', ')}.`)
  const hosted = lookup(installation.environment, ['JAAS_APP_ID']).state === 'set'
  return shouldBeOff(web, ['analytics.rtcstatsEnabled'], {
    file: 'config.js',
    severity: foreign ? 'high' : 'med',
    detail,
    byHand: hosted,
  })
}

export const B13: Rule = {
  id: 'B13',
  name: 'RTCVIS',
  concern: 'access',
  severity: 'crit',
  components: ['environment'],
  title: both(
    'Der Betrachter für rtcstats steht mit Musterpasswort offen',
    'The rtcstats viewer is open with its sample password',
  ),
  why: both(
    'Der Betrachter liegt unter derselben Adresse wie die Besprechungen. Mit dem mitgelieferten Passwort liest jeder, wer wann in welchem Raum war.',
    'The viewer lies under the same address as the meetings. With the password it comes with, anybody reads who was in which room and when.',
  ),
  mend: both(
    'In rtc-visualizer/.data/users.json ein eigenes Passwort setzen und den Pfad im nginx sperren.',
    'Set a password of your own in rtc-visualizer/.data/users.json and close the path in nginx.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet rtcstats',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Gespeicherte Verbindungsstatistiken sind mit einem Musterpasswort einsehbar.',
        'Stored connection statistics can be seen with a sample password.',
      ),
      met: both(
        'Gespeicherte Verbindungsstatistiken sind nur mit eigenem Passwort einsehbar.',
        'Stored connection statistics can be seen with a password of its own only.',
      ),
    },
  ],
  since: '2026-03-16',
  check: checkViewer,
}

function checkViewer(installation: Installation): readonly Verdict[] {
  if (!hasImages(installation)) return [notApplicable()]
  const viewer = installation.services.find(
    ({ name, node }) =>
      /visuali[sz]er/.test(name) || /rtc(?:stats)?-visuali[sz]er/.test(text(member(node, 'image')) ?? ''),
  )
  const sample = installation.pages.find(({ path }) => path.endsWith('users.json'))
  if (viewer === undefined && installation.services.length === 0)
    return [undecidable(undefined, missing('docker-compose.yml'))]
  if (viewer === undefined) return [notApplicable(installation.services[0]?.origin)]
  if (isOn(installation.web, ['analytics.rtcstatsEnabled']) === false) return [notApplicable(viewer.origin)]
  if (sample === undefined) return [undecidable(viewer.origin, missing('rtc-visualizer/.data/users.json'))]
  const place = { kind: 'file' as const, file: sample.path, line: 1, column: 1, endLine: 1, endColumn: 1 }
  return [/CHANGE_?ME|:\s*""/.test(sample.text) ? violated([place, viewer.origin]) : met(place)]
}

export const B14: Rule = {
  id: 'B14',
  name: 'WATCHRTC',
  concern: 'recipients',
  severity: 'high',
  components: ['web'],
  title: both('WatchRTC erhält die Verbindungsdaten', 'WatchRTC receives connection data'),
  why: both(
    'Ein fremder Dienst (testRTC/Cyara) erhält von jeder Person laufend Verbindungsdaten samt Netzwerkadressen.',
    'An outside service (testRTC/Cyara) continually receives connection data of every person, network addresses included.',
  ),
  mend: both('analytics.watchRTCEnabled auf false setzen.', 'Set analytics.watchRTCEnabled to false.'),
  articles: articles('28'),
  source: 'lib-jitsi-meet',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Der Dienst WatchRTC erhält Verbindungsdaten der Teilnehmenden.',
        'The service WatchRTC receives participants’ connection data.',
      ),
      met: both('WatchRTC ist abgeschaltet.', 'WatchRTC is switched off.'),
    },
  ],
  check: ({ web }) => shouldBeOff(web, ['analytics.watchRTCEnabled'], { file: 'config.js' }),
}

export const B15: Rule = {
  id: 'B15',
  name: 'NAMESTATS',
  concern: 'recipients',
  severity: 'high',
  components: ['web'],
  title: both(
    'Namen oder E-Mail-Adressen stehen in der Statistik',
    'Names or e-mail addresses are in the statistics',
  ),
  why: both(
    'Mit enableDisplayNameInStats oder enableEmailInStats trägt jeder Statistikdatensatz den Klarnamen oder die Adresse.',
    'With enableDisplayNameInStats or enableEmailInStats every statistics record carries the name or the address.',
  ),
  mend: both('Beide auf false setzen.', 'Set both to false.'),
  articles: articles('5(1)c'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Statistikdaten enthalten Namen oder E-Mail-Adressen.',
        'Statistics contain names or e-mail addresses.',
      ),
      met: both(
        'Statistikdaten enthalten weder Namen noch E-Mail-Adressen.',
        'Statistics contain neither names nor e-mail addresses.',
      ),
    },
  ],
  check: ({ web }) =>
    ['enableDisplayNameInStats', 'enableEmailInStats'].flatMap((path) =>
      shouldBeOff(web, [path], { file: 'config.js' }),
    ),
}
