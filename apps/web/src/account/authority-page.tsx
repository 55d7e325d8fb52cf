// Opens a reading link: an authority reads the documents as of the link's making, and nothing else of this server.
import { useSignal } from '@preact/signals'
import type { DossierDocument } from '@runde/dossier'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { type ApiError, type ApiResult, call, isObject } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { isDocument } from '../dossier/document-shape.ts'
import { DocumentView } from '../dossier/document-view.tsx'
import { type Lang, day, lang, t } from '../i18n/i18n.ts'
import '../styles/account.css'
import '../styles/dossier-all.css'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { MessagePage, WaitingPage } from '../ui/message-page.tsx'
import { Shell } from '../ui/shell.tsx'
import { a } from './text.ts'

interface Opened {
  /** ISO 8601. */
  readonly madeAt: string
  readonly expiresAt: string
  readonly documents: readonly DossierDocument[]
}

function readOpened(json: unknown): Opened {
  const from = isObject(json) ? json : {}
  const { madeAt, expiresAt, documents } = from
  return {
    madeAt: typeof madeAt === 'string' ? madeAt : '',
    expiresAt: typeof expiresAt === 'string' ? expiresAt : '',
    documents: Array.isArray(documents) ? documents.filter((each) => isDocument(each)) : [],
  }
}

function open(token: string, language: Lang): Promise<ApiResult<Opened>> {
  return call('POST', '/authority', { token, language }, readOpened)
}

/** The page; `token` comes from the fragment of the link. */
export function AuthorityPage({ token }: { token: string }): JSX.Element {
  const m = a().authority
  useTitle(m.title)
  const opened = useSignal<Opened | null>(null)
  const failure = useSignal<ApiError | null>(null)
  const chosen = useSignal('')
  const language = lang.value
  useEffect(() => {
    const load = async (): Promise<void> => {
      const result = await open(token, language)
      if (result.ok) opened.value = result.value
      else failure.value = result.error
    }
    void load()
  }, [token, language])
  const error = failure.value
  if (error !== null) {
    return (
      <MessagePage title={m.title} heading={m.invalidHeading} lead={errorText(error)} error={error.code}>
        <a class="btn large" href="/">
          {t().app.toStart}
        </a>
      </MessagePage>
    )
  }
  const known = opened.value
  if (known === null) return <WaitingPage title={m.title} text={t().app.loading} />
  const document = known.documents.find(({ id }) => id === chosen.value) ?? known.documents[0]
  return (
    <Shell>
      <div class="stack s6" data-testid="authority-page">
        <div class="stack s2 noprint">
          <PageHeading class="h-page">{m.title}</PageHeading>
          <p class="soft">{m.lead(day(new Date(known.madeAt)), day(new Date(known.expiresAt)))}</p>
          <div class="field">
            <label for="authority-document">{m.choose}</label>
            <select
              class="input"
              id="authority-document"
              data-testid="authority-choice"
              value={document?.id ?? ''}
              onChange={(event) => (chosen.value = event.currentTarget.value)}
            >
              {known.documents.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </div>
        </div>
        {document === undefined ? null : <DocumentView key={document.id} document={document} edition="" />}
      </div>
    </Shell>
  )
}
