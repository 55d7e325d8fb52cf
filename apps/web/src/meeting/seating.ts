// Decides the order of tiles: join order, you last, pinned first; a long speaker on another page takes a silent one's place (ui.md section 4).

// Speaking this long on another page earns a place in view; swaps come at most this often (ms).
const EARN_MS = 1500
const PAUSE_MS = 3000

interface Talk {
  since: number | null
  last: number
}

/** Order of the tiles. Time comes in. */
export class Seating {
  #order: string[] = []
  readonly #talk = new Map<string, Talk>()
  #lastSwap = Number.NEGATIVE_INFINITY

  /** Identities in the order of their tiles, without yourself and without regard to pins. */
  get order(): readonly string[] {
    return this.#order
  }

  /** Takes the people in join order; those who are already seated keep their seats. */
  handlePeople(identities: readonly string[]): void {
    const present = new Set(identities)
    const seated = this.#order.filter((identity) => present.has(identity))
    const known = new Set(seated)
    this.#order = [...seated, ...identities.filter((identity) => !known.has(identity))]
    for (const identity of this.#talk.keys()) if (!present.has(identity)) this.#talk.delete(identity)
  }

  /** Takes who is speaking now. */
  handleSpeaking(speaking: ReadonlySet<string>, now: number): void {
    for (const identity of this.#order) {
      const talk = this.#talk.get(identity) ?? { since: null, last: Number.NEGATIVE_INFINITY }
      if (speaking.has(identity)) {
        talk.since ??= now
        talk.last = now
      } else talk.since = null
      this.#talk.set(identity, talk)
    }
  }

  /**
   * Gives a long speaker out of view the seat of the longest silent person in view. True when seats changed.
   * @param visible identities in view
   * @param fixed identities that keep their seats (pinned)
   */
  update(visible: ReadonlySet<string>, fixed: ReadonlySet<string>, now: number): boolean {
    if (now - this.#lastSwap < PAUSE_MS) return false
    const speaker = this.#order.find(
      (identity) => !visible.has(identity) && this.#spokeFor(identity, now) >= EARN_MS,
    )
    if (speaker === undefined) return false
    const silent = this.#order
      .filter(
        (identity) =>
          visible.has(identity) && !fixed.has(identity) && this.#talk.get(identity)?.since === null,
      )
      .sort((a, b) => this.#lastHeard(a) - this.#lastHeard(b))[0]
    if (silent === undefined) return false
    this.#order = this.#order.map((identity) =>
      identity === speaker ? silent : identity === silent ? speaker : identity,
    )
    this.#lastSwap = now
    return true
  }

  #spokeFor(identity: string, now: number): number {
    const since = this.#talk.get(identity)?.since ?? null
    return since === null ? 0 : now - since
  }

  #lastHeard(identity: string): number {
    return this.#talk.get(identity)?.last ?? Number.NEGATIVE_INFINITY
  }
}
