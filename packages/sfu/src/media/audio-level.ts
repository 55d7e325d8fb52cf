// Smooths the audio level extension (RFC 6464) of one track into a loudness per interval.
//
// Levels are attenuations: 0 is the loudest, 127 silence, in -dBov.

/** Quieter packets count as pauses; LiveKit's threshold. */
const ACTIVE_LEVEL_DBOV = 35

/** Share of packets in an interval that must be active, so that one click makes nobody the speaker. */
const MIN_ACTIVE_SHARE = 0.4

/** Weight of the newest interval: exponential smoothing over two. */
const SMOOTHING = 2 / 3

/** Smoothed levels from here on are speech, linear. */
export const ACTIVE_LINEAR_LEVEL: number = 10 ** (-ACTIVE_LEVEL_DBOV / 20)

/** The packets of one interval and the smoothed level of the past ones. */
export class AudioLevelWindow {
  #packets = 0
  #active = 0
  #loudest = 127
  #smoothed = 0

  /** Takes the level of one packet, 0 to 127 -dBov. */
  observe(level: number): void {
    this.#packets++
    if (level > ACTIVE_LEVEL_DBOV) return
    this.#active++
    if (level < this.#loudest) this.#loudest = level
  }

  /** Ends the interval and returns the smoothed linear level, 0 to 1. */
  close(): number {
    const share = this.#packets === 0 ? 0 : this.#active / this.#packets
    // Speech through half of the interval is half as loud.
    const linear = share < MIN_ACTIVE_SHARE ? 0 : 10 ** (-this.#loudest / 20) * share
    this.#smoothed += (linear - this.#smoothed) * SMOOTHING
    this.#packets = 0
    this.#active = 0
    this.#loudest = 127
    return this.#smoothed
  }
}
