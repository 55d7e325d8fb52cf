// The submit button of a form: says what it is doing while it does it and cannot be pressed twice.
import type { JSX } from 'preact'

/** A submit button. While `busy` it shows `busyLabel` and ignores presses, but keeps the focus. */
export function SubmitButton(props: {
  label: string
  busyLabel: string
  busy: boolean
  class?: string
  testid?: string
}): JSX.Element {
  return (
    <button
      type="submit"
      class={`btn primary large ${props.class ?? ''}`}
      aria-disabled={props.busy ? true : undefined}
      data-testid={props.testid}
      onClick={(event) => {
        if (props.busy) event.preventDefault()
      }}
    >
      {props.busy ? props.busyLabel : props.label}
    </button>
  )
}
