// Brings WebSockets and sessions together: asks a worker for a join, then carries frames between the two.
import type { ParticipantGrants } from '../wire/index.ts'
import type { JoinRefusal } from '../session/join.ts'
import type { SignalSocket } from './signal-socket.ts'
import type { WorkerLink } from './worker-link.ts'
import type { ConnectionId, FromWorker, SignalFrame } from './worker-protocol.ts'

/** Milliseconds a worker has to answer a join; clients wait 5 s for the first frame. */
const JOIN_ANSWER_MS = 4_000

export interface JoinAttempt {
  readonly room: string
  readonly worker: number
  readonly grants: ParticipantGrants
  readonly apiKey: string
  readonly joinRequest: Uint8Array
  readonly firefox: boolean
}

export type JoinAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: JoinRefusal | 'unavailable' }

interface Connection {
  readonly worker: number
  answer: ((answer: JoinAnswer) => void) | undefined
  socket: SignalSocket | undefined
}

/** The open signal connections of all workers. */
export class JoinBroker {
  readonly #connections = new Map<ConnectionId, Connection>()
  readonly #link: (worker: number) => WorkerLink | undefined
  #next = 1

  constructor(link: (worker: number) => WorkerLink | undefined) {
    this.#link = link
  }

  get size(): number {
    return this.#connections.size
  }

  /**
   * Asks the worker to let a client in. `answered` is called once, and before any frame of that session arrives,
   * so that the socket can be made in it.
   */
  join(attempt: JoinAttempt, answered: (answer: JoinAnswer) => void): ConnectionId {
    const id = this.#next++
    const timer = setTimeout(() => this.#answer(id, { ok: false, refusal: 'unavailable' }), JOIN_ANSWER_MS)
    this.#connections.set(id, {
      worker: attempt.worker,
      socket: undefined,
      answer: (answer) => {
        clearTimeout(timer)
        answered(answer)
      },
    })
    const link = this.#link(attempt.worker)
    // Between two workers there is nobody to ask; clients try again soon.
    if (!link?.isAlive) setImmediate(() => this.#answer(id, { ok: false, refusal: 'unavailable' }))
    link?.post({
      kind: 'join',
      connection: id,
      grants: attempt.grants,
      apiKey: attempt.apiKey,
      joinRequest: attempt.joinRequest,
      firefox: attempt.firefox,
    })
    return id
  }

  /** The client's socket is there. */
  attach(id: ConnectionId, socket: SignalSocket): void {
    const connection = this.#connections.get(id)
    if (connection) connection.socket = socket
    else socket.close()
  }

  /** A frame from the client. */
  frame(id: ConnectionId, data: Uint8Array): void {
    const connection = this.#connections.get(id)
    if (connection) this.#link(connection.worker)?.post({ kind: 'signal', connection: id, data })
  }

  /** The client's socket is gone. */
  closed(id: ConnectionId): void {
    const connection = this.#connections.get(id)
    if (!connection) return
    this.#connections.delete(id)
    this.#link(connection.worker)?.post({ kind: 'signal-closed', connection: id })
  }

  /** A message from a worker for one of the connections. */
  handle(message: Extract<FromWorker, { connection: ConnectionId }>): void {
    const connection = this.#connections.get(message.connection)
    switch (message.kind) {
      case 'joined':
        return this.#answer(message.connection, { ok: true })
      case 'refused':
        return this.#answer(message.connection, { ok: false, refusal: message.refusal })
      case 'close-signal':
        this.#connections.delete(message.connection)
        return connection?.socket?.close()
    }
  }

  /** Frames of a worker for any of the connections. */
  deliver(frames: readonly SignalFrame[]): void {
    for (const { connection, data } of frames) this.#connections.get(connection)?.socket?.send(data)
  }

  /** A worker is gone: its clients lose their sockets, and join anew by themselves. */
  workerGone(worker: number): void {
    for (const [id, connection] of this.#connections) {
      if (connection.worker !== worker) continue
      this.#answer(id, { ok: false, refusal: 'unavailable' })
      this.#connections.delete(id)
      connection.socket?.close(1011)
    }
  }

  #answer(id: ConnectionId, answer: JoinAnswer): void {
    const connection = this.#connections.get(id)
    const answered = connection?.answer
    if (!connection || !answered) return
    connection.answer = undefined
    if (!answer.ok) this.#connections.delete(id)
    answered(answer)
  }
}
