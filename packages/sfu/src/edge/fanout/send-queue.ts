// Collects rows until the end of a turn, in the order they came, one list a target.
import { FANOUT_ROW_FIELDS } from '../../media/fanout.ts'

/** Rows of one turn; a burst of 8 packets to 300 viewers is 2,400. */
export const QUEUE_ROWS = 4_096
/** Bytes of headers of one turn: 64 a row, which is RTP, four extensions and a VP8 descriptor with room to spare. */
export const QUEUE_HEADER_BYTES: number = QUEUE_ROWS * 64

/** Targets there is room for at first; doubled when needed. */
const INITIAL_TARGETS = 64
const NO_ROW = -1
const NO_PAYLOAD = new Uint8Array(0)

/** What waits to be sent. Row numbers index the arrays; `next` links the rows of one target. */
export class SendQueue {
  readonly headers: Uint8Array = new Uint8Array(QUEUE_HEADER_BYTES)
  readonly headerOffset: Int32Array = new Int32Array(QUEUE_ROWS)
  readonly headerLength: Int32Array = new Int32Array(QUEUE_ROWS)
  readonly tailOffset: Int32Array = new Int32Array(QUEUE_ROWS)
  readonly tailEnd: Int32Array = new Int32Array(QUEUE_ROWS)
  readonly payloads: Uint8Array[] = Array.from({ length: QUEUE_ROWS }, () => NO_PAYLOAD)
  readonly next: Int32Array = new Int32Array(QUEUE_ROWS)
  /** Targets that have rows, in the order of their first. */
  readonly targets: Int32Array = new Int32Array(QUEUE_ROWS)
  targetCount = 0
  #first = new Int32Array(INITIAL_TARGETS).fill(NO_ROW)
  #last = new Int32Array(INITIAL_TARGETS)
  #rows = 0
  #headerBytes = 0

  /** Target indices below this can have rows. */
  get targetRoom(): number {
    return this.#first.length
  }

  /** Doubles the room for targets; the queue must be empty. */
  growTargets(): void {
    const room = 2 * this.#first.length
    this.#first = new Int32Array(room).fill(NO_ROW)
    this.#last = new Int32Array(room)
  }

  hasRoom(headerLength: number): boolean {
    return this.#rows < QUEUE_ROWS && this.#headerBytes + headerLength <= QUEUE_HEADER_BYTES
  }

  /** The first row of a target, or -1. */
  firstOf(target: number): number {
    return this.#first[target] ?? NO_ROW
  }

  /** Adds row `index` of `rows` (see `Fanout.send`). */
  push(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    index: number,
  ): void {
    const at = index * FANOUT_ROW_FIELDS
    const target = rows[at] ?? 0
    const from = rows[at + 1] ?? 0
    const length = rows[at + 2] ?? 0
    const row = this.#rows++
    const to = this.#headerBytes
    for (let byte = 0; byte < length; byte++) this.headers[to + byte] = arena[from + byte] ?? 0
    this.#headerBytes = to + length
    this.headerOffset[row] = to
    this.headerLength[row] = length
    this.tailOffset[row] = tailOffset
    this.tailEnd[row] = tailEnd
    this.payloads[row] = payload
    this.next[row] = NO_ROW
    if ((this.#first[target] ?? NO_ROW) === NO_ROW) {
      this.#first[target] = row
      this.targets[this.targetCount++] = target
    } else this.next[this.#last[target] ?? 0] = row
    this.#last[target] = row
  }

  /** Forgets all rows. */
  clear(): void {
    for (let index = 0; index < this.targetCount; index++) this.#first[this.targets[index] ?? 0] = NO_ROW
    for (let row = 0; row < this.#rows; row++) this.payloads[row] = NO_PAYLOAD
    this.targetCount = 0
    this.#rows = 0
    this.#headerBytes = 0
  }
}
