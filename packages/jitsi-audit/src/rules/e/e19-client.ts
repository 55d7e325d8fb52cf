// E19-E23: traces in the browser, legal pages, the entrance, and the age of the release.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import { environmentText, member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import {
  appendScript,
  firstOf,
  hasImages,
  releasePlace,
  releasedBefore,
  replaceIn,
  silent,
  truth,
} from '../b/kit.ts'

import { hasLegalLink } from './legal-link.ts'

/** The list of rooms visited came to the web client in autumn 2018. */
const RECENT_SINCE = '2018-11-01'

export const E19: Rule = {
  id: 'E19',
  name: 'RECENT',
  concern: 'client',
  severity: 'low',
  components: ['web', 'interface'],
  title: both('Der Browser merkt sich besuchte Räume', 'The browser remembers rooms visited'),
  why: both(
    'Auf geteilten Rechnern sieht die nächste Person, wer sich wann in welchem Raum traf.',
    'On shared machines the next person sees which rooms were visited and when.',
  ),
  mend: both(
    'config.doNotStoreRoom = true; oder interfaceConfig.RECENT_LIST_ENABLED = false;',
    'config.doNotStoreRoom = true; or interfaceConfig.RECENT_LIST_ENABLED = false;',
  ),
  articles: articles('TDDDG § 25'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Die Oberfläche speichert besuchte Räume im Browser.',
        'The client stores rooms visited in the browser.',
      ),
      met: both(
        'Die Oberfläche speichert besuchte Räume nicht oder zeigt sie nicht an.',
        'The client does not store rooms visited, or does not show them.',
      ),
    },
  ],
  since: RECENT_SINCE,
  check: ({ web, interfaceConfig }) => {
    const room = firstOf(web, ['doNotStoreRoom'])
    const list = firstOf(interfaceConfig, ['RECENT_LIST_ENABLED'])
    if (room.state === 'set' && truth(room.node) === true) return [met(room.origin)]
    if (list.state === 'set' && truth(list.node) === false) return [met(list.origin)]
    const place = room.state === 'set' ? room.origin : silent(web)
    if (room.state === 'unknown') return [undecidable(place, missing('config.js'))]
    if (list.state === 'unknown' && list.origin !== undefined)
      return [undecidable(list.origin, missing('interface_config.js'))]
    const edits =
      room.state === 'set'
        ? replaceIn(room.origin, 'true', '1')
        : appendScript(web, 'config.doNotStoreRoom = true;')
    return [violated([place, list.state === 'set' ? list.origin : undefined], { edits })]
  },
}

export const E20: Rule = {
  id: 'E20',
  name: 'BROWSERID',
  concern: 'client',
  severity: 'note',
  components: ['web'],
  title: both('Jitsi legt bleibende Kennungen im Browser ab', 'Jitsi keeps lasting ids in the browser'),
  why: both(
    'jitsiMeetId und callStatsUserName bleiben im localStorage und machen denselben Browser wiedererkennbar.',
    'jitsiMeetId and callStatsUserName stay in localStorage and make the same browser recognisable.',
  ),
  mend: both('In den Datenschutzhinweisen nennen.', 'Name them in the privacy notice.'),
  articles: articles('13', 'TDDDG § 25'),
  source: 'lib-jitsi-meet Settings',
  paperwork: [
    {
      part: 'notice',
      met: both(
        'Im Browser werden die Kennungen jitsiMeetId und callStatsUserName sowie Anzeigename und Geräteeinstellungen dauerhaft gespeichert (localStorage).',
        'The ids jitsiMeetId and callStatsUserName as well as display name and device settings are kept in the browser (localStorage).',
      ),
    },
  ],
  check: ({ web }) => [notApplicable(silent(web), { severity: 'note', detail: E20.why })],
}

export const E21: Rule = {
  id: 'E21',
  name: 'IMPRINT',
  concern: 'client',
  severity: 'med',
  components: ['interface', 'pages'],
  title: both(
    'Impressum und Datenschutzhinweise fehlen auf der Startseite',
    'Imprint and privacy notice are missing on the start page',
  ),
  why: both(
    'Wer den Dienst öffnet, muss erfahren, wer ihn betreibt und was mit seinen Daten geschieht.',
    'Whoever opens the service has to learn who runs it and what happens with their data.',
  ),
  mend: both(
    'In welcomePageAdditionalContent.html Links auf Impressum und Datenschutz setzen und DISPLAY_WELCOME_PAGE_CONTENT auf true.',
    'Put links to imprint and privacy notice into welcomePageAdditionalContent.html and set DISPLAY_WELCOME_PAGE_CONTENT to true.',
  ),
  articles: articles('13', 'DDG § 5'),
  source: 'Kuketz guide',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Impressum und Datenschutzhinweise sind auf der Startseite nicht verlinkt.',
        'Imprint and privacy notice are not linked on the start page.',
      ),
      met: both(
        'Impressum oder Datenschutzhinweise sind auf der Startseite verlinkt.',
        'Imprint or privacy notice is linked on the start page.',
      ),
    },
  ],
  check: checkImprint,
}

function checkImprint({ pages, interfaceConfig }: Installation): readonly Verdict[] {
  const shown = firstOf(interfaceConfig, ['DISPLAY_WELCOME_PAGE_CONTENT'])
  const hidden = shown.state === 'set' && truth(shown.node) === false
  const place = shown.state === 'set' ? shown.origin : silent(interfaceConfig)
  const welcome = pages.filter(
    ({ path }) =>
      /welcomePage|plugin\.head|close|index|imprint|impressum|datenschutz/i.test(path) &&
      /\.html?$/.test(path),
  )
  const linked = welcome.find(({ text: html }) => hasLegalLink(html))
  if (linked !== undefined && !(hidden && /welcomePage/i.test(linked.path)))
    return [met(atStart(linked.path))]
  if (hidden) return [violated([place, linked === undefined ? undefined : atStart(linked.path)])]
  const own = welcome.find(({ path }) => /welcomePageAdditionalContent/i.test(path))
  if (own !== undefined) return [violated(atStart(own.path))]
  return [undecidable(place, missing('welcomePageAdditionalContent.html'))]
}

function atStart(file: string): Origin {
  return { kind: 'file', file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

/** Since then the page before joining is on unless switched off. */
const PREJOIN_SINCE = '2021-11-01'

export const E22: Rule = {
  id: 'E22',
  name: 'PREJOIN',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both(
    'Kamera und Mikrofon sind beim Betreten sofort an',
    'Camera and microphone are live at once on entering',
  ),
  why: both(
    'Ohne die Seite vor dem Beitritt sehen und hören alle eine Person, bevor sie ihr Bild geprüft hat.',
    'Without the page before joining everyone sees and hears a person before they have checked their picture.',
  ),
  mend: both(
    'prejoinConfig.enabled auf true setzen (Docker: ENABLE_PREJOIN_PAGE=1).',
    'Set prejoinConfig.enabled to true (Docker: ENABLE_PREJOIN_PAGE=1).',
  ),
  articles: articles('25(2)'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Kamera und Mikrofon sind beim Betreten eines Raums sofort aktiv.',
        'Camera and microphone are active at once on entering a room.',
      ),
      met: both(
        'Vor dem Beitritt prüft jede Person Kamera und Mikrofon und entscheidet darüber.',
        'Before joining everyone checks camera and microphone and decides about them.',
      ),
    },
  ],
  since: '2020-04-01',
  check: (installation) => {
    const { web } = installation
    const found = firstOf(web, ['prejoinConfig.enabled', 'prejoinPageEnabled'])
    if (found.state === 'unknown') return [undecidable(found.origin, missing('config.js'))]
    if (found.state === 'set') {
      const on = truth(found.node)
      if (on === undefined) return [undecidable(found.origin, missing('config.js'))]
      return [
        on ? met(found.origin) : violated(found.origin, { edits: replaceIn(found.origin, 'true', '1') }),
      ]
    }
    const old = releasedBefore(installation, PREJOIN_SINCE)
    const detail = both(
      'In der Vorgabe erst seit Ende 2021 an; welche Fassung läuft, ist nicht bekannt.',
      'On by default only since the end of 2021; which build runs is not known.',
    )
    if (old === undefined) return [undecidable(silent(web), { detail })]
    return [
      old
        ? violated(silent(web), { edits: appendScript(web, 'config.prejoinPageEnabled = true;') })
        : met(silent(web)),
    ]
  },
}

/** Releases older than a year lack repairs; counted back from the newest release that these rules know. */
const OLD_BEFORE = '2025-08-20'

export const E23: Rule = {
  id: 'E23',
  name: 'RELEASE',
  concern: 'access',
  severity: 'med',
  components: ['environment'],
  title: both('Die Fassung ist beweglich oder veraltet', 'The release is a moving target or out of date'),
  why: both(
    'unstable und latest ändern sich ohne Zutun und ohne Prüfung; alte Fassungen haben bekannte Lücken.',
    'unstable and latest change by themselves and unreviewed; old releases have known holes.',
  ),
  mend: both(
    'Auf eine benannte stable-Fassung festlegen und regelmäßig aktualisieren.',
    'Pin a named stable release and update regularly.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet compose',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die eingesetzte Fassung ist nicht festgelegt oder nicht aktuell.',
        'The release in use is not pinned or not up to date.',
      ),
      met: both(
        'Die eingesetzte Fassung ist festgelegt und aktuell.',
        'The release in use is pinned and up to date.',
      ),
    },
  ],
  check: checkRelease,
}

const MOVING = /^(?:unstable|latest|master|main|nightly|edge|dev|testing)(?:-|$)|^$/

function checkRelease(installation: Installation): readonly Verdict[] {
  const { release } = installation
  const images = installation.services.flatMap(({ node, origin }) => {
    const image = member(node, 'image')
    const name = text(image) ?? ''
    if (!/(?:^|\/)(?:web|jvb|jicofo|prosody|jibri|jigasi)(?:[:@]|$)/.test(name)) return []
    const [path = '', digest] = name.split('@')
    const tag = /:([^/:]+)$/.exec(path)?.[1] ?? ''
    return [{ tag, pinned: digest !== undefined, origin: image?.origin ?? origin }]
  })
  const moving = images.filter(({ tag, pinned }) => !pinned && MOVING.test(tag))
  if (moving.length > 0)
    return moving
      .slice(0, 1)
      .map(({ origin, tag }) => violated(origin, { detail: named(tag === '' ? 'latest' : tag) }))
  const variable = environmentText(installation, 'JITSI_IMAGE_VERSION')
  if (variable.state === 'set' && MOVING.test(variable.value ?? ''))
    return [violated(variable.origin, { detail: named(variable.value ?? '') })]
  if (release !== undefined && MOVING.test(release.name))
    return [violated(releasePlace(installation), { detail: named(release.name) })]
  if (release?.date !== undefined)
    return [
      release.date < OLD_BEFORE
        ? violated(releasePlace(installation), { detail: named(`${release.name} (${release.date})`) })
        : met(releasePlace(installation)),
    ]
  const place =
    images[0]?.origin ??
    releasePlace(installation) ??
    (hasImages(installation) ? silent(installation.environment) : undefined)
  return [undecidable(place, missing('Release'))]
}

function named(what: string): { readonly de: string; readonly en: string } {
  return both(`Fassung: ${what}.`, `Release: ${what}.`)
}
