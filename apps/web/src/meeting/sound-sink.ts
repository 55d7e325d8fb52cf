// Plays what others say: one audio element per sound track, out of sight.
import type { RemoteTrack } from 'livekit-client'

/** Audio elements of the running meeting. */
export class SoundSink {
  readonly #box: HTMLDivElement

  constructor() {
    this.#box = document.createElement('div')
    this.#box.hidden = true
    document.body.append(this.#box)
  }

  /** Starts playing a track. */
  add(track: RemoteTrack): void {
    this.#box.append(track.attach())
  }

  /** Stops playing a track. */
  remove(track: RemoteTrack): void {
    for (const element of track.detach()) element.remove()
  }

  /** Stops everything. */
  clear(): void {
    this.#box.remove()
  }
}
