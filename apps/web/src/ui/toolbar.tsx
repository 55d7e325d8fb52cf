// A toolbar (APG): one tab stop, arrow keys, Home and End move inside.
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX, RefObject } from 'preact'

const STOPS = 'button:not([disabled]):not([role^="menuitem"])'

function stopsOf(bar: HTMLElement): HTMLElement[] {
  // Buttons a breakpoint hides, and those inside closed menus, are no stops.
  return [...bar.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.checkVisibility() && stop.closest('[popover]') === null,
  )
}

function hold(bar: HTMLElement, current: HTMLElement | undefined): void {
  for (const stop of bar.querySelectorAll<HTMLElement>(STOPS)) stop.tabIndex = stop === current ? 0 : -1
}

/** A toolbar around buttons. `barRef` lets the stage send the focus here. */
export function Toolbar(props: {
  label: string
  class: string
  children: ComponentChildren
  barRef?: RefObject<HTMLDivElement | null>
}): JSX.Element {
  const own = useRef<HTMLDivElement>(null)
  const bar = props.barRef ?? own
  // Runs after every render: buttons come and go with breakpoints and state, and one of them must stay reachable.
  useEffect(() => {
    if (bar.current === null) return
    const stops = stopsOf(bar.current)
    hold(bar.current, stops.find((stop) => stop.tabIndex === 0 && stop.hasAttribute('data-stop')) ?? stops[0])
  })
  return (
    <div
      ref={bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={props.label}
      class={props.class}
      onFocusIn={(event) => {
        if (
          bar.current === null ||
          !(event.target instanceof HTMLElement) ||
          !stopsOf(bar.current).includes(event.target)
        )
          return
        for (const stop of bar.current.querySelectorAll('[data-stop]'))
          delete (stop as HTMLElement).dataset['stop']
        event.target.dataset['stop'] = ''
        hold(bar.current, event.target)
      }}
      onKeyDown={(event) => {
        if (bar.current === null) return
        const stops = stopsOf(bar.current)
        const at = stops.findIndex((stop) => stop === document.activeElement)
        if (at < 0) return
        const step: Readonly<Record<string, number>> = {
          ArrowRight: at + 1,
          ArrowDown: at + 1,
          ArrowLeft: at - 1 + stops.length,
          ArrowUp: at - 1 + stops.length,
          Home: 0,
          End: stops.length - 1,
        }
        const next = step[event.key]
        if (next === undefined) return
        event.preventDefault()
        stops[next % stops.length]?.focus()
      }}
    >
      {props.children}
    </div>
  )
}
