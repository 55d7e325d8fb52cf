// Watches the audio tracks of one room for who is speaking.
import { ActiveSpeakers, type SpeakerChange } from '../media/index.ts'
import type { ParticipantSid } from './ids.ts'
import type { PublishedTrack } from './published-track.ts'

/** Who started or stopped speaking, or speaks at another level. */
export type SpeakerNews = SpeakerChange<ParticipantSid>

/** The speakers of one room. */
export class RoomSpeakers {
  readonly #speakers = new ActiveSpeakers<ParticipantSid>()

  published(now: number, track: PublishedTrack): void {
    if (track.announcement.kind === 'audio')
      this.#speakers.add(now, track.publisher, track.receiver.audioLevels)
  }

  /** A track ended; its publisher may have been speaking. */
  unpublished(track: PublishedTrack): readonly SpeakerNews[] {
    if (track.announcement.kind !== 'audio') return []
    const change = this.#speakers.remove(track.publisher, track.receiver.audioLevels)
    return change ? [change] : []
  }

  tick(now: number): readonly SpeakerNews[] {
    return this.#speakers.tick(now)
  }

  /** Everyone speaking now, for those who come later. */
  current(): readonly SpeakerNews[] {
    return this.#speakers.current()
  }
}
