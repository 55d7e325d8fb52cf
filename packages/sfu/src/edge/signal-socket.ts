// One client's WebSocket on the main thread: frames in and out, pings, size limit, back-pressure.
import type { WebSocket } from 'ws'

/** Milliseconds between WebSocket pings (livekit-protocol.md 1.4): keeps proxies from closing a quiet connection. */
const PING_INTERVAL_MS = 10_000
/** Bytes that may wait for a client that does not read; a joining client of a full room gets well below 1 MiB. */
const MAX_BUFFERED_BYTES = 4_194_304
/** Signal frames a client may send within a second: a join bursts to about 60. */
const MAX_FRAMES_PER_SECOND = 200

export interface SignalSocketEvents {
  readonly onFrame: (data: Uint8Array) => void
  readonly onClose: () => void
}

/** A WebSocket that speaks binary frames only. */
export class SignalSocket {
  readonly #socket: WebSocket
  readonly #pinger: NodeJS.Timeout
  #windowStart = 0
  #framesInWindow = 0
  #alive = true

  constructor(socket: WebSocket, events: SignalSocketEvents, now: () => number) {
    this.#socket = socket
    socket.on('message', (data, isBinary) => {
      // Text frames are LiveKit's legacy JSON signalling, which we do not speak.
      if (!isBinary || !(data instanceof Buffer) || !this.#withinRate(now())) return this.close(1003)
      events.onFrame(data)
    })
    socket.on('pong', () => (this.#alive = true))
    socket.on('close', () => {
      clearInterval(this.#pinger)
      events.onClose()
    })
    // Without a listener a protocol violation by the client would end the process; 'close' follows in any case.
    socket.on('error', () => socket.terminate())
    this.#pinger = setInterval(() => this.#ping(), PING_INTERVAL_MS)
  }

  send(data: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) return this.#socket.terminate()
    this.#socket.send(data)
  }

  close(code = 1000): void {
    this.#socket.close(code)
  }

  #ping(): void {
    if (!this.#alive) return this.#socket.terminate()
    this.#alive = false
    this.#socket.ping()
  }

  #withinRate(now: number): boolean {
    if (now - this.#windowStart >= 1_000) {
      this.#windowStart = now
      this.#framesInWindow = 0
    }
    return ++this.#framesInWindow <= MAX_FRAMES_PER_SECOND
  }
}
