// Decides whether a record's sequence number was seen before: a sliding window of 64 (RFC 6347 section 4.1.2.6).

/** Sequence numbers remembered behind the highest one, the size RFC 6347 recommends. */
const WINDOW = 64

/** Bitmap of the last 64 sequence numbers of one epoch. */
export class ReplayWindow {
  #highest = -1
  /** Bit n: highest - n was seen. */
  #low = 0
  /** Bit n: highest - 32 - n was seen. */
  #high = 0

  /** True for a number that is neither too old nor marked. */
  isFresh(sequence: number): boolean {
    const age = this.#highest - sequence
    if (age < 0) return true
    if (age >= WINDOW) return false
    return age < 32 ? (this.#low & (1 << age)) === 0 : (this.#high & (1 << (age - 32))) === 0
  }

  /** Marks a fresh number; only to be called for records that authenticated. */
  mark(sequence: number): void {
    const ahead = sequence - this.#highest
    if (ahead > 0) {
      this.#shift(ahead)
      this.#highest = sequence
    }
    const age = this.#highest - sequence
    if (age < 32) this.#low |= 1 << age
    else this.#high |= 1 << (age - 32)
  }

  #shift(by: number): void {
    if (by >= WINDOW) {
      this.#low = 0
      this.#high = 0
    } else if (by >= 32) {
      this.#high = this.#low << (by - 32)
      this.#low = 0
    } else {
      this.#high = (this.#high << by) | (this.#low >>> (32 - by))
      this.#low <<= by
    }
  }
}
