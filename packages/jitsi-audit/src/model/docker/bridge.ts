// The bridge's configuration that the image writes: HOCON since 2020-12-02, properties before.
import { all, any, type ImageEnvironment, not, type Truth } from './image-environment.ts'
import { Lines } from './lines.ts'
import { Sheet } from './sheet.ts'

const HOCON_PATH = 'image:jvb/jvb.conf'
const PROPERTIES_PATH = 'image:jvb/sip-communicator.properties'

/** From then on the bridge of the image reads jvb.conf. */
export const HOCON_SINCE = '2020-12-02'

/** Releases whose images name 8x8's server when JVB_STUN_SERVERS is empty. */
const STUN_DEFAULT_SINCE = '2022-06-10'
const STUN_DEFAULT = 'meet-jit-si-turnrelay.jitsi.net:443'

export function bridgeSheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(HOCON_PATH)
  const lines = new Lines(sheet, environment)
  lines.value('JVB_PORT', '10000', (port) => `videobridge.ice.udp.port = "${port}"`)
  lines.flag(
    'JVB_ADVERTISE_PRIVATE_CANDIDATES',
    true,
    (value) => `videobridge.ice.advertise-private-candidates = ${value}`,
    lines.since('2022-08-26'),
  )
  lines.flag(
    'COLIBRI_REST_ENABLED',
    false,
    (value) => `videobridge.apis.rest.enabled = ${value}`,
    lines.since('2022-03-11'),
  )
  lines.flag(
    'SHUTDOWN_REST_ENABLED',
    false,
    (value) => `videobridge.rest.shutdown.enabled = ${value}`,
    lines.since('2021-10-21'),
  )
  lines.fixed('videobridge.stats.enabled = true')
  lines.fixed('videobridge.http-servers.private.host = "0.0.0.0"')
  lines.fixed('videobridge.http-servers.public.host = "0.0.0.0"', lines.until('2026-08-03'))
  writeAccount(lines)
  lines.flag(
    'DISABLE_AWS_HARVESTER',
    true,
    (value) =>
      `ice4j.harvest.mapping.aws.enabled = ${value === 'true' ? 'false' : value === 'false' ? 'true' : value}`,
    lines.since('2025-09-29'),
  )
  writeStun(lines)
  writeAddresses(lines)
  return sheet
}

function writeAccount(lines: Lines): void {
  const server = lines.text('XMPP_SERVER', 'xmpp.meet.jitsi')
  const shard = 'videobridge.apis.xmpp-client.configs.shard'
  lines.fixed(`${shard}.HOSTNAME = "${server}"`, true, lines.origin('XMPP_SERVER'))
  lines.value('XMPP_AUTH_DOMAIN', 'auth.meet.jitsi', (domain) => `${shard}.DOMAIN = "${domain}"`)
  lines.value('JVB_AUTH_USER', 'jvb', (user) => `${shard}.USERNAME = "${user}"`)
  lines.value('JVB_AUTH_PASSWORD', '', (password) => `${shard}.PASSWORD = "${password}"`)
  lines.fixed(`${shard}.DISABLE_CERTIFICATE_VERIFICATION = true`)
}

/** Whether the image switches STUN off: the variable exists since 2022-06-23. */
function stunOff(environment: ImageEnvironment): Truth {
  return all(environment.within('2022-06-23', undefined), environment.flag('JVB_DISABLE_STUN', false))
}

function writeStun(lines: Lines): void {
  const { environment } = lines
  const off = stunOff(environment)
  const on = not(off)
  const written = environment.read('JVB_STUN_SERVERS', '')
  lines.fixed('ice4j.harvest.mapping.stun.enabled = false', off, lines.origin('JVB_DISABLE_STUN'))
  if (written.written) {
    const list = (written.value ?? '').split(',').map((one) => `"${one.replaceAll(/["\\\s]/g, '')}"`)
    const value = written.value === undefined ? lines.text('JVB_STUN_SERVERS', '') : `[${list.join(', ')}]`
    lines.fixed(`ice4j.harvest.mapping.stun.addresses = ${value}`, on, written.origin)
  } else if (environment.complete) {
    lines.fixed(
      `ice4j.harvest.mapping.stun.addresses = ["${STUN_DEFAULT}"]`,
      lines.since(STUN_DEFAULT_SINCE, on),
    )
  }
}

function writeAddresses(lines: Lines): void {
  const name =
    lines.environment.isSet('JVB_ADVERTISE_IPS') === true ? 'JVB_ADVERTISE_IPS' : 'DOCKER_HOST_ADDRESS'
  lines.fixed('ice4j.harvest.mapping.static-mappings = [', lines.since('2021-10-21'), lines.origin(name))
  lines.words(
    name,
    (address) => `{ local-address = "container", public-address = "${address.split('#')[0] ?? ''}" }`,
    lines.since('2021-10-21'),
  )
  lines.fixed(']', lines.since('2021-10-21'), lines.origin(name))
}

/** The old properties: everything before HOCON, and the mapping of addresses for some months after. */
export function bridgeLegacySheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(PROPERTIES_PATH)
  const lines = new Lines(sheet, environment)
  const old = lines.until(HOCON_SINCE)
  lines.value(
    'JVB_STUN_SERVERS',
    undefined,
    (servers) => `org.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES=${servers}`,
    old,
  )
  lines.fixed('org.jitsi.videobridge.ENABLE_STATISTICS=true', old)
  lines.fixed('org.jitsi.videobridge.rest.private.jetty.host=0.0.0.0', all(old, lines.since('2020-10-16')))
  lines.value(
    'DOCKER_HOST_ADDRESS',
    undefined,
    (address) => `org.ice4j.ice.harvest.NAT_HARVESTER_PUBLIC_ADDRESS=${address}`,
    lines.until('2021-10-21'),
  )
  return sheet
}

/** True while the image writes properties that matter. */
export function hasLegacy(environment: ImageEnvironment): boolean {
  return environment.date !== undefined && environment.date < '2021-10-21'
}

/** The same for jicofo: what matters of jicofo.conf. */
export function focusSheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet('image:jicofo/jicofo.conf')
  const lines = new Lines(sheet, environment)
  const auth = any(
    environment.flag('JICOFO_ENABLE_AUTH', false),
    all(environment.isSet('JICOFO_ENABLE_AUTH') !== true, environment.flag('ENABLE_AUTH', false)),
  )
  const type = environment.read('JICOFO_AUTH_TYPE', lines.text('AUTH_TYPE', 'internal')).value
  const place = lines.origin('ENABLE_AUTH')
  lines.fixed('jicofo.authentication.enabled = true', auth, place)
  lines.fixed(
    `jicofo.authentication.type = ${type === 'jwt' ? 'JWT' : 'XMPP'}`,
    auth,
    lines.origin('AUTH_TYPE'),
  )
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `jicofo.authentication.login-url = "${domain}"`, auth)
  lines.value(
    'JICOFO_AUTH_LIFETIME',
    '24 hours',
    (time) => `jicofo.authentication.authentication-lifetime = ${time}`,
    auth,
  )
  lines.flag('ENABLE_AUTO_LOGIN', true, (value) => `jicofo.authentication.enable-auto-login = ${value}`, auth)
  const owner = environment.isSet('ENABLE_AUTO_OWNER')
  lines.flag('ENABLE_AUTO_OWNER', true, (value) => `jicofo.conference.enable-auto-owner = ${value}`, owner)
  const shared = environment.flag('ENABLE_SHARED_DOCUMENT_RANDOM_NAME', false)
  lines.fixed(
    'jicofo.conference.shared-document.use-random-name = true',
    lines.since('2025-02-28', shared),
    lines.origin('ENABLE_SHARED_DOCUMENT_RANDOM_NAME'),
  )
  lines.fixed(
    'jicofo.rest.host = "0.0.0.0"',
    environment.flag('JICOFO_ENABLE_REST', false),
    lines.origin('JICOFO_ENABLE_REST'),
  )
  lines.value(
    'JICOFO_TRANSLATION_URL_TEMPLATE',
    undefined,
    (url) => `jicofo.translation.url-template = "${url}"`,
  )
  lines.value('XMPP_SERVER', 'xmpp.meet.jitsi', (host) => `jicofo.xmpp.client.hostname = "${host}"`)
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `jicofo.xmpp.client.xmpp-domain = "${domain}"`)
  lines.fixed('jicofo.xmpp.client.username = "focus"')
  lines.value('JICOFO_AUTH_PASSWORD', '', (password) => `jicofo.xmpp.client.password = "${password}"`)
  lines.fixed('jicofo.xmpp.client.disable-certificate-verification = true')
  return sheet
}

/** Recorder's jibri.conf, as far as it matters here. */
export function recorderSheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet('image:jibri/jibri.conf')
  const lines = new Lines(sheet, environment)
  lines.value(
    'JIBRI_RECORDING_DIR',
    '/storage/recordings',
    (path) => `jibri.recording.recordings-directory = "${path}"`,
  )
  lines.value(
    'JIBRI_FINALIZE_RECORDING_SCRIPT_PATH',
    undefined,
    (path) => `jibri.recording.finalize-script = "${path}"`,
  )
  lines.fixed('jibri.webhook.subscribers = [', lines.environment.isSet('JIBRI_WEBHOOK_SUBSCRIBERS') === true)
  lines.words('JIBRI_WEBHOOK_SUBSCRIBERS', (url) => `"${url}",`)
  lines.fixed(']', lines.environment.isSet('JIBRI_WEBHOOK_SUBSCRIBERS') === true)
  return sheet
}
