// Ends an association in order: SHUTDOWN, SHUTDOWN-ACK, SHUTDOWN-COMPLETE with T2 and the T5 guard (RFC 9260, 9.2).
import { ChunkType, encodeChunk, encodeShutdown } from './chunks.ts'
import { MAX_RETRANSMISSIONS, SHUTDOWN_GUARD_MS } from './limits.ts'
import { earliest, Timer } from './timer.ts'

/** What the shutdown must know of the association. */
export interface ClosingOptions {
  /** Queues a chunk for the next packet. */
  readonly sendControl: (chunk: Uint8Array) => void
  /** True when everything of ours was delivered. */
  readonly isDrained: () => boolean
  /** Last TSN received in sequence, wire value. */
  readonly cumulativeTsn: () => number
  /** Retransmission timeout, ms. */
  readonly rto: () => number
  /** Sends SHUTDOWN-COMPLETE in a packet of its own. */
  readonly sendComplete: () => void
  /** It is over; `inOrder` is false when the guard or T2 gave up, so that an ABORT is due. */
  readonly onClosed: (inOrder: boolean) => void
}

/** RFC 9260, 4: open stands for ESTABLISHED, the others for SHUTDOWN-PENDING, -SENT, -RECEIVED and -ACK-SENT. */
export type ClosingState = 'open' | 'pending' | 'sent' | 'received' | 'ack-sent'

/** Shutdown half of an association's state machine. */
export class Closing {
  readonly #options: ClosingOptions
  readonly #timer = new Timer()
  readonly #guard = new Timer()
  #state: ClosingState = 'open'

  constructor(options: ClosingOptions) {
    this.#options = options
  }

  get state(): ClosingState {
    return this.#state
  }

  get deadline(): number | undefined {
    return earliest([this.#timer.deadline, this.#guard.deadline])
  }

  /** Begins our own shutdown. */
  begin(now: number): void {
    if (this.#state !== 'open') return
    this.#state = 'pending'
    this.#guard.start(now, SHUTDOWN_GUARD_MS)
    this.progress(now)
  }

  /** Takes the next step once everything of ours was delivered. */
  progress(now: number): void {
    if (this.#state !== 'pending' && this.#state !== 'received') return
    if (!this.#options.isDrained()) return
    this.#state = this.#state === 'pending' ? 'sent' : 'ack-sent'
    this.#send(now)
  }

  /** SHUTDOWN; the caller has worked off its cumulative TSN. */
  handleShutdown(now: number): void {
    if (this.#state === 'sent') {
      this.#state = 'ack-sent'
      this.#timer.stop()
      this.#send(now)
    } else if (this.#state === 'open' || this.#state === 'pending') {
      this.#state = 'received'
      if (this.#guard.deadline === undefined) this.#guard.start(now, SHUTDOWN_GUARD_MS)
      this.progress(now)
    }
  }

  handleShutdownAck(): void {
    if (this.#state !== 'sent' && this.#state !== 'ack-sent') return
    this.#options.sendComplete()
    this.#options.onClosed(true)
  }

  handleShutdownComplete(): void {
    if (this.#state === 'ack-sent') this.#options.onClosed(true)
  }

  /** The peer still sends: tell it again, beside the SACK, that we are leaving (RFC 9260, 9.2). */
  onData(now: number): void {
    if (this.#state === 'sent') this.#send(now)
  }

  handleTimeout(now: number): void {
    const isStuck = this.#guard.expired(now)
    const isDue = this.#timer.expired(now)
    if (isStuck || this.#timer.expirations > MAX_RETRANSMISSIONS) this.#options.onClosed(false)
    else if (isDue) this.#send(now)
  }

  #send(now: number): void {
    const chunk =
      this.#state === 'sent'
        ? encodeShutdown(this.#options.cumulativeTsn())
        : encodeChunk(ChunkType.shutdownAck, 0, new Uint8Array(0))
    this.#options.sendControl(chunk)
    this.#timer.start(now, this.#options.rto())
  }
}
