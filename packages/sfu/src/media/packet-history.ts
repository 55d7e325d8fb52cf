// Keeps the last packets of one SSRC in one contiguous ring; the only copy from which all subscribers are served.
//
// The ring starts small and grows while packets are younger than a NACK may be old, so that memory follows the packet rate:
// an idle track has none, a 30 pps layer 96 kB, a 250 pps one 750 kB.
import type { MediaKind } from './codec/codec.ts'
import { MAX_RTP_PACKET_BYTES } from './limits.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { incoming, type IncomingSequence } from './sequence-number.ts'

/** Slots at the start and at most, powers of two so that a slot is a mask; LiveKit keeps 500 video and 200 audio packets. */
const VIDEO_SLOTS = { first: 64, most: 512 }
const AUDIO_SLOTS = { first: 32, most: 256 }

/** First slot size, bytes: Opus speech needs 60 to 200 and grows once if it is more, video fills its packets anyway. */
const AUDIO_SLOT_BYTES = 256

/** A packet younger than this, ms, may still be asked for: five retries over the longest spacing. */
const WANTED_FOR_MS = 2000

/** What happened to a packet offered to the history. */
export const Stored = { fresh: 0, duplicate: 1, tooOld: 2 } as const
export type Stored = (typeof Stored)[keyof typeof Stored]

const NOTHING = new Uint8Array(0)

/** Packets by extended sequence number. */
export class PacketHistory {
  readonly #most: number
  readonly #firstSlots: number
  #slotBytes: number
  #slots = 0
  #bytes: Uint8Array = NOTHING
  #sequences = new Float64Array(0)
  #arrivals = new Float64Array(0)
  #lengths = new Uint16Array(0)
  #highest = -1
  /** Below this nothing is known, so that a duplicate could not be told from a late packet. */
  #floor = 0

  constructor(kind: MediaKind) {
    const slots = kind === 'video' ? VIDEO_SLOTS : AUDIO_SLOTS
    this.#firstSlots = slots.first
    this.#most = slots.most
    this.#slotBytes = kind === 'video' ? MAX_RTP_PACKET_BYTES : AUDIO_SLOT_BYTES
  }

  /** Highest sequence number stored, -1 before the first. */
  get highest(): IncomingSequence {
    return incoming(this.#highest)
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#bytes.length + this.#slots * 18
  }

  /** What the slots lie in; replaced, never rewritten in place, when the ring grows. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** Where in `bytes` a stored packet begins. */
  startOf(sequence: IncomingSequence): number {
    return (sequence & (this.#slots - 1)) * this.#slotBytes
  }

  /** Copies a packet of at most 1,500 bytes in, unless it is known already or too old to tell. */
  store(now: number, sequence: IncomingSequence, packet: RtpPacket): Stored {
    const length = packet.end - packet.start
    if (this.#slots === 0) this.#begin(sequence)
    if (sequence < this.#floor) return Stored.tooOld
    if (this.has(sequence)) return Stored.duplicate
    this.#makeRoom(now, sequence, length)
    const slot = sequence & (this.#slots - 1)
    const target = slot * this.#slotBytes
    // One view per packet received, not per packet forwarded: set() takes 50 ns where a loop takes 100 (60 B) to 840 (1,100 B).
    this.#bytes.set(packet.buffer.subarray(packet.start, packet.end), target)
    this.#sequences[slot] = sequence
    this.#arrivals[slot] = now
    this.#lengths[slot] = length
    if (sequence > this.#highest) this.#highest = sequence
    this.#floor = Math.max(this.#floor, this.#highest - this.#slots + 1)
    return Stored.fresh
  }

  /** Whether this packet is here. */
  has(sequence: IncomingSequence): boolean {
    return this.#slots > 0 && this.#sequences[sequence & (this.#slots - 1)] === sequence
  }

  /** Points the cursor at a stored packet; false if it is not here. */
  read(sequence: IncomingSequence, packet: RtpPacket): boolean {
    if (!this.has(sequence)) return false
    const slot = sequence & (this.#slots - 1)
    const start = slot * this.#slotBytes
    return packet.read(this.#bytes, start, start + (this.#lengths[slot] ?? 0))
  }

  #begin(sequence: IncomingSequence): void {
    this.#allocate(this.#firstSlots, this.#slotBytes)
    this.#floor = sequence - this.#firstSlots + 1
    this.#highest = sequence - 1
  }

  #makeRoom(now: number, sequence: IncomingSequence, length: number): void {
    if (length > this.#slotBytes) this.#allocate(this.#slots, MAX_RTP_PACKET_BYTES)
    while (this.#slots < this.#most && this.#isCrowded(now, sequence)) {
      this.#allocate(this.#slots * 2, this.#slotBytes)
    }
  }

  /** Whether storing this packet would push out one that may still be asked for. */
  #isCrowded(now: number, sequence: IncomingSequence): boolean {
    if (sequence <= this.#highest) return false
    if (sequence - this.#highest >= this.#slots) return true
    return now - (this.#arrivals[sequence & (this.#slots - 1)] ?? 0) < WANTED_FOR_MS
  }

  /** Moves into new arrays; the old bytes stay as they are, for the fan-out may still refer to them. */
  #allocate(slots: number, slotBytes: number): void {
    const bytes = new Uint8Array(slots * slotBytes)
    const sequences = new Float64Array(slots).fill(-1)
    const arrivals = new Float64Array(slots).fill(-Infinity)
    const lengths = new Uint16Array(slots)
    for (let old = 0; old < this.#slots; old++) {
      const sequence = this.#sequences[old] ?? -1
      if (sequence < this.#floor) continue
      const slot = sequence & (slots - 1)
      const start = old * this.#slotBytes
      const length = this.#lengths[old] ?? 0
      bytes.set(this.#bytes.subarray(start, start + length), slot * slotBytes)
      sequences[slot] = sequence
      arrivals[slot] = this.#arrivals[old] ?? 0
      lengths[slot] = length
    }
    this.#bytes = bytes
    this.#sequences = sequences
    this.#arrivals = arrivals
    this.#lengths = lengths
    this.#slots = slots
    this.#slotBytes = slotBytes
  }
}
