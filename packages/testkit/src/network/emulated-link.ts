// One direction of an emulated network under virtual time: decides for each datagram whether, when and how often it arrives.
import type { SeededRandom } from '../time/seeded-random.ts'

/** What the link does to datagrams; everything left out is ideal. */
export interface LinkConditions {
  /** Probability from 0 to 1 that a datagram is lost. */
  loss?: number
  /** Probability that a datagram arrives twice. */
  duplicates?: number
  /** Constant one-way delay in ms. */
  delay?: number
  /** Additional random delay from 0 to this many ms; datagrams keep their order. */
  jitter?: number
  /** Probability that a datagram is held back by `reorderBy` and is overtaken by later ones. */
  reorder?: number
  /** How long a held-back datagram waits, in ms; 20 unless told. */
  reorderBy?: number
  /** Bottleneck in bits per second; datagrams queue before it. */
  rate?: number
  /** Bytes that may wait before the bottleneck; what does not fit is dropped. 64 KiB unless told, a usual router queue. */
  queueBytes?: number
}

/** What has happened on the link so far, in datagrams. */
export interface LinkCounters {
  sent: number
  lost: number
  duplicated: number
  reordered: number
  /** Dropped because the queue before the bottleneck was full. */
  overflowed: number
  delivered: number
}

interface Flight<Datagram> {
  at: number
  datagram: Datagram
}

const REORDER_BY_MS = 20
const QUEUE_BYTES = 65_536

/**
 * A one-way link for datagrams of any shape. Use: `send(now, datagram, size)`, then `receive(now)` until undefined;
 * `deadline()` says when the next datagram arrives.
 */
export class EmulatedLink<Datagram> {
  readonly counters: LinkCounters = {
    sent: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    overflowed: 0,
    delivered: 0,
  }
  readonly #random: SeededRandom
  #conditions: LinkConditions
  #inFlight: Flight<Datagram>[] = []
  /** When the bottleneck has finished with everything accepted so far, in ms. */
  #busyUntil = 0
  /** Latest arrival among the datagrams that keep their order, in ms. */
  #lastArrival = 0

  constructor(random: SeededRandom, conditions: LinkConditions = {}) {
    this.#random = random
    this.#conditions = conditions
  }

  /** Changes the weather for datagrams sent from now on. */
  setConditions(conditions: LinkConditions): void {
    this.#conditions = conditions
  }

  /** @param size bytes on the wire; matters only with a `rate` */
  send(now: number, datagram: Datagram, size: number = 0): void {
    this.counters.sent++
    // Drawn for every datagram, lost or not, so that one changed probability does not shift all later draws.
    const lost = this.#random.chance(this.#conditions.loss ?? 0)
    const twice = this.#random.chance(this.#conditions.duplicates ?? 0)
    const late = this.#random.chance(this.#conditions.reorder ?? 0)
    const jitter = this.#random.fraction() * (this.#conditions.jitter ?? 0)
    const departure = this.#passBottleneck(now, size)
    if (departure === undefined) {
      this.counters.overflowed++
      return
    }
    if (lost) {
      this.counters.lost++
      return
    }
    const arrival = this.#arrival(departure + (this.#conditions.delay ?? 0) + jitter, late)
    this.#schedule(arrival, datagram)
    if (!twice) return
    this.counters.duplicated++
    this.#schedule(arrival, datagram)
  }

  /** The next datagram that has arrived by `now`, in order of arrival; undefined when there is none. */
  receive(now: number): Datagram | undefined {
    const first = this.#inFlight[0]
    if (first === undefined || first.at > now) return undefined
    this.#inFlight.shift()
    this.counters.delivered++
    return first.datagram
  }

  /** Time of the next arrival in ms; undefined when nothing is in flight. */
  deadline(): number | undefined {
    return this.#inFlight[0]?.at
  }

  /** When the datagram has left the bottleneck; undefined when the queue has no room for it. */
  #passBottleneck(now: number, size: number): number | undefined {
    const { rate, queueBytes = QUEUE_BYTES } = this.#conditions
    if (rate === undefined) return now
    const start = Math.max(now, this.#busyUntil)
    const waitingBytes = ((start - now) * rate) / 8000
    if (waitingBytes + size > queueBytes) return undefined
    this.#busyUntil = start + (size * 8000) / rate
    return this.#busyUntil
  }

  #arrival(planned: number, late: boolean): number {
    if (late) {
      this.counters.reordered++
      return planned + (this.#conditions.reorderBy ?? REORDER_BY_MS)
    }
    this.#lastArrival = Math.max(this.#lastArrival, planned)
    return this.#lastArrival
  }

  /** Keeps the datagrams sorted by arrival; of one instant, the earlier sent comes first. */
  #schedule(at: number, datagram: Datagram): void {
    let index = this.#inFlight.length
    while (index > 0 && (this.#inFlight[index - 1]?.at ?? 0) > at) index--
    this.#inFlight.splice(index, 0, { at, datagram })
  }
}
