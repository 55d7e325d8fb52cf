// One participant's control plane: owns its small engines, speaks to its client, and hears the room.
import {
  RoomUpdate,
  SignalResponse,
  SpeakerInfo,
  SpeakersChanged,
  TrackSubscribed,
  TrackUnpublishedResponse,
} from '@livekit/protocol'
import type { PeerMedia } from '../media/index.ts'
import type { LeaveReason, Participant } from '../room/participant.ts'
import type { PublishedTrack } from '../room/published-track.ts'
import type { Room, RoomMember } from '../room/room.ts'
import type { SpeakerNews } from '../room/room-speakers.ts'
import type { SessionDescriber } from '../sdp/index.ts'
import type { ParticipantGrants } from '../wire/index.ts'
import type { Clock } from './clock.ts'
import { isDataLabel, RELIABLE_LABEL, routeData, type DataLabel, type RoutedData } from './data-forwarder.ts'
import { leaveResponse } from './leave.ts'
import { Negotiation } from './negotiation.ts'
import type { IdSource, PeerPort, SignalPort } from './ports.ts'
import { Publications } from './publications.ts'
import { Subscriptions } from './subscriptions.ts'
import { encodedUpdate } from './participant-update.ts'
import { toRoomInfo } from './wire-models.ts'

export interface SessionOptions {
  readonly room: Room
  readonly participant: Participant
  readonly grants: ParticipantGrants
  readonly apiKey: string
  readonly media: PeerMedia
  readonly describer: SessionDescriber
  readonly peer: PeerPort
  readonly signal: SignalPort
  readonly ids: IdSource
  readonly clock: Clock
  readonly autoSubscribe: boolean
  /** Called when the end-of-turn flush is needed. */
  readonly onDirty: (session: Session) => void
  /** Called once, when everything of this session is over. */
  readonly onEnd: (session: Session, reason: LeaveReason) => void
}

/** A participant that does not take its reliable data is told apart by this many refused messages in a row. */
const MAX_REFUSED_RELIABLE = 64

/** A live session. Everything enters by a method; what leaves goes through the ports. */
export class Session implements RoomMember {
  readonly participant: Participant
  readonly room: Room
  readonly grants: ParticipantGrants
  readonly apiKey: string
  readonly publications: Publications
  readonly subscriptions: Subscriptions
  readonly negotiation: Negotiation
  readonly signal: SignalPort
  readonly media: PeerMedia
  readonly #options: SessionOptions
  #refusedReliable = 0
  #lastReliableSequence = 0
  #channels = 0
  #transportConnected = false
  #ended = false

  constructor(options: SessionOptions) {
    const { room, participant, media, ids, signal } = options
    this.#options = options
    this.room = room
    this.participant = participant
    this.grants = options.grants
    this.apiKey = options.apiKey
    this.signal = signal
    this.media = media
    this.publications = new Publications({ room, participant, media, ids, clock: options.clock })
    this.subscriptions = new Subscriptions({
      participant,
      media,
      ids,
      autoSubscribe: options.autoSubscribe,
      onChange: () => this.#changed(),
      onSubscribed: (track) => this.#subscribed(track),
    })
    this.negotiation = new Negotiation({
      describer: options.describer,
      media,
      peer: options.peer,
      signal,
      publications: this.publications,
      subscriptions: this.subscriptions,
    })
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Whether ICE and DTLS ever came up. */
  get connected(): boolean {
    return this.#transportConnected
  }

  /** Wishes for every track that is there already. */
  subscribeToPresent(): void {
    for (const member of this.room.members())
      if (member !== this)
        for (const track of member.participant.tracks.values()) this.subscriptions.offer(track)
  }

  /** Keys are there; media flows. Others hear of it once the data channels are open as well, or at once without any. */
  transportConnected(): void {
    this.#transportConnected = true
    if (!this.negotiation.expectsChannels || this.#channels >= 2) this.room.activate(this)
  }

  /** The client opened a data channel. */
  channelOpened(label: string): void {
    if (!isDataLabel(label)) return
    this.#channels++
    if (this.#channels >= 2 && this.#transportConnected) this.room.activate(this)
  }

  /** A data message arrived from the client. */
  dataReceived(label: string, data: Uint8Array): void {
    if (!isDataLabel(label)) return
    const routed = routeData(this.participant, label, data)
    if (!routed) return
    if (label === RELIABLE_LABEL && routed.sequence > 0) {
      // A resend after a hiccup must not reach anyone twice.
      if (routed.sequence <= this.#lastReliableSequence) return
      this.#lastReliableSequence = routed.sequence
    }
    this.room.tellBefore(this.participant)
    for (const member of this.room.members())
      if (member !== this && member instanceof Session && wants(member, routed)) member.deliver(label, routed)
  }

  /** Hands a data message to this client; one that never drains its reliable channel is let go. */
  deliver(label: DataLabel, routed: RoutedData): void {
    const result = this.#options.peer.sendData(label, routed.bytes)
    if (label !== RELIABLE_LABEL || result === 'not-open') return
    this.#refusedReliable = result === 'buffer-full' ? this.#refusedReliable + 1 : 0
    if (this.#refusedReliable >= MAX_REFUSED_RELIABLE) this.dismiss('media_failure')
  }

  participantsChanged(participants: readonly Participant[]): void {
    if (!this.#ended) this.signal.sendEncoded(encodedUpdate(participants))
  }

  trackPublished(track: PublishedTrack): void {
    this.subscriptions.offer(track)
  }

  trackUnpublished(track: PublishedTrack): void {
    this.subscriptions.withdraw(track)
  }

  roomChanged(): void {
    this.#send({ case: 'roomUpdate', value: new RoomUpdate({ room: toRoomInfo(this.room) }) })
  }

  /** Who started or stopped speaking, as far as this client receives them or is them. */
  speakersChanged(news: readonly SpeakerNews[]): void {
    const speakers = news
      .filter(({ key }) => key === this.participant.sid || this.subscriptions.receivesFrom(key))
      .map(({ key, level, active }) => new SpeakerInfo({ sid: key, level, active }))
    if (speakers.length > 0) this.#send({ case: 'speakersChanged', value: new SpeakersChanged({ speakers }) })
  }

  /** Answers the client. */
  reply(message: SignalResponse['message']): void {
    this.#send(message)
  }

  /** Asks for the end-of-turn flush, where a pending wish for lines is turned into a requirement. */
  flushSoon(): void {
    this.#options.onDirty(this)
  }

  /** Ends a track of this participant on somebody else's behalf. */
  revokeTrack(track: PublishedTrack): void {
    this.#send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid: track.sid }) })
  }

  dismiss(reason: LeaveReason): void {
    this.#send({ case: 'leave', value: leaveResponse(reason) })
    this.end(reason)
  }

  /** Ends everything of this session: room, media, transport, signalling. Safe to call twice. */
  end(reason: LeaveReason): void {
    if (this.#ended) return
    this.#ended = true
    this.room.leave(this.#options.clock.now, this, reason)
    this.subscriptions.close()
    this.publications.close()
    this.#options.peer.close()
    this.signal.close()
    this.#options.onEnd(this, reason)
  }

  #changed(): void {
    this.negotiation.changed()
    this.#options.onDirty(this)
  }

  /** The publisher hears that someone listens, and the listener who is speaking already. */
  #subscribed(track: PublishedTrack): void {
    this.speakersChanged(this.room.currentSpeakers().filter(({ key }) => key === track.publisher))
    const publisher = this.room.memberBySid(track.publisher)
    if (publisher instanceof Session)
      publisher.#send({ case: 'trackSubscribed', value: new TrackSubscribed({ trackSid: track.sid }) })
  }

  #send(message: SignalResponse['message']): void {
    if (!this.#ended) this.signal.send(new SignalResponse({ message }))
  }
}

function wants(member: Session, routed: RoutedData): boolean {
  if (routed.destinations && !routed.destinations.has(member.participant.identity)) return false
  return member.connected
}
