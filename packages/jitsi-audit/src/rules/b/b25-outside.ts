// B25-B27: whole meetings at 8x8, calls to outside services, and telephones that are steered to an app with trackers.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { environmentText } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { appendScript, firstOf, isOn, mustBeOwn, silent, textOf } from './kit.ts'

export const B25: Rule = {
  id: 'B25',
  name: 'JAAS',
  concern: 'recipients',
  severity: 'crit',
  components: ['web', 'environment'],
  title: both('Die ganze Besprechung läuft bei 8x8', 'The whole meeting runs at 8x8'),
  why: both(
    'Mit JAAS_APP_ID oder einem Server unter 8x8.vc liefert der eigene Rechner nur die Seite; Ton, Bild, Chat und Statistik (rtcstats samt Netzwerkadressen) gehen an 8x8 (USA).',
    'With JAAS_APP_ID or a server under 8x8.vc your own machine serves only the page; sound, pictures, chat and statistics (rtcstats with network addresses) go to 8x8 (USA).',
  ),
  mend: both(
    'JAAS_APP_ID leeren und hosts.domain auf den eigenen Server setzen.',
    'Empty JAAS_APP_ID and set hosts.domain to your own server.',
  ),
  articles: articles('28', '44'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Ton, Bild, Chat und Verbindungsdaten werden von 8x8 (USA) verarbeitet.',
        'Sound, pictures, chat and connection data are processed by 8x8 (USA).',
      ),
      met: both(
        'Die Besprechungen laufen nicht über den Dienst JaaS von 8x8.',
        'Meetings do not run through 8x8’s JaaS.',
      ),
    },
  ],
  check: checkJaas,
}

function checkJaas(installation: Installation): readonly Verdict[] {
  const { web, environment } = installation
  const id = environmentText(installation, 'JAAS_APP_ID')
  const domain = textOf(web, 'hosts.domain')
  const hosted = domain !== undefined && /(?:^|\.)8x8\.vc$/i.test(domain.value)
  // A variable that no service passes on leaves the own domain in place.
  if (id.state === 'set' && (hosted || web.completeness !== 'complete'))
    return [violated(id.origin, { edits: replaceValue(id.origin, '') })]
  if (hosted) return [violated(domain.origin)]
  const unclear = firstOf(web, ['hosts.domain'])
  if (unclear.state === 'unknown' && unclear.origin !== undefined)
    return [undecidable(unclear.origin, missing('config.js'))]
  if (domain !== undefined) return [met(domain.origin)]
  if (web.completeness === 'complete') return [met(silent(web))]
  return [
    environment.completeness === 'complete'
      ? met(silent(environment))
      : undecidable(silent(web), missing('config.js')),
  ]
}

export const B26: Rule = {
  id: 'B26',
  name: 'OUTCALLS',
  concern: 'recipients',
  severity: 'med',
  components: ['web'],
  title: both(
    'Namen, Adressen oder Dateien gehen an fremde Dienste',
    'Names, addresses or files go to outside services',
  ),
  why: both(
    'Einladungen, Personensuche, Anmeldung, Salesforce und Dateiablage senden Namen, Adressen oder Dateien an die eingetragene Adresse.',
    'Invitations, people search, sign-in, Salesforce and file sharing send names, addresses or files to the address entered.',
  ),
  mend: both(
    'Einen eigenen Dienst nennen, die Einstellung löschen oder einen Vertrag zur Auftragsverarbeitung schließen.',
    'Name a service of your own, delete the setting, or conclude a processing contract.',
  ),
  articles: articles('28'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Fremde Dienste erhalten Namen, Adressen oder Dateien (Einladung, Suche, Anmeldung oder Dateiablage).',
        'Outside services receive names, addresses or files (invitation, search, sign-in or file sharing).',
      ),
      met: both(
        'Einladung, Personensuche, Anmeldung und Dateiablage nutzen keine fremden Dienste.',
        'Invitation, people search, sign-in and file sharing use no outside services.',
      ),
    },
  ],
  check: (installation) =>
    mustBeOwn(
      installation,
      installation.web,
      ['inviteServiceUrl', 'peopleSearchUrl', 'tokenAuthUrl', 'salesforceUrl', 'fileSharing.apiUrl'],
      { file: 'config.js', what: both('Daten gehen an', 'data go to') },
    ),
}

export const B27: Rule = {
  id: 'B27',
  name: 'DEEPLINK',
  concern: 'client',
  severity: 'med',
  components: ['web', 'interface'],
  title: both('Telefone werden zur App aus dem Store geschickt', 'Telephones are steered to the store’s app'),
  why: both(
    'Die App aus Apples und Googles Store enthält Firebase Analytics und Crashlytics (Google). Ohne den Umweg nimmt man im Browser teil.',
    'The app from Apple’s and Google’s store contains Firebase Analytics and Crashlytics (Google). Without the detour people join in the browser.',
  ),
  mend: both(
    'config.disableDeepLinking = true; setzen (neuer auch deeplinking.disabled; Docker: DISABLE_DEEP_LINKING=1) und die Fassung ohne Google-Dienste aus F-Droid empfehlen.',
    'Set config.disableDeepLinking = true; (newer also deeplinking.disabled; Docker: DISABLE_DEEP_LINKING=1), and recommend the build without Google services from F-Droid.',
  ),
  articles: articles('25', '13'),
  source: 'jitsi-meet mobile build, issue 5623',
  paperwork: [
    {
      part: 'notice',
      violated: both(
        'Auf Telefonen wird die Jitsi-App angeboten, die Nutzungs- und Absturzdaten an Google sendet.',
        'On telephones the Jitsi app is offered, which sends usage and crash data to Google.',
      ),
      met: both(
        'Auf Telefonen läuft die Besprechung im Browser; auf die App mit Google-Diensten wird nicht verwiesen.',
        'On telephones meetings run in the browser; the app with Google services is not promoted.',
      ),
    },
  ],
  check: checkDeepLinks,
}

function checkDeepLinks({ web, interfaceConfig }: Installation): readonly Verdict[] {
  const paths = ['deeplinking.disabled', 'disableDeepLinking']
  const off = paths.map((path) => isOn(web, [path]))
  const written = paths.map((path) => firstOf(web, [path])).find(({ state }) => state === 'set')
  const place = written?.state === 'set' ? written.origin : undefined
  const winner = paths
    .map((path) => firstOf(web, [path]))
    .find((one, index) => one.state === 'set' && off[index] === true)
  if (winner?.state === 'set') return [met(winner.origin)]
  if (off.includes(undefined)) return [undecidable(place, missing('config.js'))]
  const promo = firstOf(interfaceConfig, ['MOBILE_APP_PROMO'])
  const quiet = isOn(interfaceConfig, ['MOBILE_APP_PROMO'], true) === false
  const detail = quiet
    ? both(
        'MOBILE_APP_PROMO ist aus: Es wird nicht geworben, der Umweg bleibt.',
        'MOBILE_APP_PROMO is off: no promotion, but the detour remains.',
      )
    : undefined
  return [
    violated([place ?? silent(web), promo.state === 'set' ? promo.origin : undefined], {
      severity: quiet ? 'low' : 'med',
      detail,
      edits: appendScript(web, 'config.disableDeepLinking = true;'),
    }),
  ]
}
