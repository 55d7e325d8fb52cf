// Keeps every DATA chunk between its first transmission and its cumulative acknowledgement: in flight, lost, acknowledged
// by a gap block or given up (RFC 9260, 6.2.1 and 7.2.4; RFC 3758, 3.5).
//
// assumes: TSNs are given out without holes, so a chunk's place in the list follows from its TSN.
import { DATA_HEADER_BYTES, type SackChunk } from './chunks.ts'
import { Fifo } from './fifo.ts'
import { FAST_RETRANSMIT_MISSES, MAX_FORWARDED_STREAMS, MESSAGE_OVERHEAD_BYTES } from './limits.ts'
import { padded } from './packet.ts'
import type { Fragment, OutgoingMessage, SendQueue } from './send-queue.ts'

/** in-flight: counted against the window; lost: to be sent again; acked: in a gap block; abandoned: skipped by FORWARD-TSN. */
type ChunkState = 'in-flight' | 'lost' | 'acked' | 'abandoned'

export interface SentChunk extends Fragment {
  /** Full number. */
  readonly tsn: number
  /** Bytes of the chunk on the wire, header and padding included. */
  readonly wireBytes: number
  state: ChunkState
  transmissions: number
  misses: number
  sentAt: number
  /** Only acknowledgements of TSNs from here on prove the last transmission lost: they were sent after it. */
  missBarrier: number
}

/** All chunks the peer has not acknowledged cumulatively. */
export class Flight {
  readonly #queue: SendQueue
  readonly #partialReliability: boolean
  readonly #chunks = new Fifo<SentChunk>()
  #nextTsn: number
  #acked: number
  #advancedAck: number
  #bytes = 0
  #lostChunks = 0
  #abandonedMessages = 0

  /**
   * @param initialTsn our first TSN, wire value
   * @param partialReliability whether the peer understands FORWARD-TSN; without it every message is reliable
   */
  constructor(queue: SendQueue, initialTsn: number, partialReliability: boolean) {
    this.#queue = queue
    this.#partialReliability = partialReliability
    this.#nextTsn = initialTsn
    this.#acked = initialTsn - 1
    this.#advancedAck = this.#acked
  }

  /** The TSN the next chunk gets; full number. */
  get nextTsn(): number {
    return this.#nextTsn
  }

  /** Cumulative acknowledgement so far; full number. */
  get acked(): number {
    return this.#acked
  }

  /** Advanced.Peer.Ack.Point of RFC 3758: up to here the peer may consider everything received. */
  get advancedAck(): number {
    return this.#advancedAck
  }

  /** Bytes on the wire and neither acknowledged nor lost. */
  get bytes(): number {
    return this.#bytes
  }

  /** Chunks to be sent again. */
  get lostChunks(): number {
    return this.#lostChunks
  }

  get abandonedMessages(): number {
    return this.#abandonedMessages
  }

  /** Chunks remembered. */
  get length(): number {
    return this.#chunks.length
  }

  /** Chunk `index` places after the cumulative acknowledgement. */
  at(index: number): SentChunk | undefined {
    return this.#chunks.at(index)
  }

  /** Gives the fragment its TSN and remembers it as lost in waiting: `sent` puts it in flight. */
  add(fragment: Fragment): SentChunk {
    const tsn = this.#nextTsn++
    if (fragment.begin) fragment.message.firstTsn = tsn
    const chunk: SentChunk = {
      ...fragment,
      tsn,
      wireBytes: DATA_HEADER_BYTES + padded(fragment.length),
      state: 'lost',
      transmissions: 0,
      misses: 0,
      sentAt: 0,
      missBarrier: tsn + 1,
    }
    this.#chunks.push(chunk)
    this.#lostChunks++
    return chunk
  }

  /** The chunk was written into a packet. */
  sent(now: number, chunk: SentChunk): void {
    if (chunk.transmissions > 0) chunk.missBarrier = this.#nextTsn
    chunk.state = 'in-flight'
    chunk.transmissions++
    chunk.misses = 0
    chunk.sentAt = now
    this.#lostChunks--
    this.#bytes += chunk.wireBytes
  }

  /**
   * Removes what is acknowledged cumulatively (full TSN).
   * @returns bytes acknowledged for the first time, and the age of the newest chunk among them that was sent just once
   */
  removeUpTo(
    now: number,
    cumulative: number,
  ): { readonly bytes: number; readonly roundTrip: number | undefined } {
    let bytes = 0
    let roundTrip: number | undefined
    for (let chunk = this.#chunks.at(0); chunk && chunk.tsn <= cumulative; chunk = this.#chunks.at(0)) {
      this.#chunks.shift()
      if (chunk.state === 'in-flight' && chunk.transmissions === 1) roundTrip = now - chunk.sentAt
      bytes += this.#markAcked(chunk)
      this.#queue.release(chunk.length + (chunk.end ? MESSAGE_OVERHEAD_BYTES : 0))
    }
    this.#acked = cumulative
    return { bytes, roundTrip }
  }

  /**
   * Compares every chunk with sorted gap blocks; one that was acknowledged and is no longer goes back in flight.
   * @returns bytes acknowledged for the first time, and the highest TSN among them (or the cumulative one)
   */
  markGaps(gaps: SackChunk['gaps']): { readonly bytes: number; readonly highest: number } {
    let bytes = 0
    let highest = this.#acked
    let gapIndex = 0
    for (let index = 0; index < this.#chunks.length; index++) {
      const chunk = this.#chunks.at(index)
      if (!chunk) break
      const distance = chunk.tsn - this.#acked
      while ((gaps[gapIndex]?.end ?? Infinity) < distance) gapIndex++
      if ((gaps[gapIndex]?.start ?? Infinity) <= distance) {
        const newBytes = this.#markAcked(chunk)
        if (newBytes > 0) highest = chunk.tsn
        bytes += newBytes
      } else if (chunk.state === 'acked') {
        chunk.state = 'in-flight'
        this.#bytes += chunk.wireBytes
      }
    }
    return { bytes, highest }
  }

  /**
   * Counts a report of missing for each chunk before `newest` (RFC 9260, 7.2.4) and returns true when one became lost.
   * Unlike the RFC, a chunk may be repeated fast more than once, but only on word of chunks sent after its repetition.
   */
  countMisses(now: number, newest: number): boolean {
    let hasLost = false
    for (let index = 0; index < this.#chunks.length; index++) {
      const chunk = this.#chunks.at(index)
      if (!chunk || chunk.tsn >= newest) break
      if (chunk.state !== 'in-flight' || chunk.missBarrier > newest) continue
      if (++chunk.misses < FAST_RETRANSMIT_MISSES) continue
      this.#lose(now, chunk)
      hasLost = true
    }
    return hasLost
  }

  /** T3-rtx ran out: what was sent at least `age` ms ago counts as lost; an answer to anything younger may still be on its way. */
  loseOlderThan(now: number, age: number): void {
    for (let index = 0; index < this.#chunks.length; index++) {
      const chunk = this.#chunks.at(index)
      if (chunk?.state === 'in-flight' && now - chunk.sentAt >= age) this.#lose(now, chunk)
    }
  }

  /** Gives the message of a lost chunk up if its limits forbid sending it again (RFC 3758, 3.5, rules A1 to A3). */
  abandonIfDue(now: number, chunk: SentChunk): boolean {
    if (!this.#partialReliability) return false
    const { maxRetransmits, expiresAt } = chunk.message
    const isWornOut = maxRetransmits !== undefined && chunk.transmissions > maxRetransmits
    const isExpired = expiresAt !== undefined && expiresAt <= now
    if (isWornOut || isExpired) this.#abandon(chunk.message)
    return isWornOut || isExpired
  }

  /** Moves the advanced ack point over given-up chunks (RFC 3758, 3.5, rules C1 and C2); true when it moved. */
  advance(): boolean {
    const before = Math.max(this.#advancedAck, this.#acked)
    this.#advancedAck = before
    for (let index = before - this.#acked; ; index++) {
      const chunk = this.#chunks.at(index)
      if (chunk?.state !== 'abandoned') break
      this.#advancedAck = chunk.tsn
    }
    return this.#advancedAck > before
  }

  /** Content of a FORWARD-TSN: how far to skip (full TSN) and the last skipped SSN of each ordered stream. */
  skipped(): { readonly cumulative: number; readonly streams: ReadonlyMap<number, number> } {
    const streams = new Map<number, number>()
    let cumulative = this.#acked
    for (let index = 0; cumulative < this.#advancedAck; index++) {
      const chunk = this.#chunks.at(index)
      if (!chunk) break
      const { unordered, streamId, ssn } = chunk.message
      if (!unordered) {
        if (streams.size === MAX_FORWARDED_STREAMS && !streams.has(streamId)) break
        streams.set(streamId, ssn)
      }
      cumulative = chunk.tsn
    }
    return { cumulative, streams }
  }

  #lose(now: number, chunk: SentChunk): void {
    this.#bytes -= chunk.wireBytes
    chunk.state = 'lost'
    chunk.misses = 0
    this.#lostChunks++
    this.abandonIfDue(now, chunk)
  }

  /** Bytes acknowledged for the first time by this. */
  #markAcked(chunk: SentChunk): number {
    if (chunk.state === 'acked' || chunk.state === 'abandoned') return 0
    this.#takeOut(chunk)
    chunk.state = 'acked'
    return chunk.wireBytes
  }

  #takeOut(chunk: SentChunk): void {
    if (chunk.state === 'in-flight') this.#bytes -= chunk.wireBytes
    if (chunk.state === 'lost') this.#lostChunks--
  }

  /** Gives up a whole message: its chunks in flight, acknowledged or lost, and what was never sent. */
  #abandon(message: OutgoingMessage): void {
    if (message.abandoned) return
    message.abandoned = true
    this.#abandonedMessages++
    for (let tsn = Math.max(message.firstTsn, this.#acked + 1); tsn < this.#nextTsn; tsn++) {
      const chunk = this.#chunks.at(tsn - this.#acked - 1)
      if (chunk?.message !== message) break
      this.#takeOut(chunk)
      chunk.state = 'abandoned'
    }
    if (message.sent === message.data.length) return
    this.#queue.abandonRest(message)
    // A TSN nobody ever gets: otherwise the first half of this message would touch the beginning of the next one.
    const end = this.add({ message, offset: message.data.length, length: 0, begin: false, end: true })
    this.#takeOut(end)
    end.state = 'abandoned'
  }
}
