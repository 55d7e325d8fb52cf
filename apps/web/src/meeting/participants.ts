// Reads livekit-client's participants into people for the view; the only reader of its tracks.
import { ConnectionQuality, Track } from 'livekit-client'
import type { Participant, RemoteParticipant, Room } from 'livekit-client'
import type { VideoSource } from './model.ts'
import type { RawPerson } from './roster.ts'

const sources = new WeakMap<Track, VideoSource>()

function sourceOf(track: Track): VideoSource {
  let source = sources.get(track)
  if (source === undefined) {
    source = {
      attach: (element) => void track.attach(element),
      detach: (element) => void track.detach(element),
    }
    sources.set(track, source)
  }
  return source
}

function picture(participant: Participant, which: Track.Source): VideoSource | null {
  const publication = participant.getTrackPublication(which)
  const track = publication?.videoTrack
  return publication === undefined || publication.isMuted || track === undefined ? null : sourceOf(track)
}

function personOf(participant: Participant, isSelf: boolean, speaking: ReadonlySet<string>): RawPerson {
  const quality = participant.connectionQuality
  return {
    identity: participant.identity,
    name: participant.name ?? '',
    isSelf,
    micOn: participant.isMicrophoneEnabled,
    camOn: participant.isCameraEnabled,
    speaking: speaking.has(participant.identity) && participant.isMicrophoneEnabled,
    weak: quality === ConnectionQuality.Poor || quality === ConnectionQuality.Lost,
    video: picture(participant, Track.Source.Camera),
    screen: picture(participant, Track.Source.ScreenShare),
  }
}

/** Everyone else in join order. */
export function othersOf(room: Room): RemoteParticipant[] {
  return [...room.remoteParticipants.values()].sort(
    (a, b) => (a.joinedAt?.getTime() ?? 0) - (b.joinedAt?.getTime() ?? 0),
  )
}

/** People in join order, you last. */
export function readPeople(room: Room, speaking: ReadonlySet<string>): RawPerson[] {
  const others = othersOf(room).map((participant) => personOf(participant, false, speaking))
  return [...others, personOf(room.localParticipant, true, speaking)]
}
