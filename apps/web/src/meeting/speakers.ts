// Smooths who is speaking: a ring comes after 150 ms and goes after 600 ms, so that it does not flicker with every syllable.

// From ui.md section 12 (ms).
const ON_AFTER_MS = 150
const OFF_AFTER_MS = 600

interface Voice {
  active: boolean
  since: number
  shown: boolean
}

/** Who shows a speaker ring. Time comes in; ask again at `deadline`. */
export class Speakers {
  readonly #voices = new Map<string, Voice>()

  /** Takes the server's current list of speakers. */
  handleSpeakers(identities: readonly string[], now: number): void {
    const active = new Set(identities)
    for (const [identity, voice] of this.#voices) {
      if (voice.active !== active.has(identity)) {
        voice.active = !voice.active
        voice.since = now
      }
    }
    for (const identity of active) {
      if (!this.#voices.has(identity)) this.#voices.set(identity, { active: true, since: now, shown: false })
    }
  }

  /** Forgets someone who left. */
  handleLeft(identity: string): void {
    this.#voices.delete(identity)
  }

  /** Brings the rings up to `now` and returns who has one. */
  update(now: number): ReadonlySet<string> {
    const shown = new Set<string>()
    for (const [identity, voice] of this.#voices) {
      if (voice.active !== voice.shown && now >= voice.since + (voice.active ? ON_AFTER_MS : OFF_AFTER_MS))
        voice.shown = voice.active
      if (voice.shown) shown.add(identity)
      else if (!voice.active) this.#voices.delete(identity)
    }
    return shown
  }

  /** When a ring will come or go next, or null. */
  deadline(): number | null {
    let next: number | null = null
    for (const voice of this.#voices.values()) {
      if (voice.active === voice.shown) continue
      const at = voice.since + (voice.active ? ON_AFTER_MS : OFF_AFTER_MS)
      if (next === null || at < next) next = at
    }
    return next
  }
}
