// Joins what SDP scatters: retransmission formats with their codecs (RFC 4588 section 8) and SSRC pairs of FID groups (RFC 5576 section 4.2).
import type { OfferedCodec, OfferedSource } from './offer-model.ts'
import type { DraftFormat, DraftSection } from './parse-section.ts'

/** The codecs of a section in m-line order; formats without an rtpmap line are unknown to us and left out. */
export function foldCodecs(draft: DraftSection): OfferedCodec[] {
  const rtxByPrimary = new Map<number, number>()
  for (const [payloadType, format] of draft.byPayloadType) {
    const primary =
      format.name === 'rtx' ? /(?:^|[;\s])apt=(\d{1,3})(?:$|[;\s])/.exec(format.fmtp)?.[1] : undefined
    if (primary !== undefined && draft.formats.includes(String(payloadType))) {
      rtxByPrimary.set(Number(primary), payloadType)
    }
  }
  const seen = new Set<number>()
  const codecs: OfferedCodec[] = []
  for (const word of draft.formats) {
    const payloadType = /^\d{1,3}$/.test(word) ? Number(word) : -1
    const format = draft.byPayloadType.get(payloadType)
    if (format === undefined || format.name === '' || format.name === 'rtx' || seen.has(payloadType)) continue
    seen.add(payloadType)
    codecs.push(codecOf(payloadType, format, draft.anyFeedback, rtxByPrimary.get(payloadType)))
  }
  return codecs
}

function codecOf(
  payloadType: number,
  format: DraftFormat,
  anyFeedback: readonly string[],
  rtxPayloadType: number | undefined,
): OfferedCodec {
  return {
    payloadType,
    name: format.name,
    clockRate: format.clockRate,
    channels: format.channels,
    fmtp: format.fmtp,
    feedback: [...format.feedback, ...anyFeedback],
    rtxPayloadType,
  }
}

/** The primary sources of a section in their order; repair and redundancy sources are folded away. */
export function foldSources(draft: DraftSection): OfferedSource[] {
  const rtxOf = new Map<number, number>()
  const secondary = new Set<number>()
  for (const group of draft.groups) {
    const [primary, ...others] = group.ssrcs
    if (primary === undefined || group.semantics === 'SIM') continue
    for (const ssrc of others) secondary.add(ssrc)
    const rtx = others[0]
    // A member that no a=ssrc line describes is not a source (RFC 5576 section 4.2).
    if (group.semantics === 'FID' && rtx !== undefined && draft.ssrcs.includes(rtx)) rtxOf.set(primary, rtx)
  }
  return draft.ssrcs
    .filter((ssrc) => !secondary.has(ssrc))
    .map((ssrc) => ({ ssrc, rtxSsrc: rtxOf.get(ssrc) }))
}
