// The little window that says what a sentence rests on: which marks it belongs to, where it stands, when it goes.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Note } from '@runde/dossier/writers'

/** The mark whose sources are on show, or null. */
export interface Shown {
  readonly mark: HTMLElement
  readonly notes: readonly Note[]
  /** Stays until it is closed: it was pressed or has the focus. */
  readonly pinned: boolean
}

// Time to get from the mark into the window without losing it (ms).
const LEAVE_MS = 220

/** Sources on show in one document. */
export class Sources {
  readonly shown: Signal<Shown | null> = signal<Shown | null>(null)
  #leaving: ReturnType<typeof setTimeout> | undefined

  /** Shows the sources of a mark. */
  show(mark: HTMLElement, notes: readonly Note[], pinned: boolean): void {
    this.stay()
    const before = this.shown.value
    if (before?.pinned === true && !pinned && before.mark !== mark) return
    this.shown.value = { mark, notes, pinned: pinned || (before?.mark === mark && before.pinned) }
  }

  /** A press opens, and closes what a press opened. */
  toggle(mark: HTMLElement, notes: readonly Note[]): void {
    const before = this.shown.value
    if (before?.mark === mark && before.pinned) this.close()
    else this.show(mark, notes, true)
  }

  /** The pointer has left mark and window: they go in a moment unless they were pinned. */
  leave(): void {
    this.stay()
    if (this.shown.value?.pinned === true) return
    this.#leaving = setTimeout(() => this.close(), LEAVE_MS)
  }

  /** The pointer has come back. */
  stay(): void {
    clearTimeout(this.#leaving)
  }

  /** Takes the window away. */
  close(): void {
    this.stay()
    this.shown.value = null
  }
}

/**
 * Where the window stands, in CSS pixels of the viewport: under the mark, above it where there is no room, inside the margins.
 * @param mark box of the mark
 * @param size of the window
 * @param view of the viewport
 */
export function placeSources(
  mark: { readonly left: number; readonly top: number; readonly bottom: number },
  size: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const gap = 6
  const margin = 8
  const left = Math.max(margin, Math.min(mark.left - margin, view.width - size.width - margin))
  const below = mark.bottom + gap
  const fits = below + size.height + margin <= view.height
  return { left, top: fits ? below : Math.max(margin, mark.top - gap - size.height) }
}
