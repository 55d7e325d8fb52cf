// The control plane of one media worker: lets sessions in, hands them what arrives, and tells them when time has passed.
import { JoinRequest, SignalRequest, SignalResponse } from '@livekit/protocol'
import type { PeerMedia } from '../media/index.ts'
import type { LeaveReason, Participant } from '../room/participant.ts'
import type { Room } from '../room/room.ts'
import { RoomRegistry, type RegistryEvent } from '../room/room-registry.ts'
import type { SessionDescriber } from '../sdp/index.ts'
import type { ParticipantGrants } from '../wire/index.ts'
import type { Clock } from './clock.ts'
import { peerStyle, type PeerStyle } from './peer-style.ts'
import { admit, encodedJoin, grantedRoom, type JoinRefusal } from './join.ts'
import { leaveResponse } from './leave.ts'
import type { IdSource, PeerPort, SignalPort } from './ports.ts'
import { Session } from './session.ts'
import { addTrack, handleSignal } from './signal-handler.ts'

/** Milliseconds a client has from its join to a working connection (livekit-protocol.md 2.4). */
const CONNECT_TIMEOUT_MS = 60_000
/** Milliseconds between fresh tokens (livekit-protocol.md 7.2). */
const TOKEN_REFRESH_MS = 5 * 60_000
/** Milliseconds until the first fresh token: the client has just shown a good one, and a crowd joins at once. */
const FIRST_TOKEN_MS = 20_000
/** Length of the random trailer by which E2EE clients know frames that the server made. */
const SIF_TRAILER_BYTES = 16
/** Largest signal message taken: the largest offers seen are below 100 kB. */
export const MAX_SIGNAL_BYTES = 524_288
/** Add-track requests that may come with a join. */
const MAX_JOIN_TRACKS = 20

/** What the edge builds for each session: a transport, a media engine and an answerer. */
export interface PeerParts {
  readonly port: PeerPort
  readonly media: PeerMedia
  readonly describer: SessionDescriber
  /** Hands the session to the peer, which reports its transport's events to it from then on. */
  attach(session: Session): void
}

export interface SessionHostOptions {
  readonly clock: Clock
  readonly ids: IdSource & { roomSid(): string }
  readonly random: (bytes: number) => Uint8Array
  readonly createPeer: (style: PeerStyle) => PeerParts
  /** Mints a fresh token for a participant that stays; undefined when it cannot, which leaves it the one it has. */
  readonly refreshToken: (
    participant: Participant,
    grants: ParticipantGrants,
    apiKey: string,
  ) => string | undefined
  readonly onEvent: (event: RegistryEvent) => void
  readonly onSessionEnd: (participant: Participant, reason: LeaveReason) => void
}

export interface JoinCommand {
  readonly grants: ParticipantGrants
  readonly apiKey: string
  readonly joinRequest: Uint8Array
  readonly firefox: boolean
}

export type JoinResult =
  | { readonly ok: true; readonly session: Session | undefined }
  | { readonly ok: false; readonly refusal: JoinRefusal }

interface Entry {
  readonly session: Session
  readonly since: number
  nextToken: number
}

/** The sessions and rooms of one worker. */
export class SessionHost {
  readonly rooms: RoomRegistry
  readonly #options: SessionHostOptions
  readonly #entries = new Map<Session, Entry>()
  readonly #dirty = new Set<Session>()
  readonly #trailers = new WeakMap<Room, Uint8Array>()

  constructor(options: SessionHostOptions) {
    this.#options = options
    this.rooms = new RoomRegistry({ newRoomSid: () => options.ids.roomSid(), onEvent: options.onEvent })
  }

  get sessionCount(): number {
    return this.#entries.size
  }

  /** Lets a client in, or says why not. `accepted` is called before the first frame goes to `signal`. */
  join(command: JoinCommand, signal: SignalPort, accepted: () => void): JoinResult {
    const name = grantedRoom(command.grants)
    const request = decodeJoin(command.joinRequest)
    if (!name || !request) return { ok: false, refusal: 'bad-request' }
    if (request.reconnect) return this.#refuseResume(signal, accepted)
    const { clock, ids } = this.#options
    const admission = admit({
      registry: this.rooms,
      name,
      grants: command.grants,
      request,
      newParticipantSid: () => ids.participantSid(),
      now: clock.now,
    })
    if (!admission.ok) return admission
    accepted()
    return { ok: true, session: this.#start(command, request, admission.room, admission.participant, signal) }
  }

  /** A signal frame arrived. Unreadable ones end the session: the stream cannot be trusted any more. */
  signal(session: Session, data: Uint8Array): void {
    if (session.ended) return
    const request = data.length <= MAX_SIGNAL_BYTES ? decodeSignal(data) : undefined
    if (request) handleSignal(session, request, this.#options.clock.now)
    else session.dismiss('state_mismatch')
  }

  /** The WebSocket is gone. A connection that never came up ends now; a running one is given until ICE notices. */
  signalClosed(session: Session): void {
    if (!session.connected) session.end('signal_close')
  }

  /** End of a turn: asks for lines once for all that changed. */
  flush(): void {
    for (const session of this.#dirty) {
      this.#dirty.delete(session)
      if (!session.ended) session.negotiation.flush()
    }
  }

  /** Time has passed: late connections end, tokens are renewed, empty rooms go. */
  handleTimeout(): void {
    const { now } = this.#options.clock
    for (const entry of this.#entries.values()) {
      if (!entry.session.connected && now - entry.since > CONNECT_TIMEOUT_MS)
        entry.session.dismiss('join_failure')
      else if (now >= entry.nextToken) this.#sendToken(entry)
    }
    this.rooms.handleTimeout(now)
  }

  /** Sends everyone away; the process is about to end. */
  close(): void {
    for (const session of this.#entries.keys()) session.dismiss('server_shutdown')
  }

  #start(
    command: JoinCommand,
    request: JoinRequest,
    room: Room,
    participant: Participant,
    signal: SignalPort,
  ): Session {
    const { clock, ids, createPeer, onSessionEnd } = this.#options
    const peer = createPeer(peerStyle(command.firefox, request.clientInfo?.sdk))
    const session = new Session({
      room,
      participant,
      grants: command.grants,
      apiKey: command.apiKey,
      media: peer.media,
      describer: peer.describer,
      peer: peer.port,
      signal,
      ids,
      clock,
      autoSubscribe: request.connectionSettings?.autoSubscribe ?? false,
      onDirty: (dirty) => this.#dirty.add(dirty),
      onEnd: (ended, reason) => {
        this.#entries.delete(ended)
        onSessionEnd(ended.participant, reason)
      },
    })
    peer.attach(session)
    room.makeWayFor(participant.identity)
    signal.sendEncoded(encodedJoin(room, participant, this.#trailer(room)))
    const entry: Entry = { session, since: clock.now, nextToken: clock.now + FIRST_TOKEN_MS }
    this.#entries.set(session, entry)
    room.join(session)
    session.subscribeToPresent()
    for (const track of request.addTrackRequests.slice(0, MAX_JOIN_TRACKS)) addTrack(session, track)
    if (request.publisherOffer && !session.negotiation.handleOffer(request.publisherOffer))
      session.dismiss('join_failure')
    return session
  }

  /** A resume is answered with the order to join anew: nothing of the old connection is kept yet. */
  #refuseResume(signal: SignalPort, accepted: () => void): JoinResult {
    accepted()
    signal.send(new SignalResponse({ message: { case: 'leave', value: leaveResponse('state_mismatch') } }))
    signal.close()
    return { ok: true, session: undefined }
  }

  #sendToken(entry: Entry): void {
    const { session } = entry
    entry.nextToken = this.#options.clock.now + TOKEN_REFRESH_MS
    const token = this.#options.refreshToken(session.participant, session.grants, session.apiKey)
    if (token !== undefined) session.reply({ case: 'refreshToken', value: token })
  }

  #trailer(room: Room): Uint8Array {
    const present = this.#trailers.get(room)
    if (present) return present
    const trailer = this.#options.random(SIF_TRAILER_BYTES)
    this.#trailers.set(room, trailer)
    return trailer
  }
}

function decodeJoin(bytes: Uint8Array): JoinRequest | undefined {
  try {
    return JoinRequest.fromBinary(bytes)
  } catch {
    return undefined
  }
}

function decodeSignal(bytes: Uint8Array): SignalRequest | undefined {
  try {
    return SignalRequest.fromBinary(bytes)
  } catch {
    return undefined
  }
}
