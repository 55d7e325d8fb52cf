// Names what the engine must know of a codec; adding a codec is adding a file beside this one.

export type CodecName = 'opus' | 'vp8'
export type MediaKind = 'audio' | 'video'

/** The payload of one codec as far as forwarding looks into it. */
export interface Codec {
  readonly name: CodecName
  readonly kind: MediaKind
  /** Whether decoding can only begin at some packets; if not, every packet is a beginning. */
  readonly hasKeyframes: boolean
  /** Whether the payload `[offset, end)` is the first packet of a frame that decodes without earlier ones. */
  isKeyframeStart(buffer: Uint8Array, offset: number, end: number): boolean
}
