// Keeps the focus on the same person when the layout changes around them (pinning, speaker view), never on nothing.
import { useEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'

// The new layout measures itself before it shows tiles; this many frames are plenty (about a third of a second).
const FRAMES = 20

/** Follows the focused tile inside `view`; `layout` names the layout on show. */
export function useTileFocus(view: RefObject<HTMLElement | null>, layout: string): void {
  const last = useRef<string | null>(null)
  useEffect(() => {
    const element = view.current
    if (element === null) return undefined
    const onFocus = (event: FocusEvent): void => {
      const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('.tile') : null
      last.current = tile?.dataset['identity'] ?? null
    }
    element.addEventListener('focusin', onFocus)
    return () => element.removeEventListener('focusin', onFocus)
  }, [])
  useEffect(() => {
    const identity = last.current
    if (identity === null || document.activeElement !== document.body) return undefined
    let frames = 0
    let frame = 0
    const seek = (): void => {
      const tiles = [...(view.current?.querySelectorAll<HTMLElement>('.tile') ?? [])]
      const tile = tiles.find((each) => each.dataset['identity'] === identity)
      frames += 1
      if (tile === undefined && frames < FRAMES) frame = requestAnimationFrame(seek)
      else (tile ?? tiles[0])?.focus()
    }
    seek()
    return () => cancelAnimationFrame(frame)
  }, [layout])
}
