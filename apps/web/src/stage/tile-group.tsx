// A group of tiles as one tab stop: arrow keys move by row and column, Enter goes to the actions, Esc back.
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX, RefObject, TargetedKeyboardEvent } from 'preact'
import { t } from '../i18n/i18n.ts'

function tilesOf(group: HTMLElement): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('.tile')]
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The nearest tile in a direction: the distance across counts double, so that a column stays a column. */
function neighbour(
  tiles: readonly HTMLElement[],
  from: HTMLElement,
  [dx, dy]: readonly [number, number],
): HTMLElement | undefined {
  const centre = (tile: HTMLElement): { x: number; y: number } => {
    const box = tile.getBoundingClientRect()
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  }
  const start = centre(from)
  let best: HTMLElement | undefined
  let least = Number.POSITIVE_INFINITY
  for (const tile of tiles) {
    const { x, y } = centre(tile)
    const along = (x - start.x) * dx + (y - start.y) * dy
    const across = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx)
    if (tile !== from && along > 1 && along + 2 * across < least) {
      best = tile
      least = along + 2 * across
    }
  }
  return best
}

function onKey(event: TargetedKeyboardEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLElement)) return
  const tile = event.target.closest<HTMLElement>('.tile')
  if (tile === null) return
  const direction = DIRECTIONS[event.key]
  if (direction !== undefined) {
    if (event.target.closest('.acts') === null)
      neighbour(tilesOf(event.currentTarget), tile, direction)?.focus()
    else stepAction(tile, event.target, direction[0] + direction[1])
    event.preventDefault()
  } else if (event.key === 'Enter' && event.target === tile) {
    tile.querySelector<HTMLElement>('.acts button')?.focus()
    event.preventDefault()
  } else if (event.key === 'Escape' && event.target !== tile) {
    tile.focus()
    event.stopPropagation()
  }
}

function stepAction(tile: HTMLElement, from: HTMLElement, by: number): void {
  const actions = [...tile.querySelectorAll<HTMLElement>('.acts button')]
  const at = actions.findIndex((action) => action === from)
  actions[(at + by + actions.length) % actions.length]?.focus()
}

/** A group of tiles. */
export function TileGroup(props: {
  class: string
  children: ComponentChildren
  groupRef?: RefObject<HTMLDivElement | null>
}): JSX.Element {
  const own = useRef<HTMLDivElement>(null)
  const group = props.groupRef ?? own
  const current = useRef<{ tile: HTMLElement; index: number } | null>(null)
  const hold = (tile: HTMLElement | undefined): void => {
    if (group.current === null) return
    for (const each of tilesOf(group.current)) each.tabIndex = each === tile ? 0 : -1
  }
  // After every render: exactly one tile is a tab stop, and the focus of a tile that left goes to the next one.
  useEffect(() => {
    if (group.current === null) return
    const tiles = tilesOf(group.current)
    const known = current.current
    if (known !== null && !tiles.includes(known.tile)) {
      const next = tiles[Math.min(known.index, tiles.length - 1)]
      hold(next)
      if (document.activeElement === document.body) next?.focus()
      current.current = null
    } else hold(known?.tile ?? tiles[0])
  })
  return (
    // The keys act on the tiles, which are focusable; the group only listens.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={group}
      class={props.class}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="group"
      aria-label={t().stage.tiles}
      onKeyDown={onKey}
      onFocusIn={(event) => {
        const tile = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.tile') : null
        if (tile === null || group.current === null) return
        current.current = { tile, index: tilesOf(group.current).indexOf(tile) }
        hold(tile)
      }}
    >
      {props.children}
    </div>
  )
}
