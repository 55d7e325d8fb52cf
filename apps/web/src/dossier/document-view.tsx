// Draws a whole document: head, contents, numbered sections, and the list of what its sentences rest on.
import { useSignal } from '@preact/signals'
import type { DossierDocument, Section } from '@runde/dossier'
import { type Notes, collectNotes, placeMarks, writerWords } from '@runde/dossier/writers'
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { day } from '../i18n/i18n.ts'
import { PageHeading } from '../ui/heading.tsx'
import { BlockView } from './blocks.tsx'
import { type Drawing, offerMarks, walkMarks } from './sentences.tsx'
import { SourcesWindow } from './sources-window.tsx'
import { Sources } from './sources.ts'
import { d } from './text.ts'

const NONE: ReadonlySet<string> = new Set()

/** What is still open has its own place above the document. */
const OPEN_POINTS = 'open-points'

/** The document on its sheet. `edition` as the server names it; `changed`: keys of sentences that differ from what was approved. */
export function DocumentView(props: {
  document: DossierDocument
  edition: string
  changed?: ReadonlySet<string>
}): JSX.Element {
  const { document } = props
  const m = d()
  const anchor = useId()
  const visible = useSignal(true)
  const sheet = useRef<HTMLElement>(null)
  const sources = useMemo(() => new Sources(), [])
  const notes = useMemo(() => collectNotes(document), [document])
  const drawing = useMemo<Drawing>(
    () => ({ marks: placeMarks(document, notes), sources, anchor, changed: props.changed ?? NONE }),
    [notes, anchor, props.changed],
  )
  const sections = document.sections.filter(({ id }) => id !== OPEN_POINTS)
  useLayoutEffect(() => {
    if (sheet.current !== null) offerMarks(sheet.current)
  }, [document, visible.value])
  return (
    <>
      <article
        ref={sheet}
        class={`doc sheetlike ${visible.value ? '' : 'plain'}`}
        lang={document.language}
        data-testid="document"
        data-document={document.id}
      >
        <Head document={document} edition={props.edition} />
        <div class="doctools noprint">
          <Legend changed={props.changed !== undefined} />
          <label class="switch">
            <b>{m.sources}</b>
            <input
              type="checkbox"
              role="switch"
              checked={visible.value}
              aria-checked={visible.value}
              data-testid="sources-switch"
              onChange={(event) => (visible.value = event.currentTarget.checked)}
            />
          </label>
        </div>
        {sections.length > 3 ? <Contents sections={sections} anchor={anchor} /> : null}
        {sections.map((section, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions
          <section key={section.id} data-marks onKeyDown={walkMarks}>
            <SectionView section={section} number={`${index + 1}`} drawing={drawing} />
          </section>
        ))}
        <NoteList document={document} notes={notes} anchor={anchor} />
      </article>
      <SourcesWindow sources={sources} />
    </>
  )
}

function Head({ document, edition }: { document: DossierDocument; edition: string }): JSX.Element {
  const m = d()
  const { organisation, version } = document
  const words = writerWords(document.language)
  return (
    <header class="stack s2">
      <p class="h-group">
        {organisation === '' ? `[${m.notNamed}]` : organisation} · {m.asOf(version.madeAtText)} ·{' '}
        <span class="mono">{m.edition(edition)}</span>
      </p>
      <PageHeading>{document.title}</PageHeading>
      <p class="soft">{document.subtitle}</p>
      {version.packs.length === 0 ? null : (
        <p class="faint t-s">
          {words.packs}:{' '}
          {version.packs.map(({ title, validFrom }) => `${title} (${day(new Date(validFrom))})`).join(', ')}
        </p>
      )}
    </header>
  )
}

function Legend({ changed }: { changed: boolean }): JSX.Element {
  const m = d()
  return (
    <div class="legend" aria-label={m.legend} role="note">
      <span>
        <span class="s measured">{m.legendMeasured}</span>: {m.legendMeasuredHow}
      </span>
      <span>
        <span class="s said">{m.legendSaid}</span>: {m.legendSaidHow}
      </span>
      <span>
        <span class="s gap">{m.legendMissing}</span>: {m.legendMissingHow}
      </span>
      {changed ? (
        <span>
          <span class="s old">{m.approval.legendOld}</span>: {m.approval.legendOldHow}
        </span>
      ) : null}
      <span class="faint">{m.marksHelp}</span>
    </div>
  )
}

function Contents({ sections, anchor }: { sections: readonly Section[]; anchor: string }): JSX.Element {
  return (
    <nav class="contents noprint" aria-label={d().contents}>
      <ol>
        {sections.map((section) => (
          <li key={section.id}>
            <a href={`#${anchor}-${section.id}`}>{section.heading}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function SectionView(props: { section: Section; number: string; drawing: Drawing }): JSX.Element {
  const { section, number, drawing } = props
  const id = `${drawing.anchor}-${section.id}`
  const text = (
    <>
      <span class="no">{number}</span>
      {section.heading}
    </>
  )
  return (
    <>
      {section.level === 1 ? (
        <h2 id={id}>{text}</h2>
      ) : section.level === 2 ? (
        <h3 id={id}>{text}</h3>
      ) : (
        <h4 id={id}>{text}</h4>
      )}
      {section.blocks.map((block) => (
        <BlockView key={block.id} block={block} drawing={drawing} />
      ))}
      {section.sections.map((inner, index) => (
        <SectionView key={inner.id} section={inner} number={`${number}.${index + 1}`} drawing={drawing} />
      ))}
    </>
  )
}

function NoteList(props: { document: DossierDocument; notes: Notes; anchor: string }): JSX.Element | null {
  const { notes, anchor } = props
  const words = writerWords(props.document.language)
  if (notes.all.length === 0) return null
  return (
    <section class="notelist" aria-labelledby={`${anchor}-notes`}>
      <h2 id={`${anchor}-notes`}>{words.notes}</h2>
      <p class="faint t-s">{words.notesIntro}</p>
      <ul class="notes-all">
        {notes.all.map((note) => (
          <li key={note.mark} class="src" id={`${anchor}-${note.anchor}`}>
            <i>{note.mark}</i>
            <span>
              <b>{note.kind}</b> {note.text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
