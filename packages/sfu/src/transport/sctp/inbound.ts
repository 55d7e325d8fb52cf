// Admits DATA and FORWARD-TSN: enforces the receive window, feeds reassembly and keeps the SACK up to date
// (RFC 9260, 6.2; RFC 3758, 3.6).
import type { DataChunk, ForwardTsnChunk } from './chunks.ts'
import { CHUNK_OVERHEAD_BYTES, MAX_TSN_SPAN, RECEIVE_BUFFER_BYTES } from './limits.ts'
import { Reassembly, type IncomingMessage } from './reassembly.ts'
import { unwrapTsn } from './serial.ts'
import { TsnTracker } from './tsn-tracker.ts'

export interface InboundOptions {
  /** The peer's first TSN, wire value. */
  readonly initialTsn: number
  /** Streams the peer may use: ids below this. */
  readonly streams: number
  readonly maxMessageSize: number
  readonly onMessage: (message: IncomingMessage) => void
}

/** Verdict on a DATA chunk: taken (also duplicates and drops), or what it violates. */
export type DataVerdict = 'taken' | 'invalid-stream' | 'message-too-large'

/** Receiver half of an association. */
export class Inbound {
  readonly #options: InboundOptions
  readonly #tracker: TsnTracker
  readonly #reassembly: Reassembly
  #sawData = false
  /** The first DATA of an association is acknowledged at once (RFC 9260, 6.2), later ones on demand. */
  #immediate = true
  #droppedChunks = 0

  constructor(options: InboundOptions) {
    this.#options = options
    this.#tracker = new TsnTracker(options.initialTsn)
    this.#reassembly = new Reassembly(options.maxMessageSize, options.onMessage)
  }

  /** Full cumulative TSN. */
  get cumulative(): number {
    return this.#tracker.cumulative
  }

  /** DATA chunks dropped because they exceeded the window or the TSN span. */
  get droppedChunks(): number {
    return this.#droppedChunks
  }

  /** Bytes held for unfinished or early messages. */
  get bufferedBytes(): number {
    return this.#reassembly.bufferedBytes
  }

  get sackDeadline(): number | undefined {
    return this.#tracker.deadline
  }

  get isSackDue(): boolean {
    return this.#tracker.isDue
  }

  get isSackPending(): boolean {
    return this.#tracker.isPending
  }

  takeSack(): Uint8Array {
    return this.#tracker.takeSack(Math.max(0, RECEIVE_BUFFER_BYTES - this.#reassembly.bufferedBytes))
  }

  handleTimeout(now: number): void {
    this.#tracker.handleTimeout(now)
  }

  /** Takes one DATA chunk with payload. */
  handleData(chunk: DataChunk): DataVerdict {
    this.#sawData = true
    if (chunk.immediate) this.#immediate = true
    const cumulative = this.#tracker.cumulative
    const tsn = unwrapTsn(chunk.tsn, cumulative)
    if (this.#tracker.isDuplicate(tsn)) return 'taken'
    if (!this.#admits(chunk, tsn)) {
      this.#droppedChunks++
      this.#immediate = true
      return 'taken'
    }
    this.#tracker.add(tsn)
    if (chunk.streamId >= this.#options.streams) return 'invalid-stream'
    return this.#reassembly.add(chunk, tsn, cumulative) ? 'taken' : 'message-too-large'
  }

  /** Skips what the peer gave up. A repetition is answered with a SACK: ours was lost. */
  handleForwardTsn(chunk: ForwardTsnChunk): void {
    const tsn = unwrapTsn(chunk.cumulativeTsn, this.#tracker.cumulative)
    if (tsn > this.#tracker.cumulative) {
      const streams = chunk.streams.filter((stream) => stream.streamId < this.#options.streams)
      this.#reassembly.skip(tsn, streams)
    }
    this.#tracker.skipTo(tsn)
  }

  /** Called once per packet after its chunks: settles when to acknowledge. */
  endPacket(now: number): void {
    if (!this.#sawData) return
    this.#tracker.onDataPacket(now, this.#immediate)
    this.#sawData = false
    this.#immediate = false
  }

  /** The peer's streams start again with SSN 0; an empty list means all of them. */
  resetStreams(streamIds: readonly number[]): void {
    for (const streamId of streamIds.length > 0 ? streamIds : this.#reassembly.streamIds)
      this.#reassembly.resetStream(streamId)
  }

  /**
   * The window is a promise the peer has to keep: data beyond it is dropped unacknowledged.
   * The chunk that closes the first gap may go one message further, or a full buffer could never drain.
   */
  #admits(chunk: DataChunk, tsn: number): boolean {
    const ahead = tsn - this.#tracker.cumulative
    if (ahead > MAX_TSN_SPAN) return false
    const after = this.#reassembly.bufferedBytes + chunk.data.length + CHUNK_OVERHEAD_BYTES
    return after <= RECEIVE_BUFFER_BYTES + (ahead === 1 ? this.#options.maxMessageSize : 0)
  }
}
