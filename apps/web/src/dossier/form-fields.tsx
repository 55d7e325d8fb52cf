// The fields of the data protection forms: one line, several lines, a choice; each with hint and error tied to it.
import { useId } from 'preact/hooks'
import type { ComponentChildren, JSX, TargetedEvent } from 'preact'
import { FieldError } from '../ui/field.tsx'

/** What all fields share. */
interface Common {
  readonly label: string
  readonly value: string
  /** Every change of the content. */
  readonly onInput: (value: string) => void
  /** The person is done with the field. */
  readonly onDone?: (value: string) => void
  readonly hint?: string | undefined
  readonly optional?: string | undefined
  readonly error?: string | null | undefined
  readonly testid?: string | undefined
  /** Id of the element that names the field, in place of its own label. */
  readonly labelledBy?: string | undefined
}

function Frame(props: Common & { id: string; children: ComponentChildren }): JSX.Element {
  const { id, error = null } = props
  return (
    <div class="field">
      <label for={id} class={props.labelledBy === undefined ? undefined : 'vh'}>
        {props.label}
        {props.optional === undefined ? null : <span class="opt"> {props.optional}</span>}
      </label>
      {props.children}
      {error === null ? null : <FieldError id={`${id}-e`}>{error}</FieldError>}
      {props.hint === undefined ? null : (
        <p class="hint" id={`${id}-h`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

function describedBy(id: string, { error = null, hint }: Common): string | undefined {
  const ids = [error === null ? '' : `${id}-e`, hint === undefined ? '' : `${id}-h`].filter((s) => s !== '')
  return ids.length === 0 ? undefined : ids.join(' ')
}

/** A field of one line. */
export function LineField(
  props: Common & { type?: 'text' | 'date'; numeric?: boolean; suffix?: string; lang?: string },
): JSX.Element {
  const id = useId()
  const { error = null } = props
  const shared = {
    class: 'input',
    id,
    value: props.value,
    'data-testid': props.testid,
    'aria-labelledby': props.labelledBy,
    'aria-invalid': error === null ? undefined : true,
    'aria-describedby': describedBy(id, props),
    onInput: (event: TargetedEvent<HTMLInputElement>): void => props.onInput(event.currentTarget.value),
    onChange: (event: TargetedEvent<HTMLInputElement>): void => props.onDone?.(event.currentTarget.value),
  }
  return (
    <Frame {...props} id={id}>
      <div class={props.suffix === undefined ? undefined : 'withsuffix'}>
        {props.type === 'date' ? (
          <input {...shared} type="date" />
        ) : (
          <input
            {...shared}
            inputMode={props.numeric === true ? 'numeric' : 'text'}
            lang={props.lang}
            autocomplete="off"
            maxLength={2000}
          />
        )}
        {props.suffix === undefined ? null : <span>{props.suffix}</span>}
      </div>
    </Frame>
  )
}

/** A field of several lines. */
export function TextField(props: Common & { lang?: string; rows?: number }): JSX.Element {
  const id = useId()
  const { error = null } = props
  return (
    <Frame {...props} id={id}>
      <textarea
        class="input"
        id={id}
        rows={props.rows ?? 3}
        lang={props.lang}
        maxLength={2000}
        value={props.value}
        data-testid={props.testid}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, props)}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onChange={(event) => props.onDone?.(event.currentTarget.value)}
      />
    </Frame>
  )
}

/** One of several. `empty` is the entry that chooses nothing. */
export function ChoiceField(
  props: Common & {
    options: readonly { readonly value: string; readonly name: string }[]
    empty?: string
  },
): JSX.Element {
  const id = useId()
  const { error = null } = props
  return (
    <Frame {...props} id={id}>
      <select
        class="input"
        id={id}
        value={props.value}
        data-testid={props.testid}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => {
          props.onInput(event.currentTarget.value)
          props.onDone?.(event.currentTarget.value)
        }}
      >
        {props.empty === undefined ? null : <option value="">{props.empty}</option>}
        {props.options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </Frame>
  )
}
