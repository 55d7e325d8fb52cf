// B06: variables of the Docker set that are written in .env and reach no template.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { type Assignment, lookup } from '../../core/settings.ts'
import { articles } from '../helpers/articles.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { hasImages, releasedBefore, silent } from './kit.ts'

/** Variables about privacy and access that an image reads, so that a compose file has to pass them on. */
const READ_BY_IMAGES: ReadonlySet<string> = new Set([
  'AMPLITUDE_ID',
  'ANALYTICS_SCRIPT_URLS',
  'GOOGLE_ANALYTICS_ID',
  'MATOMO_ENDPOINT',
  'MATOMO_SITE_ID',
  'AUTH_TYPE',
  'ENABLE_AUTH',
  'ENABLE_GUESTS',
  'ENABLE_LOBBY',
  'MAX_PARTICIPANTS',
  'JAAS_APP_ID',
  'ENABLE_JAAS_COMPONENTS',
  'CSP_HEADER',
  'ENABLE_HSTS',
  'ENABLE_HTTP_REDIRECT',
  'DISABLE_HTTPS',
  'ENABLE_LETSENCRYPT',
  'DISABLE_DEEP_LINKING',
  'DISABLE_LOCAL_RECORDING',
  'DISABLE_PROFILE',
  'DROPBOX_APPKEY',
  'ENABLE_LOCAL_RECORDING_NOTIFY_ALL_PARTICIPANT',
  'ENABLE_PREJOIN_PAGE',
  'ENABLE_P2P',
  'P2P_STUN_SERVERS',
  'ENABLE_CALENDAR',
  'ENABLE_LIVESTREAMING',
  'ENABLE_RECORDING',
  'ENABLE_TRANSCRIPTIONS',
  'RTCSTATS_ENABLED',
  'RTCSTATS_SEND_SDP',
  'RTCSTATS_STORE_LOGS',
  'ROOM_PASSWORD_DIGITS',
  'TOOLBAR_BUTTONS',
  'JVB_STUN_SERVERS',
  'JVB_DISABLE_STUN',
  'JVB_ADVERTISE_IPS',
  'JVB_ADVERTISE_PRIVATE_CANDIDATES',
  'JWT_APP_ID',
  'JWT_APP_SECRET',
  'JWT_ALLOW_EMPTY',
  'LOG_LEVEL',
  'PROSODY_ENABLE_RATE_LIMITS',
  'STUN_HOST',
  'TURN_HOST',
  'TURNS_HOST',
  'TURN_CREDENTIALS',
  'TURN_TTL',
  'ENABLE_AUTO_OWNER',
  'JIGASI_TRANSCRIBER_ENABLE_SAVING',
  'JIGASI_TRANSCRIBER_RECORD_AUDIO',
  'JIGASI_ENABLE_SDES_SRTP',
])

/** Passed on by stock compose files, but no template reads them any more; with the day since when. */
const READ_BY_NOBODY: ReadonlyMap<string, string> = new Map([
  ['ENABLE_STATS_ID', '2024-01-11'],
  ['CALLSTATS_ID', '2024-01-11'],
  ['CALLSTATS_SECRET', '2024-01-11'],
])

/** Misspelt in guides: no image has ever read them. */
const MISSPELT: ReadonlyMap<string, string> = new Map([['TURN_TLL', 'TURN_TTL']])

/** Read by a template, but no stock compose file passes it on. */
const NEVER_PASSED: ReadonlySet<string> = new Set(['ROOM_PASSWORD_DIGITS'])

export const B06: Rule = {
  id: 'B06',
  name: 'ENV-DEAD',
  concern: 'client',
  severity: 'med',
  components: ['environment'],
  title: both('Eine Variable in .env hat keine Wirkung', 'A variable in .env has no effect'),
  why: both(
    'Ein Behälter sieht nur Variablen, die docker-compose.yml weiterreicht, und nur die Vorlagen des Abbilds lesen sie. Alles andere ist eine Einstellung, die man nur zu haben glaubt.',
    'A container sees only the variables that docker-compose.yml passes on, and only the image’s templates read them. Everything else is a setting that one merely believes to have.',
  ),
  mend: both(
    'Die Einstellung in custom-config.js (oder der passenden custom-Datei) setzen, oder die Variable unter environment: des Dienstes aufführen.',
    'Set it in custom-config.js (or the fitting custom file), or list the variable under environment: of the service.',
  ),
  articles: articles('5(2)'),
  source: 'docker-jitsi-meet compose and templates',
  paperwork: [],
  check: checkEnvironment,
}

function checkEnvironment(installation: Installation): readonly Verdict[] {
  const { environment, services } = installation
  if (!hasImages(installation)) return [notApplicable()]
  if (environment.completeness === 'absent') return [undecidable(undefined, missing('.env'))]
  const verdicts = environment.assignments
    .filter(
      ({ lost, node }) =>
        lost === undefined && !(node.kind === 'text' && node.value === '') && node.kind !== 'null',
    )
    .flatMap((one) => checkVariable(installation, one))
  if (verdicts.length > 0) return verdicts
  return [
    services.length === 0
      ? undecidable(silent(environment), missing('docker-compose.yml'))
      : met(silent(environment)),
  ]
}

function checkVariable(installation: Installation, one: Assignment): readonly Verdict[] {
  const name = one.keys.at(-1) ?? ''
  const right = MISSPELT.get(name)
  if (right !== undefined)
    return [
      violated(one.origin, {
        detail: both(
          `${name} liest niemand; gemeint ist ${right}.`,
          `Nobody reads ${name}; ${right} is meant.`,
        ),
      }),
    ]
  const unreadSince = READ_BY_NOBODY.get(name)
  if (unreadSince !== undefined) return unread(installation, one, name, unreadSince)
  if (!READ_BY_IMAGES.has(name) || isPassed(installation, name)) return []
  if (installation.services.length === 0)
    return NEVER_PASSED.has(name) ? [undecidable(one.origin, missing('docker-compose.yml'))] : []
  const detail = both(
    `${name} steht in der Umgebung, aber kein Dienst der Compose-Datei reicht es weiter.`,
    `${name} stands in the environment, but no service of the compose file passes it on.`,
  )
  return [violated(one.origin, { detail })]
}

function unread(
  installation: Installation,
  one: Assignment,
  name: string,
  since: string,
): readonly Verdict[] {
  const detail = both(
    `${name} liest seit ${since} keine Vorlage der Abbilder mehr.`,
    `No template of the images has read ${name} since ${since}.`,
  )
  const old = releasedBefore(installation, since)
  if (old === true) return []
  return [old === false ? violated(one.origin, { detail }) : undecidable(one.origin, { detail })]
}

/** Passed to a service by name, or used by the compose file itself: then some service's environment has it. */
function isPassed(installation: Installation, name: string): boolean {
  return installation.services.some(({ environment }) => {
    const found = lookup(environment, [name])
    return (
      found.state === 'set' ||
      (found.state === 'unknown' && (found.origin !== undefined || environment.completeness !== 'complete'))
    )
  })
}
