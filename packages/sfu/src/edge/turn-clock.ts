// Reads the clock once a turn for everything that runs in it.
import { performance } from 'node:perf_hooks'
import type { Clock } from '../session/clock.ts'

/** Time since 1970 that never runs backwards: the start of the process plus what has passed since. */
export class TurnClock implements Clock {
  now: number = performance.timeOrigin + performance.now()

  /** Reads the clock and returns it. */
  tick(): number {
    this.now = performance.timeOrigin + performance.now()
    return this.now
  }
}
