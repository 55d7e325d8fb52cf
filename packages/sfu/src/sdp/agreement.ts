// Decides for one offered section which codecs, feedback and header extensions both sides will use (RFC 3264 section 6, RFC 8285, RFC 4585).
import type { AgreedCodec, CodecName, ExtensionIds, Feedback } from './answer-model.ts'
import type { Direction, OfferedCodec, OfferedExtension, OfferedSection } from './offer-model.ts'

/** What this server agrees to at all. */
export interface AgreementPolicy {
  /** Codecs clients may send, most wanted first. */
  readonly publishCodecs: readonly CodecName[]
  /** Answer only with the most wanted codec and its retransmission format (Firefox sends with what it likes otherwise). */
  readonly singleCodec: boolean
  /** Agree to several layers of one video told apart by rid; otherwise the client keeps its first, smallest one. */
  readonly simulcast: boolean
  /** Number audio packets for transport-wide congestion control too, not only video. */
  readonly audioTransportCc: boolean
  /** Which estimate of the path to the client its side is asked for. */
  readonly viewerEstimate: 'none' | 'remb'
}

/** Which way media flows in a section. */
export interface Flow {
  /** The client sends to us. */
  readonly publish: boolean
  /** We send to the client, or may do so later. */
  readonly deliver: boolean
}

const NAME_OF_URI: ReadonlyMap<string, keyof ExtensionIds> = new Map([
  ['urn:ietf:params:rtp-hdrext:sdes:mid', 'mid'],
  ['urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'audioLevel'],
  ['http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 'transportCc'],
  ['http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 'absSendTime'],
  ['urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', 'rid'],
  ['urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id', 'repairedRid'],
])

/** 14 is the last id a one-byte header extension can carry (RFC 8285 section 4.2); we do not agree to the two-byte form. */
const LAST_ONE_BYTE_ID = 14

/** Codecs that can be delivered: everyone can decode them, so nothing is ever translated. */
const DELIVERABLE: readonly CodecName[] = ['opus', 'vp8']

/** An extension agreed for one section, with the line's direction as we see it. */
export interface AgreedExtension {
  readonly name: keyof ExtensionIds
  readonly id: number
  readonly uri: string
  /** As the client offered it. */
  readonly direction: Direction
  readonly suffix: string
}

/** Whether an extension is agreed on sections of a kind. */
function isWanted(name: keyof ExtensionIds, kind: 'audio' | 'video', policy: AgreementPolicy): boolean {
  switch (name) {
    case 'mid':
      return true
    case 'audioLevel':
      return kind === 'audio'
    case 'transportCc':
      return kind === 'video' || policy.audioTransportCc
    case 'absSendTime':
      return kind === 'video' && policy.viewerEstimate === 'remb'
    case 'rid':
    case 'repairedRid':
      return kind === 'video'
    default:
      return false
  }
}

/** Turns the client's view of an extension's direction into ours (RFC 8285 section 5). */
function suffixOf(extension: OfferedExtension): string {
  if (extension.direction === 'sendonly') return '/recvonly'
  return extension.direction === 'recvonly' ? '/sendonly' : ''
}

/**
 * The header extensions of one audio or video section that we understand.
 * Which way media flows does not matter: libwebrtc offers a *new* section only those extensions that were agreed on
 * the older ones of its kind, and fails to offer simulcast when rid is not among them. So an unused section agrees to
 * what a later publication needs.
 */
export function agreeExtensions(
  section: OfferedSection,
  kind: 'audio' | 'video',
  policy: AgreementPolicy,
): AgreedExtension[] {
  const agreed: AgreedExtension[] = []
  for (const extension of section.extensions) {
    const name = NAME_OF_URI.get(extension.uri)
    if (name === undefined || extension.id < 1 || extension.id > LAST_ONE_BYTE_ID) continue
    if (extension.direction === 'inactive' || !isWanted(name, kind, policy)) continue
    if (agreed.some((known) => known.name === name || known.id === extension.id)) continue
    agreed.push({
      name,
      id: extension.id,
      uri: extension.uri,
      direction: extension.direction,
      suffix: suffixOf(extension),
    })
  }
  return agreed
}

const PUBLISHER_SENDS: ReadonlySet<keyof ExtensionIds> = new Set([
  'mid',
  'audioLevel',
  'transportCc',
  'rid',
  'repairedRid',
])
const WE_SEND: ReadonlySet<keyof ExtensionIds> = new Set(['mid', 'audioLevel', 'absSendTime'])

/** The ids of the extensions one side may send: the client what it publishes, we what we deliver. */
export function extensionIds(agreed: readonly AgreedExtension[], sender: 'client' | 'us'): ExtensionIds {
  const names = sender === 'client' ? PUBLISHER_SENDS : WE_SEND
  const forbidden = sender === 'client' ? 'recvonly' : 'sendonly'
  const idOf = (name: keyof ExtensionIds): number =>
    names.has(name)
      ? (agreed.find((known) => known.name === name && known.direction !== forbidden)?.id ?? 0)
      : 0
  return {
    mid: idOf('mid'),
    audioLevel: idOf('audioLevel'),
    transportCc: idOf('transportCc'),
    absSendTime: idOf('absSendTime'),
    rid: idOf('rid'),
    repairedRid: idOf('repairedRid'),
  }
}

/** RFC 7587 section 7: opus is always 48,000 Hz and two channels in SDP; RFC 7741 section 6: VP8 runs at 90,000 Hz. */
function isSame(codec: OfferedCodec, name: CodecName): boolean {
  if (codec.name !== name) return false
  return name === 'opus' ? codec.clockRate === 48_000 && codec.channels === 2 : codec.clockRate === 90_000
}

function agreeFeedback(
  codec: OfferedCodec,
  name: CodecName,
  flow: Flow,
  extensions: readonly AgreedExtension[],
): Feedback[] {
  const agreed: Feedback[] = []
  const offered = (feedback: Feedback): boolean => codec.feedback.includes(feedback)
  // No browser offers nack for opus, yet all act on it once answered: lost sound is repaired within a round trip.
  if (name === 'opus' || offered('nack')) agreed.push('nack')
  if (name === 'vp8') {
    if (offered('nack pli')) agreed.push('nack pli')
    if (offered('ccm fir')) agreed.push('ccm fir')
    const remb = flow.deliver && extensionIds(extensions, 'us').absSendTime !== 0
    if (remb && offered('goog-remb')) agreed.push('goog-remb')
  }
  const numbered = flow.publish && extensionIds(extensions, 'client').transportCc !== 0
  if (numbered && offered('transport-cc')) agreed.push('transport-cc')
  return agreed
}

/**
 * The codecs of one section, our order of preference, the client's payload types.
 * Empty when there is nothing in common: the section is then rejected.
 */
export function agreeCodecs(
  section: OfferedSection,
  kind: 'audio' | 'video',
  flow: Flow,
  extensions: readonly AgreedExtension[],
  policy: AgreementPolicy,
): AgreedCodec[] {
  const allowed = flow.publish ? policy.publishCodecs : DELIVERABLE
  const agreed: AgreedCodec[] = []
  for (const name of allowed) {
    if ((name === 'opus') !== (kind === 'audio')) continue
    const offered = section.codecs.find((codec) => isSame(codec, name))
    if (offered === undefined) continue
    agreed.push({
      name,
      payloadType: offered.payloadType,
      clockRate: offered.clockRate,
      channels: offered.channels,
      // Sound is repaired by plain retransmission and in-band FEC: nobody offers opus with its own retransmission format.
      rtxPayloadType: name === 'vp8' ? offered.rtxPayloadType : undefined,
      feedback: agreeFeedback(offered, name, flow, extensions),
    })
    if (policy.singleCodec) break
  }
  return agreed
}
