// C07-C09: what the bridge writes about the people whose media it forwards.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { both, met, missing, notApplicable, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, releasePlace, releasedBefore, silent, truth } from '../b/kit.ts'
import { type JavaComponent, stockLogging, writing } from './java-logs.ts'

/** stable-9646 of the images: since then the bridge leaves participants' addresses out of its log. */
const REDACTS_SINCE = '2024-07-10'

export const C07: Rule = {
  id: 'C07',
  name: 'JVB-REDACT',
  concern: 'storage',
  severity: 'high',
  components: ['jvb'],
  title: both('Die Bridge schreibt volle IP-Adressen', 'The bridge writes full IP addresses'),
  why: both(
    'redact-remote-addresses ist ausgeschaltet; die Adressen aller Teilnehmenden stehen unverkürzt im Protokoll.',
    'redact-remote-addresses is off; the addresses of all participants stand in the log in full.',
  ),
  mend: both(
    'Die Zeile löschen oder auf true setzen (auch ein -D in /etc/jitsi/videobridge/config).',
    'Delete the line or set it to true (a -D in /etc/jitsi/videobridge/config as well).',
  ),
  articles: articles('25'),
  source: 'jitsi-videobridge reference.conf',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'IP-Adressen werden im Protokoll der Videobridge nicht verkürzt.',
        'IP addresses are not redacted in the videobridge’s log.',
      ),
      met: both(
        'IP-Adressen der Teilnehmenden werden im Protokoll der Videobridge unkenntlich gemacht.',
        'Participants’ IP addresses are redacted in the videobridge’s log.',
      ),
    },
  ],
  since: REDACTS_SINCE,
  check: checkRedaction,
}

function checkRedaction(installation: Installation): readonly Verdict[] {
  const { jvb } = installation
  const found = firstOf(jvb, ['videobridge.redact-remote-addresses'])
  if (found.state === 'set') {
    const on = truth(found.node)
    if (on === undefined) return [undecidable(found.origin, missing('jvb.conf'))]
    if (!on) return [violated(found.origin, { edits: replaceValue(found.origin, 'true') })]
  }
  const old = releasedBefore(installation, REDACTS_SINCE)
  const place = found.state === 'set' ? found.origin : silent(jvb)
  if (old === true) return [notApplicable(place)]
  if (found.state === 'set') return [met(place)]
  if (found.state === 'unknown') return [undecidable(found.origin, missing('jvb.conf'))]
  const detail = both(
    `Gilt ab den Fassungen vom ${REDACTS_SINCE} (stable-9646); welche läuft, ist nicht bekannt.`,
    `Holds from the builds of ${REDACTS_SINCE} on (stable-9646); which one runs is not known.`,
  )
  return [old === false ? met(place) : undecidable(place, { detail })]
}

/** How the bridge logs at INFO: written, held back, or not to be told. */
function bridgeInfo(installation: Installation): {
  readonly writes: boolean | undefined
  readonly origins: readonly Origin[]
  readonly heldBack: boolean
} {
  const stock = stockLogging(installation, 'jvb')
  if (stock !== undefined) return { writes: true, origins: [stock], heldBack: false }
  const found = writing(installation, 'jvb', 'org.jitsi.videobridge', 'INFO')
  const file = silent(installation.logging.jvb.settings)
  return found.origins.length > 0 || file === undefined ? found : { ...found, origins: [file] }
}

/** Lowers the root level to WARNING where its line is known. */
function raiseLevel(installation: Installation, component: JavaComponent): ReturnType<typeof replaceValue> {
  return replaceValue(installation.logging[component].levels.get('')?.origin, 'WARNING')
}

export const C08: Rule = {
  id: 'C08',
  name: 'JVB-OLD',
  concern: 'storage',
  severity: 'high',
  components: ['environment', 'jvb'],
  title: both('Eine alte Bridge schreibt volle IP-Adressen', 'An old bridge writes full IP addresses'),
  why: both(
    'Fassungen vor dem 10. Juli 2024 kürzen Adressen nicht; ab der Stufe INFO stehen sie im Protokoll.',
    'Builds before 10 July 2024 do not redact addresses; from level INFO on they stand in the log.',
  ),
  mend: both(
    'Aktualisieren; bis dahin in logging.properties .level=WARNING setzen.',
    'Update; until then set .level=WARNING in logging.properties.',
  ),
  articles: articles('5(1)c'),
  source: 'jitsi-videobridge, Kuketz guide',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Die Videobridge protokolliert vollständige IP-Adressen der Teilnehmenden.',
        'The videobridge logs participants’ full IP addresses.',
      ),
    },
  ],
  until: REDACTS_SINCE,
  check: (installation) => {
    const old = releasedBefore(installation, REDACTS_SINCE)
    const place = releasePlace(installation)
    if (old === false) return [notApplicable(place)]
    const info = bridgeInfo(installation)
    if (info.writes === false) return [info.heldBack ? overridden(info.origins) : met(info.origins)]
    if (info.writes === undefined || old === undefined)
      return [undecidable(info.origins, missing(old === undefined ? 'Release' : 'logging.properties'))]
    return [violated([...info.origins, place], { edits: raiseLevel(installation, 'jvb') })]
  },
}

export const C09: Rule = {
  id: 'C09',
  name: 'JVB-STATSID',
  concern: 'storage',
  severity: 'med',
  components: ['jvb'],
  title: both(
    'Das Protokoll der Bridge verknüpft Personen über Besprechungen hinweg',
    'The bridge’s log links people across meetings',
  ),
  why: both(
    'Jede Zeile trägt stats_id und conf_name. stats_id bleibt im Browser gespeichert und ist bei derselben Person in jeder Besprechung gleich.',
    'Every line carries stats_id and conf_name. stats_id stays in the browser and is the same for a person in every meeting.',
  ),
  mend: both('In logging.properties .level=WARNING setzen.', 'Set .level=WARNING in logging.properties.'),
  articles: articles('5(1)c'),
  source: 'jitsi-videobridge endpoint context',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Die Videobridge protokolliert Raumnamen und eine bleibende Kennung der Teilnehmenden.',
        'The videobridge logs room names and a lasting id of participants.',
      ),
      met: both(
        'Die Videobridge protokolliert nur Warnungen und Fehler.',
        'The videobridge logs warnings and errors only.',
      ),
    },
  ],
  check: (installation) => {
    if (releasedBefore(installation, REDACTS_SINCE) === true)
      return [notApplicable(releasePlace(installation))]
    const info = bridgeInfo(installation)
    if (info.writes === undefined) return [undecidable(info.origins, missing('logging.properties'))]
    if (!info.writes) return [info.heldBack ? overridden(info.origins) : met(info.origins)]
    return [violated(info.origins, { edits: raiseLevel(installation, 'jvb') })]
  },
}
