// The own picture as a small one in a corner, while two people talk: drag or arrow keys move it to another corner.
import { useRef } from 'preact/hooks'
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { t } from '../i18n/i18n.ts'
import type { Person } from '../meeting/model.ts'
import { Tile } from './tile.tsx'
import type { Corner, ViewState } from './view-state.ts'

function corner(top: boolean, left: boolean): Corner {
  return `${top ? 'top' : 'bottom'}-${left ? 'left' : 'right'}`
}

const MOVES: Readonly<Record<string, { readonly top?: boolean; readonly left?: boolean }>> = {
  ArrowUp: { top: true },
  ArrowDown: { top: false },
  ArrowLeft: { left: true },
  ArrowRight: { left: false },
}

/** The small own picture. */
export function OwnCorner({
  person,
  state,
  frozen,
}: {
  person: Person
  state: ViewState
  frozen: boolean
}): JSX.Element {
  const holder = useRef<HTMLDivElement>(null)
  const grab = useRef<{ x: number; y: number } | null>(null)
  const now = state.corner.value
  const onKey = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const move = MOVES[event.key]
    // Inside the actions the arrow keys belong to the buttons.
    if (move === undefined || (event.target instanceof Element && event.target.closest('.acts') !== null))
      return
    const next = corner(move.top ?? now.startsWith('top'), move.left ?? now.endsWith('left'))
    if (next === now) return
    state.corner.value = next
    event.preventDefault()
    event.stopPropagation()
  }
  const drop = (event: TargetedPointerEvent<HTMLElement>): void => {
    const area = holder.current?.parentElement?.getBoundingClientRect()
    const start = grab.current
    grab.current = null
    if (holder.current === null || area === undefined || start === null) return
    holder.current.style.removeProperty('transform')
    // A press without movement is a press, not a drag.
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < 8) return
    state.corner.value = corner(
      event.clientY < area.top + area.height / 2,
      event.clientX < area.left + area.width / 2,
    )
  }
  return (
    <div
      role="presentation"
      ref={holder}
      class={`pip ${now}`}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button') !== null) return
        grab.current = { x: event.clientX, y: event.clientY }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (grab.current === null) return
        holder.current?.style.setProperty(
          'transform',
          `translate(${event.clientX - grab.current.x}px, ${event.clientY - grab.current.y}px)`,
        )
      }}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <Tile person={person} state={state} frozen={frozen} hint={t().stage.selfMove} />
    </div>
  )
}
