// The proofs: what was tested when, how it ended, where something was found, and the history as a line of 90 days.
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { day, time } from '../i18n/i18n.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { alert, say } from '../ui/live.ts'
import type { Proof } from './dsc-api.ts'
import type { DscModel } from './dsc-model.ts'
import { type ProofState, lastRun, proofState } from './next-step.ts'
import { plotRuns } from './plot.ts'
import { Said, d, said } from './text.ts'

const LOOKS: Readonly<Record<ProofState, { readonly class: string; readonly icon: IconName }>> = {
  passed: { class: 'good', icon: 'check' },
  failed: { class: 'bad', icon: 'warn' },
  stale: { class: 'warn', icon: 'clock' },
  never: { class: '', icon: 'clock' },
  unmeasured: { class: 'warn', icon: 'info' },
}

/** The page behind `/desk/dsc/proofs`. */
export function Proofs({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const failure = useSignal<ApiError | null>(null)
  const proofs = model.proofs.value ?? []
  const busy = model.proving.value
  const prove = async (): Promise<void> => {
    if (busy) return
    say(m.proving)
    failure.value = await model.prove()
    if (failure.value === null) say(m.proved)
    else alert(m.proveFailed)
  }
  const never = proofs.every(({ runs }) => runs.length === 0)
  return (
    <div class="stack s6" data-testid="proofs">
      <div class="row apart">
        <p class="soft measure">{m.proofsLead}</p>
        <div class="stack s2">
          <button
            type="button"
            class="btn primary"
            aria-disabled={busy ? true : undefined}
            data-testid="prove"
            data-busy={busy}
            onClick={() => void prove()}
          >
            <Icon name="refresh" size="s" />
            {busy ? m.proving : m.proveNow}
          </button>
        </div>
      </div>
      {busy ? <p class="soft t-m">{m.provingHint}</p> : null}
      {failure.value === null ? null : (
        <div class="note bad" role="alert">
          <Icon name="warn" size="s" />
          <b>{m.proveFailed}</b>
          <span>{errorText(failure.value)}</span>
        </div>
      )}
      {never && !busy ? <p class="soft t-m">{m.proofsNever}</p> : null}
      <ul class="proofs">
        {proofs.map((proof) => (
          <ProofRow key={proof.id} proof={proof} />
        ))}
      </ul>
    </div>
  )
}

function ProofRow({ proof }: { proof: Proof }): JSX.Element {
  const m = d()
  const state = proofState(proof, Date.now())
  const { class: look, icon } = LOOKS[state]
  const last = lastRun(proof)
  const at = last === undefined ? null : new Date(last.at)
  return (
    <li class="proof" data-testid="proof" data-proof={proof.id} data-state={state}>
      <div class="stack s2">
        <h2>{Said(proof.label)}</h2>
        <p class="row tight">
          <span class={`chip ${look}`}>
            <Icon name={icon} size="xs" />
            {m.proofState[state]}
          </span>
          <span class="faint t-s">
            {at === null ? '' : `${m.lastRun(day(at), time(at))}. `}
            {typeof proof.freshDays === 'number' ? m.freshFor(proof.freshDays) : ''}
          </span>
        </p>
        {proof.found.length === 0 ? null : (
          <p class="t-m">
            <b>{m.foundAt}:</b> <span class="mono">{proof.found.join(', ')}</span>
          </p>
        )}
        {proof.reason === undefined || proof.reason === null ? null : (
          <p class="t-m">
            <b>{m.whyNot}:</b> {said(proof.reason)}
          </p>
        )}
      </div>
      <History proof={proof} />
    </li>
  )
}

// Size of the line in its own units.
const WIDTH = 300
const HEIGHT = 44
const BASE = 30

function History({ proof }: { proof: Proof }): JSX.Element {
  const m = d()
  const runs = plotRuns(proof.runs, Date.now())
  if (runs.length === 0) return <p class="faint t-s">{m.historyNone}</p>
  const passed = proof.runs.filter((run) => run.passed).length
  const x = (share: number): number => 6 + share * (WIDTH - 12)
  return (
    <svg
      class="history"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={m.history(Said(proof.label), passed, proof.runs.length - passed)}
    >
      <path class="axis" d={`M0 ${BASE}H${WIDTH}`} />
      {runs.map((run) => (
        <path
          key={run.x}
          class={run.passed ? 'passed' : 'failed'}
          // Up is passed; a failure is a cross below the line, so that shape and place say it too.
          d={run.passed ? `M${x(run.x)} ${BASE - 4}V6` : `M${x(run.x) - 4} ${BASE + 3}l8 8m0-8l-8 8`}
        />
      ))}
      <text x="0" y={HEIGHT - 1}>
        {m.historyFrom}
      </text>
      <text x={WIDTH} y={HEIGHT - 1} text-anchor="end">
        {m.historyTo}
      </text>
    </svg>
  )
}
