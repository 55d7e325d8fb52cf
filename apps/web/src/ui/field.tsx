// A labelled text field with hint and error; the error is tied to the field and the field is marked invalid.
import { useId, useRef } from 'preact/hooks'
import type { JSX, RefObject } from 'preact'
import { Icon } from './icon.tsx'

/** Properties of the input element itself. */
export interface InputOptions {
  readonly type?: 'password'
  readonly autocomplete?: AutoFill
  readonly autocapitalize?: 'none'
  readonly spellcheck?: boolean
  readonly placeholder?: string
  readonly enterkeyhint?: 'go'
  readonly maxLength?: number
  readonly required?: boolean
  readonly readOnly?: boolean
}

/** What a field needs. `error` null means fine. */
export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error?: string | null
  readonly hint?: string
  readonly optional?: string
  readonly testid?: string
  readonly inputRef?: RefObject<HTMLInputElement | null>
  readonly input?: InputOptions
}

/** The message under a field, or under a form. */
export function FieldError({ id, children }: { id?: string; children: string }): JSX.Element {
  return (
    <p class="err" id={id}>
      <Icon name="warn" size="xs" />
      <span>{children}</span>
    </p>
  )
}

/** A labelled text field. */
export function Field(props: FieldProps): JSX.Element {
  const id = useId()
  const own = useRef<HTMLInputElement>(null)
  const error = props.error ?? null
  const described = [error === null ? '' : `${id}-e`, props.hint === undefined ? '' : `${id}-h`].filter(
    (s) => s !== '',
  )
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        {props.optional === undefined ? null : <span class="opt"> {props.optional}</span>}
      </label>
      <input
        {...props.input}
        class="input"
        id={id}
        ref={props.inputRef ?? own}
        value={props.value}
        data-testid={props.testid}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {error === null ? null : <FieldError id={`${id}-e`}>{error}</FieldError>}
      {props.hint === undefined ? null : (
        <p class="hint" id={`${id}-h`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}
