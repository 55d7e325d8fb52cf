// "I do not know" as an answer to any question that is not a choice.
import type { JSX } from 'preact'
import type { Answer, AskedQuestion } from './dsc-api.ts'
import { d } from './text.ts'

/** What a control needs. */
export interface ControlProps {
  readonly question: AskedQuestion
  /** Id of the heading that asks. */
  readonly labelledBy: string
  /** Saves; answers whether it was taken. */
  readonly commit: (answer: Answer) => Promise<boolean>
  /** What the server or the control itself says against the answer. */
  readonly error: string | null
  /** Says something against the answer without sending it. */
  readonly object: (text: string | null) => void
}

/** "I do not know" is always an answer. `onKnown` is what holds when it is taken back. */
export function DontKnow(props: ControlProps & { onKnown: () => Answer }): JSX.Element {
  const m = d()
  return (
    <label class="choice dontknow">
      <input
        type="checkbox"
        checked={props.question.state === 'unknown'}
        data-testid="answer-unknown"
        onChange={(event) =>
          void props.commit(event.currentTarget.checked ? { unknown: true } : props.onKnown())
        }
      />
      <b>{m.dontKnow}</b>
      <span>{m.dontKnowHint}</span>
    </label>
  )
}
