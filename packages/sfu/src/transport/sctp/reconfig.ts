// Runs stream resets in both directions (RFC 6525): our own requests one at a time, the peer's with a remembered answer.
//
// omits: SSN/TSN reset, adding streams and incoming reset requests: data channels need none, they are answered "denied".
import { ChunkType, encodeChunk } from './chunks.ts'
import { MAX_RESET_STREAMS } from './limits.ts'
import { viewOf } from './packet.ts'
import { concatBytes, encodeParameter, type Parameter } from './parameters.ts'
import { unwrapTsn } from './serial.ts'

const ReconfigType = {
  outgoingReset: 13,
  incomingReset: 14,
  ssnTsnReset: 15,
  response: 16,
  addOutgoing: 17,
  addIncoming: 18,
} as const

/** Results of RFC 6525, 4.4. */
const Result = {
  nothingToDo: 0,
  performed: 1,
  denied: 2,
  badSequence: 5,
  inProgress: 6,
} as const

interface Request {
  readonly sequence: number
  readonly streams: readonly number[]
  readonly chunk: Uint8Array
}

interface DeferredReset {
  readonly sequence: number
  readonly lastTsn: number
  readonly streams: readonly number[]
}

/** What the owner has to do. An empty list of streams in `incoming` means all of them. */
export interface ReconfigHandler {
  /** The peer has reset (or refused to reset) these outgoing streams. */
  readonly onOutgoing: (streams: readonly number[], performed: boolean) => void
  /** The peer reset these of its streams towards us. */
  readonly onIncoming: (streams: readonly number[]) => void
  /** A RE-CONFIG chunk to send. */
  readonly send: (chunk: Uint8Array) => void
}

/** Stream resets of one association. The retransmission timer belongs to the owner: see `isWaiting`. */
export class StreamReset {
  readonly #handler: ReconfigHandler
  readonly #wanted = new Set<number>()
  #nextSequence: number
  #request: Request | undefined
  #lastPeerSequence: number
  #lastResult: number = Result.badSequence
  #deferred: DeferredReset | undefined

  /** @param localSequence our initial TSN; @param peerSequence the peer's (RFC 6525, 4.1) */
  constructor(localSequence: number, peerSequence: number, handler: ReconfigHandler) {
    this.#nextSequence = localSequence
    this.#lastPeerSequence = (peerSequence - 1) >>> 0
    this.#handler = handler
  }

  /** Wishes for the reset of one of our streams; it is sent when the stream is drained. */
  want(streamId: number): void {
    this.#wanted.add(streamId)
  }

  /** True while a request of ours has no answer: a timer must run that calls `repeat`. */
  get isWaiting(): boolean {
    return this.#request !== undefined
  }

  /** True when a reset of this stream was asked of the peer and not answered. */
  isRequested(streamId: number): boolean {
    return this.#request?.streams.includes(streamId) ?? false
  }

  /**
   * Sends the next request when streams are ready and none is under way.
   * @param lastTsn the last TSN we gave out, full number
   * @param isDrained whether nothing of the stream waits to be sent
   * @returns the streams asked for: they must send nothing until answered
   */
  sendRequest(lastTsn: number, isDrained: (streamId: number) => boolean): readonly number[] {
    if (this.#request || this.#wanted.size === 0) return []
    const streams = [...this.#wanted].filter(isDrained).slice(0, MAX_RESET_STREAMS)
    if (streams.length === 0) return []
    for (const streamId of streams) this.#wanted.delete(streamId)
    const sequence = this.#nextSequence
    this.#nextSequence = (sequence + 1) >>> 0
    const value = new Uint8Array(12 + 2 * streams.length)
    const view = viewOf(value)
    view.setUint32(0, sequence)
    view.setUint32(4, this.#lastPeerSequence)
    view.setUint32(8, lastTsn >>> 0)
    streams.forEach((streamId, index) => view.setUint16(12 + 2 * index, streamId))
    // The parameter's padding counts as part of the chunk only up to its own length (RFC 9260, 3.2).
    const parameter = encodeParameter(ReconfigType.outgoingReset, value).subarray(0, 4 + value.length)
    this.#request = { sequence, streams, chunk: encodeChunk(ChunkType.reconfig, 0, parameter) }
    this.#handler.send(this.#request.chunk)
    return streams
  }

  /** Sends the unanswered request again. */
  repeat(): void {
    if (this.#request) this.#handler.send(this.#request.chunk)
  }

  /**
   * Takes the parameters of a RE-CONFIG chunk.
   * @param cumulative cumulative TSN received, full number
   * @returns true when the peer answered our request, with whatever result
   */
  handle(parameters: readonly Parameter[], cumulative: number): boolean {
    let answered = false
    // RFC 6525, 3.1: at most two parameters in one chunk.
    for (const { type, value } of parameters.slice(0, 2)) {
      if (type === ReconfigType.response) answered = this.#handleResponse(value) || answered
      else if (type === ReconfigType.outgoingReset) this.#handleReset(value, cumulative)
      else if (type >= ReconfigType.incomingReset && type <= ReconfigType.addIncoming) this.#deny(value)
    }
    return answered
  }

  /** Performs the peer's waiting reset once all its data has arrived. */
  onProgress(cumulative: number): void {
    const deferred = this.#deferred
    if (!deferred || deferred.lastTsn > cumulative) return
    this.#deferred = undefined
    this.#lastResult = Result.performed
    this.#handler.onIncoming(deferred.streams)
    this.#respond(deferred.sequence, Result.performed)
  }

  #handleResponse(value: Uint8Array): boolean {
    if (value.length < 8) return false
    const view = viewOf(value)
    const request = this.#request
    if (!request || view.getUint32(0) !== request.sequence) return false
    const result = view.getUint32(4)
    // The peer still waits for our data: the owner's timer asks again.
    if (result === Result.inProgress) return true
    this.#request = undefined
    this.#handler.onOutgoing(request.streams, result === Result.performed || result === Result.nothingToDo)
    return true
  }

  #handleReset(value: Uint8Array, cumulative: number): void {
    if (value.length < 12) return
    const view = viewOf(value)
    const sequence = view.getUint32(0)
    if (!this.#isExpected(sequence)) return
    const lastTsn = unwrapTsn(view.getUint32(8), cumulative)
    const streams: number[] = []
    for (let at = 12; at + 2 <= value.length; at += 2) streams.push(view.getUint16(at))
    this.#lastPeerSequence = sequence
    if (lastTsn > cumulative) {
      this.#deferred = { sequence, lastTsn, streams }
      this.#lastResult = Result.inProgress
      this.#respond(sequence, Result.inProgress)
      return
    }
    this.#deferred = undefined
    this.#lastResult = Result.performed
    this.#handler.onIncoming(streams)
    this.#respond(sequence, Result.performed)
  }

  #deny(value: Uint8Array): void {
    if (value.length < 4) return
    const sequence = viewOf(value).getUint32(0)
    if (!this.#isExpected(sequence)) return
    this.#lastPeerSequence = sequence
    this.#lastResult = Result.denied
    this.#respond(sequence, Result.denied)
  }

  /** True for the next request; a repetition gets the old answer, anything else "bad sequence" (RFC 6525, 5.2.1). */
  #isExpected(sequence: number): boolean {
    if (sequence === (this.#lastPeerSequence + 1) >>> 0) return true
    this.#respond(sequence, sequence === this.#lastPeerSequence ? this.#lastResult : Result.badSequence)
    return false
  }

  #respond(sequence: number, result: number): void {
    const value = new Uint8Array(8)
    const view = viewOf(value)
    view.setUint32(0, sequence)
    view.setUint32(4, result)
    this.#handler.send(
      encodeChunk(ChunkType.reconfig, 0, concatBytes([encodeParameter(ReconfigType.response, value)])),
    )
  }
}
