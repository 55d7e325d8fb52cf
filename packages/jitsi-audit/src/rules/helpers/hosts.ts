// Tells whose a host is: the operator's own, Google's, 8x8's, inside the machine or its network, or somebody else's.
import type { Installation } from '../../core/installation.ts'

/** `unknown`: a public address, or a name while nothing says which names are the operator's own. */
export type HostKind = 'own' | 'google' | 'jitsi' | 'local' | 'foreign' | 'unknown'

const GOOGLE =
  /(?:^|\.)(?:google|googleapis|gstatic|googleusercontent|google-analytics|googletagmanager|youtube|1e100)\.(?:com|net|org|de)$/
const JITSI = /(?:^|\.)(?:jitsi\.net|jit\.si|jitsi\.org|8x8\.com|8x8\.vc)$/

/** Names of networks that never leave the machine or the cluster. `meet.jitsi` is the network of the Docker set. */
const INSIDE =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intern|lan|home\.arpa|svc|cluster\.local|meet\.jitsi)$|\.svc\.[\w.-]{1,60}$/

/** Public STUN and TURN services that guides name; foreign even when nothing is known of the operator. */
const PUBLIC_SERVICES =
  /(?:^|\.)(?:stunprotocol\.org|nextcloud\.com|cloudflare\.com|twilio\.com|ekiga\.net|sipgate\.net|schlund\.de|1und1\.de|t-online\.de|voipbuster\.com|voipstunt\.com|counterpath\.com|linphone\.org|mozilla\.com|services\.mozilla\.com|xirsys\.com|metered\.ca|metered\.live|relay\.metered\.ca|opentokrtc\.com|sip\.us|voip\.blackberry\.com|antisip\.com|freeswitch\.org|jabber\.ccc\.de|rtc\.web\.de|gmx\.net|miwifi\.com|qq\.com|numb\.viagenie\.ca|viagenie\.ca|openrelay\.metered\.ca|amazonaws\.com)$/

/** Second-level names under which strangers have names of their own. */
const SHARED_SUFFIX =
  /(?:^|\.)(?:(?:co|com|org|net|gov|ac|edu|or|ne)\.[a-z]{2}|duckdns\.org|dyndns\.org|ddns\.net|no-ip\.org|no-ip\.com|dedyn\.io|spdns\.de|goip\.de|dnshome\.de|myfritz\.net|github\.io|gitlab\.io|nip\.io|sslip\.io|nohost\.me|noho\.st|ynh\.fr|hopto\.org|zapto\.org|herokuapp\.com|azure\.com|cloudapp\.net|amazonaws\.com)$/

/** The host in a URL, an ICE URL (`stun:host:port`), `host:port`, `[v6]:port` or a bare name; lower case, without a final dot. */
export function hostOf(text: string): string | undefined {
  let rest = text.trim().toLowerCase()
  if (rest.length > 2_000) return undefined
  const scheme = /^(?:[a-z][a-z0-9+.-]{0,20}:)?\/\//.exec(rest)
  if (scheme !== null) rest = rest.slice(scheme[0].length)
  else rest = rest.replace(/^(?:stuns?|turns?):/, '')
  rest = (rest.split(/[/?#\s]/, 1)[0] ?? '').replace(/^[^@]*@/, '')
  const v6 = /^\[([0-9a-f:.%]+)\]/.exec(rest)
  if (v6 !== null) return v6[1]
  if (/^[0-9a-f:.]+$/.test(rest) && rest.split(':').length > 2) return rest
  const host = rest.replace(/:\d*$/, '').replace(/\.$/, '')
  return /^[a-z0-9_*.\u00a1-\uffff-]+$/.test(host) ? host : undefined
}

/** Whose the host is. */
export function hostKind(host: string, installation: Installation): HostKind {
  if (isLocalHost(host)) return 'local'
  if (isOwnHost(host, installation)) return 'own'
  if (isGoogleHost(host)) return 'google'
  if (isJitsiHost(host)) return 'jitsi'
  if (isAddress(host)) return 'unknown'
  if (PUBLIC_SERVICES.test(host)) return 'foreign'
  return installation.ownHosts.length === 0 ? 'unknown' : 'foreign'
}

/** Whose the host in a URL is; `own` for a relative URL, which the operator's own server answers. */
export function urlKind(url: string, installation: Installation): HostKind {
  if (/^\/(?!\/)|^\.{0,2}\/(?!\/)|^[\w.-]+\/?$/.test(url) && !/^[\w-]+(?:\.[\w-]+)+$/.test(url)) return 'own'
  const host = hostOf(url)
  return host === undefined ? 'unknown' : hostKind(host, installation)
}

/** Whether somebody outside gets the request: Google, 8x8 and every other foreign host. */
export function isForeign(kind: HostKind): boolean {
  return kind === 'google' || kind === 'jitsi' || kind === 'foreign'
}

function isGoogleHost(host: string): boolean {
  return GOOGLE.test(host)
}

/** jitsi.net, meet.jit.si, 8x8.vc and their subdomains, which 8x8 (USA) runs. */
function isJitsiHost(host: string): boolean {
  return JITSI.test(host)
}

/** The machine itself, a private address, a container's or cluster's name. */
export function isLocalHost(host: string): boolean {
  if (isAddress(host)) return isPrivateAddress(host)
  return !host.includes('.') || INSIDE.test(host)
}

/** Only the machine itself. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host) || host.endsWith('.localhost')
  )
}

/** All interfaces: `0.0.0.0`, `::`, `*`, or nothing at all. */
export function isEveryInterface(host: string): boolean {
  return ['', '*', '::', '[::]', '0.0.0.0'].includes(host)
}

function isAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':')
}

/** RFC 1918, RFC 6598, loopback, link-local and unique local addresses. */
function isPrivateAddress(host: string): boolean {
  if (host.includes(':')) return host === '::1' || /^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/.test(host)
  const [a = 0, b = 0] = host.split('.').map(Number)
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  )
}

function isOwnHost(host: string, installation: Installation): boolean {
  return installation.ownHosts.some((own) => {
    const name = own.toLowerCase().replace(/^\*?\./, '')
    if (host === name || host.endsWith(`.${name}`)) return true
    const parent = registrable(name)
    return parent !== undefined && (host === parent || host.endsWith(`.${parent}`))
  })
}

/** The name that somebody registered: two labels, three under a shared suffix; undefined for addresses and single labels. */
function registrable(host: string): string | undefined {
  if (isAddress(host)) return undefined
  const labels = host.split('.')
  if (labels.length < 2) return undefined
  const two = labels.slice(-2).join('.')
  if (!SHARED_SUFFIX.test(two)) return two
  return labels.length < 3 ? undefined : labels.slice(-3).join('.')
}
