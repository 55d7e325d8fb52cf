// A one-way link with seeded loss, delay, jitter, reordering and duplication under virtual time.
import { seededRandom } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface LinkOptions {
  readonly seed: number
  /** Share lost, 0 to 1. */
  readonly loss: number
  /** ms. */
  readonly delay: number
  /** Up to so many ms more, evenly spread; order is kept, as in a queue. */
  readonly jitter?: number
  /** Share that comes REORDER_MS later, behind others. */
  readonly reordered?: number
  /** Share sent twice. */
  readonly duplicates?: number
}

/** How long a reordered packet is held, ms. */
const REORDER_MS = 15

/** Delivers packets to `deliver`. */
export class LossyLink {
  loss: number
  readonly #time: VirtualTime
  readonly #options: LinkOptions
  readonly #random: () => number
  readonly #deliver: (packet: Uint8Array) => void
  #last = 0

  constructor(time: VirtualTime, options: LinkOptions, deliver: (packet: Uint8Array) => void) {
    this.#time = time
    this.#options = options
    this.loss = options.loss
    this.#random = seededRandom(options.seed)
    this.#deliver = deliver
  }

  /** Takes a packet; it is copied by nobody, so do not reuse it. */
  send(packet: Uint8Array): void {
    const { delay, jitter = 0, reordered = 0, duplicates = 0 } = this.#options
    const copies = this.#random() < duplicates ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (this.#random() < this.loss) continue
      const bytes = copies === 1 ? packet : packet.slice()
      this.#last = Math.max(this.#last, this.#time.now + delay + this.#random() * jitter)
      const held = this.#random() < reordered ? REORDER_MS : 0
      this.#time.after(this.#last - this.#time.now + held, () => this.#deliver(bytes))
    }
  }
}
