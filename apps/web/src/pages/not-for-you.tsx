// In place of a page that this account may not open: says so, and where to go instead. Never a plain refusal.
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { home, me } from '../app/me.ts'
import { go } from '../app/router.ts'
import { PageHeading } from '../ui/heading.tsx'
import { f } from './desk-text.ts'

/** @param onward goes on to this person's own first page at once: for the address everybody is sent to after signing in */
export function NotForYou({ onward }: { onward: boolean }): JSX.Element {
  const m = f()
  const owed = me.value?.factorOwed === true
  useEffect(() => {
    if (onward && !owed) go(home(), true)
  }, [onward, owed])
  return (
    <div class="stack s6" data-testid="not-for-you" data-why={owed ? 'factor' : 'role'}>
      <div class="stack s2">
        <PageHeading class="h-page">{owed ? m.factorHeading : m.shutHeading}</PageHeading>
        <p class="lead">{owed ? m.factorLead : m.shutLead}</p>
      </div>
      <div class="row">
        <a class="btn primary large" href={owed ? '/desk/account' : home()}>
          {owed ? m.factorAct : m.shutHome}
        </a>
      </div>
    </div>
  )
}
