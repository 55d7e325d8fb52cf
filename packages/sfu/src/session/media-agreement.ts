// Translates what the description agreed into what the media engine needs; the two folders do not know each other.
import { ssrc, type ExtensionIds as MediaExtensions, type ReceiveSection } from '../media/index.ts'
import type { ExtensionIds, ReceiveSectionAgreement } from '../sdp/index.ts'

/** 0 means "not agreed" in descriptions, absence does in the media engine. */
function agreed(id: number): number | undefined {
  return id === 0 ? undefined : id
}

/** The header extensions of one section. */
export function toMediaExtensions(ids: ExtensionIds): MediaExtensions {
  return {
    mid: agreed(ids.mid),
    rid: agreed(ids.rid),
    repairedRid: agreed(ids.repairedRid),
    audioLevel: agreed(ids.audioLevel),
    twcc: agreed(ids.transportCc),
    absSendTime: agreed(ids.absSendTime),
  }
}

/** One section in which the client sends. */
export function toReceiveSection(section: ReceiveSectionAgreement): ReceiveSection {
  return {
    mid: section.mid,
    kind: section.kind,
    codecs: section.codecs.map((codec) => ({
      payloadType: codec.payloadType,
      codec: codec.name,
      clockRate: codec.clockRate,
      rtxPayloadType: codec.rtxPayloadType,
      nack: codec.feedback.includes('nack'),
      pli: codec.feedback.includes('nack pli'),
      transportCc: codec.feedback.includes('transport-cc'),
    })),
    extensions: toMediaExtensions(section.extensions),
    ssrcs: section.sources.map((source) => ({
      ssrc: ssrc(source.ssrc),
      rtxSsrc: source.rtxSsrc === undefined ? undefined : ssrc(source.rtxSsrc),
    })),
  }
}
