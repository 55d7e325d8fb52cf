// Counts timeouts in a row, asks an idle peer for a sign of life and measures the round trip while data gives no measurement
// (RFC 9260, 8.1 and 8.3).
import { ChunkType, encodeChunk } from './chunks.ts'
import { BACKOFF_MAX_MS, HEARTBEAT_INTERVAL_MS, MAX_RETRANSMISSIONS } from './limits.ts'
import { decodeParameters, encodeParameter, ParameterType } from './parameters.ts'
import { Timer } from './timer.ts'

/** Size of the number only the answer to our HEARTBEAT can repeat, bytes. */
const NONCE_BYTES = 8

/** Error counter and heartbeats of the only path. */
export class Liveness {
  readonly #timer = new Timer()
  readonly #random: (bytes: number) => Uint8Array
  #heartbeat: { readonly nonce: Uint8Array; readonly sentAt: number } | undefined
  /** The last idle heartbeat was not followed by any sign of life. */
  #isAwaited = false
  #errors = 0

  constructor(now: number, random: (bytes: number) => Uint8Array) {
    this.#random = random
    this.#timer.start(now, HEARTBEAT_INTERVAL_MS)
  }

  get deadline(): number | undefined {
    return this.#timer.deadline
  }

  /** True when so many timeouts followed each other that the peer counts as unreachable. */
  get isLost(): boolean {
    return this.#errors > MAX_RETRANSMISSIONS
  }

  /** A timer of ours ran out unanswered. */
  onTimeout(): void {
    this.#errors++
  }

  /** The peer acknowledged or answered something: postpones the next heartbeat. */
  onSignOfLife(now: number): void {
    this.#errors = 0
    this.#isAwaited = false
    this.#timer.start(now, HEARTBEAT_INTERVAL_MS)
  }

  /** Counts an unanswered heartbeat and gives the next one when it is due, or undefined. */
  handleTimeout(now: number): Uint8Array | undefined {
    if (!this.#timer.expired(now)) return undefined
    if (this.#isAwaited) this.#errors++
    this.#isAwaited = true
    this.#timer.start(now, BACKOFF_MAX_MS)
    return this.#encode(now)
  }

  /**
   * A heartbeat for the sake of its round trip, or undefined while one is under way. Repeated chunks cannot be measured
   * (Karn's rule): without this, a round trip grown beyond the RTO would make every chunk a repeated one for good.
   */
  probe(now: number): Uint8Array | undefined {
    if (this.#heartbeat && now - this.#heartbeat.sentAt < BACKOFF_MAX_MS) return undefined
    return this.#encode(now)
  }

  /**
   * Takes the value of a HEARTBEAT-ACK.
   * @returns the round trip in ms when it answers our last heartbeat
   */
  handleAck(now: number, value: Uint8Array): number | undefined {
    const info = decodeParameters(value)?.[0]?.value
    const heartbeat = this.#heartbeat
    if (!info || !heartbeat || Buffer.compare(info, heartbeat.nonce) !== 0) return undefined
    this.#heartbeat = undefined
    this.onSignOfLife(now)
    return now - heartbeat.sentAt
  }

  #encode(now: number): Uint8Array {
    const nonce = this.#random(NONCE_BYTES)
    this.#heartbeat = { nonce, sentAt: now }
    return encodeChunk(ChunkType.heartbeat, 0, encodeParameter(ParameterType.heartbeatInfo, nonce))
  }
}
