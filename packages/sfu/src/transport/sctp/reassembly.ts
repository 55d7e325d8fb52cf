// Puts fragments back together and hands whole messages out, in stream order or as soon as they are complete
// (RFC 9260, 6.5, 6.6 and 6.9; skipping: RFC 3758, 3.6).
//
// assumes: the fragments of a message have consecutive TSNs (no I-DATA).
import type { DataChunk } from './chunks.ts'
import { CHUNK_OVERHEAD_BYTES } from './limits.ts'
import { concatBytes } from './parameters.ts'
import { unwrapSsn } from './serial.ts'

/** A whole message as it arrived; `data` is our own copy. */
export interface IncomingMessage {
  readonly streamId: number
  readonly ppid: number
  readonly data: Uint8Array
}

/** Neighbouring fragments of one message. */
interface Run {
  readonly streamId: number
  readonly ssn: number
  readonly ppid: number
  readonly unordered: boolean
  firstTsn: number
  lastTsn: number
  begin: boolean
  end: boolean
  bytes: number
  parts: Uint8Array[]
}

interface StreamState {
  /** Next SSN to hand out, full number. */
  expected: number
  /** Complete ordered messages that came too early, by full SSN. */
  readonly waiting: Map<number, Run>
}

/** Receiver half of messages. The caller has sorted out duplicates and TSNs too far ahead. */
export class Reassembly {
  readonly #maxMessageSize: number
  readonly #deliver: (message: IncomingMessage) => void
  readonly #streams = new Map<number, StreamState>()
  readonly #byFirst = new Map<number, Run>()
  readonly #byLast = new Map<number, Run>()
  #bufferedBytes = 0

  /**
   * @param maxMessageSize bytes
   * @param deliver called for each message, in the order they are to be seen
   */
  constructor(maxMessageSize: number, deliver: (message: IncomingMessage) => void) {
    this.#maxMessageSize = maxMessageSize
    this.#deliver = deliver
  }

  /** Bytes held in fragments and early messages, overhead included. */
  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  /**
   * Takes a DATA chunk that was not seen before.
   * @param tsn full number
   * @param cumulative the cumulative TSN before this chunk, full number
   * @returns false when its message grows beyond the allowed size
   */
  add(chunk: DataChunk, tsn: number, cumulative: number): boolean {
    if (chunk.data.length > this.#maxMessageSize) return false
    // What preceded it is gone: the rest of a skipped message, or an end without a beginning.
    if (!chunk.begin && tsn - 1 <= cumulative && !this.#byLast.has(tsn - 1)) return true
    let run: Run = {
      streamId: chunk.streamId,
      ssn: chunk.ssn,
      ppid: chunk.ppid,
      unordered: chunk.unordered,
      firstTsn: tsn,
      lastTsn: tsn,
      begin: chunk.begin,
      end: chunk.end,
      bytes: chunk.data.length,
      // The packet belongs to the caller.
      parts: [chunk.data.slice()],
    }
    this.#bufferedBytes += cost(run)
    this.#index(run)
    const left = this.#byLast.get(tsn - 1)
    if (left && belongTogether(left, run)) run = this.#join(left, run)
    const right = this.#byFirst.get(tsn + 1)
    if (right && belongTogether(run, right)) run = this.#join(run, right)
    if (run.bytes > this.#maxMessageSize) return false
    if (run.begin && run.end) this.#complete(run)
    return true
  }

  /**
   * FORWARD-TSN: forgets unfinished messages up to `tsn` and lets the named streams go on after the skipped messages.
   * @param tsn new cumulative TSN, full number, greater than the one before
   */
  skip(tsn: number, streams: readonly { readonly streamId: number; readonly ssn: number }[]): void {
    for (const run of this.#byFirst.values()) {
      if (run.firstTsn <= tsn || (run.firstTsn === tsn + 1 && !run.begin)) this.#remove(run)
    }
    for (const { streamId, ssn } of streams) {
      const stream = this.#stream(streamId)
      const skipped = unwrapSsn(ssn, stream.expected)
      if (skipped < stream.expected) continue
      const early = [...stream.waiting.keys()].filter((waiting) => waiting <= skipped).sort((a, b) => a - b)
      for (const waiting of early) this.#handOut(stream, waiting)
      stream.expected = skipped + 1
      this.#handOutNext(stream)
    }
  }

  /** The peer reset this stream: its next message has SSN 0 (RFC 6525, 5.2.2). */
  resetStream(streamId: number): void {
    const stream = this.#streams.get(streamId)
    if (!stream) return
    for (const run of stream.waiting.values()) this.#bufferedBytes -= cost(run)
    this.#streams.delete(streamId)
  }

  /** Streams that carried ordered data since their last reset. */
  get streamIds(): number[] {
    return [...this.#streams.keys()]
  }

  #complete(run: Run): void {
    this.#unindex(run)
    if (run.unordered) {
      this.#bufferedBytes -= cost(run)
      this.#deliver(messageOf(run))
      return
    }
    const stream = this.#stream(run.streamId)
    const ssn = unwrapSsn(run.ssn, stream.expected)
    if (ssn < stream.expected || stream.waiting.has(ssn)) {
      this.#bufferedBytes -= cost(run) // A sequence number used twice: there is no order left to keep.
      return
    }
    stream.waiting.set(ssn, run)
    this.#handOutNext(stream)
  }

  #handOutNext(stream: StreamState): void {
    while (this.#handOut(stream, stream.expected)) stream.expected++
  }

  #handOut(stream: StreamState, ssn: number): boolean {
    const run = stream.waiting.get(ssn)
    if (!run) return false
    stream.waiting.delete(ssn)
    this.#bufferedBytes -= cost(run)
    this.#deliver(messageOf(run))
    return true
  }

  /** Joins two neighbours into one run, moving the shorter list of parts. */
  #join(left: Run, right: Run): Run {
    this.#unindex(left)
    this.#unindex(right)
    if (left.parts.length >= right.parts.length) for (const part of right.parts) left.parts.push(part)
    else {
      right.parts.unshift(...left.parts)
      left.parts = right.parts
    }
    left.lastTsn = right.lastTsn
    left.end = right.end
    left.bytes += right.bytes
    this.#index(left)
    return left
  }

  #remove(run: Run): void {
    this.#unindex(run)
    this.#bufferedBytes -= cost(run)
  }

  #index(run: Run): void {
    this.#byFirst.set(run.firstTsn, run)
    this.#byLast.set(run.lastTsn, run)
  }

  #unindex(run: Run): void {
    this.#byFirst.delete(run.firstTsn)
    this.#byLast.delete(run.lastTsn)
  }

  #stream(streamId: number): StreamState {
    let stream = this.#streams.get(streamId)
    if (!stream) {
      stream = { expected: 0, waiting: new Map() }
      this.#streams.set(streamId, stream)
    }
    return stream
  }
}

/** Neighbours of one message: nothing ends or begins between them and all fields agree. */
function belongTogether(left: Run, right: Run): boolean {
  if (left.end || right.begin || left.streamId !== right.streamId) return false
  return left.unordered === right.unordered && (left.unordered || left.ssn === right.ssn)
}

function cost(run: Run): number {
  return run.bytes + run.parts.length * CHUNK_OVERHEAD_BYTES
}

function messageOf(run: Run): IncomingMessage {
  const [only] = run.parts
  const data = only && run.parts.length === 1 ? only : concatBytes(run.parts)
  return { streamId: run.streamId, ppid: run.ppid, data }
}
