// Decides who is speaking and how loud, and tells only what changed (livekit-protocol.md section 5, Speakers).
import { ACTIVE_LINEAR_LEVEL, type AudioLevelWindow } from './audio-level.ts'

/** Length of an interval, ms; LiveKit's figure. */
const TICK_MS = 400

/** Levels are told in eighths, rounded up, so that small wavering is no change. */
const LEVEL_STEPS = 8

/** One speaker's news; `level` linear 0 to 1 in eighths, 0 when not active. */
export interface SpeakerChange<Key> {
  readonly key: Key
  readonly level: number
  readonly active: boolean
}

interface Speaker {
  readonly windows: AudioLevelWindow[]
  level: number
}

/** The speakers of one room. A key (a participant) may have several audio tracks; the loudest counts. */
export class ActiveSpeakers<Key> {
  readonly #speakers = new Map<Key, Speaker>()
  #nextTick = Infinity

  /** Adds an audio track of someone. */
  add(now: number, key: Key, window: AudioLevelWindow): void {
    const speaker = this.#speakers.get(key)
    if (!speaker) this.#speakers.set(key, { windows: [window], level: 0 })
    else if (!speaker.windows.includes(window)) speaker.windows.push(window)
    if (this.#nextTick === Infinity) this.#nextTick = now + TICK_MS
  }

  /** Removes an audio track; who had been speaking with the last one is told as inactive. */
  remove(key: Key, window: AudioLevelWindow): SpeakerChange<Key> | undefined {
    const speaker = this.#speakers.get(key)
    if (!speaker) return undefined
    const index = speaker.windows.indexOf(window)
    if (index >= 0) speaker.windows.splice(index, 1)
    if (speaker.windows.length > 0) return undefined
    this.#speakers.delete(key)
    if (this.#speakers.size === 0) this.#nextTick = Infinity
    return speaker.level > 0 ? { key, level: 0, active: false } : undefined
  }

  /** Ends the interval if it is over; returns what changed, loudest first. */
  tick(now: number): readonly SpeakerChange<Key>[] {
    if (now < this.#nextTick) return []
    // A late tick shortens nothing: intervals count from here.
    this.#nextTick = now + TICK_MS
    const changes: SpeakerChange<Key>[] = []
    for (const [key, speaker] of this.#speakers) {
      let loudest = 0
      for (const window of speaker.windows) loudest = Math.max(loudest, window.close())
      const level = loudest < ACTIVE_LINEAR_LEVEL ? 0 : Math.ceil(loudest * LEVEL_STEPS) / LEVEL_STEPS
      if (level === speaker.level) continue
      speaker.level = level
      changes.push({ key, level, active: level > 0 })
    }
    return changes.sort((a, b) => b.level - a.level)
  }

  /** Everyone speaking now, loudest first: for who comes later. */
  current(): readonly SpeakerChange<Key>[] {
    const speaking: SpeakerChange<Key>[] = []
    for (const [key, speaker] of this.#speakers) {
      if (speaker.level > 0) speaking.push({ key, level: speaker.level, active: true })
    }
    return speaking.sort((a, b) => b.level - a.level)
  }

  /** When `tick` has something to do. */
  deadline(): number {
    return this.#nextTick
  }
}
