// The full privacy notice, open to everybody: readable, printable, in both languages, every sentence with its sources.
import type { JSX } from 'preact'
import '../styles/dossier-all.css'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Shell } from '../ui/shell.tsx'
import { DocumentView } from './document-view.tsx'
import { fullNotice } from './dsc-api.ts'
import { Trouble } from './parts.tsx'
import { d } from './text.ts'
import { useAnswer } from './use-answer.ts'

/** The page behind `/datenschutz`. */
export function NoticePage(): JSX.Element {
  const m = d()
  useTitle(m.noticeTitle)
  const { value, error, again } = useAnswer(fullNotice, 'notice')
  return (
    <Shell main="notice-page">
      {value === null ? (
        <div class="stack s6">
          <PageHeading class="h-page">{m.noticeTitle}</PageHeading>
          {error === null ? null : <Trouble title={m.noticeFailed} error={error} onRetry={again} />}
        </div>
      ) : (
        <>
          <div class="row apart noprint docbar">
            <a class="backlink" href="/">
              <Icon name="back" size="s" />
              Runde
            </a>
            <button type="button" class="btn" onClick={() => print()}>
              <Icon name="print" size="s" />
              {m.print}
            </button>
          </div>
          <DocumentView document={value.document} edition={value.edition} />
        </>
      )}
    </Shell>
  )
}
