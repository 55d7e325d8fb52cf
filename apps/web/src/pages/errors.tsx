// Pages for what can be wrong before a meeting: wrong address, no such meeting, old browser, absent server.
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { MessagePage } from '../ui/message-page.tsx'

function ToStart({ primary }: { primary: boolean }): JSX.Element {
  return (
    <a class={`btn large ${primary ? 'primary' : ''}`} href="/">
      {t().app.toStart}
    </a>
  )
}

/** An address that leads nowhere. */
export function NotFound(): JSX.Element {
  const m = t().errors
  return (
    <MessagePage title={m.notFoundTitle} heading={m.notFound} lead={m.notFoundLead} error="not_found">
      <ToStart primary />
    </MessagePage>
  )
}

/** A meeting link whose meeting does not exist. */
export function MeetingMissing(): JSX.Element {
  const m = t().errors
  return (
    <MessagePage
      title={m.notFoundTitle}
      heading={m.meetingNotFound}
      lead={m.meetingNotFoundLead}
      error="meeting_not_found"
    >
      <ToStart primary />
    </MessagePage>
  )
}

/** A meeting that its organiser has ended. */
export function MeetingEnded(): JSX.Element {
  const m = t().errors
  return (
    <MessagePage
      title={t().leave.ended}
      heading={t().leave.ended}
      lead={m.meetingEndedLead}
      error="meeting_ended"
    >
      <ToStart primary />
    </MessagePage>
  )
}

/** A browser that cannot hold a meeting. */
export function TooOld({ missing }: { missing: readonly string[] }): JSX.Element {
  const m = t().errors
  return (
    <MessagePage title={m.tooOldTitle} heading={m.tooOld} lead={m.tooOldLead} error="browser_too_old">
      <p class="faint t-s">
        {m.missing} {missing.join(', ')}
      </p>
    </MessagePage>
  )
}

/** The server did not answer while the page was loading. */
export function ServerGone({ onRetry }: { onRetry: () => void }): JSX.Element {
  const m = t().gone
  return (
    <MessagePage title={m.title} heading={m.loadHeading} lead={m.loadLead} error="server_gone">
      <div class="row">
        <button type="button" class="btn primary large" onClick={onRetry}>
          {m.tryNow}
        </button>
        <ToStart primary={false} />
      </div>
    </MessagePage>
  )
}

/** A page failed to draw. */
export function Crashed(): JSX.Element {
  const m = t().errors
  return (
    <MessagePage title={m.crashed} heading={m.crashed} lead={m.crashedLead} error="page_failed">
      <button type="button" class="btn primary large" onClick={() => location.reload()}>
        {m.reload}
      </button>
    </MessagePage>
  )
}
