// Decides what leaves next: works off SACKs, repeats lost chunks, lets new ones out as both windows allow and tells the peer
// what was given up (RFC 9260, 6.1 to 6.3 and 7.2; RFC 3758, 3.5).
import { DATA_HEADER_BYTES, encodeDataHeader, encodeForwardTsn, type SackChunk } from './chunks.ts'
import { CongestionWindow, RoundTrip } from './congestion.ts'
import { Flight, type SentChunk } from './flight.ts'
import { MAX_OUTSTANDING_CHUNKS } from './limits.ts'
import { COMMON_HEADER_BYTES, type PacketWriter, padded } from './packet.ts'
import type { SendQueue } from './send-queue.ts'
import { unwrapTsn } from './serial.ts'

export interface OutboundOptions {
  readonly mtu: number
  /** Our first TSN, wire value. */
  readonly initialTsn: number
  /** First a_rwnd of the peer, bytes. */
  readonly peerWindow: number
  /** Whether the peer understands FORWARD-TSN; without it every message is reliable. */
  readonly partialReliability: boolean
  readonly queue: SendQueue
}

/** stale: old or impossible, nothing changed; advanced: the cumulative TSN moved; same: anything else. */
export type AckResult = 'stale' | 'same' | 'advanced'

/** Sender half of an association. Timers belong to the caller: see `wantsTimer` and `AckResult`. */
export class Outbound {
  readonly roundTrip: RoundTrip = new RoundTrip()
  readonly #options: OutboundOptions
  /** A DATA chunk that fills a packet, bytes. */
  readonly #largestChunk: number
  readonly #congestion: CongestionWindow
  readonly #flight: Flight
  #peerWindow: number
  #recoveryExit: number | undefined
  /** One packet may leave at once after a fast retransmit, whatever the window says (RFC 9260, 7.2.4). */
  #freePacket = false
  #forwardDue = false
  #forwardSentAt = 0
  #retransmittedChunks = 0

  constructor(options: OutboundOptions) {
    this.#options = options
    this.#largestChunk = (options.mtu - COMMON_HEADER_BYTES) & ~3
    this.#congestion = new CongestionWindow(this.#largestChunk, options.peerWindow)
    this.#flight = new Flight(options.queue, options.initialTsn, options.partialReliability)
    this.#peerWindow = options.peerWindow
  }

  /** The TSN given out last, full number. */
  get lastTsn(): number {
    return this.#flight.nextTsn - 1
  }

  /** True while something sent is neither acknowledged nor skipped: T3-rtx must run. */
  get wantsTimer(): boolean {
    return this.#flight.length > 0
  }

  get retransmittedChunks(): number {
    return this.#retransmittedChunks
  }

  get abandonedMessages(): number {
    return this.#flight.abandonedMessages
  }

  /** True when DATA waits and the congestion window is open: the next packet will probably carry some. */
  get hasSendable(): boolean {
    const isWaiting = this.#flight.lostChunks > 0 || !this.#options.queue.isEmpty
    return isWaiting && (this.#freePacket || this.#flight.bytes < this.#congestion.size)
  }

  /** True when `takeForwardTsn` has something to say. */
  get hasForwardTsn(): boolean {
    return this.#forwardDue
  }

  /** Works off a SACK. */
  handleSack(now: number, sack: SackChunk): AckResult {
    const flight = this.#flight
    const cumulative = unwrapTsn(sack.cumulativeTsn, flight.acked)
    const gaps = sack.gaps.toSorted((a, b) => a.start - b.start)
    const highest = cumulative + (gaps.at(-1)?.end ?? 0)
    const isSound = highest < flight.nextTsn && gaps.every((gap) => gap.start > 0 && gap.end >= gap.start)
    if (cumulative < flight.acked || !isSound) return 'stale'
    const wasFull = flight.bytes >= this.#congestion.size
    const advanced = cumulative > flight.acked
    const removed = flight.removeUpTo(now, cumulative)
    if (removed.roundTrip !== undefined) this.roundTrip.measure(removed.roundTrip)
    const blocks = flight.markGaps(gaps)
    this.#peerWindow = sack.window
    if (this.#recoveryExit !== undefined && cumulative >= this.#recoveryExit) this.#recoveryExit = undefined
    const inRecovery = this.#recoveryExit !== undefined
    if (advanced && !inRecovery) this.#congestion.grow(removed.bytes + blocks.bytes, wasFull)
    const hasLost = flight.countMisses(now, inRecovery && advanced ? highest : blocks.highest)
    if (hasLost && !inRecovery) this.#enterRecovery()
    if (flight.length === 0) this.#congestion.onDrained()
    this.#advance(now, false)
    return advanced ? 'advanced' : 'same'
  }

  /** A SHUTDOWN chunk acknowledges cumulatively, without gap blocks or a window (RFC 9260, 3.3.8). */
  handleCumulativeAck(now: number, cumulativeTsn: number): AckResult {
    return this.handleSack(now, { cumulativeTsn, window: this.#peerWindow, gaps: [], duplicates: [] })
  }

  /** T3-rtx ran out (RFC 9260, 6.3.3). */
  handleTimeout(now: number): void {
    if (this.#flight.bytes > 0 || this.#flight.lostChunks > 0) this.#congestion.onTimeout()
    this.#recoveryExit = undefined
    this.#flight.loseOlderThan(now, this.roundTrip.smoothed ?? this.roundTrip.rto)
    this.#freePacket = this.#flight.lostChunks > 0
    this.#advance(now, true)
  }

  /** Takes the FORWARD-TSN chunk that is due, or undefined (RFC 3758, 3.5). */
  takeForwardTsn(now: number): Uint8Array | undefined {
    if (!this.#forwardDue) return undefined
    this.#forwardDue = false
    this.#forwardSentAt = now
    const { cumulative, streams } = this.#flight.skipped()
    return encodeForwardTsn({
      cumulativeTsn: cumulative >>> 0,
      streams: [...streams].map(([streamId, ssn]) => ({ streamId, ssn })),
    })
  }

  /**
   * Fills the packet with lost chunks, oldest first, then new ones, as far as both windows allow.
   * @param immediate sets the I bit on every chunk: the peer shall not delay its SACK
   * @returns none: no DATA was added; oldest: the oldest chunk was repeated, T3-rtx starts anew (RFC 9260, 7.2.4); some: otherwise
   */
  fill(now: number, writer: PacketWriter, immediate: boolean): 'none' | 'some' | 'oldest' {
    const isOldestLost = this.#flight.at(0)?.state === 'lost'
    const hasRepeated = this.#flight.lostChunks > 0 && this.#fillLost(now, writer)
    const hasNew = this.#flight.lostChunks === 0 && this.#fillNew(now, writer, immediate)
    if (hasRepeated && isOldestLost) return 'oldest'
    return hasRepeated || hasNew ? 'some' : 'none'
  }

  #fillLost(now: number, writer: PacketWriter): boolean {
    const flight = this.#flight
    const isFree = this.#freePacket
    let added = false
    for (let index = 0; index < flight.length && flight.lostChunks > 0; index++) {
      const chunk = flight.at(index)
      if (chunk?.state !== 'lost') continue
      if (flight.abandonIfDue(now, chunk)) {
        this.#advance(now, false)
        continue
      }
      if (chunk.wireBytes > writer.room || !(isFree || this.#mayCarry(chunk))) break
      this.#retransmittedChunks++
      // The peer's delayed SACK would only prolong a repair (RFC 9260, 3.3.1, I bit).
      this.#write(now, writer, chunk, true)
      added = true
    }
    if (added || flight.lostChunks === 0) this.#freePacket = false
    return added
  }

  #fillNew(now: number, writer: PacketWriter, immediate: boolean): boolean {
    const { queue } = this.#options
    const packetRoom = this.#largestChunk - DATA_HEADER_BYTES
    let added = false
    while (this.#flight.length < MAX_OUTSTANDING_CHUNKS) {
      const room = writer.room - DATA_HEADER_BYTES
      const length = room > 0 ? queue.peekLength(now, room) : 0
      if (length === 0) break
      this.#congestion.onUse(now, this.roundTrip.rto)
      const isOpen = this.#flight.bytes < this.#congestion.size
      if (!isOpen || !this.#fitsPeerWindow(DATA_HEADER_BYTES + padded(length))) break
      const fragment = queue.take(now, room, packetRoom)
      if (!fragment) break
      this.#write(now, writer, this.#flight.add(fragment), immediate)
      added = true
    }
    return added
  }

  #write(now: number, writer: PacketWriter, chunk: SentChunk, immediate: boolean): void {
    const { message, offset, length, begin, end } = chunk
    this.#flight.sent(now, chunk)
    const data = message.data.subarray(offset, offset + length)
    const { streamId, ssn, ppid, unordered } = message
    const header = { tsn: chunk.tsn >>> 0, streamId, ssn, ppid, unordered, begin, end, immediate, data }
    writer.addData(encodeDataHeader(header), data)
  }

  /** One chunk may always be on its way, to learn of a reopened window (RFC 9260, 6.1, rule A). */
  #fitsPeerWindow(wireBytes: number): boolean {
    return this.#flight.bytes === 0 || this.#flight.bytes + wireBytes <= this.#peerWindow
  }

  /** The oldest chunk is what a full receiver waits for, so the peer's window does not hold it back. */
  #mayCarry(chunk: SentChunk): boolean {
    if (this.#flight.bytes >= this.#congestion.size) return false
    return chunk === this.#flight.at(0) || this.#fitsPeerWindow(chunk.wireBytes)
  }

  #enterRecovery(): void {
    this.#congestion.onFastRetransmit()
    this.#recoveryExit = this.lastTsn
    this.#freePacket = this.#flight.lostChunks > 0
  }

  /** Settles whether a FORWARD-TSN is due (RFC 3758, 3.5, rules C3 to C5). */
  #advance(now: number, timedOut: boolean): void {
    const hasMoved = this.#flight.advance()
    // Told once already: again only when the answer is overdue, not with every SACK of a round trip.
    const isOverdue = now - this.#forwardSentAt >= (this.roundTrip.smoothed ?? this.roundTrip.rto)
    if (this.#flight.advancedAck === this.#flight.acked) this.#forwardDue = false
    else if (hasMoved || timedOut || isOverdue) this.#forwardDue = true
  }
}
