// The media server as a library: starts the workers, pins rooms to them, and serves the LiveKit surface on a given HTTP server.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { networkInterfaces } from 'node:os'
import type { Duplex } from 'node:stream'
import { CreateRoomRequest, DeleteRoomRequest } from '@livekit/protocol'
import { HttpSurface } from './http-surface.ts'
import { silentLog, type Log } from './log.ts'
import { RoomDirectory } from './room-directory.ts'
import { JoinBroker } from './join-broker.ts'
import { CallError, WorkerLink } from './worker-link.ts'
import type { SenderChoice, SenderInUse } from './media-path.ts'
import { chooseAnnounced } from './announced-addresses.ts'
import type { FromWorker } from './worker-protocol.ts'

/** Milliseconds that a worker has at the end to tell everyone. */
const CLOSE_GRACE_MS = 3_000
/** Milliseconds until a worker that was lost soon after its start is started anew: a broken one must not spin. */
const RESTART_DELAY_MS = 1_000
/** Milliseconds after which a worker counts as sound; lost later, it is started anew at once. */
const SOUND_AFTER_MS = 10_000

export interface MediaServerOptions {
  /** API keys with their secrets; tokens of each are accepted. */
  readonly keys: ReadonlyMap<string, string>
  /** UDP port of the first worker; each further one takes the next. Default 10000. */
  readonly udpPort?: number | undefined
  /** Media workers, each a process with a core to itself. Default 1. */
  readonly workers?: number | undefined
  /** Addresses told to clients; default the machine's own. Nobody is ever asked for them. */
  readonly announcedAddresses?: readonly string[] | undefined
  /** Addresses the UDP sockets bind to. Default all of the machine. */
  readonly bindAddresses?: readonly string[] | undefined
  /** Who protects and sends: native code where it was built (`auto`), always native, or TypeScript. Default `auto`. */
  readonly sender?: SenderChoice | undefined
  /** Whether a token may keep its holder off the others' lists, as LiveKit allows; false: everybody is seen. Default true. */
  readonly hiddenParticipants?: boolean | undefined
  readonly log?: Log | undefined
}

export interface CreateRoomOptions {
  readonly name: string
  readonly emptyTimeoutSeconds?: number | undefined
  readonly departureTimeoutSeconds?: number | undefined
  readonly maxParticipants?: number | undefined
  readonly metadata?: string | undefined
}

export interface MediaServerEvent {
  readonly kind: 'room_started' | 'room_finished' | 'participant_joined' | 'participant_left'
  readonly room: string
}

/** A running media server. */
export interface MediaServer {
  /** Answers a request of the LiveKit surface (`/rtc*`, `/twirp/*`); false for every other path, which stays untouched. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean
  /** Takes over a WebSocket upgrade of the LiveKit surface; false for every other path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Makes a room; one that exists stays as it is. Rejects with CallError. */
  createRoom(options: CreateRoomOptions): Promise<void>
  /** Ends a room and sends everyone away; one that does not exist is no error. */
  deleteRoom(name: string): Promise<void>
  participantCount(name: string): number
  /** Hears of rooms and participants; the returned function ends that. */
  onEvent(listener: (event: MediaServerEvent) => void): () => void
  /** Sends everyone away with a reason and ends the workers. */
  close(): Promise<void>
}

/**
 * Starts the media workers. Rejects with WorkerStartError when a UDP port cannot be used; nothing is left running then.
 */
export async function createMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const server = new Server(options)
  try {
    await server.start()
  } catch (error) {
    await server.close()
    throw error
  }
  return server
}

class Server implements MediaServer {
  readonly #links: WorkerLink[] = []
  /** When each worker was started, by performance.now(). */
  readonly #startedAt: number[] = []
  readonly #directory: RoomDirectory
  readonly #joins: JoinBroker
  readonly #surface: HttpSurface
  readonly #listeners = new Set<(event: MediaServerEvent) => void>()
  readonly #options: MediaServerOptions
  readonly #log: Log
  #closing = false

  constructor(options: MediaServerOptions) {
    this.#options = options
    this.#log = options.log ?? silentLog
    const workers = options.workers ?? 1
    this.#directory = new RoomDirectory(workers)
    this.#joins = new JoinBroker((worker) => this.#links[worker])
    for (let index = 0; index < workers; index++) this.#links.push(this.#startWorker(index))
    this.#surface = new HttpSurface({
      keys: options.keys,
      directory: this.#directory,
      joins: this.#joins,
      workers: this.#links,
      hiddenParticipants: options.hiddenParticipants ?? true,
    })
  }

  async start(): Promise<void> {
    const [sender] = await Promise.all(this.#links.map((link) => link.ready()))
    this.#logSender(sender)
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): boolean {
    return this.#surface.handleRequest(request, response)
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.#surface.handleUpgrade(request, socket, head)
  }

  async createRoom(options: CreateRoomOptions): Promise<void> {
    const request = new CreateRoomRequest({
      name: options.name,
      emptyTimeout: options.emptyTimeoutSeconds ?? 0,
      departureTimeout: options.departureTimeoutSeconds ?? 0,
      maxParticipants: options.maxParticipants ?? 0,
      metadata: options.metadata ?? '',
    })
    const worker = this.#directory.workerFor(options.name, Date.now())
    await this.#links[worker]?.call('CreateRoom', request.toBinary())
    this.#directory.made(options.name, request.toBinary())
  }

  async deleteRoom(name: string): Promise<void> {
    const worker = this.#directory.find(name)
    if (worker === undefined) return
    try {
      await this.#links[worker]?.call('DeleteRoom', new DeleteRoomRequest({ room: name }).toBinary())
    } catch (error) {
      if (!(error instanceof CallError && error.code === 'not_found')) throw error
    }
  }

  participantCount(name: string): number {
    return this.#directory.participants(name)
  }

  onEvent(listener: (event: MediaServerEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#links.map((link) => link.close(CLOSE_GRACE_MS)))
    this.#surface.close()
  }

  /** All workers found the same, so it is said once. */
  #logSender(sender: SenderInUse | undefined): void {
    if (sender === 'native' || sender === 'typescript') this.#log('info', 'sender', { kind: sender })
    else this.#log('warn', 'sender_is_typescript', { reason: sender ?? 'unknown' })
  }

  #startWorker(index: number): WorkerLink {
    const { keys, udpPort, bindAddresses, announcedAddresses, sender } = this.#options
    this.#startedAt[index] = performance.now()
    const link = new WorkerLink({
      settings: {
        udpPort: (udpPort ?? 10_000) + index,
        bindAddresses: bindAddresses ?? ['0.0.0.0'],
        announcedAddresses: chooseAnnounced(announcedAddresses ?? [], networkInterfaces()),
        keys: [...keys],
        sender: sender ?? 'auto',
      },
      log: this.#log,
      onSignal: (message) => this.#joins.handle(message),
      onFrames: (frames) => this.#joins.deliver(frames),
      onEvent: (message) => this.#onEvent(message),
      onCrash: () => this.#onCrash(index),
    })
    this.#log('debug', 'worker_started', { worker: index, pid: link.pid ?? 0 })
    return link
  }

  /** A worker's end takes its rooms along; a fresh worker gets them, and their clients are sent off to join anew. */
  #onCrash(index: number): void {
    if (this.#closing) return
    this.#joins.workerGone(index)
    const lost = this.#directory.workerGone(index)
    for (const room of lost.keys()) this.#tell({ kind: 'room_finished', room })
    this.#log('error', 'worker_lost', { worker: index })
    const age = performance.now() - (this.#startedAt[index] ?? 0)
    setTimeout(
      () => {
        if (this.#closing) return
        this.#links[index] = this.#startWorker(index)
        this.#log('warn', 'worker_restarted', { worker: index })
        for (const [room, request] of lost) if (request) void this.#makeAgain(room, request)
      },
      age < SOUND_AFTER_MS ? RESTART_DELAY_MS : 0,
    )
  }

  /** Those who come back may not be allowed to make the room, so it has to be there before them. */
  async #makeAgain(room: string, request: Uint8Array): Promise<void> {
    const worker = this.#directory.workerFor(room, Date.now())
    try {
      await this.#links[worker]?.call('CreateRoom', request)
      this.#directory.made(room, request)
    } catch {
      this.#log('error', 'room_lost', { worker })
    }
  }

  #onEvent(message: Extract<FromWorker, { kind: 'event' }>): void {
    const { event, room, participants } = message
    if (event === 'room_started') this.#directory.started(room)
    if (event === 'room_finished') this.#directory.finished(room)
    else this.#directory.counted(room, participants)
    this.#tell({ kind: event, room })
  }

  #tell(event: MediaServerEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
