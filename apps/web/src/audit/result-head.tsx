// The head of the result: what was examined, the verdict in one sentence, the bar of all rules.
import {
  type Report,
  STATES,
  STATE_WORDS,
  type Severity,
  type State,
  verdictSentence,
} from '@runde/jitsi-audit'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { a } from './text.ts'

/** The verdict with its consequence, as somebody would say it. */
export function Verdict({ report }: { report: Report }): JSX.Element {
  const { counts, violated } = report
  const sentence = verdictSentence(counts, violated, lang.value)
  return (
    <p class="read verdict" data-testid="audit-verdict">
      {consequence(counts, violated)}
      {/* The number stays with its word. */}
      <b>{sentence.replace(/^(\d+) /, '$1\u00A0')}</b>
    </p>
  )
}

function consequence(counts: Report['counts'], violated: Readonly<Record<Severity, number>>): string {
  if (violated.crit > 0) return a().stop
  if (violated.high > 0) return a().mendSoon
  return counts.violated > 0 ? a().mostly : ''
}

/** One part per state; the same numbers stand on the filters below. */
export function StateBar({ counts }: { counts: Report['counts'] }): JSX.Element {
  const present = STATES.filter((state) => counts[state] > 0)
  const words = present.map((state) => `${counts[state]} ${stateWord(state).toLowerCase()}`)
  return (
    <div class="sevbar">
      <span class="vh">{a().bar(words.join(', '))}</span>
      <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {segments(counts).map(({ state, x, width }) => (
          <rect key={state} class={`s-${state}`} x={x} width={width} height="12" />
        ))}
      </svg>
    </div>
  )
}

/** Widths come as attributes: the content security policy allows no style in the markup. */
function segments(counts: Report['counts']): { state: State; x: number; width: number }[] {
  const total = STATES.reduce((sum, state) => sum + counts[state], 0)
  const gap = 3
  let x = 0
  return BAR_ORDER.filter((state) => counts[state] > 0).map((state) => {
    const full = (counts[state] / total) * 1000
    const last = x + full > 999
    const segment = { state, x, width: Math.max(2, last ? full : full - gap) }
    x += full
    return segment
  })
}

/** Bad and good first: that is the picture people look for. */
const BAR_ORDER: readonly State[] = ['violated', 'met', 'undecidable', 'overridden', 'not_applicable']

export function stateWord(state: State): string {
  return STATE_WORDS[state][lang.value]
}
