// Decides what a participant publishes: announced tracks wait for their SDP section, sections wait for their announcement
// (livekit-protocol.md 4.1, 4.2); whichever comes second makes the track visible.
import type { PeerMedia, Receiver } from '../media/index.ts'
import { trackSid, type TrackSid } from '../room/ids.ts'
import { MAX_PENDING_TRACKS, MAX_TRACKS_PER_PARTICIPANT } from '../room/limits.ts'
import { mayPublish, type Participant } from '../room/participant.ts'
import { PublishedTrack, type TrackAnnouncement } from '../room/published-track.ts'
import type { Room } from '../room/room.ts'
import type { ReceiveSectionAgreement } from '../sdp/index.ts'
import type { Clock } from './clock.ts'
import type { IdSource } from './ports.ts'

/** Why an announcement was not taken; the session answers with the wire's reason. */
export type AnnounceRefusal = 'not-allowed' | 'limit-exceeded' | 'unsupported-type'

export type AnnounceResult =
  | {
      readonly ok: true
      readonly sid: TrackSid
      readonly announcement: TrackAnnouncement
      readonly muted: boolean
    }
  | { readonly ok: false; readonly refusal: AnnounceRefusal }

interface Pending {
  readonly sid: TrackSid
  readonly announcement: TrackAnnouncement
  muted: boolean
}

export interface PublicationsOptions {
  readonly room: Room
  readonly participant: Participant
  readonly media: PeerMedia
  readonly ids: IdSource
  readonly clock: Clock
}

/** Everything one participant publishes or is about to. */
export class Publications {
  readonly #room: Room
  readonly #participant: Participant
  readonly #media: PeerMedia
  readonly #ids: IdSource
  readonly #clock: Clock
  readonly #pending: Pending[] = []
  readonly #byMid = new Map<string, PublishedTrack>()
  #sections: readonly ReceiveSectionAgreement[] = []

  constructor(options: PublicationsOptions) {
    this.#room = options.room
    this.#participant = options.participant
    this.#media = options.media
    this.#ids = options.ids
    this.#clock = options.clock
  }

  /** Takes an announcement (AddTrackRequest). The track appears once its section is there: call `match()` next. */
  announce(announcement: TrackAnnouncement, muted: boolean): AnnounceResult {
    if (!mayPublish(this.#participant.permission, announcement.source))
      return { ok: false, refusal: 'not-allowed' }
    const total = this.#participant.tracks.size + this.#pending.length
    if (this.#pending.length >= MAX_PENDING_TRACKS || total >= MAX_TRACKS_PER_PARTICIPANT)
      return { ok: false, refusal: 'limit-exceeded' }
    const sid = trackSid(this.#ids.trackSid(announcement.kind, announcement.source))
    this.#pending.push({ sid, announcement, muted })
    return { ok: true, sid, announcement, muted }
  }

  /** Takes what the last offer agreed on; sections that no longer send end their tracks. */
  setSections(sections: readonly ReceiveSectionAgreement[]): void {
    this.#sections = sections
    for (const [mid, track] of this.#byMid)
      if (!sections.some((section) => section.mid === mid)) this.#end(mid, track)
    this.match()
  }

  /** Publishes every track that now has both its announcement and its section. */
  match(): void {
    for (const section of this.#sections) {
      if (this.#byMid.has(section.mid)) continue
      const pending = this.#takePending(section)
      if (pending) this.#publish(section, pending)
    }
  }

  /** What the client says of one of its tracks; also one that is still pending. */
  setMuted(sid: TrackSid, muted: boolean): void {
    const pending = this.#pending.find((candidate) => candidate.sid === sid)
    if (pending) pending.muted = muted
    const track = this.#participant.tracks.get(sid)
    if (!track || track.muted === muted) return
    track.muted = muted
    track.receiver.setMuted(muted)
    this.#room.changed(this.#participant)
  }

  /** Sids by mid, for the answer's map. */
  mids(): Iterable<readonly [string, TrackSid]> {
    return [...this.#byMid].map(([mid, track]) => [mid, track.sid] as const)
  }

  /** Opus options of the announced track that an offered section belongs to, by the browser's track id. */
  announcementOf(cid: string | undefined): TrackAnnouncement | undefined {
    const pending = this.#pending.find((candidate) => candidate.announcement.cid === cid)
    if (pending) return pending.announcement
    for (const track of this.#byMid.values()) if (track.announcement.cid === cid) return track.announcement
    return undefined
  }

  /** Ends everything; the room has been told already. */
  close(): void {
    for (const track of this.#byMid.values()) this.#media.removeReceiver(track.receiver)
    this.#byMid.clear()
    this.#pending.length = 0
  }

  #takePending(section: ReceiveSectionAgreement): Pending | undefined {
    const byCid = this.#pending.findIndex((candidate) => candidate.announcement.cid === section.trackId)
    const index =
      byCid >= 0
        ? byCid
        : this.#pending.findIndex((candidate) => candidate.announcement.kind === section.kind)
    return index < 0 ? undefined : this.#pending.splice(index, 1)[0]
  }

  #publish(section: ReceiveSectionAgreement, pending: Pending): void {
    const receiver: Receiver | undefined = this.#media.addReceiver(section.mid, { kind: section.kind })
    if (!receiver) return
    receiver.setMuted(pending.muted)
    const codec = section.codecs[0]?.name ?? (section.kind === 'audio' ? 'opus' : 'vp8')
    const track = new PublishedTrack({
      sid: pending.sid,
      publisher: this.#participant.sid,
      announcement: pending.announcement,
      mid: section.mid,
      mimeType: codec === 'opus' ? 'audio/opus' : 'video/VP8',
      receiver,
      muted: pending.muted,
    })
    this.#byMid.set(section.mid, track)
    this.#room.publish(this.#clock.now, this.#participant, track)
  }

  #end(mid: string, track: PublishedTrack): void {
    this.#byMid.delete(mid)
    this.#room.unpublish(this.#participant, track)
    this.#media.removeReceiver(track.receiver)
  }
}
