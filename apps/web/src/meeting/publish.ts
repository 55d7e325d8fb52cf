// Hands an open microphone or camera of the join page over to the room, without opening it a second time.
import { LocalAudioTrack, LocalTrack, LocalVideoTrack, Track } from 'livekit-client'
import type { Room } from 'livekit-client'
import type { MediaKind } from '../devices/media.ts'

// The library's subclasses do not fit their own base class under exactOptionalPropertyTypes; at run time they always do.
function asLocalTrack(track: object): LocalTrack | null {
  return track instanceof LocalTrack ? track : null
}

/** Publishes a track. A track that has ended meanwhile is left out; one that cannot be published is stopped. */
export async function publishTrack(room: Room, kind: MediaKind, track: MediaStreamTrack): Promise<void> {
  if (track.readyState !== 'live') return
  const constraints = track.getConstraints()
  // Not "user provided": the library may close the camera on mute and open it again.
  const local = asLocalTrack(
    kind === 'mic'
      ? new LocalAudioTrack(track, constraints, false)
      : new LocalVideoTrack(track, constraints, false),
  )
  if (local === null) return
  try {
    await room.localParticipant.publishTrack(local, {
      source: kind === 'mic' ? Track.Source.Microphone : Track.Source.Camera,
    })
  } catch (error) {
    local.stop()
    throw error
  }
}
