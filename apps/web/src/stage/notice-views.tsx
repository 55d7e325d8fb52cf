// What floats over the stage: notices, the banner of a broken connection, the question for sound, the invitation of who is alone.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import type { Meeting } from '../meeting/model.ts'
import type { Notice } from '../meeting/notices.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'

// A notice stays this long unless pointed at or focused (ms; ui.md section 6).
const SHOWN_MS = 6000
// An interruption shorter than this shows no banner (ms).
const BANNER_AFTER_MS = 1000

function Toast({ notice, onGone }: { notice: Notice; onGone: () => void }): JSX.Element {
  const held = useSignal(false)
  useEffect(() => {
    if (held.value) return undefined
    const timer = setTimeout(onGone, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held.value])
  return (
    <div
      class="toast"
      data-testid="notice"
      onPointerEnter={() => (held.value = true)}
      onPointerLeave={() => (held.value = false)}
      onFocusIn={() => (held.value = true)}
      onFocusOut={() => (held.value = false)}
    >
      <span>{notice.text}</span>
      <button type="button" class="iconbtn" aria-label={t().app.close} onClick={onGone}>
        <Icon name="close" size="s" />
      </button>
    </div>
  )
}

/** Notices bottom left, at most two. */
export function Toasts({ meeting }: { meeting: Meeting }): JSX.Element | null {
  const { notices } = meeting
  if (notices.shown.value.length === 0) return null
  return (
    <div class="toasts">
      {notices.shown.value.map((notice) => (
        <Toast key={notice.id} notice={notice} onGone={() => notices.dismiss(notice.id)} />
      ))}
    </div>
  )
}

/** Says that the connection is broken and what happens next. Comes a second late, so that short breaks pass unseen. */
export function LostBanner({ onRestart }: { onRestart: () => void }): JSX.Element | null {
  const late = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), BANNER_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!late.value) return null
  const m = t().stage
  return (
    <div class="banner" data-testid="lost-banner">
      <Icon name="offline" />
      <span>
        <b>{m.lost}</b> {m.lostLead}
      </span>
      <button type="button" class="btn" onClick={onRestart}>
        {m.tryNow}
      </button>
    </div>
  )
}

/** Asks for the press that the browser wants before it plays sound. */
export function SoundBanner({ onStart }: { onStart: () => void }): JSX.Element {
  const m = t().stage
  return (
    <div class="banner" data-testid="sound-banner">
      <Icon name="speaker" />
      <span>{m.soundBlocked}</span>
      <button type="button" class="btn primary" onClick={onStart}>
        {m.soundOn}
      </button>
    </div>
  )
}

/** For who is alone: the link, ready to send. */
export function AloneCard({ link, invitation }: { link: string; invitation: string }): JSX.Element {
  const m = t().stage
  return (
    <section class="alone" aria-labelledby="alone-heading">
      <div>
        <h2 id="alone-heading">{m.aloneHeading}</h2>
        <p>{m.aloneLead}</p>
      </div>
      <div class="linkbox">
        <code>{link.replace(/^https?:\/\//, '')}</code>
        <CopyButton class="iconbtn" text={link} label={m.copyLink} />
      </div>
      <CopyButton class="btn primary wide" text={invitation} label={m.invite}>
        {m.invite}
      </CopyButton>
    </section>
  )
}
