// Decides for one down-track which packets of which layer flow, and from which packet on a layer may begin or resume.
//
// Whoever allocates bandwidth sets the target layer; the current one flows on until the target can begin (at a key frame).
import type { ReceiveLayer } from './receive-layer.ts'
import { RESUME_LAG_SECONDS, RtpMunger } from './rtp-munger.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { NO_SEQUENCE, outgoing, type IncomingSequence, type OutgoingSequence } from './sequence-number.ts'

/** Keep or drop, and under which number. */
export class Forwarder {
  readonly munger: RtpMunger
  readonly #hasKeyframes: boolean
  #target: ReceiveLayer | undefined
  #current: ReceiveLayer | undefined
  #isInterrupted = true
  #maxLag = RESUME_LAG_SECONDS
  #startSequence = NO_SEQUENCE

  constructor(munger: RtpMunger, hasKeyframes: boolean) {
    this.munger = munger
    this.#hasKeyframes = hasKeyframes
  }

  /** The layer that should flow; the switch happens at its next beginning. */
  setTarget(layer: ReceiveLayer | undefined): void {
    this.#target = layer
  }

  /** The layer that flows, if any. */
  get current(): ReceiveLayer | undefined {
    return this.#isInterrupted ? undefined : this.#current
  }

  /** Packets are held back from here on; the flow resumes at a beginning, see RtpMunger for `maxLag` in seconds. */
  interrupt(maxLag: number): void {
    this.#isInterrupted = true
    this.#maxLag = maxLag
  }

  /** Whether the flow waits for a key frame of the target. */
  get wantsKeyframe(): boolean {
    return this.#hasKeyframes && (this.#isInterrupted || this.#current !== this.#target)
  }

  /** Whether the flow may begin at this stored key frame: a decoder must not see frames again that it had before. */
  mayBeginAt(layer: ReceiveLayer, first: IncomingSequence): boolean {
    return layer === this.#target && (layer !== this.#current || first > this.munger.newestIncoming)
  }

  /** Whether the flow began with this packet: what came before it in time but not in sequence is still owed. */
  beganWith(layer: ReceiveLayer, sequence: IncomingSequence): boolean {
    return !this.#isInterrupted && this.#current === layer && this.#startSequence === sequence
  }

  /** The number to send a packet under, or NO_SEQUENCE to drop it. `isBeginning` as the codec says. */
  decide(
    now: number,
    layer: ReceiveLayer,
    sequence: IncomingSequence,
    packet: RtpPacket,
    isBeginning: boolean,
  ): OutgoingSequence {
    const isEmpty = packet.payloadLength === 0
    if (this.#isInterrupted || layer !== this.#current) {
      if (layer !== this.#target || isEmpty || !isBeginning) return outgoing(NO_SEQUENCE)
      this.#begin(now, layer, sequence, packet.timestamp)
    }
    // Padding only fills numbers; a late one fills a gap that the subscriber has seen already.
    return isEmpty ? this.munger.skip(sequence) : this.munger.map(now, sequence, packet.timestamp)
  }

  #begin(now: number, layer: ReceiveLayer, sequence: IncomingSequence, timestamp: number): void {
    const mapped = this.munger.mappedTimestamp(now, timestamp, layer.clock, this.#current?.clock)
    this.munger.start(now, sequence, timestamp, mapped, this.#maxLag)
    this.#current = layer
    this.#isInterrupted = false
    this.#startSequence = sequence
  }
}
