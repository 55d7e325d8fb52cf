// Notices of the running meeting: at most two on show, all of them in the log of events.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'

/** One notice. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly at: Date
}

// More would cover the picture (ui.md section 6).
const ON_SHOW = 2
// A meeting of a working day with much coming and going; older events scroll out.
const LOG_MAX = 200

/** Notices on show and the log. */
export class Notices {
  readonly shown: Signal<readonly Notice[]> = signal<readonly Notice[]>([])
  readonly log: Signal<readonly Notice[]> = signal<readonly Notice[]>([])
  #next = 1

  /** Shows a notice and logs it. */
  add(text: string, at: Date): void {
    const notice = { id: this.#next++, text, at }
    this.shown.value = [...this.shown.value, notice].slice(-ON_SHOW)
    this.log.value = [...this.log.value, notice].slice(-LOG_MAX)
  }

  /** Takes a notice off the screen; it stays in the log. */
  dismiss(id: number): void {
    this.shown.value = this.shown.value.filter((notice) => notice.id !== id)
  }
}
