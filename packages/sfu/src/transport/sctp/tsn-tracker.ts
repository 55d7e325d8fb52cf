// Remembers which TSNs arrived and decides what the next SACK says and when it leaves (RFC 9260, 6.2 and 6.2.1).
import { encodeSack, type GapBlock } from './chunks.ts'
import { MAX_DUPLICATE_TSNS, MAX_GAP_BLOCKS, SACK_DELAY_MS } from './limits.ts'
import { Timer } from './timer.ts'

/** Received TSNs from `start` to `end`, both included, full numbers. */
interface TsnRange {
  start: number
  end: number
}

/** Receiver half of the TSN bookkeeping. */
export class TsnTracker {
  readonly #timer = new Timer()
  /** Sorted, apart from each other and from the cumulative TSN by at least one missing TSN. */
  readonly #ranges: TsnRange[] = []
  #duplicates: number[] = []
  #cumulative: number
  #packetsUnacknowledged = 0
  #due = false

  /** @param initialTsn the first TSN the peer will use, wire value */
  constructor(initialTsn: number) {
    this.#cumulative = initialTsn - 1
  }

  /** Everything up to here arrived or was skipped; full number. */
  get cumulative(): number {
    return this.#cumulative
  }

  /** When a delayed SACK is due. */
  get deadline(): number | undefined {
    return this.#timer.deadline
  }

  /** True when a SACK must leave now. */
  get isDue(): boolean {
    return this.#due
  }

  /** True when a SACK may travel with other chunks. */
  get isPending(): boolean {
    return this.#due || this.#packetsUnacknowledged > 0
  }

  /** Whether the TSN (full number) arrived before; a duplicate is noted for the next SACK. */
  isDuplicate(tsn: number): boolean {
    if (tsn > this.#cumulative && !this.#contains(tsn)) return false
    if (this.#duplicates.length < MAX_DUPLICATE_TSNS) this.#duplicates.push(tsn >>> 0)
    this.#due = true
    return true
  }

  /** Records a TSN that is no duplicate. */
  add(tsn: number): void {
    const index = this.#firstRangeAfter(tsn)
    const left = this.#ranges[index - 1]
    const right = this.#ranges[index]
    const joinsLeft = left !== undefined && left.end + 1 === tsn
    const joinsRight = right !== undefined && right.start === tsn + 1
    if (joinsLeft && joinsRight) {
      left.end = right.end
      this.#ranges.splice(index, 1)
    } else if (joinsLeft) left.end = tsn
    else if (joinsRight) right.start = tsn
    else this.#ranges.splice(index, 0, { start: tsn, end: tsn })
    this.#absorb()
  }

  /** Counts everything up to `tsn` (full number) as received, as FORWARD-TSN demands (RFC 3758, 3.6). */
  skipTo(tsn: number): void {
    if (tsn > this.#cumulative) this.#cumulative = tsn
    this.#absorb()
    this.#due = true
  }

  /**
   * Called after a packet that carried DATA: every second one is acknowledged at once, and every one while TSNs are missing.
   * @param immediate the sender set the I bit, or data was dropped
   */
  onDataPacket(now: number, immediate: boolean): void {
    this.#packetsUnacknowledged++
    if (immediate || this.#ranges.length > 0 || this.#packetsUnacknowledged >= 2) this.#due = true
    else if (this.#timer.deadline === undefined) this.#timer.start(now, SACK_DELAY_MS)
  }

  /** Makes the delayed SACK due when its time has come. */
  handleTimeout(now: number): void {
    if (this.#timer.expired(now)) this.#due = true
  }

  /** Takes the SACK chunk; nothing is pending afterwards. */
  takeSack(window: number): Uint8Array {
    const gaps: GapBlock[] = []
    for (const range of this.#ranges) {
      if (gaps.length === MAX_GAP_BLOCKS) break
      gaps.push({ start: range.start - this.#cumulative, end: range.end - this.#cumulative })
    }
    const duplicates = this.#duplicates
    this.#duplicates = []
    this.#packetsUnacknowledged = 0
    this.#due = false
    this.#timer.stop()
    return encodeSack({ cumulativeTsn: this.#cumulative >>> 0, window, gaps, duplicates })
  }

  /** Moves the cumulative TSN over the ranges that touch it now. */
  #absorb(): void {
    let done = 0
    for (const range of this.#ranges) {
      if (range.start > this.#cumulative + 1) break
      this.#cumulative = Math.max(this.#cumulative, range.end)
      done++
    }
    if (done > 0) this.#ranges.splice(0, done)
  }

  #contains(tsn: number): boolean {
    const range = this.#ranges[this.#firstRangeAfter(tsn) - 1]
    return range !== undefined && tsn <= range.end
  }

  /** Index of the first range that starts after `tsn`. */
  #firstRangeAfter(tsn: number): number {
    let low = 0
    let high = this.#ranges.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ranges[middle]?.start ?? Infinity) <= tsn) low = middle + 1
      else high = middle
    }
    return low
  }
}
