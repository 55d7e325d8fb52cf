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
import { chooseAnnounced } from './announced-addresses.ts'
import type { FromWorker } from './worker-protocol.ts'

/** Milliseconds that a worker has at the end to tell everyone. */
const CLOSE_GRACE_MS = 3_000
/** Milliseconds until a lost worker is started anew: its UDP port has to come free, and a broken one must not spin. */
const RESTART_DELAY_MS = 500

export interface MediaServerOptions {
  /** API keys with their secrets; tokens of each are accepted. */
  readonly keys: ReadonlyMap<string, string>
  /** UDP port of the first worker; each further one takes the next. Default 10000. */
  readonly udpPort?: number | undefined
  /** Media workers, each a thread with a core to itself. Default 1. */
  readonly workers?: number | undefined
  /** Addresses told to clients; default the machine's own. Nobody is ever asked for them. */
  readonly announcedAddresses?: readonly string[] | undefined
  /** Addresses the UDP sockets bind to. Default all of the machine. */
  readonly bindAddresses?: readonly string[] | undefined
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
    })
  }

  async start(): Promise<void> {
    await Promise.all(this.#links.map((link) => link.ready()))
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

  #startWorker(index: number): WorkerLink {
    const { keys, udpPort, bindAddresses, announcedAddresses } = this.#options
    return new WorkerLink({
      settings: {
        udpPort: (udpPort ?? 10_000) + index,
        bindAddresses: bindAddresses ?? ['0.0.0.0'],
        announcedAddresses: chooseAnnounced(announcedAddresses ?? [], networkInterfaces()),
        keys: [...keys],
      },
      log: this.#log,
      onSignal: (message) => this.#joins.handle(message),
      onFrames: (frames) => this.#joins.deliver(frames),
      onEvent: (message) => this.#onEvent(message),
      onCrash: () => this.#onCrash(index),
    })
  }

  /** A worker's end takes its rooms along; their clients are sent off to join anew, and a fresh worker takes them. */
  #onCrash(index: number): void {
    if (this.#closing) return
    this.#joins.workerGone(index)
    for (const room of this.#directory.workerGone(index)) this.#tell({ kind: 'room_finished', room })
    this.#log('error', 'worker_lost', { worker: index })
    setTimeout(() => {
      if (this.#closing) return
      this.#links[index] = this.#startWorker(index)
      this.#log('warn', 'worker_restarted', { worker: index })
    }, RESTART_DELAY_MS)
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
