// Writes the diagnostic log while the mode is on, and deletes it when the mode has ended.
import { type WriteStream, createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { EpochMillis } from '@runde/contract'
import type { DiagnosticMode, Store } from '@runde/store'
import type { Logger } from '../log/logger.ts'
import type { MediaEvent } from '../media-port.ts'
import { logFile, logFolder, purgeLogs } from './log-files.ts'
import type { RouteTemplate } from './route-template.ts'
import { truncatedAddress } from './truncate.ts'

/** How soon the server notices that the mode was switched on or off, ms. */
export const NOTICE_MS = 1000

/** Bytes of one diagnosis: some 500,000 lines. A stranger may send requests all day and must not fill the disk. */
const MAX_BYTES = 64 * 1024 * 1024

/** Bytes that wait for a slow disk; further lines are left out. */
const MAX_WAITING_BYTES = 1024 * 1024

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600

export interface RecorderOptions {
  readonly dataFolder: string
  readonly store: Pick<Store, 'diagnostics' | 'deletions'>
  readonly log: Logger
  readonly now: () => EpochMillis
  readonly routeOf: RouteTemplate
  /** Bytes of one diagnosis; only tests set it. */
  readonly maxBytes?: number
}

/** What the server tells it. */
export interface DiagnosticRecorder {
  /** A request has arrived; its line is written when the answer has ended. */
  request(request: IncomingMessage, response: ServerResponse): void
  /**
   * A request to speak WebSocket has arrived; its line is written when the connection has ended.
   * @param take hands the socket to whoever wants it; its answer is handed back
   */
  upgrade(request: IncomingMessage, socket: Duplex, take: () => boolean): boolean
  media(event: MediaEvent): void
  /** Looks whether the mode was switched on or off; called by itself every {@link NOTICE_MS}. */
  look(): Promise<void>
  stop(): Promise<void>
}

interface Open {
  readonly mode: DiagnosticMode
  readonly stream: WriteStream
  bytes: number
  isFull: boolean
}

/** Starts watching; what an earlier run left behind is deleted first. */
export async function startRecorder(options: RecorderOptions): Promise<DiagnosticRecorder> {
  const recorder = new Recorder(options)
  await recorder.look()
  return recorder
}

class Recorder implements DiagnosticRecorder {
  readonly #options: RecorderOptions
  readonly #maxBytes: number
  #open: Open | undefined
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #isFailing = false

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#maxBytes = options.maxBytes ?? MAX_BYTES
  }

  request(request: IncomingMessage, response: ServerResponse): void {
    if (this.#open === undefined) return
    const base = this.#begin(request)
    response.once('close', () => this.#write({ ...base.fields(), status: response.statusCode }))
  }

  upgrade(request: IncomingMessage, socket: Duplex, take: () => boolean): boolean {
    if (this.#open === undefined) return take()
    const base = this.#begin(request)
    const taken = take()
    // What the media server answers on a socket that it took is not looked at.
    const outcome = taken ? { upgrade: true } : { upgrade: true, status: 404 }
    socket.once('close', () => this.#write({ ...base.fields(), ...outcome }))
    return taken
  }

  media({ kind }: MediaEvent): void {
    if (kind === 'participant_joined' || kind === 'participant_left') this.#write({ event: kind })
  }

  look(): Promise<void> {
    // One after the other: the timer and a test may ask at once.
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#looking
    await this.#close()
  }

  /** Address and time are taken now: the socket may be gone when the answer has ended. */
  #begin({ method, url, socket }: IncomingMessage): { fields: () => Readonly<Record<string, unknown>> } {
    const start = this.#options.now()
    const known = {
      event: 'request',
      method: method ?? '',
      route: this.#options.routeOf(url),
      client: truncatedAddress(socket.remoteAddress),
    }
    return { fields: () => ({ ...known, ms: this.#options.now() - start }) }
  }

  #write(fields: Readonly<Record<string, unknown>>): void {
    const open = this.#open
    const now = this.#options.now()
    if (open === undefined || open.isFull || open.mode.until <= now) return
    if (open.stream.writableLength > MAX_WAITING_BYTES) return
    const time = new Date(now).toISOString()
    const line = `${JSON.stringify({ time, ...fields })}\n`
    open.bytes += line.length
    open.isFull = open.bytes > this.#maxBytes
    open.stream.write(open.isFull ? `${JSON.stringify({ time, event: 'full' })}\n` : line)
  }

  async #look(): Promise<void> {
    const { store, log, now, dataFolder } = this.#options
    try {
      const mode = await store.diagnostics.current()
      const isOn = mode !== undefined && mode.until > now()
      if (this.#open !== undefined && (!isOn || mode.since !== this.#open.mode.since)) {
        await this.#close()
        log.info('diagnostics_off')
      }
      const files = await purgeLogs(dataFolder, store, now())
      if (files > 0) log.info('diagnostics_deleted', { files })
      if (isOn && this.#open === undefined) await this.#start(mode)
      this.#isFailing = false
    } catch (error) {
      // It is tried again each time, but a disk that stays full is told once.
      if (!this.#isFailing) log.bug('diagnostics_failed', error)
      this.#isFailing = true
    }
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.look(), NOTICE_MS).unref()
  }

  async #start(mode: DiagnosticMode): Promise<void> {
    const { dataFolder, log } = this.#options
    await mkdir(logFolder(dataFolder), { recursive: true, mode: FOLDER_MODE })
    const file = logFile(dataFolder, mode)
    // After a restart the log of the same diagnosis goes on.
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    )
    const stream = createWriteStream(file, { flags: 'a', mode: FILE_MODE })
    const open: Open = { mode, stream, bytes, isFull: bytes > this.#maxBytes }
    // A full disk: the log ends here, the server goes on.
    stream.on('error', (error) => {
      open.isFull = true
      log.bug('diagnostics_failed', error)
    })
    this.#open = open
    log.warn('diagnostics_on')
  }

  async #close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    open.stream.end()
    // Whether it ended well or with an error that was logged above: nothing is written any more.
    await finished(open.stream).catch(() => undefined)
  }
}
