// The server's end of one media worker, a process of its own: starts it, passes messages, and answers calls by number.
import { fork, type ChildProcess } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from './log.ts'
import type { SenderInUse } from './media-path.ts'
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

/**
 * Young generation of at most 4 MiB a half instead of 16: a worker's garbage is small and dies at once, and what was touched
 * once stays resident. One helper thread instead of four: the cores belong to media, and each thread keeps memory of its own.
 */
const RUNTIME_FLAGS = ['--max-semi-space-size=4', '--v8-pool-size=1']

/** The environment of a worker: what this process keeps of compiled code serves its workers as well. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  // Told is the folder of this version of the runtime, in the one that was asked for.
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(folder) }
}

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
  /** The process's program; a media worker unless a test says otherwise. */
  readonly program?: URL
}

interface PendingCall {
  readonly resolve: (response: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** One running media worker. */
export class WorkerLink {
  readonly #worker: ChildProcess
  readonly #options: WorkerLinkOptions
  readonly #calls = new Map<number, PendingCall>()
  readonly #started: Promise<SenderInUse>
  readonly #gone: Promise<void>
  #nextCall = 1
  #closing = false

  constructor(options: WorkerLinkOptions) {
    this.#options = options
    // Keys travel by message: command lines and environments can be read by others of the same machine.
    this.#worker = fork(fileURLToPath(options.program ?? WORKER), [], {
      serialization: 'advanced',
      execArgv: [...process.execArgv, ...RUNTIME_FLAGS],
      env: workerEnvironment(),
    })
    this.post({ kind: 'start', settings: options.settings })
    const { promise, resolve, reject } = Promise.withResolvers<SenderInUse>()
    this.#started = promise
    // Whoever does not wait for a restarted worker hears of its end by onCrash.
    this.#started.catch(() => undefined)
    this.#worker.on('message', (messages) => {
      for (const told of fromWorker(messages))
        if (told.kind === 'ready') resolve(told.sender)
        else if (told.kind === 'failed') reject(new WorkerStartError(told.code, told.udpPort))
        else this.#handle(told)
    })
    this.#gone = new Promise((gone) => {
      const end = (signal: string | null): void => {
        reject(new WorkerStartError('EXITED', options.settings.udpPort))
        this.#end(signal)
        gone()
      }
      this.#worker.on('exit', (_code, signal) => {
        // Its last words may still be on their way.
        if (this.#worker.connected) this.#worker.once('disconnect', () => end(signal))
        else end(signal)
      })
      // Without a process there is no end of it; other errors are followed by one.
      this.#worker.on('error', () => {
        if (this.#worker.pid === undefined) end(null)
      })
    })
  }

  /** The process's number, while there is one. */
  get pid(): number | undefined {
    return this.#worker.pid
  }

  /** Resolves with its sender when the worker listens; rejects with WorkerStartError when it cannot. */
  ready(): Promise<SenderInUse> {
    return this.#started
  }

  /** Whether there is a process to talk to; it may still be starting. */
  get isAlive(): boolean {
    return this.#worker.connected
  }

  /** Sends a message; one that a worker does not live to read is lost, as its rooms are. */
  post(message: ToWorker): void {
    if (this.isAlive) this.#worker.send(message, () => undefined)
  }

  /** Carries out a RoomService call on this worker; rejects with CallError. */
  call(method: RoomServiceMethod, request: Uint8Array): Promise<Uint8Array> {
    if (!this.isAlive) return Promise.reject(new CallError('unavailable', 'media worker ended'))
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
    const timer = setTimeout(() => this.#worker.kill('SIGKILL'), graceMs)
    await this.#gone
    clearTimeout(timer)
  }

  #end(signal: string | null): void {
    for (const call of this.#calls.values()) call.reject(new CallError('unavailable', 'media worker ended'))
    this.#calls.clear()
    if (this.#closing) return
    if (signal !== null) this.#options.log('error', 'worker_killed', { reason: signal })
    this.#options.onCrash()
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
        // It ends by itself once nobody talks to it.
        if (this.isAlive) this.#worker.disconnect()
    }
  }
}

/** What the process sends is what our own program wrote. */
function fromWorker(messages: unknown): readonly FromWorker[] {
  return messages as readonly FromWorker[]
}
