// Describes what a session description agreed for one section in which a client sends, as the media engine needs it.
import type { Codec, CodecName, MediaKind } from './codec/codec.ts'
import { opus } from './codec/opus.ts'
import { vp8 } from './codec/vp8.ts'
import type { ExtensionIds } from './rtp-extension.ts'
import type { Ssrc } from './sequence-number.ts'

/** One agreed codec of a section. */
export interface ReceiveCodec {
  readonly payloadType: number
  readonly codec: CodecName
  readonly clockRate: number
  readonly rtxPayloadType?: number | undefined
  readonly nack: boolean
  readonly pli: boolean
  readonly transportCc: boolean
}

/** SSRCs of one encoding, from `a=ssrc` and `a=ssrc-group:FID`. */
export interface ReceiveSsrc {
  readonly ssrc: Ssrc
  readonly rtxSsrc?: Ssrc | undefined
}

/** One section in which the client sends. */
export interface ReceiveSection {
  readonly mid: string
  readonly kind: MediaKind
  readonly codecs: readonly ReceiveCodec[]
  readonly extensions: ExtensionIds
  /** May be empty: the SSRC is then learned from the first packet with the section's mid. */
  readonly ssrcs: readonly ReceiveSsrc[]
}

/** What a payload type of a section stands for. */
export interface PayloadEntry {
  readonly codec: Codec
  /** Payload type of the media itself, also for RTX. */
  readonly payloadType: number
  readonly clockRate: number
  readonly isRtx: boolean
}

const CODECS: Readonly<Record<CodecName, Codec>> = { opus, vp8 }

/** Payload types have 7 bits. */
const PAYLOAD_TYPES = 128

/** The section's payload types as an array to index with one. Codecs of another kind than the section's are left out. */
export function payloadEntries(section: ReceiveSection): readonly (PayloadEntry | undefined)[] {
  const entries: (PayloadEntry | undefined)[] = Array.from({ length: PAYLOAD_TYPES }, () => undefined)
  for (const agreed of section.codecs) {
    const codec = CODECS[agreed.codec]
    if (codec.kind !== section.kind) continue
    const { payloadType, clockRate, rtxPayloadType } = agreed
    if (payloadType >= PAYLOAD_TYPES) continue
    entries[payloadType] = { codec, payloadType, clockRate, isRtx: false }
    if (rtxPayloadType === undefined || rtxPayloadType >= PAYLOAD_TYPES) continue
    entries[rtxPayloadType] = { codec, payloadType, clockRate, isRtx: true }
  }
  return entries
}
