// Gives the packets of one down-track contiguous sequence numbers and a continuous timestamp, whatever is left out or switched.
import { RangeMap, UNMAPPED } from './range-map.ts'
import type { SenderClock } from './sender-clock.ts'
import {
  distance32,
  NO_SEQUENCE,
  outgoing,
  type IncomingSequence,
  type OutgoingSequence,
} from './sequence-number.ts'

/** A mapped timestamp that lags the expected one by more than this after an unmute, s, would show as a jump in lip-sync. */
export const UNMUTE_LAG_SECONDS = 0.2
/** The same after other pauses: encoders stall for a second without anything being wrong. */
export const RESUME_LAG_SECONDS = 2

/** Where a stream to a subscriber stands; lets a later down-track with the same SSRC go on from there. */
export interface MungerPosition {
  readonly sequence: OutgoingSequence
  /** Signed 32 bits. */
  readonly timestamp: number
  /** When that packet was sent, ms. */
  readonly sentAt: number
}

/** Sequence numbers and timestamps of one down-track. */
export class RtpMunger {
  readonly #clockRate: number
  readonly #ranges = new RangeMap()
  #newestIn = -1
  #lastOut: number
  #timestampOffset = 0
  #lastTimestamp = 0
  #lastSentAt = 0
  #begun = false

  /** Begins after `firstSequence - 1`, or goes on at a position. */
  constructor(clockRate: number, firstSequence: number, position?: MungerPosition) {
    this.#clockRate = clockRate
    this.#lastOut = position ? position.sequence : firstSequence - 1
    if (position) {
      this.#begun = true
      this.#lastTimestamp = position.timestamp
      this.#lastSentAt = position.sentAt
    }
  }

  /** Highest number given out. */
  get lastSequence(): OutgoingSequence {
    return outgoing(this.#lastOut)
  }

  /** Highest number of the source that was mapped or left out since the start; -1 before. */
  get newestIncoming(): number {
    return this.#newestIn
  }

  /** Highest timestamp given out, signed 32 bits. */
  get lastTimestamp(): number {
    return this.#lastTimestamp
  }

  /** Added to publisher timestamps modulo 2^32. */
  get timestampOffset(): number {
    return this.#timestampOffset
  }

  /** Where the stream stands, undefined before its first packet. */
  position(): MungerPosition | undefined {
    if (!this.#begun) return undefined
    return { sequence: this.lastSequence, timestamp: this.#lastTimestamp, sentAt: this.#lastSentAt }
  }

  /**
   * Lets the packet `sequence` be the next one after whatever was sent before. `mapped` is its timestamp in the down-track's
   * time as far as the source's own clock tells (see `mappedTimestamp`), `timestamp` its own.
   */
  start(now: number, sequence: IncomingSequence, timestamp: number, mapped: number, maxLag: number): void {
    this.#ranges.start(sequence, sequence - (this.#lastOut + 1))
    this.#newestIn = sequence - 1
    if (!this.#begun) {
      this.#begun = true
      this.#timestampOffset = 0
      this.#lastTimestamp = timestamp
      this.#lastSentAt = now
      return
    }
    const expected = this.#expectedTimestamp(now)
    const lag = distance32(expected, mapped)
    let chosen = lag > maxLag * this.#clockRate ? expected : mapped
    if (distance32(chosen, this.#lastTimestamp) < 1) chosen = (this.#lastTimestamp + 1) | 0
    this.#timestampOffset = (chosen - timestamp) | 0
  }

  /**
   * A timestamp of the source that is about to flow in the down-track's time. The same source: by the offset so far. Another
   * one: over the wall clock of both sources' reports, and by time of arrival while one of them has sent none.
   */
  mappedTimestamp(
    now: number,
    timestamp: number,
    from: SenderClock,
    before: SenderClock | undefined,
  ): number {
    if (before === from) return (timestamp + this.#timestampOffset) | 0
    if (!before?.isKnown || !from.isKnown) return this.#expectedTimestamp(now)
    return (before.rtpAtNtp(from.ntpMsOf(timestamp)) + this.#timestampOffset) | 0
  }

  /** The outgoing number of a packet, NO_SEQUENCE if it has none (left out, or from before the start). */
  map(now: number, sequence: IncomingSequence, timestamp: number): OutgoingSequence {
    if (sequence <= this.#newestIn) {
      const late = this.#ranges.map(sequence)
      return outgoing(late === UNMAPPED ? NO_SEQUENCE : late)
    }
    this.#newestIn = sequence
    this.#lastOut = sequence - this.#ranges.shift
    this.#lastTimestamp = (timestamp + this.#timestampOffset) | 0
    this.#lastSentAt = now
    return outgoing(this.#lastOut)
  }

  /** Leaves a packet out. One whose number is kept free already must go out all the same: that number is returned. */
  skip(sequence: IncomingSequence): OutgoingSequence {
    if (sequence <= this.#newestIn) {
      const late = this.#ranges.map(sequence)
      return outgoing(late === UNMAPPED ? NO_SEQUENCE : late)
    }
    this.#ranges.exclude(sequence)
    this.#newestIn = sequence
    return outgoing(NO_SEQUENCE)
  }

  #expectedTimestamp(now: number): number {
    return (this.#lastTimestamp + Math.round(((now - this.#lastSentAt) * this.#clockRate) / 1000)) | 0
  }
}
