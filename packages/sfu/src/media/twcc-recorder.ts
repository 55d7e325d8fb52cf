// Records when packets of one peer arrived and decides when to tell it (transport-wide congestion control, livekit-protocol.md section 6).
import { extendNear } from './sequence-number.ts'
import {
  LARGE_DELTA,
  LOST,
  SMALL_DELTA,
  writeTransportFeedback,
  type TransportFeedback,
} from './rtcp/transport-feedback.ts'

/** Arrivals remembered: four seconds at 250 packets a second, far more than a feedback interval. */
const WINDOW = 1024

/** Packets per feedback packet: even if all have large deltas and the costliest chunks it stays below 1,000 bytes. */
const MAX_STATUSES = 400

/** Feedback is due after so many packets at once, after some packets and ms, or at a frame's end and ms. */
const MANY_PACKETS = 100
const SOME_PACKETS = 20
const SOME_PACKETS_MS = 100
const FRAME_END_MS = 50

/** Nothing waits longer than this, ms: a sender takes silence of about half a second for congestion. */
const MAX_WAIT_MS = 250

/** Arrival times count in ticks of 250 us, the reference time in units of 256 ticks. */
const TICKS_PER_MS = 4
const TICKS_PER_REFERENCE = 256

/** Arrivals of one peer's packets by transport-wide sequence number. */
export class TwccRecorder {
  // Made with the first packet: most peers of a large meeting only watch.
  #arrivals = new Float64Array(0)
  #statuses = new Uint8Array(0)
  #deltas = new Int16Array(0)
  #highest = -1
  #next = 0
  #pending = 0
  #lastFeedbackAt = 0
  #feedbackCount = 0
  #mediaSsrc = 0

  /** Notes a packet; true if feedback should go out now. `marker` as in the RTP header. */
  record(now: number, transportSequence: number, mediaSsrc: number, marker: number): boolean {
    if (this.#highest < 0) {
      this.#highest = transportSequence + 0x10000 - 1
      this.#next = this.#highest + 1
      this.#arrivals = new Float64Array(WINDOW).fill(-1)
      this.#statuses = new Uint8Array(MAX_STATUSES)
      this.#deltas = new Int16Array(MAX_STATUSES)
      this.#lastFeedbackAt = now
    }
    const sequence = extendNear(this.#highest, transportSequence)
    if (sequence <= this.#highest - WINDOW) return false
    if (sequence > this.#highest) this.#advance(sequence)
    const slot = sequence & (WINDOW - 1)
    if ((this.#arrivals[slot] ?? 0) >= 0) return false
    this.#arrivals[slot] = Math.round(now * TICKS_PER_MS)
    this.#mediaSsrc = mediaSsrc
    this.#next = Math.min(this.#next, sequence)
    this.#pending++
    return this.#isDue(now - this.#lastFeedbackAt, marker !== 0)
  }

  /** When feedback is due at the latest; Infinity if nothing arrived since the last. */
  deadline(): number {
    return this.#pending > 0 ? this.#lastFeedbackAt + MAX_WAIT_MS : Infinity
  }

  /** Writes one feedback packet (below 1,000 bytes) if something is to be told; returns the offset behind it. Repeat until it writes nothing. */
  write(now: number, buffer: Uint8Array, at: number, senderSsrc: number): number {
    if (this.#pending === 0) return at
    this.#lastFeedbackAt = now
    const first = this.#firstArrived()
    // Losses before the first arrival are told as well, as far as one packet holds them.
    const base = Math.max(this.#next, first - MAX_STATUSES + 1)
    const referenceTime = Math.floor((this.#arrivals[first & (WINDOW - 1)] ?? 0) / TICKS_PER_REFERENCE)
    const statusCount = this.#fill(base, referenceTime)
    this.#next = base + statusCount
    if (this.#next > this.#highest) this.#pending = 0
    const feedback: TransportFeedback = {
      senderSsrc,
      mediaSsrc: this.#mediaSsrc,
      baseSequence: base & 0xffff,
      referenceTime: referenceTime % 0x1000000,
      feedbackCount: this.#feedbackCount,
      statusCount,
      statuses: this.#statuses,
      deltas: this.#deltas,
    }
    this.#feedbackCount = (this.#feedbackCount + 1) & 0xff
    return writeTransportFeedback(buffer, at, feedback)
  }

  #isDue(elapsed: number, isFrameEnd: boolean): boolean {
    if (this.#pending > MANY_PACKETS) return true
    if (this.#pending > SOME_PACKETS && elapsed >= SOME_PACKETS_MS) return true
    return isFrameEnd && elapsed >= FRAME_END_MS
  }

  /** Makes `sequence` the highest; what lies between has not arrived. */
  #advance(sequence: number): void {
    const from = Math.max(this.#highest + 1, sequence - WINDOW + 1)
    for (let skipped = from; skipped <= sequence; skipped++) this.#arrivals[skipped & (WINDOW - 1)] = -1
    this.#highest = sequence
    this.#next = Math.max(this.#next, sequence - WINDOW + 1)
  }

  /** The first arrival to report on, which gives the reference time. */
  #firstArrived(): number {
    let sequence = this.#next
    while (sequence < this.#highest && (this.#arrivals[sequence & (WINDOW - 1)] ?? -1) < 0) sequence++
    return sequence
  }

  /** Fills statuses and deltas from `base` on; ends early where a delta does not fit 16 bits. Returns how many. */
  #fill(base: number, referenceTime: number): number {
    let previous = referenceTime * TICKS_PER_REFERENCE
    const most = Math.min(MAX_STATUSES, this.#highest - base + 1)
    let count = 0
    for (let index = 0; index < most; index++) {
      const arrival = this.#arrivals[(base + index) & (WINDOW - 1)] ?? -1
      this.#statuses[index] = LOST
      this.#deltas[index] = 0
      if (arrival < 0) continue
      const delta = arrival - previous
      if (delta < -0x8000 || delta > 0x7fff) break
      previous = arrival
      this.#statuses[index] = delta >= 0 && delta <= 0xff ? SMALL_DELTA : LARGE_DELTA
      this.#deltas[index] = delta
      // Trailing losses are left to the next feedback: their packets may still be under way.
      count = index + 1
    }
    return count
  }
}
