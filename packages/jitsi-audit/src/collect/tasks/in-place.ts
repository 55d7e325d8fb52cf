// Writes a line or block that a task puts into an installed file so that it can be read without the rest of that file; undefined where it cannot.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import { baseName } from '../paths.ts'

/** A piece of a file: what goes before the task's own text, that text, and what goes behind it. */
export interface Wrapped {
  readonly before: string
  /** Offset of the kept part in the task's text, and its length. */
  readonly start: number
  readonly end: number
  readonly after: string
}

export interface Place {
  readonly target: string
  readonly text: string
  /** What the task replaces, as written. */
  readonly pattern: string
}

/** How the text reads on its own at its target; undefined when it depends on what stands around it. */
export function inPlace(place: Place): Wrapped | undefined {
  const name = baseName(place.target).toLowerCase()
  if (name.endsWith('.js')) return inScript(place, name)
  if (name.endsWith('.cfg.lua') || name === 'prosody.cfg.lua') return inProsody(place, name)
  if (/\.(?:conf|hocon)$/.test(name) && /jvb|jicofo|jibri/.test(name)) return inHocon(place)
  if (/journald.*\.conf$/.test(name)) return whole(place, '[Journal]\n')
  if (
    /\.properties$|^\.?env$|\.env$|^(?:config|jitsi-videobridge|jicofo|jibri|jigasi)$|turnserver.*\.conf$/.test(
      name,
    )
  )
    return whole(place)
  const folders = place.target.toLowerCase()
  if (/\/logrotate\.d\/|\/nginx\//.test(folders))
    return /\{[^]*\}/.test(place.text) && /^\s*(?:\/|server\b|map\b|["'/])/.test(place.text)
      ? whole(place)
      : undefined
  return undefined
}

function whole({ text }: Place, before = '', after = '\n'): Wrapped {
  return { before, start: 0, end: text.length, after }
}

/** Names in config.js that mean the same wherever in it they stand, and where they belong. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ...'disableThirdPartyRequests requireDisplayName enableWelcomePage enableClosePage prejoinPageEnabled enableInsecureRoomNameWarning doNotStoreRoom roomPasswordNumberOfDigits fileRecordingsEnabled liveStreamingEnabled transcribingEnabled disableDeepLinking enableCalendarIntegration googleApiApplicationClientID microsoftApiApplicationClientID callStatsID callStatsSecret enableStatsID enableDisplayNameInStats enableEmailInStats gatherStats dynamicBrandingUrl brandingDataUrl inviteServiceUrl peopleSearchUrl etherpad_base dialInNumbersUrl dialInConfCodeUrl hiddenDomain disableSelfView legalUrls gravatar'
    .split(' ')
    .map((key): [string, string] => [key, key]),
  ...'stunServers useStunTurn iceTransportPolicy backToP2PDelay preferH264'
    .split(' ')
    .map((key): [string, string] => [key, `p2p.${key}`]),
  ...'anonymousdomain authdomain'.split(' ').map((key): [string, string] => [key, `hosts.${key}`]),
  ...'googleAnalyticsTrackingId amplitudeAPPKey matomoEndpoint matomoSiteID scriptURLs rtcstatsEnabled rtcstatsEndpoint'
    .split(' ')
    .map((key): [string, string] => [key, `analytics.${key}`]),
])

const MEMBER = /^\s*["']?([A-Za-z_]\w{0,60})["']?\s*:\s*/

/** Statements stand for themselves; members of an object are known only where their name says which object. */
function inScript(place: Place, name: string): Wrapped | undefined {
  const { text } = place
  const root = /interface[_-]config/.test(name) ? 'interfaceConfig' : 'config'
  if (/^\s*(?:window\.)?(?:config|interfaceConfig)\s*(?:\.|\[)/.test(text)) return whole(place)
  const member = MEMBER.exec(text)
  const end = text.trimEnd().replace(/,$/, '').length
  if (member?.[1] === undefined || end <= member[0].length) return undefined
  const key = root === 'config' ? MEMBERS.get(member[1]) : /^[A-Z]/.test(member[1]) ? member[1] : undefined
  if (key === undefined || !isOneValue(text.slice(member[0].length, end))) return undefined
  return { before: `${root}.${key} = `, start: member[0].length, end, after: ';\n' }
}

/** True for a value that ends where the text ends: nothing of it opens a bracket and leaves it, or goes on behind a comma. */
function isOneValue(text: string): boolean {
  let depth = 0
  let quote = ''
  for (const sign of text) {
    if (quote !== '') {
      if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    else if (depth === 0 && (sign === ',' || sign === ';' || sign === '/')) return false
    if (depth < 0) return false
  }
  return depth === 0 && quote === ''
}

const LUA_ASSIGNMENT = /^\s*([a-z]\w{0,60})\s*=\s*(?=\S)/
/** What the packages' file of a host says of its main host, and of no other. */
const MAIN_HOST = new Set(['app_id', 'app_secret', 'allow_empty_token', 'asap_key_server'])

function inProsody(place: Place, name: string): Wrapped | undefined {
  const { text, target, pattern } = place
  if (/^\s*(?:--[^\n]*\n\s*)*(?:VirtualHost|Component|Include)\b/.test(text)) return whole(place)
  const key = LUA_ASSIGNMENT.exec(text)?.[1]
  if (key === undefined) return undefined
  if (name === 'prosody.cfg.lua' || /\/conf\.d\/(?!.*\.\w+\.cfg\.lua)/.test(target)) return whole(place)
  const host = baseName(target).slice(0, -'.cfg.lua'.length)
  const main = MAIN_HOST.has(key) || (key === 'authentication' && /anonymous/.test(pattern))
  if (!main || host === '' || /["\\\n]/.test(host)) return undefined
  return whole(place, `VirtualHost "${host.replaceAll(/\{\{[^{}]{0,200}\}\}/g, PLACEHOLDER)}"\n`)
}

/** A dotted path, or a block that opens one of the programs' own roots. */
function inHocon(place: Place): Wrapped | undefined {
  const known = /^\s*(?:videobridge|ice4j|jicofo|jibri|jmt)(?:\.[\w.-]{1,200}\s*[:={]|\s*\{)/.test(place.text)
  return known ? whole(place) : undefined
}
