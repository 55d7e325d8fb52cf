// Transforms the attribute lines of one m= section into typed values (RFC 8866 section 6, RFC 8829).
import {
  MAX_EXTENSIONS,
  MAX_FEEDBACK,
  MAX_FINGERPRINTS,
  MAX_FORMATS,
  MAX_MID_CHARS,
  MAX_MSID_CHARS,
  MAX_RIDS,
  MAX_RID_CHARS,
  MAX_SSRCS,
} from './limits.ts'
import type {
  Direction,
  Fingerprint,
  OfferedExtension,
  OfferErrorCode,
  OfferedSection,
  SetupRole,
} from './offer-model.ts'
import { foldCodecs, foldSources } from './fold-section.ts'

/** Format attributes of one payload type while its section is being read. */
export interface DraftFormat {
  name: string
  clockRate: number
  channels: number
  fmtp: string
  feedback: string[]
}

/** What the lines of a session or a section said so far; the session's values are the sections' defaults. */
export interface DraftSection {
  kind: OfferedSection['kind']
  media: string
  protocol: string
  formats: string[]
  port: number
  mid: string
  bundleOnly: boolean
  direction: Direction
  ufrag: string
  pwd: string
  fingerprints: Fingerprint[]
  setup: SetupRole | undefined
  rtcpMux: boolean
  rtcpRsize: boolean
  byPayloadType: Map<number, DraftFormat>
  anyFeedback: string[]
  extensions: OfferedExtension[]
  msid: OfferedSection['msid']
  ssrcs: number[]
  groups: { semantics: string; ssrcs: number[] }[]
  sendRids: Set<string>
  simulcastSend: string[]
  sctpPort: number | undefined
  maxMessageSize: number | undefined
}

/** A section nothing has been said about, with what the session level said for all of them. */
export function newDraft(session?: DraftSection): DraftSection {
  return {
    kind: 'unknown',
    media: '',
    protocol: '',
    formats: [],
    port: 0,
    mid: '',
    bundleOnly: false,
    direction: session?.direction ?? 'sendrecv',
    ufrag: session?.ufrag ?? '',
    pwd: session?.pwd ?? '',
    fingerprints: [],
    setup: session?.setup,
    rtcpMux: false,
    rtcpRsize: false,
    byPayloadType: new Map(),
    anyFeedback: [],
    extensions: session === undefined ? [] : [...session.extensions],
    msid: undefined,
    ssrcs: [],
    groups: [],
    sendRids: new Set(),
    simulcastSend: [],
    sctpPort: undefined,
    maxMessageSize: undefined,
  }
}

const MEDIA_LINE =
  /^([A-Za-z0-9.-]{1,32}) (\d{1,5})(?:\/\d{1,5})? ([A-Za-z0-9/.-]{1,64}) ([\x21-\x7e][\x20-\x7e]*)$/

/** Reads the value of an m= line into a fresh draft; undefined when it is none. */
export function openSection(value: string, session: DraftSection): DraftSection | undefined {
  const match = MEDIA_LINE.exec(value)
  if (match === null) return undefined
  const [, media = '', port = '', protocol = '', formats = ''] = match
  const list = formats.split(' ').filter((format) => format !== '')
  if (list.length > MAX_FORMATS || Number(port) > 65_535) return undefined
  const draft = newDraft(session)
  draft.media = media
  draft.kind = media === 'audio' || media === 'video' || media === 'application' ? media : 'unknown'
  draft.port = Number(port)
  draft.protocol = protocol
  draft.formats = list
  return draft
}

/** Closes a section: folds retransmission formats and sources together and applies the session's fingerprints. */
export function closeSection(draft: DraftSection, index: number, session: DraftSection): OfferedSection {
  return {
    index,
    mid: draft.mid,
    kind: draft.kind,
    media: draft.media,
    protocol: draft.protocol,
    formats: draft.formats,
    port: draft.port,
    bundleOnly: draft.bundleOnly,
    direction: draft.direction,
    ice: draft.ufrag === '' || draft.pwd === '' ? undefined : { ufrag: draft.ufrag, pwd: draft.pwd },
    fingerprints: draft.fingerprints.length > 0 ? draft.fingerprints : session.fingerprints,
    setup: draft.setup,
    rtcpMux: draft.rtcpMux,
    rtcpRsize: draft.rtcpRsize,
    codecs: draft.kind === 'audio' || draft.kind === 'video' ? foldCodecs(draft) : [],
    extensions: draft.extensions,
    msid: draft.msid,
    sources: foldSources(draft),
    sendRids: draft.simulcastSend.filter((rid) => draft.sendRids.has(rid)),
    sctpPort: draft.sctpPort,
    maxMessageSize: draft.maxMessageSize,
  }
}

type Reader = (draft: DraftSection, value: string) => OfferErrorCode | undefined

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`{|}~-]+$/
const ICE_CHARS = /^[A-Za-z0-9+/]+$/

function readMid(draft: DraftSection, value: string): OfferErrorCode | undefined {
  if (value.length > MAX_MID_CHARS || !TOKEN.test(value)) return 'malformed-mid'
  draft.mid = value
  return undefined
}

function readUfrag(draft: DraftSection, value: string): undefined {
  // RFC 8839 section 5.4 allows 4 to 256 ice-chars.
  if (value.length >= 4 && value.length <= 256 && ICE_CHARS.test(value)) draft.ufrag = value
}

function readPwd(draft: DraftSection, value: string): undefined {
  // RFC 8839 section 5.4 allows 22 to 256 ice-chars.
  if (value.length >= 22 && value.length <= 256 && ICE_CHARS.test(value)) draft.pwd = value
}

function readFingerprint(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const match = /^([A-Za-z0-9-]{1,32}) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,63})$/.exec(value)
  if (match === null) return undefined
  if (draft.fingerprints.length >= MAX_FINGERPRINTS) return 'too-many-attributes'
  const [, algorithm = '', hash = ''] = match
  draft.fingerprints.push({ algorithm: algorithm.toLowerCase(), value: hash.toUpperCase() })
  return undefined
}

function readSetup(draft: DraftSection, value: string): undefined {
  if (value === 'actpass' || value === 'active' || value === 'passive' || value === 'holdconn') {
    draft.setup = value
  }
}

function payloadTypeOf(text: string): number | undefined {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 128
  return number < 128 ? number : undefined
}

function formatOf(draft: DraftSection, payloadType: number): DraftFormat {
  let format = draft.byPayloadType.get(payloadType)
  if (format === undefined) {
    format = { name: '', clockRate: 0, channels: 1, fmtp: '', feedback: [] }
    draft.byPayloadType.set(payloadType, format)
  }
  return format
}

function readRtpmap(draft: DraftSection, value: string): undefined {
  const match = /^(\d{1,3}) ([\w.+-]{1,64})\/(\d{1,9})(?:\/(\d{1,3}))?$/.exec(value)
  const payloadType = payloadTypeOf(match?.[1] ?? '')
  if (match === null || payloadType === undefined) return
  const format = formatOf(draft, payloadType)
  format.name = (match[2] ?? '').toLowerCase()
  format.clockRate = Number(match[3])
  format.channels = match[4] === undefined ? 1 : Number(match[4])
}

function readFmtp(draft: DraftSection, value: string): undefined {
  const space = value.indexOf(' ')
  const payloadType = payloadTypeOf(value.slice(0, Math.max(space, 0)))
  if (payloadType !== undefined) formatOf(draft, payloadType).fmtp = value.slice(space + 1).trim()
}

function readFeedback(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const space = value.indexOf(' ')
  if (space < 0) return undefined
  const target = value.slice(0, space)
  const payloadType = payloadTypeOf(target)
  if (payloadType === undefined && target !== '*') return undefined
  const list = payloadType === undefined ? draft.anyFeedback : formatOf(draft, payloadType).feedback
  if (list.length >= MAX_FEEDBACK) return 'too-many-attributes'
  list.push(value.slice(space + 1).trim())
  return undefined
}

function readExtmap(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const match = /^(\d{1,5})(?:\/(sendrecv|sendonly|recvonly|inactive))? (\S{1,256})/.exec(value)
  if (match === null) return undefined
  if (draft.extensions.length >= MAX_EXTENSIONS) return 'too-many-attributes'
  const direction = directionOf(match[2] ?? '') ?? 'sendrecv'
  draft.extensions.push({ id: Number(match[1]), uri: match[3] ?? '', direction })
  return undefined
}

function directionOf(word: string): Direction | undefined {
  return word === 'sendrecv' || word === 'sendonly' || word === 'recvonly' || word === 'inactive'
    ? word
    : undefined
}

function readMsid(draft: DraftSection, value: string): undefined {
  const [streamId = '', trackId = ''] = value.split(' ', 2)
  if (streamId === '' || streamId.length > MAX_MSID_CHARS || trackId.length > MAX_MSID_CHARS) return
  // The first line wins: further ones name more streams of the same track.
  draft.msid ??= { streamId, trackId }
}

function readSsrc(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const match = /^(\d{1,10}) (.*)$/.exec(value)
  const ssrc = Number(match?.[1] ?? 0)
  if (match === null || ssrc === 0 || ssrc > 0xffff_ffff) return undefined
  if (!draft.ssrcs.includes(ssrc)) {
    if (draft.ssrcs.length >= MAX_SSRCS) return 'too-many-attributes'
    draft.ssrcs.push(ssrc)
  }
  const attribute = match[2] ?? ''
  if (attribute.startsWith('msid:')) readMsid(draft, attribute.slice(5))
  return undefined
}

function readSsrcGroup(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const [semantics = '', ...members] = value.split(' ', MAX_SSRCS + 1)
  if (draft.groups.length >= MAX_SSRCS) return 'too-many-attributes'
  draft.groups.push({ semantics, ssrcs: members.map(Number) })
  return undefined
}

function readRid(draft: DraftSection, value: string): OfferErrorCode | undefined {
  const match = /^([A-Za-z0-9_-]+) (send|recv)\b/.exec(value)
  const rid = match?.[1] ?? ''
  if (match === null || match[2] !== 'send' || rid.length > MAX_RID_CHARS) return undefined
  if (draft.sendRids.size >= MAX_RIDS) return 'too-many-attributes'
  draft.sendRids.add(rid)
  return undefined
}

function readSimulcast(draft: DraftSection, value: string): undefined {
  const list = /(?:^|\s)send ([A-Za-z0-9_~,;-]+)/.exec(value)?.[1]
  if (list === undefined) return
  // `;` separates layers, `,` alternatives of one layer (the first is taken), `~` marks a paused one (ignored, it may start any time).
  const layers = list.split(';', MAX_RIDS).map((layer) => layer.split(',', 1)[0] ?? '')
  draft.simulcastSend = layers.map((rid) => rid.replace('~', ''))
}

function readSctpPort(draft: DraftSection, value: string): undefined {
  if (/^\d{1,5}$/.test(value)) draft.sctpPort = Number(value)
}

function readMaxMessageSize(draft: DraftSection, value: string): undefined {
  if (/^\d{1,15}$/.test(value)) draft.maxMessageSize = Number(value)
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['mid', readMid],
  ['ice-ufrag', readUfrag],
  ['ice-pwd', readPwd],
  ['fingerprint', readFingerprint],
  ['setup', readSetup],
  ['rtpmap', readRtpmap],
  ['fmtp', readFmtp],
  ['rtcp-fb', readFeedback],
  ['extmap', readExtmap],
  ['msid', readMsid],
  ['ssrc', readSsrc],
  ['ssrc-group', readSsrcGroup],
  ['rid', readRid],
  ['simulcast', readSimulcast],
  ['sctp-port', readSctpPort],
  ['max-message-size', readMaxMessageSize],
])

/**
 * Applies one a= line (without `a=`) to the draft.
 * @returns why the whole offer must be refused; undefined when the line was used, or ignored as unknown or damaged.
 */
export function readAttribute(draft: DraftSection, line: string): OfferErrorCode | undefined {
  const colon = line.indexOf(':')
  if (colon >= 0) return readers.get(line.slice(0, colon))?.(draft, line.slice(colon + 1).trim())
  if (line === 'rtcp-mux') draft.rtcpMux = true
  else if (line === 'rtcp-rsize') draft.rtcpRsize = true
  else if (line === 'bundle-only') draft.bundleOnly = true
  else draft.direction = directionOf(line) ?? draft.direction
  return undefined
}
