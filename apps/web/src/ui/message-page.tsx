// A page with one message: what happened, what still works, what to do.
import type { ComponentChildren, JSX } from 'preact'
import { PageHeading, useTitle } from './heading.tsx'
import { Shell } from './shell.tsx'

/** A page that says one thing. `error` names it for tests and support; null for pages that are no error. */
export function MessagePage(props: {
  title: string
  heading: string
  lead?: ComponentChildren
  error: string | null
  children?: ComponentChildren
}): JSX.Element {
  useTitle(props.title)
  return (
    <Shell main="centre">
      <div
        class="say one"
        data-testid={props.error === null ? undefined : 'error-page'}
        data-error={props.error ?? undefined}
      >
        <div class="stack s2">
          <PageHeading always>{props.heading}</PageHeading>
          {props.lead === undefined ? null : <p class="lead">{props.lead}</p>}
        </div>
        {props.children}
      </div>
    </Shell>
  )
}
