// One document in the desk: what is still open on top, downloads in four formats, the text with its sources.
import { useMemo } from 'preact/hooks'
import type { JSX } from 'preact'
import { mayOpen } from '../app/me.ts'
import { lang } from '../i18n/i18n.ts'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu.tsx'
import { StateChip } from './approval-looks.tsx'
import { type ApprovalEntry, type OneApproval, approvalsApi } from './approvals-api.ts'
import { DocumentView } from './document-view.tsx'
import { type FindingEntry, dscApi } from './dsc-api.ts'
import type { DscModel } from './dsc-model.ts'
import { byGravity, findingsOf } from './next-step.ts'
import { Finding, Trouble } from './parts.tsx'
import { remedyOf } from './remedies.ts'
import { d } from './text.ts'
import { useAnswer } from './use-answer.ts'

const FORMATS = ['pdf', 'docx', 'html', 'md'] as const

// More open points than this are folded: the document itself must stay near.
const POINTS_SHOWN = 4

/** The page behind `/desk/dsc/documents/:id`. */
export function DocumentPage({ model, id }: { model: DscModel; id: string }): JSX.Element {
  const m = d()
  const { value, error, again } = useAnswer(async (current) => await dscApi.document(id, current), id)
  useTitle(value?.document.title ?? m.title)
  const entry = model.approvals.value?.approvals.find(({ document }) => document === id)
  const changed = useChanged(entry)
  const back = (
    <a class="backlink" href="/desk/dsc" data-testid="doc-back">
      <Icon name="back" size="s" />
      {m.toOverview}
    </a>
  )
  if (value === null) {
    const missing = error?.status === 404
    return (
      <div class="stack s6">
        {back}
        <PageHeading class="h-page">{missing ? m.documentMissing : m.title}</PageHeading>
        {missing ? <p class="lead">{m.documentMissingLead}</p> : null}
        {error === null || missing ? null : <Trouble title={m.loadFailed} error={error} onRetry={again} />}
      </div>
    )
  }
  const findings = byGravity(findingsOf(value.document, model.paperwork.value?.findings ?? []))
  return (
    <>
      <div class="pagehead noprint docbar">
        {back}
        <div class="row tight">
          <button type="button" class="btn" onClick={() => print()}>
            <Icon name="print" size="s" />
            {m.print}
          </button>
          <Downloads id={id} />
        </div>
      </div>
      {mayOpen('approvals') && entry !== undefined ? <ApprovalLine entry={entry} /> : null}
      <OpenPoints findings={findings} model={model} />
      <DocumentView
        document={value.document}
        edition={value.edition}
        {...(changed === undefined ? {} : { changed })}
      />
      <p class="faint t-s measure noprint dsc-end">{m.disclaimer}</p>
    </>
  )
}

/** Keys of the sentences that differ from what was approved; undefined while none does, or nobody may know. */
function useChanged(entry: ApprovalEntry | undefined): ReadonlySet<string> | undefined {
  const stale = entry?.state === 'stale' ? entry.document : ''
  const { value } = useAnswer<OneApproval | null>(
    async (current) => (stale === '' ? { ok: true, value: null } : await approvalsApi.one(stale, current)),
    `${stale} ${entry?.changes ?? 0}`,
  )
  return useMemo(
    () =>
      value === null || stale === '' ? undefined : new Set(value.differences.map(({ sentence }) => sentence)),
    [value, stale],
  )
}

/** How the approval stands, and the way to it: approving, comments, earlier editions. */
function ApprovalLine({ entry }: { entry: ApprovalEntry }): JSX.Element {
  const m = d().approval
  const path = `/desk/dsc/approvals/${entry.document}`
  const link = (text: string): JSX.Element => (
    <a href={path} data-testid="doc-approval" aria-label={`${text}: ${entry.title}`}>
      {text}
    </a>
  )
  if (entry.state === 'stale')
    return (
      <div class="note warn noprint docnote" data-testid="doc-stale">
        <Icon name="clock" size="s" />
        <p>
          <b>{entry.changes === 0 ? m.titleChanged : m.staleHere(entry.changes)}</b>{' '}
          {entry.changes === 0 ? '' : m.staleHereHow} {link(m.seeChange)}
        </p>
      </div>
    )
  return (
    <p class="row tight noprint docnote">
      <StateChip state={entry.state} />
      {entry.open === 0 ? null : <span class="soft t-m">{m.openComments(entry.open)}</span>}
      {link(m.toApproval)}
    </p>
  )
}

function Downloads({ id }: { id: string }): JSX.Element {
  const m = d()
  return (
    <MenuButton
      label={m.download}
      class="btn primary"
      testid="doc-download"
      button={
        <>
          <Icon name="download" size="s" />
          {m.download}
        </>
      }
    >
      {FORMATS.map((format) => (
        <a
          key={format}
          role="menuitem"
          tabIndex={-1}
          download
          href={`/api/dossier/files/${id}/${format}?lang=${lang.value}`}
          data-testid={`doc-download-${format}`}
        >
          <Icon name="file" size="s" />
          <span class="grow">{m.downloadAs[format]}</span>
        </a>
      ))}
    </MenuButton>
  )
}

function OpenPoints(props: { findings: readonly FindingEntry[]; model: DscModel }): JSX.Element | null {
  const m = d()
  if (props.findings.length === 0) return null
  const point = (finding: FindingEntry): JSX.Element => (
    <Finding
      key={finding.id}
      finding={finding}
      level={3}
      remedy={remedyOf(finding, props.model.questions.value ?? [], m)}
    />
  )
  const first = props.findings.slice(0, POINTS_SHOWN)
  const more = props.findings.slice(POINTS_SHOWN)
  return (
    <section class="openpoints noprint" aria-labelledby="open-points" data-testid="open-points">
      <h2 class="h-sect" id="open-points">
        {m.openPoints}
      </h2>
      <ul class="finds">{first.map(point)}</ul>
      {more.length === 0 ? null : (
        <details>
          <summary>{m.openPointsMore(more.length)}</summary>
          <ul class="finds">{more.map(point)}</ul>
        </details>
      )}
    </section>
  )
}
