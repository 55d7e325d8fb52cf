// The goodbye: why the stay ended, how long it was, and the way back.
import type { JSX } from 'preact'
import { t, time } from '../i18n/i18n.ts'
import type { End } from '../meeting/model.ts'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Shell } from '../ui/shell.tsx'
import { never } from '../app/never.ts'

/** What the goodbye shows. */
export interface LeftProps {
  readonly end: Exclude<End, 'lost'>
  readonly from: Date
  readonly to: Date
  /** People still in the room; 0 also when unknown. */
  readonly still: number
  readonly rejoining: boolean
  readonly onRejoin: () => void
}

function headingOf(end: LeftProps['end']): string {
  const m = t().leave
  switch (end) {
    case 'left':
      return m.heading
    case 'ended':
      return m.ended
    case 'removed':
      return m.removed
    case 'elsewhere':
      return m.elsewhere
  }
  return never(end)
}

/** The page after a meeting. */
export function LeftPage(props: LeftProps): JSX.Element {
  const m = t().leave
  useTitle(m.title)
  return (
    <Shell main="centre">
      <div class="say one" data-testid="left-page" data-end={props.end}>
        <div class="stack s2">
          <PageHeading always>{headingOf(props.end)}</PageHeading>
          {props.still > 0 ? <p class="lead">{m.still(props.still)}</p> : null}
        </div>
        <div class="row">
          {props.end === 'ended' ? null : (
            <button
              type="button"
              class="btn primary large"
              data-testid="leave-rejoin"
              aria-disabled={props.rejoining ? true : undefined}
              onClick={props.onRejoin}
            >
              {props.rejoining ? t().join.busy : m.rejoin}
            </button>
          )}
          <a class={`btn large ${props.end === 'ended' ? 'primary' : ''}`} href="/">
            {t().app.toStart}
          </a>
        </div>
        <dl class="kv attendance">
          <dt>{m.attendance}</dt>
          <dd class="num">{m.fromTo(time(props.from), time(props.to))}</dd>
        </dl>
      </div>
    </Shell>
  )
}
