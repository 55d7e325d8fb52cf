// One media worker: a UDP port, the rooms pinned to it, and the loop that carries packets and signals between them.
import { randomFromPool } from './random-pool.ts'
import { SignalResponse } from '@livekit/protocol'
import type { LeaveReason, Participant } from '../room/participant.ts'
import type { RegistryEvent } from '../room/room-registry.ts'
import type { SignalPort } from '../session/ports.ts'
import { callRoomService } from '../session/room-service.ts'
import { SessionHost } from '../session/session-host.ts'
import type { Session } from '../session/session.ts'
import { faultPlace } from './fault-place.ts'
import { refreshedToken } from './fresh-token.ts'
import { newIds } from './ids.ts'
import type { SenderInUse } from './media-path.ts'
import { PeerLoop } from './peer-loop.ts'
import { TurnClock } from './turn-clock.ts'
import type { ConnectionId, FromWorker, SignalFrame, ToWorker, WorkerSettings } from './worker-protocol.ts'

/** Milliseconds between rounds of slow timers: speakers (every 400), tokens, empty rooms, joins that never connect. */
const ROOM_STEP_MS = 100

/** A running media worker; what it has to say goes through `post`. */
export class MediaWorker {
  readonly #post: (messages: readonly FromWorker[]) => void
  readonly #clock = new TurnClock()
  readonly #host: SessionHost
  readonly #peers: PeerLoop
  readonly #sessions = new Map<ConnectionId, Session>()
  readonly #timer: NodeJS.Timeout
  /** What goes to the server at the end of the turn, in order. */
  #outbox: FromWorker[] = []
  /** The frames at the end of the outbox, which further ones may join. */
  #frames: SignalFrame[] | undefined

  /** Opens the UDP sockets; rejects with the system's error when that fails. */
  static async start(
    settings: WorkerSettings,
    post: (messages: readonly FromWorker[]) => void,
  ): Promise<MediaWorker> {
    const worker = new MediaWorker(settings, post)
    try {
      await worker.#peers.open()
    } catch (error) {
      clearInterval(worker.#timer)
      throw error
    }
    return worker
  }

  private constructor(settings: WorkerSettings, post: (messages: readonly FromWorker[]) => void) {
    this.#post = post
    const ids = newIds()
    this.#peers = new PeerLoop({
      clock: this.#clock,
      settings,
      ssrc: () => ids.ssrc(),
      afterTurn: () => {
        this.#host.flush()
        this.#postOutbox()
      },
      onFault: (session, error) => this.#fault(session, error),
    })
    this.#host = new SessionHost({
      clock: this.#clock,
      ids,
      random: randomFromPool,
      createPeer: (style) => this.#peers.create(style),
      refreshToken: refreshedToken(new Map(settings.keys)),
      onEvent: (event) => this.#tell(event),
      onSessionEnd: (participant, reason) => this.#logEnd(participant, reason),
    })
    this.#timer = setInterval(() => this.#roomStep(), ROOM_STEP_MS)
  }

  get sender(): SenderInUse {
    return this.#peers.sender
  }

  /** Tells the log what was sent so far, and how long packets were inside; `kill -USR2` of the worker's process asks for it. */
  tellStatistics(): void {
    const { counters, delays } = this.#peers.targets
    const { count = 0, p50 = 0, p99 = 0, p999 = 0 } = delays ?? {}
    const inside = { delays: count, delayP50Ms: p50, delayP99Ms: p99, delayP999Ms: p999 }
    this.#say({ kind: 'log', level: 'info', event: 'sender_statistics', fields: { ...counters, ...inside } })
  }

  /** Takes one message of the main thread. */
  handle(message: ToWorker): void {
    this.#clock.tick()
    switch (message.kind) {
      case 'join':
        this.#join(message)
        break
      case 'signal':
        this.#withSession(message.connection, (session) => this.#host.signal(session, message.data))
        break
      case 'signal-closed':
        this.#withSession(message.connection, (session) => this.#host.signalClosed(session))
        this.#sessions.delete(message.connection)
        break
      case 'call':
        this.#call(message)
        break
      case 'close':
        this.#close()
        break
      case 'start':
        break
    }
    this.#peers.endTurn()
  }

  #join(message: Extract<ToWorker, { kind: 'join' }>): void {
    const { connection } = message
    try {
      const result = this.#host.join(message, this.#signalPort(connection), () =>
        this.#say({ kind: 'joined', connection }),
      )
      if (!result.ok) this.#say({ kind: 'refused', connection, refusal: result.refusal })
      else if (result.session && !result.session.ended) this.#sessions.set(connection, result.session)
    } catch (error) {
      this.#say({ kind: 'refused', connection, refusal: 'bad-request' })
      this.#fault(undefined, error)
    }
  }

  #signalPort(connection: ConnectionId): SignalPort {
    return {
      send: (response: SignalResponse) => this.#frame(connection, response.toBinary()),
      sendEncoded: (response) => this.#frame(connection, response),
      close: () => {
        this.#sessions.delete(connection)
        this.#say({ kind: 'close-signal', connection })
      },
    }
  }

  #frame(connection: ConnectionId, data: Uint8Array): void {
    if (this.#frames) {
      this.#frames.push({ connection, data })
      return
    }
    const frames = [{ connection, data }]
    this.#say({ kind: 'signals', frames })
    this.#frames = frames
  }

  /** Messages wait for the end of the turn: one to the server wakes it up, which costs more than what is in it. */
  #say(message: FromWorker): void {
    this.#outbox.push(message)
    this.#frames = undefined
    this.#peers.endTurn()
  }

  #postOutbox(): void {
    if (this.#outbox.length === 0) return
    this.#post(this.#outbox)
    this.#outbox = []
    this.#frames = undefined
  }

  /** Runs one participant's turn; what it throws ends that participant alone. */
  #withSession(connection: ConnectionId, turn: (session: Session) => void): void {
    const session = this.#sessions.get(connection)
    if (!session) return
    try {
      turn(session)
    } catch (error) {
      this.#fault(session, error)
    }
  }

  #call(message: Extract<ToWorker, { kind: 'call' }>): void {
    const { call, method, request } = message
    try {
      const result = callRoomService(this.#host.rooms, method, request, this.#clock.now)
      if (result.ok) this.#say({ kind: 'called', call, response: result.response })
      else this.#say({ kind: 'call-failed', call, code: result.code, message: result.message })
    } catch (error) {
      this.#say({ kind: 'call-failed', call, code: 'internal', message: 'the call failed' })
      this.#fault(undefined, error)
    }
  }

  #roomStep(): void {
    this.#clock.tick()
    try {
      this.#host.handleTimeout()
    } catch (error) {
      this.#fault(undefined, error)
    }
    this.#peers.endTurn()
  }

  #close(): void {
    clearInterval(this.#timer)
    this.#host.close()
    this.#peers.close(() => this.#post([...this.#outbox, { kind: 'closed' }]))
  }

  /** A broken invariant: logged with its place in our sources, and the end of that session only. */
  #fault(session: Session | undefined, error: unknown): void {
    const place = faultPlace(error)
    const fields = { participant: session?.participant.sid ?? 'none', place }
    this.#say({ kind: 'log', level: 'error', event: 'session_fault', fields })
    try {
      session?.dismiss('media_failure')
    } catch {
      // The session is broken beyond saying good-bye; it is out of the tables by now.
    }
  }

  #logEnd(participant: Participant, reason: LeaveReason): void {
    const fields = { participant: participant.sid, reason }
    this.#say({ kind: 'log', level: 'info', event: 'participant_ended', fields })
  }

  #tell(event: RegistryEvent): void {
    switch (event.kind) {
      case 'room_started':
      case 'room_finished':
      case 'participant_joined':
      case 'participant_left':
        this.#say({ kind: 'event', event: event.kind, room: event.room.name, participants: event.room.size })
        break
      case 'track_published':
      case 'track_unpublished':
        break
    }
  }
}
