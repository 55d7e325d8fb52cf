// The comments on a document as threads: write, answer, settle, open again, delete one's own; settled ones are folded away.
import { useSignal } from '@preact/signals'
import { COMMENT_MAX_LENGTH } from '@runde/contract'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiError, ApiResult } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { may } from '../app/me.ts'
import { day, time } from '../i18n/i18n.ts'
import { FieldError } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import { dayText } from './approval-looks.tsx'
import { type Comment, approvalsApi } from './approvals-api.ts'
import { d } from './text.ts'

type Doer = (action: () => Promise<ApiResult<null>>, done: string) => Promise<ApiError | null>

interface ThreadProps {
  readonly document: string
  readonly first: Comment
  readonly answers: readonly Comment[]
  readonly act: Doer
  readonly writable: boolean
}

/** @param props.open whether the document is still made; else its comments can be read only */
export function Comments(props: {
  document: string
  thread: readonly Comment[]
  open: boolean
  onChanged: () => Promise<void>
}): JSX.Element {
  const m = d().approval
  const { document, thread } = props
  const failure = useSignal<ApiError | null>(null)
  const act: Doer = async (action, done) => {
    const result = await action()
    if (!result.ok) return result.error
    say(done)
    await props.onChanged()
    return null
  }
  const quick: Doer = async (action, done) => (failure.value = await act(action, done))
  const writable = props.open && may('comment')
  const firsts = thread.filter(({ answers }) => answers === null)
  const row = (first: Comment): JSX.Element => (
    <Thread
      key={first.id}
      document={document}
      first={first}
      answers={thread.filter(({ answers }) => answers === first.id)}
      act={quick}
      writable={writable}
    />
  )
  const done = firsts.filter(({ settled }) => settled !== null)
  return (
    <section class="stack s4" aria-labelledby="comments" data-testid="comments">
      <h2 class="h-sect" id="comments">
        {m.comments}
      </h2>
      {failure.value === null ? null : (
        <div class="field" role="alert">
          <FieldError>{errorText(failure.value)}</FieldError>
        </div>
      )}
      {firsts.length === 0 ? <p class="soft">{m.commentsNone}</p> : null}
      <ul class="threads">{firsts.filter(({ settled }) => settled === null).map(row)}</ul>
      {done.length === 0 ? null : (
        <details class="allquestions">
          <summary data-testid="comments-settled">{m.settledMore(done.length)}</summary>
          <ul class="threads">{done.map(row)}</ul>
        </details>
      )}
      {writable ? (
        <Writing
          label={m.commentNew}
          hint={m.commentHint}
          send={m.commentSend}
          testid="comment"
          onSend={async (text) =>
            await act(async () => await approvalsApi.comment(document, text, null), m.commentSent)
          }
        />
      ) : null}
    </section>
  )
}

function Thread({ document, first, answers, act, writable }: ThreadProps): JSX.Element {
  const m = d().approval
  const answering = useSignal(false)
  const settled = first.settled !== null
  const opener = useRef<HTMLButtonElement>(null)
  const settle = async (): Promise<void> => {
    await act(
      async () => await approvalsApi.settle(document, first.id, !settled),
      settled ? m.reopened : m.settledDone,
    )
  }
  const close = (): void => {
    answering.value = false
    opener.current?.focus()
  }
  return (
    <li class="thread" data-testid="thread" data-settled={settled}>
      <One comment={first} document={document} act={act} writable={writable} />
      {answers.length === 0 ? null : (
        <ul class="threadanswers">
          {answers.map((answer) => (
            <li key={answer.id}>
              <One comment={answer} document={document} act={act} writable={writable} />
            </li>
          ))}
        </ul>
      )}
      {first.settled === null ? null : (
        <p class="row tight faint t-m">
          <Icon name="check" size="xs" />
          {m.settled(dayText(first.settled.at), first.settled.by)}
        </p>
      )}
      {writable ? (
        <div class="row tight">
          {settled ? null : (
            <button
              type="button"
              ref={opener}
              class="btn quiet"
              aria-expanded={answering.value}
              aria-label={m.answerToOf(first.by)}
              data-testid="thread-answer"
              onClick={() => (answering.value = !answering.value)}
            >
              {m.answer}
            </button>
          )}
          <button
            type="button"
            class="btn quiet"
            aria-label={settled ? m.reopenOf(first.by) : m.settleOf(first.by)}
            data-testid="thread-settle"
            onClick={() => void settle()}
          >
            {settled ? m.reopen : m.settle}
          </button>
        </div>
      ) : null}
      {answering.value ? (
        <Writing
          label={m.answerTo(first.by)}
          send={m.answerSend}
          testid="answer"
          focus
          onSend={async (text) => {
            const failure = await act(
              async () => await approvalsApi.comment(document, text, first.id),
              m.commentSent,
            )
            if (failure === null) close()
            return failure
          }}
        />
      ) : null}
    </li>
  )
}

function One(props: { comment: Comment; document: string; act: Doer; writable: boolean }): JSX.Element {
  const m = d().approval
  const { comment, document } = props
  const at = new Date(comment.at)
  const remove = async (): Promise<void> => {
    await props.act(async () => await approvalsApi.removeComment(document, comment.id), m.commentRemoved)
  }
  return (
    <div class="said" data-testid="comment-said">
      <p class="row apart">
        <span>
          <b>{comment.by}</b>{' '}
          <time class="faint t-m" dateTime={comment.at}>
            {day(at)}, {time(at)}
          </time>
        </span>
        {comment.mine && props.writable ? (
          <button
            type="button"
            class="iconbtn"
            aria-label={m.commentRemoveOf(day(at))}
            data-testid="comment-remove"
            onClick={() => void remove()}
          >
            <Icon name="trash" size="s" />
          </button>
        ) : null}
      </p>
      <p class="saidtext">{comment.text}</p>
    </div>
  )
}

function Writing(props: {
  label: string
  hint?: string
  send: string
  testid: string
  focus?: boolean
  onSend: (text: string) => Promise<ApiError | null>
}): JSX.Element {
  const id = useId()
  const text = useSignal('')
  const busy = useSignal(false)
  const failure = useSignal<ApiError | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    if (props.focus === true) field.current?.focus()
  }, [])
  const send = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failure.value = await props.onSend(text.value)
    busy.value = false
    if (failure.value === null) text.value = ''
    else field.current?.focus()
  }
  const error = failure.value
  return (
    <form
      class="stack s2 narrowform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div class="field">
        <label for={id}>{props.label}</label>
        <textarea
          class="input"
          id={id}
          ref={field}
          rows={3}
          maxLength={COMMENT_MAX_LENGTH}
          value={text.value}
          data-testid={`${props.testid}-text`}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={error === null ? `${id}-h` : `${id}-e`}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        {error === null ? null : <FieldError id={`${id}-e`}>{errorText(error)}</FieldError>}
        {props.hint === undefined ? null : (
          <p class="hint" id={`${id}-h`}>
            {props.hint}
          </p>
        )}
      </div>
      <div class="row">
        {/* One primary button per view: approving. */}
        <button
          type="submit"
          class="btn"
          aria-disabled={busy.value ? true : undefined}
          data-testid={`${props.testid}-send`}
        >
          {busy.value ? d().saving : props.send}
        </button>
      </div>
    </form>
  )
}
