// Before an answer is saved that changes approved documents: which, which of their sentences, and the choice to leave it.
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Icon } from '../ui/icon.tsx'
import type { ForeseenChange } from './approvals-api.ts'
import { OneDifference } from './differences.tsx'
import { d } from './text.ts'

/** What an answer would change, as far as somebody has to know before it is saved. */
export interface Foreseen {
  /** Approved documents. */
  readonly approved: readonly ForeseenChange[]
  /** How many others change. */
  readonly others: number
}

// Sentences shown of each document; the rest is counted.
const SHOWN = 5

/** The documents with their sentences. */
export function ForeseenChanges({ changes }: { changes: readonly ForeseenChange[] }): JSX.Element {
  const m = d().approval
  return (
    <ul class="foreseen">
      {changes.map(({ document, title, kind, sentences }) => (
        <li key={document} data-testid="foreseen" data-document={document}>
          <details open={changes.length === 1}>
            <summary>
              <Icon name="file" size="s" />
              <span>
                <b>{title}</b>:{' '}
                {kind === 'removed' ? m.lookAheadGone : m.lookAheadSentences(sentences.length)}
              </span>
            </summary>
            {kind === 'removed' ? null : (
              <ul class="diffs">
                {sentences.slice(0, SHOWN).map((difference) => (
                  <OneDifference
                    key={difference.sentence}
                    difference={difference}
                    sides={{ before: m.beforeAnswer, after: m.afterAnswer }}
                  />
                ))}
              </ul>
            )}
            {kind !== 'removed' && sentences.length > SHOWN ? (
              <p class="faint t-s">{m.moreSentences(sentences.length - SHOWN)}</p>
            ) : null}
          </details>
        </li>
      ))}
    </ul>
  )
}

/** The panel. It takes the focus, because the answer is not saved until somebody decides. */
export function LookAhead(props: {
  foreseen: Foreseen
  onSave: () => void
  onKeep: () => void
}): JSX.Element {
  const m = d().approval
  const { approved, others } = props.foreseen
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section class="lookahead" aria-labelledby="look-ahead" data-testid="look-ahead">
      <h3 class="h-sect" id="look-ahead" ref={heading} tabIndex={-1}>
        <span class="vh">{m.lookAhead}: </span>
        {m.lookAheadChanges(approved.length)}
      </h3>
      <p class="soft t-m">{m.lookAheadHow}</p>
      <ForeseenChanges changes={approved} />
      {others === 0 ? null : <p class="faint t-s">{m.lookAheadOthers(others)}</p>}
      <div class="row">
        <button type="button" class="btn primary" data-testid="look-ahead-save" onClick={props.onSave}>
          {m.lookAheadSave}
        </button>
        <button type="button" class="btn" data-testid="look-ahead-keep" onClick={props.onKeep}>
          {m.lookAheadKeep}
        </button>
      </div>
    </section>
  )
}
