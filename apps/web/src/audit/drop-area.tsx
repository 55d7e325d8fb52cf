// Where files come in: a drop anywhere on the page, or one of two buttons; and why nobody needs to fear it.
import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { Field } from '../ui/field.tsx'
import { AuditIcon } from './audit-icon.tsx'
import { type Gathered, gatherChosen, takeEntries } from './gather.ts'
import { a } from './text.ts'

/** What the person said about the installation, as typed. */
export interface Details {
  readonly ownHost: Signal<string>
  readonly release: Signal<string>
}

export type Dropped = readonly (FileSystemEntry | File)[]

/** Two hidden file inputs with a button each; one chooses a folder. */
export function FileButtons(props: { onChoose: (chosen: Gathered) => void; primary?: boolean }): JSX.Element {
  const folder = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Not among the attributes that JSX knows.
    if (folder.current !== null) folder.current.webkitdirectory = true
  }, [])
  const take = (input: HTMLInputElement): void => {
    const chosen = gatherChosen(input.files ?? [])
    // The same folder again must be a change, too.
    input.value = ''
    if (chosen.files.length > 0) props.onChoose(chosen)
  }
  return (
    <div class="row tight">
      <button
        type="button"
        class={`btn large ${props.primary === true ? 'primary' : ''}`}
        data-testid="audit-folder"
        onClick={() => folder.current?.click()}
      >
        <AuditIcon name="folder" size="s" />
        {a().chooseFolder}
      </button>
      <button
        type="button"
        class="btn large"
        data-testid="audit-files"
        onClick={() => files.current?.click()}
      >
        <AuditIcon name="file" size="s" />
        {a().chooseFiles}
      </button>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        data-testid="audit-folder-input"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        data-testid="audit-files-input"
        onChange={(event) => take(event.currentTarget)}
      />
    </div>
  )
}

/** True while files are dragged over the page; a drop anywhere hands them over. */
export function useDrop(onDrop: (entries: Dropped) => void): Signal<boolean> {
  const over = useSignal(false)
  const handler = useRef(onDrop)
  handler.current = onDrop
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      over.value = true
    }
    const leave = (event: DragEvent): void => {
      // Leaving for another element of the page is none; leaving the window has no target.
      if (event.relatedTarget === null) over.value = false
    }
    const drop = (event: DragEvent): void => {
      over.value = false
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      const entries = takeEntries(event.dataTransfer)
      if (entries.length > 0) handler.current(entries)
    }
    document.addEventListener('dragenter', drag)
    document.addEventListener('dragover', drag)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragenter', drag)
      document.removeEventListener('dragover', drag)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
    }
  }, [])
  return over
}

/** The page before anything has been chosen. */
export function DropArea(props: {
  over: boolean
  details: Details
  hostWrong: boolean
  onChoose: (chosen: Gathered) => void
}): JSX.Element {
  const m = a()
  const { ownHost, release } = props.details
  return (
    <div class="audit-start">
      <div class={`drop ${props.over ? 'over' : ''}`} data-testid="audit-drop">
        <AuditIcon name="folder" />
        <p class="h-sect">{props.over ? m.dropNow : m.drop}</p>
        <FileButtons primary onChoose={props.onChoose} />
      </div>
      <div class="note accent" data-testid="audit-privacy">
        <AuditIcon name="shield" />
        <b>{m.privacyTitle}</b>
        <p>{m.privacy}</p>
      </div>
      <div class="audit-help">
        <section class="stack s2">
          <h2 class="h-sect">{m.useful}</h2>
          <dl class="useful">
            {m.usefulFiles.map(([path, what]) => (
              <div key={path}>
                <dt>{path}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section class="stack">
          <h2 class="h-sect">{m.options}</h2>
          <Field
            label={m.ownHost}
            optional={m.optional}
            hint={m.ownHostHint}
            error={props.hostWrong ? m.ownHostWrong : null}
            value={ownHost.value}
            onInput={(value) => (ownHost.value = value)}
            testid="audit-own-host"
            input={{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, maxLength: 253 }}
          />
          <Field
            label={m.release}
            optional={m.optional}
            hint={m.releaseHint}
            value={release.value}
            onInput={(value) => (release.value = value)}
            testid="audit-release"
            input={{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false, maxLength: 60 }}
          />
        </section>
      </div>
    </div>
  )
}
