// B07-B11: statistics services that a key or a script address in config.js switches on.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Node } from '../../core/value.ts'
import { articles } from '../helpers/articles.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { analyticsGate, gateOf, keyAbsent, throughGate } from './analytics-gate.ts'
import { SWITCH } from './b01-third-party.ts'
import {
  addressesIn,
  firstOf,
  mustBeOwn,
  replaceIn,
  releasedBefore,
  silent,
  textOf,
  whoseHost,
} from './kit.ts'

/** Since then lib-jitsi-meet has no code for callstats any more. */
const CALLSTATS_LEFT = '2023-11-22'

export const B07: Rule = {
  id: 'B07',
  name: 'CALLSTATS',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Verbindungsstatistik geht an callstats', 'Connection statistics go to callstats'),
  why: both(
    'Mit callStatsID und callStatsSecret senden ältere Fassungen Verbindungsdaten jeder Person an callstats.io, je nach Einstellung samt Namen und IP-Adresse. Seit 22. November 2023 enthält der Client diesen Teil nicht mehr; der Schlüssel ist dann nur ein Rest.',
    'With callStatsID and callStatsSecret older builds send connection data of every person to callstats.io, with names and IP addresses depending on settings. Since 22 November 2023 the client has no such part; the key is a leftover then.',
  ),
  mend: both(
    'callStatsID und callStatsSecret löschen und aktualisieren.',
    'Delete callStatsID and callStatsSecret, and update.',
  ),
  articles: articles('28', '44'),
  source: 'lib-jitsi-meet 2023-11-22, docker-jitsi-meet 2024-01-11',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'callstats.io (8x8) erhält, solange eine ältere Fassung läuft, Verbindungsstatistiken der Teilnehmenden.',
        'callstats.io (8x8) receives participants’ connection statistics while an older build runs.',
      ),
      met: both('Es wird keine Statistik an callstats gesendet.', 'No statistics are sent to callstats.'),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von Verbindungsstatistiken an callstats.io (8x8, USA), solange eine ältere Fassung läuft.',
        'Transfer of connection statistics to callstats.io (8x8, USA) while an older build runs.',
      ),
    },
  ],
  check: checkCallstats,
}

function checkCallstats(installation: Installation): readonly Verdict[] {
  const { web } = installation
  const secret = firstOf(web, ['callStatsSecret'])
  if (textOf(web, 'callStatsID') !== undefined && textOf(web, 'callStatsSecret') === undefined)
    return [secret.state === 'unknown' ? undecidable(secret.origin, missing('config.js')) : met(silent(web))]
  const old = releasedBefore(installation, CALLSTATS_LEFT)
  const detail = both(
    'Wirksam nur in Fassungen vor dem 22. November 2023.',
    'Effective only in builds before 22 November 2023.',
  )
  const severity = old === true ? 'high' : old === false ? 'note' : 'med'
  return keyAbsent(
    installation,
    ['callStatsID'],
    gateOf(installation, [SWITCH]),
    old === true ? { severity } : { severity, detail },
  )
}

export const B08: Rule = {
  id: 'B08',
  name: 'GA',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Google Analytics misst Besprechungen', 'Google Analytics measures meetings'),
  why: both(
    'Nutzungsereignisse und IP-Adressen aller Teilnehmenden gehen an Google (USA); das braucht eine Einwilligung, die Jitsi nicht einholt.',
    'Usage events and the IP addresses of all participants go to Google (USA); that needs a consent which Jitsi does not ask for.',
  ),
  mend: both(
    'Die Tracking-ID und das Skript analytics-ga löschen; zur Sicherheit analytics.disabled auf true setzen.',
    'Delete the tracking id and the script analytics-ga; set analytics.disabled to true to be safe.',
  ),
  articles: articles('6', '44', 'TDDDG § 25'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Nutzungsdaten und IP-Adressen gehen an Google Analytics (USA).',
        'Usage data and IP addresses go to Google Analytics (USA).',
      ),
      met: both('Google Analytics wird nicht eingesetzt.', 'Google Analytics is not used.'),
    },
  ],
  check: checkGoogleAnalytics,
}

function checkGoogleAnalytics(installation: Installation): readonly Verdict[] {
  const { web } = installation
  const gate = analyticsGate(installation)
  const script = analyticsScripts(installation).find(
    ({ url }) => url !== undefined && /analytics-ga|google-analytics|googletagmanager/.test(url),
  )
  const ids = [
    'analytics.googleAnalyticsTrackingId',
    'analytics.googleAnalyticsTrackingID',
    'googleAnalyticsTrackingId',
  ]
  if (script !== undefined) {
    const id = ids.map((path) => textOf(web, path)).find((one) => one !== undefined)
    const places = id === undefined ? [script.origin] : [id.origin, script.origin]
    const verdict = throughGate(gate, places)
    // The last script of a list goes with the list; among others a person takes it out.
    const scripts = scriptList(installation)
    const only =
      scripts?.kind === 'list' && scripts.items.length === 1
        ? replaceIn(
            scripts.items[0]?.origin.kind === 'environment' ? script.origin : scripts.origin,
            '[]',
            '',
          )
        : []
    if (verdict.state !== 'violated') return [verdict]
    return [
      violated(places, {
        edits:
          only.length === 0 ? [] : [...only, ...(id === undefined ? [] : replaceIn(id.origin, "''", ''))],
      }),
    ]
  }
  return keyAbsent(installation, ids, gate, {
    severity: 'low',
    detail: both(
      'Das Skript analytics-ga, das senden würde, ist hier nicht geladen; die ID ist einen Eintrag davon entfernt, wirksam zu werden.',
      'The script analytics-ga that would send is not loaded here; the id is one entry away from taking effect.',
    ),
  })
}

function scriptList({ web }: Installation): Node | undefined {
  const found = firstOf(web, ['analytics.scriptURLs', 'analyticsScriptUrls'])
  return found.state === 'set' ? found.node : undefined
}

function analyticsScripts(installation: Installation): ReturnType<typeof addressesIn> {
  return ['analytics.scriptURLs', 'analyticsScriptUrls'].flatMap((path) => {
    const found = lookup(installation.web, path)
    return found.state === 'set' ? addressesIn(found.node) : []
  })
}

export const B09: Rule = {
  id: 'B09',
  name: 'AMPLITUDE',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Amplitude erhält Ereignisse jeder Besprechung', 'Amplitude receives events of every meeting'),
  why: both(
    'Ereignisse, Raumname und eine bleibende Kennung jeder Person gehen an Amplitude (USA).',
    'Events, the room’s name and a lasting id of each person go to Amplitude (USA).',
  ),
  mend: both(
    'analytics.amplitudeAPPKey löschen (Docker: AMPLITUDE_ID leeren); zur Sicherheit analytics.disabled auf true setzen.',
    'Delete analytics.amplitudeAPPKey (Docker: empty AMPLITUDE_ID); set analytics.disabled to true to be safe.',
  ),
  articles: articles('6', '44', 'TDDDG § 25'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Nutzungsereignisse, Raumnamen und Kennungen gehen an Amplitude (USA).',
        'Usage events, room names and identifiers go to Amplitude (USA).',
      ),
      met: both('Amplitude wird nicht eingesetzt.', 'Amplitude is not used.'),
    },
  ],
  check: (installation) =>
    keyAbsent(installation, ['analytics.amplitudeAPPKey', 'amplitudeAPPKey'], analyticsGate(installation)),
}

export const B10: Rule = {
  id: 'B10',
  name: 'MATOMO',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both('Matomo zeichnet die Nutzung auf', 'Matomo records usage'),
  why: both(
    'Matomo bildet Nutzungsprofile. Auf dem eigenen Server gehört es in die Datenschutzhinweise, auf einem fremden braucht es einen Vertrag.',
    'Matomo builds usage profiles. On your own server it belongs in the privacy notice, on somebody else’s it needs a contract.',
  ),
  mend: both(
    'analytics.matomoEndpoint löschen oder den eigenen Server nennen und in die Hinweise aufnehmen.',
    'Delete analytics.matomoEndpoint, or name your own server and put it into the notice.',
  ),
  articles: articles('6', '13'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Die Nutzung der Oberfläche wird mit Matomo ausgewertet.',
        'Use of the client is analysed with Matomo.',
      ),
      met: both('Matomo wird nicht eingesetzt.', 'Matomo is not used.'),
    },
  ],
  check: checkMatomo,
}

function checkMatomo(installation: Installation): readonly Verdict[] {
  const endpoint = textOf(installation.web, 'analytics.matomoEndpoint')
  const gate = analyticsGate(installation)
  if (endpoint === undefined) return keyAbsent(installation, ['analytics.matomoEndpoint'], gate)
  const kind = urlKind(endpoint.value, installation)
  if (kind === 'unknown')
    return [undecidable(endpoint.origin, whoseHost('analytics.matomoEndpoint', endpoint.value))]
  if (gate.state === 'closed') return [overridden([endpoint.origin, gate.origin])]
  if (gate.state === 'unknown') return [undecidable(endpoint.origin, missing('config.js'))]
  const host = hostOf(endpoint.value) ?? '?'
  const detail = isForeign(kind)
    ? both(`Daten gehen an ${host}.`, `Data go to ${host}.`)
    : both(`Eigener Server: ${host}. Nur zum Vermerk.`, `Own server: ${host}. For the record only.`)
  return [violated(endpoint.origin, { severity: isForeign(kind) ? 'med' : 'note', detail })]
}

export const B11: Rule = {
  id: 'B11',
  name: 'SCRIPTS',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'environment'],
  title: both('Fremde Skripte laufen in der Besprechung mit', 'Third-party scripts run inside the meeting'),
  why: both(
    'Ein Skript von einem fremden Server sieht und kann alles, was die Seite kann: Bild, Ton, Chat und Namen.',
    'A script from a third-party server sees and may do everything the page can: pictures, sound, chat and names.',
  ),
  mend: both(
    'Den Eintrag aus analytics.scriptURLs löschen oder das Skript prüfen und vom eigenen Server ausliefern.',
    'Delete the entry from analytics.scriptURLs, or review the script and serve it from your own server.',
  ),
  articles: articles('32'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Die Oberfläche lädt Skripte von fremden Servern; diese erhalten IP-Adressen und könnten Inhalte lesen.',
        'The client loads scripts from third-party servers, which receive IP addresses and could read content.',
      ),
      met: both(
        'Statistikskripte werden nicht von fremden Servern geladen.',
        'No analytics scripts are loaded from third parties.',
      ),
    },
  ],
  check: (installation) => {
    const gate = analyticsGate(installation)
    const found = mustBeOwn(installation, installation.web, ['analytics.scriptURLs', 'analyticsScriptUrls'], {
      file: 'config.js',
      what: both('ein Skript kommt von', 'a script comes from'),
      empty: '[]',
    })
    return found.map((one) => {
      if (one.state !== 'violated' || gate.state === 'open') return one
      return gate.state === 'closed'
        ? overridden([...one.origins, gate.origin])
        : undecidable(one.origins, missing('config.js'))
    })
  },
}
