// B28-B32 without CSP: faces, error reports, legal links and screenshots.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, replaceIn, shouldBeOff, silent, textOf, truth } from './kit.ts'

export const B28: Rule = {
  id: 'B28',
  name: 'FACE',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both('Gesichter werden ausgewertet', 'Faces are analysed'),
  why: both(
    'Der Browser liest Gesichtsausdrücke oder Gesichtslagen aus dem Kamerabild und teilt sie mit anderen oder der Statistik. Das kann biometrisch sein und verlangt meist eine Folgenabschätzung.',
    'The browser reads expressions or positions of faces from the camera picture and shares them with others or the statistics. That may be biometric and mostly demands an impact assessment.',
  ),
  mend: both('Alle faceLandmarks.enable… auf false setzen.', 'Set every faceLandmarks.enable… to false.'),
  articles: articles('9', '35'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Gesichtsausdruck oder Gesichtslage werden aus dem Kamerabild ermittelt.',
        'Expressions or positions of faces are derived from the camera picture.',
      ),
      met: both('Gesichter werden nicht ausgewertet.', 'Faces are not analysed.'),
    },
  ],
  check: checkFaces,
}

function checkFaces({ web }: Installation): readonly Verdict[] {
  const found = lookup(web, 'faceLandmarks')
  if (found.state === 'unknown') return [undecidable(found.origin, missing('config.js'))]
  if (found.state === 'unset' || found.node.kind !== 'map') return [met(silent(web))]
  const switches = [...found.node.entries].filter(([key]) => key.startsWith('enable'))
  const on = switches.filter(([, node]) => truth(node) === true)
  if (on.length > 0)
    return on.map(([key, node]) =>
      violated(node.origin, {
        detail: both(`${key} ist an.`, `${key} is on.`),
        edits: replaceIn(node.origin, 'false', '0'),
      }),
    )
  const unknown = switches.filter(([, node]) => truth(node) === undefined)
  return unknown.length > 0
    ? unknown.map(([, node]) => undecidable(node.origin, missing('config.js')))
    : [met(found.origin)]
}

export const B29: Rule = {
  id: 'B29',
  name: 'SENTRY',
  concern: 'recipients',
  severity: 'high',
  components: ['environment', 'jvb', 'jicofo', 'jigasi', 'jibri'],
  title: both('Protokollzeilen gehen an Sentry', 'Log lines go to Sentry'),
  why: both(
    'Warnungen und Fehler samt Raumnamen, Kennungen und Adressen verlassen den Server in Richtung Sentry (USA), wenn der Empfänger kein eigener ist.',
    'Warnings and errors with room names, ids and addresses leave the server for Sentry (USA) unless the receiver is your own.',
  ),
  mend: both(
    'Die Variable …_SENTRY_DSN leeren und SentryHandler aus handlers streichen.',
    'Empty the variable …_SENTRY_DSN and take SentryHandler out of handlers.',
  ),
  articles: articles('28', '44'),
  source: 'docker-jitsi-meet logging.properties',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Fehlermeldungen mit Raumnamen und Kennungen gehen an Sentry.',
        'Error reports with room names and ids go to Sentry.',
      ),
      met: both('Fehlermeldungen gehen nicht an Sentry.', 'Error reports do not go to Sentry.'),
    },
  ],
  check: checkSentry,
}

function checkSentry(installation: Installation): readonly Verdict[] {
  const { environment, logging } = installation
  const bad: Verdict[] = []
  const good: Origin[] = []
  for (const { keys, node, lost } of environment.assignments) {
    if (lost !== undefined || !/(?:^|_)SENTRY_DSN$/.test(keys.at(-1) ?? '')) continue
    const value = text(node) ?? ''
    if (truth(node) !== true) continue
    const own =
      !isForeign(urlKind(value, installation)) &&
      hostOf(value) !== undefined &&
      urlKind(value, installation) !== 'unknown'
    bad.push(violated(node.origin, { severity: own ? 'low' : 'high', edits: replaceValue(node.origin, '') }))
  }
  for (const name of ['jvb', 'jicofo', 'jigasi', 'jibri'] as const) {
    const { handlers, settings } = logging[name]
    const sentry = handlers.find((handler) => handler.name.includes('SentryHandler'))
    if (sentry !== undefined) bad.push(violated(sentry.origin))
    const place = silent(settings)
    if (settings.completeness === 'complete' && place !== undefined) good.push(place)
  }
  if (bad.length > 0) return bad
  const open = installation.services.flatMap((service) => {
    const found = lookup(service.environment, ['SENTRY_DSN'])
    return found.state === 'unknown' && found.node !== undefined ? [found.node.origin] : []
  })
  // A reference to a secret that is not in the set: it may be empty.
  if (open.length > 0) return [undecidable(open, missing('SENTRY_DSN'))]
  const place = silent(environment)
  if (environment.completeness === 'complete' && place !== undefined) good.push(place)
  return [good.length > 0 ? met(good) : undecidable(undefined, missing('.env, logging.properties'))]
}

export const B30: Rule = {
  id: 'B30',
  name: 'LEGALURLS',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both('Der Link „Datenschutz“ führt zu jitsi.org', 'The link “privacy” leads to jitsi.org'),
  why: both(
    'Ohne legalUrls.privacy zeigt die Oberfläche die Hinweise von Jitsi (8x8), nicht die der Stelle, die den Dienst betreibt.',
    'Without legalUrls.privacy the client shows the policy of Jitsi (8x8), not that of whoever runs the service.',
  ),
  mend: both(
    'Die eigene Adresse nennen: config.legalUrls = { privacy: "https://IHRE-SEITE/datenschutz", terms: "https://IHRE-SEITE/nutzung", helpCentre: "https://IHRE-SEITE/hilfe" };',
    'Name your own address: config.legalUrls = { privacy: "https://YOUR-SITE/privacy", terms: "https://YOUR-SITE/terms", helpCentre: "https://YOUR-SITE/help" };',
  ),
  articles: articles('13'),
  source: 'jitsi-meet constants',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Die Oberfläche verweist nicht auf die eigenen Datenschutzhinweise.',
        'The client does not link to the own privacy notice.',
      ),
      met: both(
        'Die Oberfläche verweist auf die eigenen Datenschutzhinweise.',
        'The client links to the own privacy notice.',
      ),
    },
  ],
  since: '2022-01-01',
  check: (installation) => {
    const { web } = installation
    const found = firstOf(web, ['legalUrls.privacy'])
    if (found.state === 'unknown') return [undecidable(found.origin, missing('config.js'))]
    const written = textOf(web, 'legalUrls.privacy')
    if (written === undefined) return [violated(found.state === 'set' ? found.origin : silent(web))]
    const kind = urlKind(written.value, installation)
    return [kind === 'jitsi' ? violated(written.origin) : met(written.origin)]
  },
}

export const B32: Rule = {
  id: 'B32',
  name: 'SCREENSHOT',
  concern: 'storage',
  severity: 'med',
  components: ['web'],
  title: both('Geteilte Bildschirme werden abfotografiert', 'Shared screens are photographed'),
  why: both(
    'Während einer Aufzeichnung werden Bilder des geteilten Bildschirms angefertigt und übermittelt.',
    'During a recording pictures of the shared screen are taken and sent.',
  ),
  mend: both('screenshotCapture.enabled auf false setzen.', 'Set screenshotCapture.enabled to false.'),
  articles: articles('5(1)c'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Von geteilten Bildschirmen werden Bilder gespeichert.',
        'Pictures of shared screens are stored.',
      ),
      met: both(
        'Von geteilten Bildschirmen werden keine Bilder gespeichert.',
        'No pictures of shared screens are stored.',
      ),
    },
  ],
  check: ({ web }) =>
    shouldBeOff(web, ['screenshotCapture.enabled', 'enableScreenshotCapture'], { file: 'config.js' }),
}
