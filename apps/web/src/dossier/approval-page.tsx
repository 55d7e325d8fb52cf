// One document's approval: how it stands, what changed since, approving it, comments, and all approved editions.
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { JSX } from 'preact'
import { a } from '../account/text.ts'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { may } from '../app/me.ts'
import { lang } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import { ChainState, Hash, StateChip, dayText } from './approval-looks.tsx'
import { type Approved, type OneApproval, approvalsApi } from './approvals-api.ts'
import { Comments } from './comments.tsx'
import { Differences } from './differences.tsx'
import type { DscModel } from './dsc-model.ts'
import { Trouble } from './parts.tsx'
import { capital, d } from './text.ts'
import { useAnswer } from './use-answer.ts'

/** The page behind `/desk/dsc/approvals/:id`. */
export function ApprovalPage({ model, id }: { model: DscModel; id: string }): JSX.Element {
  const m = d().approval
  const { value, error, again } = useAnswer(async (current) => await approvalsApi.one(id, current), id)
  useTitle(value === null ? m.tab : `${m.toApproval}: ${value.title}`)
  const changed = async (): Promise<void> => {
    again()
    await model.refresh()
  }
  if (value === null) {
    const missing = error?.status === 404
    return (
      <div class="stack s6">
        <Back />
        <PageHeading class="h-page">{missing ? d().documentMissing : m.tab}</PageHeading>
        {missing ? <p class="lead">{d().documentMissingLead}</p> : null}
        {error === null || missing ? null : <Trouble title={d().loadFailed} error={error} onRetry={again} />}
      </div>
    )
  }
  return (
    <div class="parts" data-testid="approval-page" data-document={id} data-state={value.state}>
      <div class="stack s4">
        <Back />
        <div class="pagehead flush">
          <div class="stack s2">
            <PageHeading class="h-page">{value.title}</PageHeading>
            <StateChip state={value.state} />
          </div>
          {value.edition === null ? null : (
            <a class="btn" href={`/desk/dsc/documents/${id}`} data-testid="approval-read">
              <Icon name="file" size="s" />
              {m.read}
            </a>
          )}
        </div>
        <State approval={value} />
      </div>
      {value.differences.length === 0 ? null : (
        <section class="stack s4" aria-labelledby="approval-differences">
          <h2 class="h-sect" id="approval-differences">
            {m.differences}
          </h2>
          <Differences differences={value.differences} sides={{ before: m.before, after: m.after }} />
        </section>
      )}
      {value.edition === null ? null : (
        <Approve approval={value} edition={value.edition} onChanged={changed} onReload={again} />
      )}
      <Comments document={id} thread={value.thread} open={value.edition !== null} onChanged={changed} />
      <History approval={value} />
    </div>
  )
}

/** The way back to the list. */
export function Back(): JSX.Element {
  return (
    <a class="backlink" href="/desk/dsc/approvals" data-testid="approval-back">
      <Icon name="back" size="s" />
      {d().approval.back}
    </a>
  )
}

function State({ approval }: { approval: OneApproval }): JSX.Element {
  const m = d().approval
  const { state, approved, changes } = approval
  const looks = { none: '', current: 'good', stale: 'warn', gone: '' }
  const icons = { none: 'info', current: 'check', stale: 'clock', gone: 'info' } as const
  const texts = {
    none: m.noneNote,
    current: m.currentNote,
    stale: changes === 0 ? m.titleChanged : m.staleNote(changes),
    gone: m.goneNote,
  }
  return (
    <div class={`note ${looks[state]}`} data-testid="approval-note">
      <Icon name={icons[state]} size="s" />
      <p>
        <b>{texts[state]}</b>{' '}
        {approved === null ? null : `${capital(m.approvedOn(dayText(approved.at), approved.by))}.`}
      </p>
    </div>
  )
}

interface ApproveProps {
  readonly approval: OneApproval
  readonly edition: string
  readonly onChanged: () => Promise<void>
  readonly onReload: () => void
}

function Approve(props: ApproveProps): JSX.Element {
  const m = d().approval
  const { approval } = props
  const open = approval.thread.filter(({ answers, settled }) => answers === null && settled === null).length
  return (
    <section class="stack s4" aria-labelledby="approval-approve" data-testid="approve">
      <h2 class="h-sect" id="approval-approve">
        {m.approve}
      </h2>
      {may('approve') ? (
        approval.blockers > 0 ? (
          <div class="note bad" data-testid="approve-blocked">
            <Icon name="warn" size="s" />
            <p>
              {m.approveBlocked(approval.blockers)}{' '}
              <a href={`/desk/dsc/documents/${approval.document}`}>{m.read}</a>
            </p>
          </div>
        ) : (
          <ApproveForm {...props} open={open} />
        )
      ) : (
        <p class="soft">{m.approveNotYours}</p>
      )}
    </section>
  )
}

const LABELS = {
  none: 'approveFirst',
  gone: 'approveFirst',
  stale: 'approveNew',
  current: 'approveAgain',
} as const

function ApproveForm({
  approval,
  edition,
  onChanged,
  onReload,
  open,
}: ApproveProps & { open: number }): JSX.Element {
  const m = d().approval
  const id = useId()
  const reviewOn = useSignal(approval.proposedReview)
  const busy = useSignal(false)
  const failure = useSignal<ApiError | null>(null)
  const approve = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    const result = await approvalsApi.approve(approval.document, lang.value, edition, reviewOn.value)
    busy.value = false
    failure.value = result.ok ? null : result.error
    if (!result.ok) return
    say(m.approvedDone)
    await onChanged()
  }
  const error = failure.value
  return (
    <form
      class="stack s4 narrowform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void approve()
      }}
    >
      <p class="soft measure">{m.approveLead(edition)}</p>
      {open === 0 ? null : (
        <p class="row tight" data-testid="approve-open">
          <Icon name="info" size="s" />
          {m.approveOpen(open)}
        </p>
      )}
      <div class="field">
        <label for={`${id}-on`}>
          {m.reviewOn} <span class="opt">{d().optional}</span>
        </label>
        <input
          class="input shortinput"
          id={`${id}-on`}
          type="date"
          value={reviewOn.value}
          data-testid="approve-review"
          aria-describedby={`${id}-h`}
          onInput={(event) => (reviewOn.value = event.currentTarget.value)}
        />
        <p class="hint" id={`${id}-h`}>
          {m.reviewHint}
        </p>
      </div>
      {error === null ? null : (
        <div class="note bad withaction" role="alert" data-testid="approve-error" data-error={error.code}>
          <Icon name="warn" size="s" />
          <span>{errorText(error)}</span>
          <button type="button" class="btn" onClick={onReload}>
            {m.readAgain}
          </button>
        </div>
      )}
      <div class="row">
        <SubmitButton
          label={m[LABELS[approval.state]]}
          busyLabel={m.approving}
          busy={busy.value}
          testid="approve-submit"
        />
      </div>
    </form>
  )
}

function History({ approval }: { approval: OneApproval }): JSX.Element {
  const m = d().approval
  return (
    <section class="stack s4" aria-labelledby="approval-editions" data-testid="editions">
      <h2 class="h-sect" id="approval-editions">
        {m.editions}
      </h2>
      {approval.history.length === 0 ? (
        <p class="soft">{m.editionsNone}</p>
      ) : (
        <ol class="lines editions">
          {approval.history.map((approved) => (
            <EditionRow key={approved.number} approved={approved} document={approval.document} />
          ))}
        </ol>
      )}
      <ChainState chain={approval.chain} />
    </section>
  )
}

function EditionRow({ approved, document }: { approved: Approved; document: string }): JSX.Element {
  const m = d().approval
  const roles = approved.roles.map((role) => a().roles[role]).join(', ')
  return (
    <li data-testid="edition-row" data-number={approved.number}>
      <div class="stack s2">
        <p>
          <b>
            {m.number(approved.number)}, {dayText(approved.at)}
          </b>{' '}
          {m.by(approved.by, roles)}
        </p>
        {approved.reviewOn === null ? null : (
          <p class="faint t-m">{m.reviewBy(dayText(approved.reviewOn))}</p>
        )}
        <Hash label={m.hash} hash={approved.hash} />
      </div>
      <a
        class="btn quiet"
        href={`/desk/dsc/approvals/${document}/${approved.number}`}
        aria-label={m.seeOf(approved.number)}
        data-testid="edition-see"
      >
        {m.see}
      </a>
    </li>
  )
}
