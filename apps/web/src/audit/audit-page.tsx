// The Jitsi audit: files come in, are examined in a worker, and the result is shown; nothing is sent anywhere.
import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { type Comparison, verdictSentence } from '@runde/jitsi-audit'
import { lang } from '../i18n/i18n.ts'
import { DeskFrame } from '../pages/desk-frame.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { alert, say } from '../ui/live.ts'
import { AuditJob } from './audit-job.ts'
import '../styles/audit-all.css'
import { type Details, DropArea, type Dropped, useDrop } from './drop-area.tsx'
import { type Gathered, gatherEntries } from './gather.ts'
import type { Examined } from './protocol.ts'
import { ResultView } from './result-view.tsx'
import { sinceLast } from './since-last.ts'
import { a } from './text.ts'

/** What the page shows. */
type Step =
  | { readonly kind: 'start'; readonly trouble?: 'nothing' | 'failed' }
  | {
      readonly kind: 'busy'
      readonly phase: 'collecting' | 'reading' | 'examining'
      readonly done: number
      readonly all: number
    }
  | {
      readonly kind: 'done'
      readonly result: Examined
      readonly comparison: Comparison | undefined
      /** Why other files gave no result in its place. */
      readonly trouble?: 'nothing' | 'failed'
    }

/** Own name as it is used; undefined if the text is no host name. */
export function readHost(text: string): string | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
  return /^(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(name) ? name : undefined
}

interface Examination {
  readonly step: Signal<Step>
  readonly hostWrong: Signal<boolean>
  readonly details: Details
  readonly job: AuditJob
  readonly take: (chosen: Gathered) => void
  readonly drop: (entries: Dropped) => void
  readonly cancel: () => void
  /** Back to the beginning; the result on show is given up. */
  readonly again: () => void
}

/** The audit page's course of events. */
function useExamination(): Examination {
  const step = useSignal<Step>({ kind: 'start' })
  const hostWrong = useSignal(false)
  const ownHost = useSignal('')
  const release = useSignal('')
  const job = useMemo(() => new AuditJob(), [])
  const walk = useRef(new AbortController())
  /** The result on show before; it comes back where the next examination gives none. */
  const kept = useRef<Extract<Step, { kind: 'done' }>>(undefined)
  const goBack = (trouble?: 'nothing' | 'failed'): void => {
    step.value = { ...(kept.current ?? { kind: 'start' }), ...(trouble === undefined ? {} : { trouble }) }
  }
  /** Counts examinations, so that one that was cancelled while it waited does not go on. */
  const turns = useRef(0)
  useEffect(
    () => () => {
      walk.current.abort()
      job.dispose()
    },
    [job],
  )
  /** The details in use, or undefined if one of them has to be corrected first. */
  const readDetails = (): { ownHosts: string[]; assumeRelease: string | undefined } | undefined => {
    const typed = ownHost.value.trim()
    const host = readHost(typed)
    hostWrong.value = typed !== '' && host === undefined
    if (hostWrong.value) return undefined
    const assumed = release.value.trim()
    return { ownHosts: host === undefined ? [] : [host], assumeRelease: assumed === '' ? undefined : assumed }
  }
  const examine = async ({ files, skipped }: Gathered): Promise<void> => {
    const details = readDetails()
    if (details === undefined) return
    const all = files.length
    step.value = { kind: 'busy', phase: 'reading', done: 0, all }
    const turn = ++turns.current
    job.prepare()
    await job.ready()
    if (turn !== turns.current) return
    const before = performance.getEntriesByType('resource').length
    const outcome = await job.examine(files, skipped, details, {
      reading: (done) => (step.value = { kind: 'busy', phase: 'reading', done, all }),
      examining: (count) => (step.value = { kind: 'busy', phase: 'examining', done: count, all: count }),
    })
    if (outcome.kind === 'cancelled') return
    if (outcome.kind !== 'examined') {
      goBack(outcome.kind)
      alert(outcome.kind === 'nothing' ? a().nothingTitle : a().failedTitle)
      return
    }
    const requests = outcome.result.requests + performance.getEntriesByType('resource').length - before
    const result = { ...outcome.result, requests }
    kept.current = { kind: 'done', result, comparison: sinceLast(kept.current?.result, result) }
    step.value = kept.current
    const { counts, violated } = outcome.result.report
    say(verdictSentence(counts, violated, lang.value))
    scrollTo(0, 0)
  }
  const drop = async (entries: Dropped): Promise<void> => {
    if (readDetails() === undefined) return
    job.cancel()
    walk.current.abort()
    const control = new AbortController()
    walk.current = control
    step.value = { kind: 'busy', phase: 'collecting', done: 0, all: 0 }
    const gathered = await gatherEntries(entries, control.signal, (done) => {
      if (!control.signal.aborted) step.value = { kind: 'busy', phase: 'collecting', done, all: 0 }
    })
    if (!control.signal.aborted) await examine(gathered)
  }
  return {
    step,
    hostWrong,
    details: { ownHost, release },
    job,
    take: (chosen) => void examine(chosen),
    drop: (entries) => void drop(entries),
    cancel: () => {
      turns.current += 1
      walk.current.abort()
      job.cancel()
      goBack()
      say(a().cancelled)
    },
    again: () => {
      kept.current = undefined
      job.prepare()
      step.value = { kind: 'start' }
    },
  }
}

/** The page behind `/jitsi`. */
export function AuditPage(): JSX.Element {
  const m = a()
  useTitle(m.title)
  const examination = useExamination()
  const { step, details, hostWrong, job } = examination
  const over = useDrop(examination.drop)
  const now = step.value
  return (
    <DeskFrame page="audit">
      {now.kind === 'done' ? (
        <>
          {now.trouble === undefined ? null : <Trouble kind={now.trouble} />}
          <ResultView result={now.result} first={now.comparison} job={job} onAgain={examination.again} />
        </>
      ) : (
        <>
          <div class="pagehead">
            <div class="stack s2">
              {/* A new heading per step takes the focus from the button that has gone. */}
              <PageHeading key={now.kind} class="h-page">
                {m.title}
              </PageHeading>
              <p class="lead">{m.lead}</p>
            </div>
          </div>
          {now.kind === 'busy' ? (
            <Busy {...now} onCancel={examination.cancel} />
          ) : (
            <>
              {now.trouble === undefined ? null : <Trouble kind={now.trouble} />}
              <DropArea
                over={over.value}
                details={details}
                hostWrong={hostWrong.value}
                onChoose={examination.take}
              />
            </>
          )}
        </>
      )}
    </DeskFrame>
  )
}

function Trouble({ kind }: { kind: 'nothing' | 'failed' }): JSX.Element {
  const m = a()
  return (
    <div class="note bad audit-note" data-testid="audit-trouble">
      <Icon name="warn" size="s" />
      <b>{kind === 'nothing' ? m.nothingTitle : m.failedTitle}</b>
      <span>{kind === 'nothing' ? m.nothing : m.failed}</span>
    </div>
  )
}

function Busy(props: Extract<Step, { kind: 'busy' }> & { onCancel: () => void }): JSX.Element {
  const m = a()
  const { phase, done, all } = props
  const words =
    phase === 'collecting'
      ? `${m.collecting}: ${m.collected(done)}`
      : phase === 'reading'
        ? m.reading(done, all)
        : m.examining(done)
  useEffect(
    () =>
      say(
        phase === 'collecting'
          ? a().collecting
          : phase === 'reading'
            ? a().reading(0, all)
            : a().examining(all),
      ),
    [phase],
  )
  return (
    <div class="drop busy" data-testid="audit-busy">
      <p class="h-sect num">{words}</p>
      {phase === 'reading' ? (
        <progress aria-label={m.title} value={done} max={Math.max(1, all)} />
      ) : (
        <progress aria-label={m.title} />
      )}
      <button type="button" class="btn large" data-testid="audit-cancel" onClick={props.onCancel}>
        {m.cancel}
      </button>
    </div>
  )
}
