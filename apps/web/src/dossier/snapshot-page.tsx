// A frozen edition: the document exactly as it was approved, with who, when, and its hash above it.
import type { JSX } from 'preact'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Hash, dayText } from './approval-looks.tsx'
import { approvalsApi } from './approvals-api.ts'
import { DocumentView } from './document-view.tsx'
import { Trouble } from './parts.tsx'
import { d } from './text.ts'
import { useAnswer } from './use-answer.ts'

/** The page behind `/desk/dsc/approvals/:id/:number`. */
export function SnapshotPage({ id, number }: { id: string; number: number }): JSX.Element {
  const m = d().approval
  const { value, error, again } = useAnswer(
    async (current) => await approvalsApi.frozen(id, number, current),
    `${id} ${number}`,
  )
  useTitle(value === null ? m.tab : `${m.number(number)}: ${value.document.title}`)
  const back = (
    <a class="backlink noprint" href={`/desk/dsc/approvals/${id}`} data-testid="snapshot-back">
      <Icon name="back" size="s" />
      {m.toApproval}
    </a>
  )
  if (value === null) {
    const missing = error?.status === 404
    return (
      <div class="stack s6">
        {back}
        <PageHeading class="h-page">{missing ? m.frozenMissing : m.number(number)}</PageHeading>
        {error === null || missing ? null : <Trouble title={d().loadFailed} error={error} onRetry={again} />}
      </div>
    )
  }
  return (
    <div class="stack s6" data-testid="snapshot" data-number={number}>
      <div class="pagehead docbar flush noprint">
        {back}
        <button type="button" class="btn" onClick={() => print()}>
          <Icon name="print" size="s" />
          {d().print}
        </button>
      </div>
      <div class="note">
        <Icon name="info" size="s" />
        <p>{m.frozenNote(dayText(value.at), value.by)}</p>
        <Hash label={m.hash} hash={value.hash} />
      </div>
      <DocumentView document={value.document} edition={String(number)} />
    </div>
  )
}
