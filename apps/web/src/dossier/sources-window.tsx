// Draws the little window with the sources of a sentence in the top layer, and closes it on Esc and on a press elsewhere.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { type Sources, placeSources } from './sources.ts'

/** The window. One per document; screen readers get the same text from the mark's description. */
export function SourcesWindow({ sources }: { sources: Sources }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const shown = sources.shown.value
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    if (shown === null) {
      if (element.matches(':popover-open')) element.hidePopover()
      return undefined
    }
    const place = (): void => {
      const view = { width: document.documentElement.clientWidth, height: innerHeight }
      const { left, top } = placeSources(
        shown.mark.getBoundingClientRect(),
        { width: element.offsetWidth, height: element.offsetHeight },
        view,
      )
      element.style.left = `${left}px`
      element.style.top = `${top}px`
    }
    if (!element.matches(':popover-open')) element.showPopover()
    place()
    addEventListener('scroll', place, { passive: true, capture: true })
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  }, [shown])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || sources.shown.value === null) return
      event.preventDefault()
      sources.close()
    }
    const onPress = (event: PointerEvent): void => {
      const { target } = event
      if (!(target instanceof Element)) return
      if (target.closest('.mark') === null && box.current?.contains(target) !== true) sources.close()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPress)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPress)
      sources.close()
    }
  }, [])
  return (
    <div
      ref={box}
      class="sources"
      popover="manual"
      aria-hidden="true"
      data-testid="sources"
      onPointerEnter={() => sources.stay()}
      onPointerLeave={() => sources.leave()}
    >
      {(shown?.notes ?? []).map((note) => (
        <p key={note.mark} class="src">
          <i>{note.mark}</i>
          <span>
            <b>{note.kind}</b> {note.text}
          </span>
        </p>
      ))}
    </div>
  )
}
