// The server is gone during a meeting: a countdown to the next attempt, and a way out.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { SkipLink } from '../ui/shell.tsx'

// The countdown moves by the second; four looks per second keep it from stumbling (ms).
const LOOK_MS = 250

function useSecondsUntil(at: number, running: boolean, onDue: () => void): number {
  const left = useSignal(Math.max(0, Math.ceil((at - Date.now()) / 1000)))
  useEffect(() => {
    if (!running) return undefined
    const look = (): void => {
      left.value = Math.max(0, Math.ceil((at - Date.now()) / 1000))
      if (Date.now() >= at) onDue()
    }
    look()
    const timer = setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [at, running])
  return left.value
}

/** The page for an absent server. `retryAt` is the time of the next attempt in ms since 1970. */
export function GonePage(props: {
  retryAt: number
  trying: boolean
  onRetry: () => void
  onLeave: () => void
}): JSX.Element {
  const m = t().gone
  useTitle(m.title)
  const seconds = useSecondsUntil(props.retryAt, !props.trying, props.onRetry)
  return (
    <>
      <SkipLink />
      <main id="main" tabIndex={-1} class="darkpage">
        <div class="say" data-testid="error-page" data-error="server_gone">
          <span class="bigicon">
            <Icon name="offline" />
          </span>
          <PageHeading always>{m.heading}</PageHeading>
          <p>
            {navigator.onLine ? '' : `${m.offline} `}
            {m.lead}
          </p>
          <p class="num">
            {props.trying ? (
              m.trying
            ) : (
              <>
                {m.next} <b>{m.seconds(seconds)}</b>
              </>
            )}
          </p>
          <div class="row">
            <button
              type="button"
              class="btn primary large"
              aria-disabled={props.trying ? true : undefined}
              onClick={props.onRetry}
            >
              {m.tryNow}
            </button>
            <button type="button" class="btn large" onClick={props.onLeave}>
              {m.leave}
            </button>
          </div>
          <p class="t-m">{m.after}</p>
        </div>
      </main>
    </>
  )
}
