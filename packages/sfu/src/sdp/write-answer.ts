// Transforms the decisions about each section into the text of an answer (RFC 8829 section 5.3, RFC 9143, RFC 8841).
import type { AgreedExtension } from './agreement.ts'
import type { AgreedCodec, DownTrackWish, OpusOptions } from './answer-model.ts'
import type { Direction, IceCredentials, OfferedSection } from './offer-model.ts'

/** Our side of the transport, the same in every section. */
export interface LocalTransport {
  readonly ice: IceCredentials
  /** `sha-256 AA:BB:...` */
  readonly fingerprint: string
}

/** The decision about one section. */
export type SectionPlan =
  | { readonly type: 'rejected'; readonly section: OfferedSection }
  | { readonly type: 'application'; readonly section: OfferedSection }
  | MediaPlan

/** An accepted audio or video section. */
export interface MediaPlan {
  readonly type: 'media'
  readonly section: OfferedSection
  readonly kind: 'audio' | 'video'
  /** Ours, the mirror of the client's. */
  readonly direction: Direction
  readonly codecs: readonly AgreedCodec[]
  readonly extensions: readonly AgreedExtension[]
  readonly rids: readonly string[]
  readonly downTrack: DownTrackWish | undefined
  /** For sections on which the client sends opus. */
  readonly opus: OpusOptions | undefined
}

/** Everything above the sections. */
export interface AnswerFrame {
  readonly originId: string
  /** Grows with every answer (RFC 8866 section 5.2). */
  readonly originVersion: number
  readonly iceLite: boolean
  /** mids of accepted sections, transport owner first. */
  readonly bundle: readonly string[]
  /** `candidate:...` as in RFC 8839 section 5.1, without `a=`; written into the first bundled section only. */
  readonly candidates: readonly string[]
  readonly cname: string
  /** Largest message we take on a data channel, in bytes. */
  readonly maxMessageSize: number
  readonly local: LocalTransport
}

/** Writes the answer; lines end in CR LF. */
export function writeAnswer(frame: AnswerFrame, plans: readonly SectionPlan[]): string {
  const lines = [
    'v=0',
    `o=- ${frame.originId} ${frame.originVersion} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(frame.iceLite ? ['a=ice-lite'] : []),
    'a=ice-options:trickle',
    ...(frame.bundle.length > 0 ? [`a=group:BUNDLE ${frame.bundle.join(' ')}`] : []),
    'a=msid-semantic: WMS *',
  ]
  for (const plan of plans) {
    if (plan.type === 'rejected') writeRejected(lines, plan.section)
    else if (plan.type === 'application') writeApplication(lines, plan.section, frame)
    else writeMedia(lines, plan, frame)
  }
  return `${lines.join('\r\n')}\r\n`
}

function writeRejected(lines: string[], section: OfferedSection): void {
  // RFC 3264 section 6: a refused stream keeps its line with port 0 and at least one format.
  lines.push(`m=${section.media} 0 ${section.protocol} ${section.formats.join(' ')}`, 'c=IN IP4 0.0.0.0')
  if (section.mid !== '') lines.push(`a=mid:${section.mid}`)
  lines.push('a=inactive')
}

function writeTransport(lines: string[], section: OfferedSection, frame: AnswerFrame): void {
  lines.push(
    `a=mid:${section.mid}`,
    `a=ice-ufrag:${frame.local.ice.ufrag}`,
    `a=ice-pwd:${frame.local.ice.pwd}`,
    `a=fingerprint:${frame.local.fingerprint}`,
    'a=setup:passive',
  )
  if (section.mid !== frame.bundle[0]) return
  for (const candidate of frame.candidates) lines.push(`a=${candidate}`)
  if (frame.candidates.length > 0) lines.push('a=end-of-candidates')
}

function writeApplication(lines: string[], section: OfferedSection, frame: AnswerFrame): void {
  lines.push(`m=application 9 ${section.protocol} webrtc-datachannel`, 'c=IN IP4 0.0.0.0')
  writeTransport(lines, section, frame)
  lines.push('a=sctp-port:5000', `a=max-message-size:${frame.maxMessageSize}`)
}

function writeMedia(lines: string[], plan: MediaPlan, frame: AnswerFrame): void {
  const formats = plan.codecs.flatMap((codec) =>
    codec.rtxPayloadType === undefined ? [codec.payloadType] : [codec.payloadType, codec.rtxPayloadType],
  )
  lines.push(`m=${plan.kind} 9 ${plan.section.protocol} ${formats.join(' ')}`, 'c=IN IP4 0.0.0.0')
  writeTransport(lines, plan.section, frame)
  for (const { id, suffix, uri } of plan.extensions) lines.push(`a=extmap:${id}${suffix} ${uri}`)
  lines.push(`a=${plan.direction}`)
  if (plan.downTrack !== undefined) lines.push(`a=msid:${plan.downTrack.streamId} ${plan.downTrack.trackSid}`)
  lines.push('a=rtcp-mux')
  if (plan.section.rtcpRsize) lines.push('a=rtcp-rsize')
  for (const codec of plan.codecs) writeCodec(lines, plan, codec)
  for (const rid of plan.rids) lines.push(`a=rid:${rid} recv`)
  if (plan.rids.length > 0) lines.push(`a=simulcast:recv ${plan.rids.join(';')}`)
  if (plan.downTrack !== undefined) writeSources(lines, plan.downTrack, frame.cname)
}

function writeCodec(lines: string[], plan: MediaPlan, codec: AgreedCodec): void {
  const { payloadType, rtxPayloadType } = codec
  if (codec.name === 'opus') lines.push(`a=rtpmap:${payloadType} opus/48000/2`)
  else lines.push(`a=rtpmap:${payloadType} VP8/90000`)
  for (const feedback of codec.feedback) lines.push(`a=rtcp-fb:${payloadType} ${feedback}`)
  const fmtp = codec.name === 'opus' ? opusParameters(plan.opus) : startBitrate(plan.section, payloadType)
  if (fmtp !== '') lines.push(`a=fmtp:${payloadType} ${fmtp}`)
  if (rtxPayloadType !== undefined) {
    lines.push(
      `a=rtpmap:${rtxPayloadType} rtx/${codec.clockRate}`,
      `a=fmtp:${rtxPayloadType} apt=${payloadType}`,
    )
  }
}

/** RFC 7587 section 6.1. 510,000 bit/s is the codec's ceiling: music is limited by the publisher's own setting, not by us. */
function opusParameters(options: OpusOptions | undefined): string {
  const dtx = options?.dtx === true ? ';usedtx=1' : ''
  const stereo = options?.stereo === true ? ';stereo=1;maxaveragebitrate=510000' : ''
  return `minptime=10;useinbandfec=1${dtx}${stereo}`
}

/** Hints about the first bitrate that libwebrtc puts into its offer but reads from the answer only; others would limit the sender. */
function startBitrate(section: OfferedSection, payloadType: number): string {
  const fmtp = section.codecs.find((codec) => codec.payloadType === payloadType)?.fmtp ?? ''
  return fmtp
    .split(';')
    .map((parameter) => parameter.trim())
    .filter((parameter) => /^x-google-(?:start|min|max)-bitrate=\d{1,6}$/.test(parameter))
    .join(';')
}

function writeSources(lines: string[], track: DownTrackWish, cname: string): void {
  const sources = track.rtxSsrc === 0 ? [track.ssrc] : [track.ssrc, track.rtxSsrc]
  if (sources.length > 1) lines.push(`a=ssrc-group:FID ${sources.join(' ')}`)
  for (const ssrc of sources) {
    lines.push(`a=ssrc:${ssrc} cname:${cname}`, `a=ssrc:${ssrc} msid:${track.streamId} ${track.trackSid}`)
  }
}
