// Remembers by how much sequence numbers of a stream were shifted and where packets were left out, so that late ones get the right number.

/** Changes of the shift remembered; a late packet from before them is dropped. One layer changes only at padding. */
const RANGES = 32

/** Returned for numbers that have none. */
export const UNMAPPED = -1

/** Ranges of incoming numbers, each with its shift: outgoing = incoming - shift. */
export class RangeMap {
  // Made at the start: many down-tracks are never looked at.
  #first = new Float64Array(0)
  #end = new Float64Array(0)
  #shift = new Float64Array(0)
  #current = 0
  /** Kept beside the array, whose numbers are floating point and would make every outgoing number one. */
  #currentShift = 0
  #count = 0

  /** Forgets everything; from `first` on `shift` counts. */
  start(first: number, shift: number): void {
    if (this.#first.length === 0) {
      this.#first = new Float64Array(RANGES)
      this.#end = new Float64Array(RANGES)
      this.#shift = new Float64Array(RANGES)
    }
    this.#current = 0
    this.#count = 1
    this.#set(first, shift)
  }

  /** The shift that counts for new packets. */
  get shift(): number {
    return this.#currentShift
  }

  /** Leaves `sequence` out, which must be newer than everything so far; all later ones move up by one. */
  exclude(sequence: number): void {
    const shift = this.shift + 1
    if (this.#first[this.#current] === sequence) return this.#set(sequence + 1, shift)
    this.#end[this.#current] = sequence
    this.#current = (this.#current + 1) % RANGES
    if (this.#count < RANGES) this.#count++
    this.#set(sequence + 1, shift)
  }

  /** The outgoing number of an incoming one, UNMAPPED if it was left out or lies before what is remembered. */
  map(sequence: number): number {
    let index = this.#current
    for (let back = 0; back < this.#count; back++) {
      if (sequence >= (this.#first[index] ?? 0)) {
        return sequence < (this.#end[index] ?? 0) ? sequence - (this.#shift[index] ?? 0) : UNMAPPED
      }
      index = (index + RANGES - 1) % RANGES
    }
    return UNMAPPED
  }

  #set(first: number, shift: number): void {
    this.#first[this.#current] = first
    this.#end[this.#current] = Infinity
    this.#shift[this.#current] = shift
    this.#currentShift = shift
  }
}
