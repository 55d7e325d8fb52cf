// Protects and sends by native code: one call a received packet, one a turn; everything that is decided stays here.
import { constants } from 'node:os'
import type { Fanout, TargetIndex } from '../../media/fanout.ts'
import type { PeerAddress } from '../../transport/address.ts'
import {
  MAX_BURST,
  type FanoutCounters,
  type FanoutTargets,
  type SendKeys,
  type SendTarget,
} from './fanout-targets.ts'
import { addedDelays, type AddedDelays } from './added-delays.ts'
import { addressParts, nativeKeys } from './native-arguments.ts'
import type { NativeState } from './native-addon.ts'

/** Milliseconds until what the kernel had no room for is tried again: a full socket buffer drains within a few. */
const RETRY_MS = 1
/** The counters of native/fanout.h in their order, then one for each errno. */
const COUNTERS = ['sent', 'bytes', 'refused', 'backlogged', 'calls', 'segmented'] as const
const ERRNO_COUNT = 134
/** Buckets of delays behind them. */
const DELAY_BUCKETS = 80
/** Numbers that `readCounters` fills. */
export const COUNTER_VALUES: number = COUNTERS.length + ERRNO_COUNT + DELAY_BUCKETS

/** Counters of native sending. */
export interface NativeCounters extends FanoutCounters {
  /** Calls of the kernel. */
  readonly calls: number
  /** Datagrams that left as segments of a larger message (UDP GSO). */
  readonly segmented: number
}

/** The fan-out in C (packages/sfu/native). */
export class NativeFanout implements Fanout, FanoutTargets {
  readonly #state: NativeState
  readonly #targets = new Set<TargetIndex>()
  readonly #counters = new Float64Array(COUNTER_VALUES)
  #retry: NodeJS.Timeout | undefined

  constructor(state: NativeState) {
    this.#state = state
  }

  get counters(): NativeCounters {
    this.#state.readCounters(this.#counters)
    const [sent = 0, bytes = 0, refused = 0, backlogged = 0, calls = 0, segmented = 0] = this.#counters
    return { sent, bytes, refused, backlogged, calls, segmented }
  }

  /** Datagrams that the kernel refused, by its error code. */
  get errors(): ReadonlyMap<string, number> {
    this.#state.readCounters(this.#counters)
    const found = new Map<string, number>()
    for (const [code, number] of Object.entries(constants.errno)) {
      const count = this.#counters[COUNTERS.length + number] ?? 0
      if (count > 0) found.set(code, count)
    }
    return found
  }

  get delays(): AddedDelays {
    this.#state.readCounters(this.#counters)
    return addedDelays(this.#counters.subarray(COUNTERS.length + ERRNO_COUNT))
  }

  addTarget(target: SendTarget): TargetIndex {
    const { isGcm, keys } = nativeKeys(target)
    const { bytes, port, scope } = addressParts(target.address)
    try {
      const index = targetIndex(this.#state.addTarget(isGcm, keys, bytes, port, scope))
      this.#targets.add(index)
      return index
    } finally {
      keys.fill(0)
    }
  }

  rekeyTarget(target: TargetIndex, newKeys: SendKeys): void {
    if (!this.#targets.has(target)) return
    const { isGcm, keys } = nativeKeys(newKeys)
    this.#state.rekeyTarget(target, isGcm, keys)
    keys.fill(0)
  }

  moveTarget(target: TargetIndex, address: PeerAddress): void {
    if (!this.#targets.has(target)) return
    const { bytes, port, scope } = addressParts(address)
    this.#state.moveTarget(target, bytes, port, scope)
  }

  removeTarget(target: TargetIndex): void {
    if (this.#targets.delete(target)) this.#state.removeTarget(target)
  }

  limitBurst(target: TargetIndex, datagrams: number): void {
    if (this.#targets.has(target)) this.#state.limitBurst(target, Math.min(Math.max(1, datagrams), MAX_BURST))
  }

  send(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    rowCount: number,
  ): void {
    this.#state.send(payload, tailOffset, tailEnd, arena, rows, rowCount)
  }

  sendRtcp(target: TargetIndex, packet: Uint8Array, length: number): void {
    this.#state.sendRtcp(target, packet, length)
  }

  flush(): void {
    if (this.#state.flush() === 0 || this.#retry) return
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.flush()
    }, RETRY_MS)
  }

  /** Tries no more to send what waits, and forgets all targets; the state is closed by whoever made it. */
  close(): void {
    clearTimeout(this.#retry)
    this.#targets.clear()
  }
}

function targetIndex(index: number): TargetIndex {
  return index as TargetIndex
}
