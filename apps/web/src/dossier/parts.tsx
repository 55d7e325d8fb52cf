// Small parts that several pages of the data protection centre share.
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { t } from '../i18n/i18n.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import type { FindingEntry } from './dsc-api.ts'
import { capital, d, said } from './text.ts'

/** What went wrong, with a way to try again. */
export function Trouble(props: { title: string; error: ApiError; onRetry: () => void }): JSX.Element {
  return (
    <div class="note bad withaction" role="alert" data-testid="error-page" data-error={props.error.code}>
      <Icon name="warn" size="s" />
      <b>{props.title}</b>
      <span>{errorText(props.error)}</span>
      <button type="button" class="btn" onClick={props.onRetry}>
        {t().app.retry}
      </button>
    </div>
  )
}

const LOOKS: Readonly<Record<FindingEntry['kind'], { readonly class: string; readonly icon: IconName }>> = {
  red: { class: 'bad', icon: 'warn' },
  contradiction: { class: 'bad', icon: 'warn' },
  missing: { class: 'warn', icon: 'plus' },
  risk: { class: 'warn', icon: 'warn' },
  note: { class: '', icon: 'info' },
}

/** Where a finding leads: the question that would settle it, if there is one. */
export interface Remedy {
  readonly href: string
  readonly label: string
}

/** One finding: what is so, what helps, where to go. */
export function Finding(props: { finding: FindingEntry; remedy: Remedy | null; level: 3 | 4 }): JSX.Element {
  const { finding, remedy } = props
  const m = d()
  const { class: look, icon } = LOOKS[finding.kind]
  const title = (
    <>
      <span class={`chip ${look}`}>
        <Icon name={icon} size="xs" />
        {m.kinds[finding.kind]}
      </span>
      <span>{said(finding.message)}</span>
    </>
  )
  return (
    <li class="find" data-finding={finding.id}>
      {props.level === 3 ? <h3>{title}</h3> : <h4>{title}</h4>}
      <p>
        <b>{m.remedy}:</b> {said(finding.remedy)}
      </p>
      <div class="row tight">
        {finding.basis.length === 0 ? null : (
          <span class="faint t-s">{finding.basis.map((basis) => capital(said(basis))).join(', ')}</span>
        )}
        {remedy === null ? null : <a href={remedy.href}>{remedy.label}</a>}
      </div>
    </li>
  )
}

/** A filled share of a line, with its numbers as text. */
export function Progress(props: { label: string; text: string; done: number; all: number }): JSX.Element {
  return (
    <progress
      class="progress"
      aria-label={props.label}
      aria-valuetext={props.text}
      max={Math.max(1, props.all)}
      value={props.done}
    />
  )
}
