// What the account pages share: a section with its heading, an answer that went wrong, the choice of roles.
import { ROLES, type Role } from '@runde/contract'
import type { ComponentChildren, JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { Icon } from '../ui/icon.tsx'
import { a } from './text.ts'

/** A titled part of the page. */
export function Part(props: { id: string; heading: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="stack s4 part" aria-labelledby={props.id} data-testid={`account-${props.id}`}>
      <h2 class="h-sect" id={props.id}>
        {props.heading}
      </h2>
      {props.children}
    </section>
  )
}

/** What went wrong; when the session is too old for it, the way to a new one. */
export function Failure({ error }: { error: ApiError | null }): JSX.Element | null {
  if (error === null) return null
  return (
    <div class="note bad withaction" role="alert" data-testid="account-error" data-error={error.code}>
      <Icon name="warn" size="s" />
      <span>{errorText(error)}</span>
      {error.code === 'sign_in_again' ? (
        <a class="btn" href="/signin">
          {a().own.again}
        </a>
      ) : null}
    </div>
  )
}

/** Names of roles, as a list for people. */
export function rolesText(roles: readonly Role[]): string {
  return roles.map((role) => a().roles[role]).join(', ')
}

/** Tick boxes for all roles; `prefix` tells several on one page apart. */
export function RoleChoice(props: {
  prefix: string
  legend: string
  hints: boolean
  chosen: readonly Role[]
  onChange: (roles: readonly Role[]) => void
}): JSX.Element {
  const { chosen, prefix } = props
  return (
    <fieldset class="plain">
      <legend class="vh">{props.legend}</legend>
      {ROLES.map((role) => (
        <label key={role} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(role)}
            data-testid={`${prefix}-${role}`}
            onChange={(event) => {
              const { checked } = event.currentTarget
              props.onChange(checked ? [...chosen, role] : chosen.filter((each) => each !== role))
            }}
          />
          <span>
            {a().roles[role]}
            {props.hints ? <span class="faint"> – {a().duties[role]}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
