// A06-A09: whom the bridge asks for its public address, and settings there that do not do what they seem to do.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { type Assignment, lookup } from '../../core/settings.ts'
import type { Node } from '../../core/value.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { STUN_PATH, STUN_PROPERTY, bridgeStun } from '../helpers/bridge-stun.ts'
import { judgeBridgeStun } from '../helpers/judge-bridge-stun.ts'
import { removeLines, replaceValue } from '../helpers/edits.ts'
import { flag, items, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

const MEND = both(
  'Docker: `JVB_DISABLE_STUN=1` und die eigene Adresse in `JVB_ADVERTISE_IPS`. Sonst in jvb.conf `ice4j.harvest.mapping.stun.addresses = []` und die Adresse in `static-mappings`.',
  'Docker: `JVB_DISABLE_STUN=1` and your own address in `JVB_ADVERTISE_IPS`. Otherwise `ice4j.harvest.mapping.stun.addresses = []` in jvb.conf and the address in `static-mappings`.',
)

export const A06: Rule = {
  id: 'A06',
  name: 'JVB-GOOGLE',
  concern: 'recipients',
  severity: 'med',
  components: ['jvb', 'environment'],
  title: both('Die Videobridge ruft Google an (STUN)', 'The video bridge calls Google (STUN)'),
  why: both(
    'Beim Start fragt die Bridge den genannten Server nach ihrer öffentlichen Adresse. Betroffen ist die Adresse des Servers, nicht die der Teilnehmenden; nötig ist es nicht.',
    'At its start the bridge asks the named server for its public address. This concerns the address of the server, not of participants; it is not needed.',
  ),
  mend: MEND,
  articles: articles('25(1)'),
  source: 'docker-jitsi-meet jvb defaults; ice4j HarvestConfig',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Videobridge fragt beim Start einen STUN-Server von Google nach ihrer Adresse.',
        'At its start, the video bridge asks a STUN server of Google for its address.',
      ),
      met: both(
        'Die Videobridge fragt keinen STUN-Server von Google nach ihrer Adresse.',
        'The video bridge asks no STUN server of Google for its address.',
      ),
    },
  ],
  check: (installation) => judgeBridgeStun(installation, 'google'),
}

export const A07: Rule = {
  ...A06,
  id: 'A07',
  name: 'JVB-8X8',
  severity: 'low',
  title: both('Die Videobridge ruft 8x8 an (STUN)', 'The video bridge calls 8x8 (STUN)'),
  source: 'docker-jitsi-meet jvb defaults; jitsi-videobridge debian/postinst',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Videobridge fragt beim Start einen STUN-Server von 8x8 nach ihrer Adresse.',
        'At its start, the video bridge asks a STUN server of 8x8 for its address.',
      ),
      met: both(
        'Die Videobridge fragt keinen STUN-Server von 8x8 nach ihrer Adresse.',
        'The video bridge asks no STUN server of 8x8 for its address.',
      ),
    },
  ],
  check: (installation) => judgeBridgeStun(installation, 'jitsi'),
}

export const A08: Rule = {
  ...A06,
  id: 'A08',
  name: 'JVB-FAKEOFF',
  components: ['jvb'],
  title: both('STUN der Bridge scheint aus, ist es aber nicht', 'STUN of the bridge looks off, but is not'),
  why: both(
    'ice4j liest nur `stun.addresses`. `stun.enabled = false` daneben hat keine Wirkung: Die Bridge fragt die genannten Server weiter.',
    'ice4j reads only `stun.addresses`. `stun.enabled = false` beside it has no effect: the bridge keeps asking the named servers.',
  ),
  mend: both('Die Liste leeren: `addresses = []`.', 'Empty the list: `addresses = []`.'),
  source: 'ice4j HarvestConfig',
  paperwork: [],
  check: checkFakeOff,
}

function checkFakeOff(installation: Installation): readonly Verdict[] {
  const enabled = lookup(installation.jvb, 'ice4j.harvest.mapping.stun.enabled')
  if (enabled.state === 'unset') return [met(fileStart(installation.jvb.files))]
  if (enabled.state === 'unknown') return [undecidable(enabled.origin, missing('jvb.conf'))]
  if (flag(enabled.node) !== false) return [met(enabled.origin)]
  const stun = bridgeStun(installation)
  const asked = stun.servers.filter(({ beaten }) => beaten === undefined)
  if (asked.length > 0) {
    const place = stun.origin
    return [
      violated([place, enabled.origin], {
        edits:
          place?.kind !== 'file'
            ? []
            : place.file.endsWith('.properties')
              ? removeLines(place)
              : replaceValue(place, '[]'),
      }),
    ]
  }
  if (stun.unknown.length > 0) return [undecidable(stun.unknown, missing(STUN_PATH))]
  // A fragment with the switch and without a list says nothing about the list elsewhere.
  return stun.state === 'unknown' ? [undecidable(enabled.origin, missing(STUN_PATH))] : [met(enabled.origin)]
}

/** Old properties and what they became; `negated` where the new key says the opposite. */
const SUCCESSORS: readonly {
  readonly property: string
  readonly path: string
  readonly negated?: boolean
}[] = [
  { property: STUN_PROPERTY, path: STUN_PATH },
  {
    property: 'org.ice4j.ice.harvest.DISABLE_AWS_HARVESTER',
    path: 'ice4j.harvest.mapping.aws.enabled',
    negated: true,
  },
  {
    property: 'org.ice4j.ice.harvest.FORCE_AWS_HARVESTER',
    path: 'ice4j.harvest.mapping.aws.force',
    negated: true,
  },
  { property: 'org.ice4j.ice.harvest.ALLOWED_ADDRESSES', path: 'ice4j.harvest.allowed-addresses' },
  { property: 'org.ice4j.ice.harvest.BLOCKED_ADDRESSES', path: 'ice4j.harvest.blocked-addresses' },
  { property: 'org.ice4j.ipv6.DISABLED', path: 'ice4j.harvest.use-ipv6', negated: true },
  { property: 'org.jitsi.videobridge.SINGLE_PORT_HARVESTER_PORT', path: 'videobridge.ice.udp.port' },
  { property: 'org.jitsi.videobridge.ENABLE_REST_SHUTDOWN', path: 'videobridge.rest.shutdown.enabled' },
  {
    property: 'org.jitsi.videobridge.rest.private.jetty.host',
    path: 'videobridge.http-servers.private.host',
  },
  {
    property: 'org.jitsi.videobridge.rest.private.jetty.port',
    path: 'videobridge.http-servers.private.port',
  },
]

export const A09: Rule = {
  ...A06,
  id: 'A09',
  name: 'JVB-SHADOW',
  components: ['jvb'],
  title: both(
    'Eine alte Zeile der Bridge schlägt die neue Einstellung',
    'An old line of the bridge beats the new setting',
  ),
  why: both(
    'Die Bridge liest `sip-communicator.properties` vor jvb.conf. Steht dort etwas anderes, wirkt die alte Zeile, und jvb.conf täuscht.',
    'The bridge reads `sip-communicator.properties` before jvb.conf. Where it says something else, the old line is in effect and jvb.conf misleads.',
  ),
  mend: both(
    'Die alte Zeile löschen, wenn jvb.conf gelten soll.',
    'Delete the old line if jvb.conf is meant to hold.',
  ),
  articles: articles('5(2)'),
  source: 'ice4j HarvestConfig',
  paperwork: [],
  check: checkShadow,
}

function checkShadow(installation: Installation): readonly Verdict[] {
  const { jvb, jvbLegacy } = installation
  if (jvbLegacy.completeness === 'absent') {
    if (jvb.completeness === 'absent') return [undecidable(undefined, missing('jvb.conf'))]
    return [notApplicable(fileStart(jvb.files))]
  }
  const verdicts: Verdict[] = []
  for (const { property, path, negated = false } of SUCCESSORS) {
    const old = lookup(jvbLegacy, [property])
    const successor = hoconAssignment(installation, path)
    if (old.state === 'unset' || successor === undefined) continue
    if (old.state === 'unknown' || successor.node.kind === 'unknown') {
      if (old.origin !== undefined)
        verdicts.push(undecidable([old.origin, successor.origin], missing(property)))
      continue
    }
    if (plain(old.node, negated) === plain(successor.node, false)) continue
    const empties = property === STUN_PROPERTY && plain(successor.node, false) === ''
    verdicts.push(
      violated([old.origin, successor.origin], {
        detail: both(`${property} gilt, nicht ${path}.`, `${property} is in effect, not ${path}.`),
        edits: empties ? removeLines(old.origin) : [],
      }),
    )
  }
  return verdicts.length > 0 ? verdicts : [met(fileStart(jvbLegacy.files))]
}

/** What jvb.conf itself says, whether it wins or not. */
function hoconAssignment({ jvb, jvbLegacy }: Installation, path: string): Assignment | undefined {
  return jvb.assignments
    .filter(
      (one) =>
        one.path === path &&
        !jvbLegacy.files.includes(one.origin.file) &&
        (one.lost === undefined || one.lost.reason === 'stronger-source'),
    )
    .at(-1)
}

/** Both notations of one value as comparable text: lists joined, truth turned round where the old name negates. */
function plain(node: Node, negated: boolean): string {
  const value = items(node)
    .map((item) => (item.kind === 'flag' ? String(item.value) : (text(item) ?? '')))
    .map((one) => one.trim().toLowerCase())
    .join(',')
  const parts = value.split(/[,;]\s*/).filter((part) => part !== '')
  const joined = parts.join(',')
  if (!negated) return joined
  return joined === 'true' ? 'false' : joined === 'false' ? 'true' : joined
}
