// The main thread's end of one media worker: starts it, passes messages, and answers calls by number.
import { Worker } from 'node:worker_threads'
import { faultPlace } from './fault-place.ts'
import type { Log } from './log.ts'
import type { RoomServiceMethod } from '../wire/index.ts'
import type { ConnectionId, FromWorker, SignalFrame, ToWorker, WorkerSettings } from './worker-protocol.ts'

/** A RoomService call that the worker refused. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The media worker could not start; `code` is the system's (EADDRINUSE, EACCES, ...). */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError'
  readonly code: string
  readonly udpPort: number

  constructor(code: string, udpPort: number) {
    super(`media worker cannot use UDP port ${udpPort}: ${code}`)
    this.code = code
    this.udpPort = udpPort
  }
}

const WORKER = new URL('./worker-main.ts', import.meta.url)

export interface WorkerLinkOptions {
  readonly settings: WorkerSettings
  readonly log: Log
  /** A message for one WebSocket. */
  readonly onSignal: (message: Extract<FromWorker, { connection: ConnectionId }>) => void
  /** Frames for several WebSockets, in order. */
  readonly onFrames: (frames: readonly SignalFrame[]) => void
  readonly onEvent: (message: Extract<FromWorker, { kind: 'event' }>) => void
  /** The worker is gone without having been closed. */
  readonly onCrash: () => void
  /** The thread's program; a media worker unless a test says otherwise. */
  readonly program?: URL
}

interface PendingCall {
  readonly resolve: (response: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** One running media worker. */
export class WorkerLink {
  readonly #worker: Worker
  readonly #options: WorkerLinkOptions
  readonly #calls = new Map<number, PendingCall>()
  readonly #started: Promise<void>
  readonly #gone: Promise<void>
  #nextCall = 1
  #closing = false

  constructor(options: WorkerLinkOptions) {
    this.#options = options
    this.#worker = new Worker(options.program ?? WORKER, { workerData: options.settings })
    let started: () => void
    let failed: (error: Error) => void
    this.#started = new Promise((resolve, reject) => {
      started = resolve
      failed = reject
    })
    // Whoever does not wait for a restarted worker hears of its end by onCrash.
    this.#started.catch(() => undefined)
    this.#worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') started()
      else if (message.kind === 'failed') failed(new WorkerStartError(message.code, message.udpPort))
      else this.#handle(message)
    })
    this.#worker.on('error', (error: unknown) => {
      const known = error instanceof Error ? error : new Error('media worker failed')
      failed(known)
      options.log('error', 'worker_crashed', { place: faultPlace(error) })
    })
    this.#gone = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        failed(new WorkerStartError('EXITED', options.settings.udpPort))
        for (const call of this.#calls.values())
          call.reject(new CallError('unavailable', 'media worker ended'))
        this.#calls.clear()
        if (!this.#closing) options.onCrash()
        resolve()
      })
    })
  }

  /** Resolves when the worker listens; rejects with WorkerStartError when it cannot. */
  ready(): Promise<void> {
    return this.#started
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  /** Carries out a RoomService call on this worker; rejects with CallError. */
  call(method: RoomServiceMethod, request: Uint8Array): Promise<Uint8Array> {
    const call = this.#nextCall++
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject })
      this.post({ kind: 'call', call, method, request })
    })
  }

  /** Says good-bye to everyone and ends the worker; after `graceMs` it is ended anyway. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true
    this.post({ kind: 'close' })
    const timer = setTimeout(() => void this.#worker.terminate(), graceMs)
    await this.#gone
    clearTimeout(timer)
  }

  #handle(message: Exclude<FromWorker, { kind: 'ready' | 'failed' }>): void {
    switch (message.kind) {
      case 'joined':
      case 'refused':
      case 'close-signal':
        return this.#options.onSignal(message)
      case 'signals':
        return this.#options.onFrames(message.frames)
      case 'called':
        this.#calls.get(message.call)?.resolve(message.response)
        this.#calls.delete(message.call)
        return
      case 'call-failed':
        this.#calls.get(message.call)?.reject(new CallError(message.code, message.message))
        this.#calls.delete(message.call)
        return
      case 'event':
        return this.#options.onEvent(message)
      case 'log':
        return this.#options.log(message.level, message.event, message.fields)
      case 'closed':
        void this.#worker.terminate()
    }
  }
}
