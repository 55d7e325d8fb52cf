// Decides for each offered section whether it is accepted, and checks that one bundle can carry what was accepted (RFC 9143 section 9).
import { agreeCodecs, agreeExtensions, extensionIds } from './agreement.ts'
import type { AgreedExtension, AgreementPolicy, Flow } from './agreement.ts'
import type { AgreedCodec, AnswerErrorCode, ExtensionIds } from './answer-model.ts'
import { MAX_SIMULCAST_LAYERS } from './limits.ts'
import type { Offer, OfferedSection } from './offer-model.ts'

/** An accepted audio or video section. */
export interface MediaVerdict {
  readonly type: 'media'
  readonly section: OfferedSection
  readonly kind: 'audio' | 'video'
  /** The client sends here. */
  readonly publishes: boolean
  /** The client receives here, so a down-track may be placed. */
  readonly receives: boolean
  readonly codecs: readonly AgreedCodec[]
  readonly extensions: readonly AgreedExtension[]
  /** What the client may send on its packets here. */
  readonly publishIds: ExtensionIds
  /** What we may send on ours. */
  readonly deliverIds: ExtensionIds
  readonly rids: readonly string[]
}

export type SectionVerdict =
  | { readonly type: 'rejected'; readonly section: OfferedSection }
  | { readonly type: 'application'; readonly section: OfferedSection }
  | MediaVerdict

/** RFC 8829 section 5.1.2 lists what an answerer must take; all mean the same DTLS-SRTP. */
const MEDIA_PROTOCOLS: ReadonlySet<string> = new Set(['UDP/TLS/RTP/SAVPF', 'TCP/TLS/RTP/SAVPF', 'RTP/SAVPF'])
/** RFC 8841 section 4. */
const DATA_PROTOCOLS: ReadonlySet<string> = new Set(['UDP/DTLS/SCTP', 'TCP/DTLS/SCTP'])

/** Judges every section of an offer; order and number stay as offered. */
export function judgeSections(offer: Offer, policy: AgreementPolicy): SectionVerdict[] {
  const bundle = new Set(offer.bundle)
  let hasApplication = false
  return offer.sections.map((section) => {
    const alive = (section.port !== 0 || section.bundleOnly) && bundle.has(section.mid)
    if (!alive) return { type: 'rejected', section }
    if (section.kind === 'audio' || section.kind === 'video') return judgeMedia(section, section.kind, policy)
    const isData = DATA_PROTOCOLS.has(section.protocol) && section.formats.includes('webrtc-datachannel')
    if (section.kind !== 'application' || !isData || section.sctpPort === undefined || hasApplication) {
      return { type: 'rejected', section }
    }
    // One SCTP association per transport (RFC 8841 section 3).
    hasApplication = true
    return { type: 'application', section }
  })
}

function judgeMedia(
  section: OfferedSection,
  kind: 'audio' | 'video',
  policy: AgreementPolicy,
): SectionVerdict {
  if (!MEDIA_PROTOCOLS.has(section.protocol) || !section.rtcpMux) return { type: 'rejected', section }
  const publishes = section.direction === 'sendonly' || section.direction === 'sendrecv'
  const receives = section.direction === 'recvonly' || section.direction === 'sendrecv'
  // A section at rest is described as if we would send on it: that is what an unused line is kept for.
  const flow: Flow = { publish: publishes, deliver: !publishes || receives }
  const extensions = agreeExtensions(section, kind, policy)
  const codecs = agreeCodecs(section, kind, flow, extensions, policy)
  if (codecs.length === 0) return { type: 'rejected', section }
  const publishIds = extensionIds(extensions, 'client')
  const deliverIds = extensionIds(extensions, 'us')
  const layered = publishes && kind === 'video' && policy.simulcast && publishIds.rid !== 0
  const rids = layered ? section.sendRids.slice(0, MAX_SIMULCAST_LAYERS) : []
  return {
    type: 'media',
    section,
    kind,
    publishes,
    receives,
    codecs,
    extensions,
    publishIds,
    deliverIds,
    rids,
  }
}

/**
 * Looks for numbers that would mean two things on one transport.
 * @returns the error, or undefined when every payload type and extension id is unambiguous.
 */
export function findConflict(verdicts: readonly SectionVerdict[]): AnswerErrorCode | undefined {
  const meanings = new Map<number, string>()
  const names = new Map<number, string>()
  let midId: number | undefined
  for (const verdict of verdicts) {
    if (verdict.type !== 'media') continue
    for (const codec of verdict.codecs) {
      const rtx = codec.rtxPayloadType
      if (clashes(meanings, codec.payloadType, codec.name)) return 'conflicting-payload-types'
      if (rtx !== undefined && clashes(meanings, rtx, `rtx of ${codec.payloadType}`))
        return 'conflicting-payload-types'
    }
    for (const extension of verdict.extensions) {
      if (clashes(names, extension.id, extension.name)) return 'conflicting-extensions'
      if (extension.name !== 'mid') continue
      // The mid extension finds a packet's section, so its own id can not depend on the section.
      midId ??= extension.id
      if (extension.id !== midId) return 'conflicting-extensions'
    }
  }
  return undefined
}

function clashes(table: Map<number, string>, key: number, meaning: string): boolean {
  const known = table.get(key)
  table.set(key, meaning)
  return known !== undefined && known !== meaning
}
