// Keeps something for each SSRC, up to a limit; beyond it the one that was silent longest is forgotten.

interface Entry<Value> {
  readonly value: Value
  usedAt: number
}

/** A map by SSRC that never grows beyond its limit. */
export class SsrcTable<Value> {
  readonly #limit: number
  readonly #entries = new Map<number, Entry<Value>>()
  /** Counts uses, which is time enough to tell who was silent longest. */
  #uses = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#entries.size
  }

  get(ssrc: number): Value | undefined {
    const entry = this.#entries.get(ssrc)
    if (!entry) return undefined
    entry.usedAt = ++this.#uses
    return entry.value
  }

  /** Adds a value for an SSRC that has none, and returns it. */
  set(ssrc: number, value: Value): Value {
    if (this.#entries.size >= this.#limit) this.#forgetQuietest()
    this.#entries.set(ssrc, { value, usedAt: ++this.#uses })
    return value
  }

  clear(): void {
    this.#entries.clear()
  }

  #forgetQuietest(): void {
    let quietest = -1
    let usedAt = Infinity
    for (const [ssrc, entry] of this.#entries) {
      if (entry.usedAt >= usedAt) continue
      usedAt = entry.usedAt
      quietest = ssrc
    }
    this.#entries.delete(quietest)
  }
}
