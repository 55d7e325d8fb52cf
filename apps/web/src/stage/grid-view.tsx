// The grid: tiles in a box, pages when they do not all fit, the own picture as a small one when there are two.
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { grid } from '../meeting/grid.ts'
import type { Person } from '../meeting/model.ts'
import { Icon } from '../ui/icon.tsx'
import { OwnCorner } from './own-corner.tsx'
import { TileGroup } from './tile-group.tsx'
import { Tile } from './tile.tsx'
import { useSize } from './use-size.ts'
import type { ViewState } from './view-state.ts'

// A horizontal movement of the finger of this length turns the page, in px.
const SWIPE_PX = 60

function Pager({
  page,
  pages,
  onPage,
}: {
  page: number
  pages: number
  onPage: (page: number) => void
}): JSX.Element {
  const m = t().stage
  return (
    <>
      {page > 0 ? (
        <button type="button" class="pagebtn back" aria-label={m.pagePrev} onClick={() => onPage(page - 1)}>
          <Icon name="back" />
        </button>
      ) : null}
      {page < pages - 1 ? (
        <button type="button" class="pagebtn on" aria-label={m.pageNext} onClick={() => onPage(page + 1)}>
          <Icon name="right" />
        </button>
      ) : null}
      <p class="pill pagetag num" data-testid="page-tag">
        {m.page(page + 1, pages)}
      </p>
    </>
  )
}

/** The grid of tiles. `onVisible` gets the identities in view. */
export function GridView(props: {
  tiles: readonly Person[]
  pip: Person | null
  state: ViewState
  frozen: boolean
  onVisible: (identities: readonly string[]) => void
}): JSX.Element {
  const { tiles, pip, state } = props
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(box)
  const layout = grid(tiles.length, width, height)
  const page = Math.min(state.page.value, layout.pages - 1)
  const onPage = tiles.slice(page * layout.count, (page + 1) * layout.count)
  // The last page is laid out for itself: fewer, larger tiles.
  const placed = onPage.length === layout.count ? layout : grid(onPage.length, width, height)
  const visible = onPage.map(({ identity }) => identity)
  const swipe = useRef<number | null>(null)
  useEffect(() => {
    if (state.page.value !== page) state.page.value = page
  }, [page])
  useEffect(
    () => props.onVisible(pip === null ? visible : [...visible, pip.identity]),
    [visible.join('\n'), pip?.identity],
  )
  const turn = (by: number): void => {
    state.page.value = Math.min(layout.pages - 1, Math.max(0, page + by))
  }
  return (
    <div
      class={`tilesbox ${layout.pages > 1 ? 'paged' : ''}`}
      onTouchStart={(event) => (swipe.current = event.touches[0]?.clientX ?? null)}
      onTouchEnd={(event) => {
        const moved = (event.changedTouches[0]?.clientX ?? 0) - (swipe.current ?? 0)
        if (swipe.current !== null && Math.abs(moved) > SWIPE_PX) turn(moved < 0 ? 1 : -1)
        swipe.current = null
      }}
    >
      <TileGroup class="tiles" groupRef={box}>
        {width === 0
          ? null
          : onPage.map((person, index) => (
              <Tile
                key={person.identity}
                person={person}
                state={state}
                frozen={props.frozen}
                box={placed.boxes[index]}
                actions={tiles.length > 1}
              />
            ))}
        {pip === null || width === 0 ? null : (
          <OwnCorner key="pip" person={pip} state={state} frozen={props.frozen} />
        )}
      </TileGroup>
      {layout.pages > 1 ? (
        <Pager page={page} pages={layout.pages} onPage={(next) => (state.page.value = next)} />
      ) : null}
    </div>
  )
}
