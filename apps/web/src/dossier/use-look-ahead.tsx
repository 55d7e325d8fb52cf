// Holds an answer back while it would change approved documents, until somebody has seen which and decided.
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { say } from '../ui/live.ts'
import type { Answer } from './dsc-api.ts'
import type { DscModel } from './dsc-model.ts'
import { type Foreseen, LookAhead } from './look-ahead.tsx'
import { d } from './text.ts'

interface Asked {
  readonly foreseen: Foreseen
  readonly decide: (save: boolean) => void
}

/** What a form needs of it. */
export interface LookingAhead {
  /** Whether the answer is to be saved; waits for the decision where there is one to make. */
  readonly ask: (answer: Answer) => Promise<boolean>
  /** Whether everything that was asked so far was to be saved; shows the open decision again. */
  readonly decided: () => Promise<boolean>
  /** The panel while a decision is open. */
  readonly panel: JSX.Element | null
  /** Changes when an answer was not saved: the control shows the present one again. */
  readonly round: number
}

/** @param onKept moves the focus after the present answer was kept */
export function useLookAhead(model: DscModel, fact: string, onKept: () => void): LookingAhead {
  const asked = useSignal<Asked | null>(null)
  const round = useSignal(0)
  const latest = useRef<Promise<boolean>>(Promise.resolve(true))
  const wait = async (answer: Answer): Promise<boolean> => {
    const foreseen = await model.foresee(fact, answer)
    // A newer answer takes the place of one that nobody has decided on.
    asked.value?.decide(false)
    if (foreseen === null) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const own: Asked = { foreseen, decide: resolve }
    asked.value = own
    const save = await promise
    if (asked.value === own) asked.value = null
    return save
  }
  const ask = async (answer: Answer): Promise<boolean> => {
    latest.current = wait(answer)
    return await latest.current
  }
  const keep = (): void => {
    asked.value?.decide(false)
    latest.current = Promise.resolve(true)
    round.value += 1
    say(d().approval.lookAheadKept)
    onKept()
  }
  const decided = async (): Promise<boolean> => {
    document.getElementById('look-ahead')?.focus()
    return await latest.current
  }
  const open = asked.value
  const panel =
    open === null ? null : (
      <LookAhead foreseen={open.foreseen} onSave={() => open.decide(true)} onKeep={keep} />
    )
  return { ask, decided, panel, round: round.value }
}
