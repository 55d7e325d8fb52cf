// Draws sentences with the marks of their sources; a mark is a button, and one tab stop serves a whole section.
import type { Sentence } from '@runde/dossier'
import type { Mark, Marks } from '@runde/dossier/writers'
import type { ComponentChildren, JSX } from 'preact'
import type { Sources } from './sources.ts'
import { splitLastWord, standing } from './standing.ts'
import { d } from './text.ts'

/** What drawing a document needs everywhere. */
export interface Drawing {
  readonly marks: Marks
  readonly sources: Sources
  /** Start of the ids of this document's notes: two documents may stand on one page. */
  readonly anchor: string
  /** Keys of sentences that differ from what was approved. */
  readonly changed: ReadonlySet<string>
}

/** The marks of one place as one button; its description for screen readers are the notes themselves. */
export function MarkButton(props: { marks: readonly Mark[]; drawing: Drawing }): JSX.Element | null {
  const { sources, anchor } = props.drawing
  const notes = props.marks.flatMap((mark) => mark.notes)
  if (notes.length === 0) return null
  const text = props.marks.map((mark) => mark.text).join(' ')
  return (
    <button
      type="button"
      class="mark"
      tabIndex={-1}
      aria-label={d().restsOn(text)}
      aria-describedby={notes.map((note) => `${anchor}-${note.anchor}`).join(' ')}
      onClick={(event) => sources.toggle(event.currentTarget, notes)}
      onFocus={(event) => {
        // A press focuses too; then the press decides.
        if (event.currentTarget.matches(':focus-visible')) sources.show(event.currentTarget, notes, true)
      }}
      onBlur={() => sources.close()}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') sources.show(event.currentTarget, notes, false)
      }}
      onPointerLeave={() => sources.leave()}
    >
      {text}
    </button>
  )
}

/** Sentences of one place, one after the other. */
export function Sentences(props: { sentences: readonly Sentence[]; drawing: Drawing }): JSX.Element {
  return (
    <>
      {props.sentences.map((sentence, index) => (
        <span key={sentence.key}>
          {index === 0 ? '' : ' '}
          <OneSentence sentence={sentence} drawing={props.drawing} />
        </span>
      ))}
    </>
  )
}

// Marks may stand on a line of their own when they and the word before them could together be wider than a phone (320 px):
// this many letters of the sheet's type fit there; a mark takes as much as three of them.
const LETTERS_KEPT = 26
const LETTERS_OF_MARK = 3

function OneSentence({ sentence, drawing }: { sentence: Sentence; drawing: Drawing }): JSX.Element {
  const look = `s ${drawing.changed.has(sentence.key) ? 'old' : standing(sentence)}`
  const marks = drawing.marks.of(sentence)
  const mark = <MarkButton marks={marks} drawing={drawing} />
  const { before, last } = splitLastWord(sentence.runs)
  if (last === '' || last.length + LETTERS_OF_MARK * marks.length > LETTERS_KEPT)
    return (
      <>
        <span class={look}>{drawRuns(sentence.runs)}</span>
        {mark}
      </>
    )
  return (
    <>
      {before.length === 0 ? null : <span class={look}>{drawRuns(before)}</span>}
      <span class="together">
        <span class={look}>{last}</span>
        {mark}
      </span>
    </>
  )
}

function drawRuns(runs: Sentence['runs']): ComponentChildren {
  return runs.map(({ text, mark }) => {
    switch (mark) {
      case 'plain':
        return text
      case 'strong':
        return <strong>{text}</strong>
      case 'code':
        return <code>{text}</code>
      case 'missing':
        return <mark class="gap">[{text}]</mark>
    }
  })
}

/** Arrow keys walk through the marks of a section; the one that was last in use keeps the tab stop. */
export function walkMarks(event: KeyboardEvent): void {
  const { target, currentTarget } = event
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return
  if (!target.classList.contains('mark')) return
  const marks = [...currentTarget.querySelectorAll<HTMLElement>('.mark')]
  const at = marks.indexOf(target)
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: marks.length - 1,
  }
  const to = steps[event.key]
  const next = to === undefined ? undefined : marks[(to + marks.length) % marks.length]
  if (next === undefined) return
  event.preventDefault()
  target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

/** Gives each section its one tab stop. */
export function offerMarks(root: HTMLElement): void {
  for (const section of root.querySelectorAll<HTMLElement>('[data-marks]')) {
    const marks = [...section.querySelectorAll<HTMLElement>('.mark')]
    if (marks.some(({ tabIndex }) => tabIndex === 0)) continue
    const [first] = marks
    if (first !== undefined) first.tabIndex = 0
  }
}
