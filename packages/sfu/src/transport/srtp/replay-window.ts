// Remembers which packet indices were seen, so that a recorded packet is taken once only (RFC 3711 section 3.3.2).

/** A window of `size` indices (a power of two, at least 32) below the newest one. */
export class ReplayWindow {
  readonly #size: number
  readonly #bits: Int32Array
  #newest = -1

  constructor(size: number) {
    if (size < 32 || (size & (size - 1)) !== 0) throw new RangeError('window size is no power of two')
    this.#size = size
    this.#bits = new Int32Array(size >> 5)
  }

  /** The newest index accepted, or -1. */
  get newest(): number {
    return this.#newest
  }

  /** Whether an index is new: ahead of all, or within the window and not seen. */
  isNew(index: number): boolean {
    if (index > this.#newest) return true
    if (this.#newest - index >= this.#size) return false
    const at = index % this.#size
    return ((this.#bits[at >> 5] ?? 0) & (1 << (at & 31))) === 0
  }

  /** Notes an index for which `isNew` holds, once the packet is authenticated. */
  accept(index: number): void {
    if (index > this.#newest) this.#advance(index)
    const at = index % this.#size
    this.#bits[at >> 5] = (this.#bits[at >> 5] ?? 0) | (1 << (at & 31))
  }

  #advance(index: number): void {
    const skipped = index - this.#newest
    if (skipped >= this.#size) this.#bits.fill(0)
    else
      for (let between = this.#newest + 1; between <= index; between++) {
        const at = between % this.#size
        this.#bits[at >> 5] = (this.#bits[at >> 5] ?? 0) & ~(1 << (at & 31))
      }
    this.#newest = index
  }
}
