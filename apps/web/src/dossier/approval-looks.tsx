// How approvals look wherever they are named: chips with icon and word, dates, the chain and its hash.
import type { JSX } from 'preact'
import { day } from '../i18n/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import type { ApprovalEntry, ApprovalState, Chain } from './approvals-api.ts'
import { d } from './text.ts'

/** Class and icon of each state. */
export const APPROVAL_LOOKS: Readonly<
  Record<ApprovalState, { readonly class: string; readonly icon: IconName }>
> = {
  none: { class: '', icon: 'plus' },
  current: { class: 'good', icon: 'check' },
  stale: { class: 'warn', icon: 'clock' },
  gone: { class: '', icon: 'info' },
}

/** The state as a chip. */
export function StateChip({ state }: { state: ApprovalState }): JSX.Element {
  const { class: look, icon } = APPROVAL_LOOKS[state]
  return (
    <span class={`chip ${look}`} data-testid="approval-state" data-state={state}>
      <Icon name={icon} size="xs" />
      {d().approval.states[state]}
    </span>
  )
}

/** A day of an ISO date or moment. */
export function dayText(iso: string): string {
  return day(new Date(iso))
}

/** What the list says about a document: changed since, approved when, or nothing yet. */
export function standingText({ state, approved, changes }: ApprovalEntry): string {
  const m = d().approval
  if (state === 'stale') return changes === 0 ? m.titleChanged : m.changedSince(changes)
  return approved === null ? m.states[state] : m.approvedShort(dayText(approved.at))
}

/** A hash, broken anywhere, to be copied. */
export function Hash(props: { label: string; hash: string }): JSX.Element {
  return (
    <div class="hash">
      <span class="faint t-s">{props.label}</span>
      <code class="mono">{props.hash}</code>
      <CopyButton text={props.hash} label={`${props.label}: ${props.hash.slice(0, 8)}`} class="iconbtn" />
    </div>
  )
}

/** Whether the chain of approvals holds, as recomputed for this page. */
export function ChainState({ chain }: { chain: Chain }): JSX.Element {
  const m = d().approval
  if (chain.brokenAt !== null)
    return (
      <div class="note bad" role="alert" data-testid="chain" data-broken={chain.brokenAt}>
        <Icon name="warn" size="s" />
        <b>{m.chainBroken(chain.brokenAt)}</b>
        <span>{m.chainBrokenHow}</span>
      </div>
    )
  return (
    <div class="stack s2" data-testid="chain" data-broken="none" data-length={chain.length}>
      <p class="row tight">
        <span class={chain.length === 0 ? '' : 'chainok'}>
          <Icon name={chain.length === 0 ? 'info' : 'check'} size="s" />
        </span>
        {chain.length === 0 ? m.chainEmpty : m.chainWhole(chain.length)}
      </p>
      <p class="soft t-m measure">{m.chainHow}</p>
      {chain.last === null ? null : <Hash label={m.chainLast} hash={chain.last} />}
    </div>
  )
}
