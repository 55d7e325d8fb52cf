// Decides who is in a room and who hears of a change: joins, leaves, publications, and when the empty room ends.
import type { Identity, ParticipantSid, RoomName, RoomSid, TrackSid } from './ids.ts'
import {
  DEFAULT_DEPARTURE_TIMEOUT_SECONDS,
  DEFAULT_EMPTY_TIMEOUT_SECONDS,
  DEFAULT_MAX_PARTICIPANTS,
} from './limits.ts'
import { ParticipantState, type LeaveReason, type Participant } from './participant.ts'
import type { PublishedTrack } from './published-track.ts'
import { RoomSpeakers, type SpeakerNews } from './room-speakers.ts'
import { WaitingNews } from './waiting-news.ts'

/** What a room tells each of its members; implemented by the session of that member. Calls must not throw. */
export interface RoomMember {
  readonly participant: Participant
  /** Others, or the member itself, joined, left or changed; each change has raised the participant's version. */
  participantsChanged(participants: readonly Participant[]): void
  trackPublished(track: PublishedTrack): void
  trackUnpublished(track: PublishedTrack): void
  roomChanged(): void
  speakersChanged(news: readonly SpeakerNews[]): void
  /** The room wants the member gone; it tells its client why and ends. */
  dismiss(reason: LeaveReason): void
}

export interface RoomOptions {
  readonly emptyTimeoutSeconds?: number | undefined
  readonly departureTimeoutSeconds?: number | undefined
  readonly maxParticipants?: number | undefined
  readonly metadata?: string | undefined
}

/** What the world outside the room hears. */
export type RoomEvent =
  | { readonly kind: 'participant_joined'; readonly participant: Participant }
  | { readonly kind: 'participant_left'; readonly participant: Participant }
  | { readonly kind: 'track_published'; readonly track: PublishedTrack }
  | { readonly kind: 'track_unpublished'; readonly track: PublishedTrack }

/** One room: its members and the news between them. Media and signalling live elsewhere. */
export class Room {
  readonly name: RoomName
  readonly sid: RoomSid
  readonly createdAt: number
  readonly maxParticipants: number
  readonly emptyTimeoutSeconds: number
  readonly departureTimeoutSeconds: number
  metadata: string
  readonly #speakers = new RoomSpeakers()
  readonly #members = new Map<ParticipantSid, RoomMember>()
  readonly #news = new WaitingNews()
  readonly #onEvent: (event: RoomEvent) => void
  #emptySince: number
  #hadMembers = false

  constructor(
    name: RoomName,
    sid: RoomSid,
    now: number,
    options: RoomOptions,
    onEvent: (event: RoomEvent) => void,
  ) {
    this.name = name
    this.sid = sid
    this.createdAt = now
    this.#emptySince = now
    this.#onEvent = onEvent
    this.metadata = options.metadata ?? ''
    this.maxParticipants = options.maxParticipants || DEFAULT_MAX_PARTICIPANTS
    this.emptyTimeoutSeconds = options.emptyTimeoutSeconds || DEFAULT_EMPTY_TIMEOUT_SECONDS
    this.departureTimeoutSeconds = options.departureTimeoutSeconds || DEFAULT_DEPARTURE_TIMEOUT_SECONDS
  }

  get size(): number {
    return this.#members.size
  }

  /** Members that publish something. */
  get publisherCount(): number {
    let count = 0
    for (const member of this.#members.values()) if (member.participant.isPublisher) count++
    return count
  }

  /** Everyone here, in the order of joining. */
  members(): Iterable<RoomMember> {
    return this.#members.values()
  }

  /** The member with this identity, or undefined. */
  memberByIdentity(wanted: Identity): RoomMember | undefined {
    for (const member of this.#members.values()) if (member.participant.identity === wanted) return member
    return undefined
  }

  memberBySid(sid: ParticipantSid): RoomMember | undefined {
    return this.#members.get(sid)
  }

  /** Finds a published track of anyone here. */
  trackBySid(sid: TrackSid): PublishedTrack | undefined {
    for (const member of this.#members.values()) {
      const track = member.participant.tracks.get(sid)
      if (track) return track
    }
    return undefined
  }

  /** Whether another identity fits in; the same identity coming back always does. */
  isFullFor(wanted: Identity): boolean {
    return this.#members.size >= this.maxParticipants && this.memberByIdentity(wanted) === undefined
  }

  /**
   * Takes a member in. An older stay of the same identity is dismissed first, so that its DISCONNECTED
   * reaches everyone before the new JOINED does (livekit-protocol.md, pitfall 18).
   */
  join(member: RoomMember): void {
    this.makeWayFor(member.participant.identity)
    this.#members.set(member.participant.sid, member)
    this.#hadMembers = true
    member.participant.state = ParticipantState.joined
    this.changed(member.participant)
  }

  /** Ends an older stay of an identity, so that a list of the others made now does not hold it. */
  makeWayFor(coming: Identity): void {
    this.memberByIdentity(coming)?.dismiss('duplicate_identity')
  }

  /** Marks a member as connected and tells everyone. */
  activate(member: RoomMember): void {
    if (member.participant.state !== ParticipantState.joined) return
    member.participant.state = ParticipantState.active
    this.changed(member.participant)
    this.#onEvent({ kind: 'participant_joined', participant: member.participant })
  }

  /** Takes a member out; its tracks end first. Safe to call twice. */
  leave(now: number, member: RoomMember, reason: LeaveReason): void {
    const { participant } = member
    if (this.#members.get(participant.sid) !== member) return
    const mayWait = WaitingNews.mayWait(participant, this.#members.size)
    for (const track of participant.tracks.values()) this.#endTrack(participant, track)
    this.#members.delete(participant.sid)
    const wasActive = participant.state === ParticipantState.active
    participant.state = ParticipantState.disconnected
    participant.leaveReason = reason
    this.#tell(participant, mayWait)
    if (this.#members.size === 0) this.#emptySince = now
    if (wasActive) this.#onEvent({ kind: 'participant_left', participant })
  }

  /** Makes a track visible to everyone; the update goes out before anyone may subscribe (livekit-protocol.md 5). */
  publish(now: number, participant: Participant, track: PublishedTrack): void {
    participant.tracks.set(track.sid, track)
    this.#speakers.published(now, track)
    this.changed(participant)
    for (const member of this.#members.values())
      if (member.participant !== participant) member.trackPublished(track)
    this.#onEvent({ kind: 'track_published', track })
  }

  /** Ends a track of someone who stays. */
  unpublish(participant: Participant, track: PublishedTrack): void {
    if (!participant.tracks.has(track.sid)) return
    this.#endTrack(participant, track)
    this.#tell(participant, false)
  }

  /** Tells everyone who may know of a participant, the participant included, that something about it is new. */
  changed(participant: Participant): void {
    this.#tell(participant, WaitingNews.mayWait(participant, this.#members.size))
  }

  /** Tells what still waits, if it is about this participant: whatever comes from it must find it known. */
  tellBefore(participant: Participant): void {
    if (this.#news.has(participant)) this.#tellWaiting()
  }

  setMetadata(metadata: string): void {
    this.metadata = metadata
    for (const member of this.#members.values()) member.roomChanged()
  }

  /** Time has passed: tells who is speaking, and who came and went. */
  handleTimeout(now: number): void {
    if (this.#news.isDue(now)) this.#tellWaiting()
    this.#tellSpeakers(this.#speakers.tick(now))
  }

  /** Who is speaking right now. */
  currentSpeakers(): readonly SpeakerNews[] {
    return this.#speakers.current()
  }

  /** Sends everyone away. */
  dismissAll(reason: LeaveReason): void {
    for (const member of this.#members.values()) member.dismiss(reason)
  }

  /** Whether nobody came, or came back, in time. */
  isOver(now: number): boolean {
    if (this.#members.size > 0) return false
    const seconds = this.#hadMembers ? this.departureTimeoutSeconds : this.emptyTimeoutSeconds
    return now - this.#emptySince >= seconds * 1000
  }

  #tell(participant: Participant, mayWait: boolean): void {
    participant.touch()
    const news = [participant]
    if (mayWait) {
      this.#news.add(participant)
      this.#members.get(participant.sid)?.participantsChanged(news)
      return
    }
    // In the order of events: an identity that comes back must have left before.
    this.#tellWaiting()
    for (const member of this.#members.values()) {
      if (participant.permission.hidden && member.participant !== participant) continue
      member.participantsChanged(news)
    }
  }

  #tellWaiting(): void {
    const news = this.#news.take()
    if (news.length > 0) for (const member of this.#members.values()) member.participantsChanged(news)
  }

  #endTrack(participant: Participant, track: PublishedTrack): void {
    participant.tracks.delete(track.sid)
    for (const member of this.#members.values())
      if (member.participant !== participant) member.trackUnpublished(track)
    this.#tellSpeakers(this.#speakers.unpublished(track))
    this.#onEvent({ kind: 'track_unpublished', track })
  }

  #tellSpeakers(news: readonly SpeakerNews[]): void {
    if (news.length > 0) for (const member of this.#members.values()) member.speakersChanged(news)
  }
}
