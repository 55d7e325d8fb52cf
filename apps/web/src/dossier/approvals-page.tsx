// Approvals at a glance: every document with its state, reminders, the chain, the bundle, and reading links.
import type { JSX } from 'preact'
import { may } from '../app/me.ts'
import { Icon } from '../ui/icon.tsx'
import { APPROVAL_LOOKS, ChainState, StateChip, dayText, standingText } from './approval-looks.tsx'
import type { ApprovalEntry, Reminder } from './approvals-api.ts'
import { Bundle } from './bundle.tsx'
import type { DscModel } from './dsc-model.ts'
import { ReadingLinks } from './reading-links.tsx'
import { d } from './text.ts'

/** The page behind `/desk/dsc/approvals`. */
export function ApprovalsPage({ model }: { model: DscModel }): JSX.Element | null {
  const m = d().approval
  const known = model.approvals.value
  if (known === null) return null
  return (
    <div class="parts" data-testid="approvals">
      <p class="soft measure">{m.lead}</p>
      <Reminders reminders={known.reminders} always />
      <section class="stack s2" aria-labelledby="approval-documents">
        <h2 class="h-sect" id="approval-documents">
          {m.documents}
        </h2>
        <ul class="docs">
          {known.approvals.map((entry) => (
            <Row key={entry.document} entry={entry} />
          ))}
        </ul>
      </section>
      <section class="stack s4" aria-labelledby="approval-chain">
        <h2 class="h-sect" id="approval-chain">
          {m.chainTitle}
        </h2>
        <ChainState chain={known.chain} />
      </section>
      {may('export') ? <Bundle /> : null}
      {may('authority-links') ? <ReadingLinks /> : null}
    </div>
  )
}

function Row({ entry }: { entry: ApprovalEntry }): JSX.Element {
  const m = d().approval
  const path = `/desk/dsc/approvals/${entry.document}`
  const looks = { current: 'ok', stale: 'old', none: 'faint', gone: 'faint' }
  return (
    <li data-testid="approval-row" data-document={entry.document} data-state={entry.state}>
      <span class={looks[entry.state]}>
        <Icon name={APPROVAL_LOOKS[entry.state].icon} />
      </span>
      <div>
        <h3>
          <a href={path}>{entry.title}</a>
        </h3>
        <p class="row tight">
          <StateChip state={entry.state} />
          {entry.open === 0 ? null : <span>{m.openComments(entry.open)}</span>}
          {entry.blockers === 0 ? null : <span>{d().blockers(entry.blockers)}</span>}
        </p>
      </div>
      <p class="when">{entry.state === 'none' ? '' : standingText(entry)}</p>
      {entry.state === 'stale' ? (
        <a class="btn" href={path} aria-label={`${m.seeChange}: ${entry.title}`}>
          {m.seeChange}
        </a>
      ) : (
        <a class="iconbtn" href={path} aria-label={m.openOf(entry.title)}>
          <Icon name="right" />
        </a>
      )}
    </li>
  )
}

/** What is to be looked at again. @param always says so too when there is nothing */
export function Reminders(props: { reminders: readonly Reminder[]; always?: boolean }): JSX.Element | null {
  const m = d().approval
  if (props.reminders.length === 0 && props.always !== true) return null
  return (
    <section class="stack s2" aria-labelledby="reminders" data-testid="reminders">
      <h2 class="h-sect" id="reminders">
        {m.reminders}
      </h2>
      {props.reminders.length === 0 ? (
        <p class="soft">{m.remindersNone}</p>
      ) : (
        <ul class="docs">
          {props.reminders.map((reminder) => (
            <ReminderRow key={`${reminder.kind} ${reminder.id}`} reminder={reminder} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ReminderRow({ reminder }: { reminder: Reminder }): JSX.Element {
  const m = d().approval
  const { kind, id, title, on, due } = reminder
  const path = kind === 'review' ? `/desk/dsc/approvals/${id}` : `/desk/dsc/providers/${id}`
  return (
    <li data-testid="reminder" data-due={due}>
      <span class={due ? 'old' : 'faint'}>
        <Icon name={due ? 'warn' : 'clock'} />
      </span>
      <div>
        <h3>
          <a href={path}>{title}</a>
        </h3>
        <p>{kind === 'review' ? m.reminderReview : m.reminderCheck}</p>
      </div>
      <p class="when">{due ? m.dueSince(dayText(on)) : m.dueOn(dayText(on))}</p>
      <a class="iconbtn" href={path} aria-label={title}>
        <Icon name="right" />
      </a>
    </li>
  )
}
