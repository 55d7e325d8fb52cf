// Remembers which packet went out under which number, so that a subscriber's NACK finds it in the publisher's history.
import type { MediaKind } from './codec/codec.ts'
import { MAX_RETRANSMISSIONS_PER_PACKET, MIN_RETRANSMISSION_SPACING_MS } from './limits.ts'
import { distance32, outgoing, type IncomingSequence, type OutgoingSequence } from './sequence-number.ts'

/** Packets remembered, powers of two: as many as the publisher's history keeps. */
const VIDEO_SLOTS = 512
const AUDIO_SLOTS = 256

/** Bits of the slot word: one to tell it from an empty one, eight for the layer, the rest for the tries. */
const USED = 0x1000

/** Numbers sent on one down-track. */
export class Sequencer {
  readonly #slots: number
  #sent = new Uint32Array(0)
  #source = new Uint32Array(0)
  #timestamps = new Int32Array(0)
  /** ms modulo 2^32, of use only after the first try. */
  #retransmittedAt = new Int32Array(0)
  #words = new Uint16Array(0)
  #found = 0

  constructor(kind: MediaKind) {
    this.#slots = kind === 'video' ? VIDEO_SLOTS : AUDIO_SLOTS
  }

  /** Bytes held; nothing before the first packet. */
  get byteLength(): number {
    return this.#sent.length * 18
  }

  /** Notes that `source` of a layer went out as `sent` with a timestamp. */
  push(sent: OutgoingSequence, source: IncomingSequence, layerId: number, timestamp: number): void {
    if (this.#sent.length === 0) this.#allocate()
    const slot = sent & (this.#slots - 1)
    this.#sent[slot] = sent
    this.#source[slot] = source
    this.#timestamps[slot] = timestamp
    this.#words[slot] = USED | (layerId << 4)
  }

  /**
   * Whether `sent` is known and may be retransmitted now: not within 100 ms or `rtt` of the last time, three times at most.
   * If so it counts as done, and `layerId`, `timestamp` and `source` tell of it.
   */
  take(now: number, sent: OutgoingSequence, rtt: number): boolean {
    if (this.#sent.length === 0) return false
    const slot = sent & (this.#slots - 1)
    const word = this.#words[slot] ?? 0
    if ((word & USED) === 0 || this.#sent[slot] !== sent >>> 0) return false
    const spacing = Math.max(MIN_RETRANSMISSION_SPACING_MS, rtt)
    const tries = word & 0xf
    if (tries >= MAX_RETRANSMISSIONS_PER_PACKET) return false
    if (tries > 0 && distance32(now | 0, this.#retransmittedAt[slot] ?? 0) < spacing) return false
    this.#words[slot] = word + 1
    this.#retransmittedAt[slot] = now | 0
    this.#found = slot
    return true
  }

  /** Layer of the packet taken last. */
  get layerId(): number {
    return ((this.#words[this.#found] ?? 0) >> 4) & 0xff
  }

  /** Timestamp the packet taken last was sent with. */
  get timestamp(): number {
    return this.#timestamps[this.#found] ?? 0
  }

  /** Sequence number in its source of the packet taken last; `highest` is the source's newest. */
  source(highest: IncomingSequence): IncomingSequence {
    const behind = distance32(highest, this.#source[this.#found] ?? 0)
    return (highest - behind) as IncomingSequence
  }

  #allocate(): void {
    this.#sent = new Uint32Array(this.#slots)
    this.#source = new Uint32Array(this.#slots)
    this.#timestamps = new Int32Array(this.#slots)
    this.#retransmittedAt = new Int32Array(this.#slots)
    this.#words = new Uint16Array(this.#slots)
  }
}

/** The extended number nearest below or at `newest` with these low 16 bits. */
export function extendSent(newest: OutgoingSequence, low16: number): OutgoingSequence {
  return outgoing(newest - ((newest - low16) & 0xffff))
}
