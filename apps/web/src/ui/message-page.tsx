// A page with one message: what happened, what still works, what to do.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { PageHeading, useTitle } from './heading.tsx'
import { Shell } from './shell.tsx'

// An answer that comes at once shows no waiting page; a slow one does (ms).
const LATE_MS = 300

/** A page that waits for the server: empty at first, then it says so. */
export function WaitingPage({ title, text }: { title: string; text: string }): JSX.Element {
  useTitle(title)
  const late = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), LATE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Shell main="centre">
      <div class="say one">
        <h1 class="waiting">{late.value ? text : <span class="vh">{text}</span>}</h1>
      </div>
    </Shell>
  )
}

/** A page that says one thing. `error` names it for tests and support. */
export function MessagePage(props: {
  title: string
  heading: string
  lead?: ComponentChildren
  error: string
  children?: ComponentChildren
}): JSX.Element {
  useTitle(props.title)
  return (
    <Shell main="centre">
      <div class="say one" data-testid="error-page" data-error={props.error}>
        <div class="stack s2">
          <PageHeading always>{props.heading}</PageHeading>
          {props.lead === undefined ? null : <p class="lead">{props.lead}</p>}
        </div>
        {props.children}
      </div>
    </Shell>
  )
}
