// Counts timeouts in a row and asks an idle peer for a sign of life (RFC 9260, 8.1 and 8.3).
import { ChunkType, encodeChunk } from './chunks.ts'
import { HEARTBEAT_INTERVAL_MS, MAX_RETRANSMISSIONS } from './limits.ts'
import { decodeParameters, encodeParameter, ParameterType } from './parameters.ts'
import { Timer } from './timer.ts'

/** Size of the number only the answer to our HEARTBEAT can repeat, bytes. */
const NONCE_BYTES = 8

/** Error counter and heartbeats of the only path. */
export class Liveness {
  readonly #timer = new Timer()
  readonly #random: (bytes: number) => Uint8Array
  #nonce: Uint8Array | undefined
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
    this.#nonce = undefined
    this.#timer.start(now, HEARTBEAT_INTERVAL_MS)
  }

  /**
   * Counts an unanswered heartbeat and gives the next one when it is due, or undefined.
   * @param rto wait for the answer, ms
   */
  handleTimeout(now: number, rto: number): Uint8Array | undefined {
    if (this.#timer.deadline === undefined || now < this.#timer.deadline) return undefined
    if (this.#nonce) this.#errors++
    this.#nonce = this.#random(NONCE_BYTES)
    this.#timer.start(now, Math.max(rto, HEARTBEAT_INTERVAL_MS / 10))
    return encodeChunk(ChunkType.heartbeat, 0, encodeParameter(ParameterType.heartbeatInfo, this.#nonce))
  }

  /** Takes the value of a HEARTBEAT-ACK. */
  handleAck(now: number, value: Uint8Array): void {
    const info = decodeParameters(value)?.[0]?.value
    const nonce = this.#nonce
    if (!info || !nonce || info.length !== nonce.length) return
    if (info.every((byte, index) => byte === nonce[index])) this.onSignOfLife(now)
  }
}
