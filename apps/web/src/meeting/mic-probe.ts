// Listens once to a microphone that was switched on: the first signal ends it, six seconds of nothing are reported.
import { watchLevel } from '../devices/level.ts'
import { SilenceWatch } from '../devices/silence.ts'

/** Watches one microphone at a time. */
export class MicProbe {
  readonly #onSilent: () => void
  #stop: (() => void) | null = null

  constructor(onSilent: () => void) {
    this.#onSilent = onSilent
  }

  /** Starts with a microphone that was switched on. */
  start(track: MediaStreamTrack): void {
    this.stop()
    const silence = new SilenceWatch(performance.now())
    this.#stop = watchLevel(track, (_, alive) => {
      const silent = silence.handleSignal(alive, performance.now())
      if (!alive && !silent) return
      this.stop()
      if (silent) this.#onSilent()
    })
  }

  /** Stops listening. */
  stop(): void {
    this.#stop?.()
    this.#stop = null
  }
}
