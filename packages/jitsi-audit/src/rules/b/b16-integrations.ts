// B16-B20: services of others that the client offers: Giphy, Dropbox, calendars, live streams, shared videos.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { items, text } from '../helpers/values.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { gateOf, keyAbsent } from './analytics-gate.ts'
import { SWITCH, thirdPartiesOff } from './b01-third-party.ts'
import { firstOf, isOn, orByVariable, shouldBeOff, silent, textOf } from './kit.ts'

export const B16: Rule = {
  id: 'B16',
  name: 'GIPHY',
  concern: 'recipients',
  severity: 'med',
  components: ['web'],
  title: both('Giphy erfährt Suchwörter und IP-Adressen', 'Giphy learns search words and IP addresses'),
  why: both(
    'Wer ein Bildchen sucht, und jeder, der es sieht, fragt den Dienst Giphy (USA).',
    'Whoever looks for a picture, and everyone who sees it, asks the service Giphy (USA).',
  ),
  mend: both('giphy.enabled auf false setzen.', 'Set giphy.enabled to false.'),
  articles: articles('25'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Giphy (USA) erhält Suchwörter und IP-Adressen.',
        'Giphy (USA) receives search words and IP addresses.',
      ),
      met: both('Giphy wird nicht genutzt.', 'Giphy is not used.'),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von Suchwörtern und IP-Adressen an Giphy in den USA.',
        'Transfer of search words and IP addresses to Giphy in the USA.',
      ),
    },
  ],
  check: (installation) => {
    const { web } = installation
    const found = shouldBeOff(web, ['giphy.enabled'], { file: 'config.js' })
    if (!found.some(({ state }) => state === 'violated')) return found
    const key = firstOf(web, ['giphy.sdkKey'])
    const places = found.flatMap(({ origins }) => origins)
    if (key.state === 'unknown') return [undecidable(places, missing('config.js'))]
    if (textOf(web, 'giphy.sdkKey') === undefined) return [met(places)]
    const gate = gateOf(installation, [SWITCH])
    return gate.state === 'closed' ? [overridden([...places, gate.origin])] : found
  },
}

export const B17: Rule = {
  id: 'B17',
  name: 'DROPBOX',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Aufzeichnungen können zu Dropbox gehen', 'Recordings may go to Dropbox'),
  why: both(
    'Mit dropbox.appKey speichert jede moderierende Person die Aufzeichnung aller anderen bei Dropbox (USA).',
    'With dropbox.appKey any moderator stores the recording of all others at Dropbox (USA).',
  ),
  mend: both(
    'dropbox.appKey löschen (Docker: DROPBOX_APPKEY leeren).',
    'Delete dropbox.appKey (Docker: empty DROPBOX_APPKEY).',
  ),
  articles: articles('28', '44'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Aufzeichnungen können bei Dropbox (USA) gespeichert werden.',
        'Recordings can be stored at Dropbox (USA).',
      ),
      met: both(
        'Aufzeichnungen lassen sich nicht bei Dropbox ablegen.',
        'Recordings cannot be put into Dropbox.',
      ),
    },
  ],
  check: (installation) => keyAbsent(installation, ['dropbox.appKey', 'dropbox.clientId'], { state: 'open' }),
}

export const B18: Rule = {
  id: 'B18',
  name: 'CALENDAR',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both(
    'Kalender von Google oder Microsoft sind angebunden',
    'Google or Microsoft calendars are connected',
  ),
  why: both(
    'Die Oberfläche lädt Skripte des Anbieters und liest Termine; der Anbieter erfährt, wer wann den Dienst nutzt.',
    'The client loads the provider’s scripts and reads appointments; the provider learns who uses the service and when.',
  ),
  mend: both('enableCalendarIntegration auf false setzen.', 'Set enableCalendarIntegration to false.'),
  articles: articles('28'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Google oder Microsoft erhalten bei der Kalenderanbindung Konto- und Nutzungsdaten.',
        'Google or Microsoft receive account and usage data through the calendar connection.',
      ),
      met: both('Eine Kalenderanbindung besteht nicht.', 'No calendar is connected.'),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von Konto- und Nutzungsdaten an Google oder Microsoft (USA) durch die Kalenderanbindung.',
        'Transfer of account and usage data to Google or Microsoft (USA) through the calendar connection.',
      ),
    },
  ],
  check: ({ web }) => {
    const found = shouldBeOff(web, ['enableCalendarIntegration'], { file: 'config.js' })
    if (!found.some(({ state }) => state === 'violated')) return found
    const ids = ['googleApiApplicationClientID', 'microsoftApiApplicationClientID']
    if (ids.some((path) => textOf(web, path) !== undefined)) return found
    const places = found.flatMap(({ origins }) => origins)
    return [
      ids.some((path) => firstOf(web, [path]).state === 'unknown')
        ? undecidable(places, missing('config.js'))
        : met(places),
    ]
  },
}

export const B19: Rule = {
  id: 'B19',
  name: 'LIVE',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'jibri'],
  title: both('Besprechungen können live ins Netz gehen', 'Meetings can be streamed live to the net'),
  why: both(
    'Eine moderierende Person überträgt alle anderen an YouTube oder, wenn Jibris Liste alles erlaubt, an einen beliebigen Server.',
    'A moderator streams everyone else to YouTube or, when Jibri’s list allows everything, to any server.',
  ),
  mend: both(
    'liveStreaming.enabled auf false setzen und in jibri.conf rtmp-allow-list auf die eigenen Ziele beschränken.',
    'Set liveStreaming.enabled to false, and limit rtmp-allow-list in jibri.conf to your own destinations.',
  ),
  articles: articles('6', '44'),
  source: 'docker-jitsi-meet web defaults, jibri reference.conf',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Besprechungen können an fremde Plattformen (etwa YouTube, USA) übertragen werden.',
        'Meetings can be streamed to third-party platforms (such as YouTube, USA).',
      ),
      met: both(
        'Liveübertragung an fremde Plattformen ist abgeschaltet.',
        'Live streaming to third-party platforms is switched off.',
      ),
    },
  ],
  check: checkLive,
}

function checkLive(installation: Installation): readonly Verdict[] {
  const { web, jibri } = installation
  const keys = ['liveStreaming.enabled', 'liveStreamingEnabled']
  const verdicts = orByVariable(
    installation,
    'ENABLE_LIVESTREAMING',
    shouldBeOff(web, keys, { file: 'config.js' }),
  )
  if (jibri.completeness === 'absent') return verdicts
  const list = firstOf(jibri, ['jibri.streaming.rtmp-allow-list'])
  if (list.state === 'unknown') return [...verdicts, undecidable(list.origin, missing('jibri.conf'))]
  const streams = isOn(web, keys)
  if (list.state === 'unset') return [...verdicts, ...(streams === true ? [violated(silent(jibri))] : [])]
  const open = items(list.node).filter((one) => ['.*', '^.*$', '.*?', ''].includes(text(one) ?? '-'))
  const severity = streams === true ? 'high' : 'low'
  return [
    ...verdicts,
    open.length > 0
      ? violated(
          open.map(({ origin }) => origin),
          { severity },
        )
      : met(list.origin),
  ]
}

export const B20: Rule = {
  id: 'B20',
  name: 'SHAREDVIDEO',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'interface'],
  title: both(
    'Ein geteiltes Video lädt YouTube in allen Browsern',
    'A shared video loads YouTube in all browsers',
  ),
  why: both(
    'Teilt eine Person ein Video, holen es alle Browser im Raum selbst bei YouTube; Google erfährt IP-Adresse und Gerät aller.',
    'When one person shares a video, every browser in the room fetches it from YouTube; Google learns everyone’s IP address and device.',
  ),
  mend: both(
    'config.disableThirdPartyRequests = true; setzen oder sharedvideo aus toolbarButtons streichen.',
    'Set config.disableThirdPartyRequests = true; or take sharedvideo out of toolbarButtons.',
  ),
  articles: articles('25'),
  source: 'jitsi-meet client code',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'YouTube (Google) erhält die IP-Adressen aller im Raum, sobald ein Video geteilt wird.',
        'YouTube (Google) receives the IP addresses of everyone in the room once a video is shared.',
      ),
      met: both('Videos von YouTube können nicht geteilt werden.', 'YouTube videos cannot be shared.'),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von IP-Adressen an YouTube (Google, USA), sobald ein Video geteilt wird.',
        'Transfer of IP addresses to YouTube (Google, USA) once a video is shared.',
      ),
    },
  ],
  check: checkSharedVideo,
}

function checkSharedVideo(installation: Installation): readonly Verdict[] {
  const { web, interfaceConfig } = installation
  const gate = gateOf(installation, [SWITCH])
  if (gate.state === 'closed') return [met(gate.origin)]
  const modern = firstOf(web, ['toolbarButtons'])
  const legacy = firstOf(interfaceConfig, ['TOOLBAR_BUTTONS'])
  const buttons = modern.state === 'set' ? modern : legacy.state === 'set' ? legacy : modern
  if (buttons.state === 'set' && buttons.node.kind === 'list') {
    const known = buttons.node.items.map((one) => text(one))
    if (!known.includes('sharedvideo') && !known.includes(undefined)) return [met(buttons.origin)]
  }
  if (thirdPartiesOff(installation) === undefined || buttons.state === 'unknown')
    return [undecidable(buttons.state === 'set' ? buttons.origin : undefined, missing('config.js'))]
  return [violated(buttons.state === 'set' ? buttons.origin : silent(web))]
}
