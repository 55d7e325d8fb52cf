// Signing in with a one-time link, and the page that says how to get one.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { go } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { MessagePage, WaitingPage } from '../ui/message-page.tsx'

const COMMAND = 'npx runde organiser link'

/** The console command that prints a sign-in link, with a copy button. */
export function Command(): JSX.Element {
  return (
    <fieldset class="linkbox" aria-label={t().signin.command}>
      <code class="mono">{COMMAND}</code>
      <CopyButton text={COMMAND} label={t().signin.copyCommand} class="iconbtn" />
    </fieldset>
  )
}

/** Signing in with a passkey or a password; without its code, the link still works. */
function OtherWays(): JSX.Element | null {
  const code = useSignal<typeof import('../account/sign-in-ways.tsx') | null>(null)
  useEffect(() => {
    const load = async (): Promise<void> => {
      try {
        code.value = await import('../account/sign-in-ways.tsx')
      } catch {
        code.value = null
      }
    }
    void load()
  }, [])
  const Ways = code.value?.SignInWays
  return Ways === undefined ? null : <Ways />
}

/** Says that this part needs a sign-in and how to get one. */
export function SignInNeeded({ error }: { error: string }): JSX.Element {
  const m = t().signin
  return (
    <MessagePage title={m.title} heading={m.neededHeading} lead={m.lead} error={error}>
      <OtherWays />
      <Command />
      <p class="faint t-m">{m.joinInstead}</p>
      <a class="btn large" href="/">
        {t().app.toStart}
      </a>
    </MessagePage>
  )
}

/** Uses the one-time link of the address and goes on to the meetings. */
export function SignInPage({ token }: { token: string }): JSX.Element {
  const m = t().signin
  const failure = useSignal<ApiError | null>(null)
  const attempt = useSignal(0)
  useEffect(() => {
    if (token === '') return undefined
    let gone = false
    const signIn = async (): Promise<void> => {
      const result = await api.signIn(token)
      if (gone) return
      if (result.ok) go('/desk', true)
      else failure.value = result.error
    }
    void signIn()
    return () => {
      gone = true
    }
  }, [token, attempt.value])
  if (token === '') return <SignInNeeded error="not_signed_in" />
  const error = failure.value
  if (error === null) return <WaitingPage title={m.title} text={m.busy} />
  if (error.code === 'network') {
    return (
      <MessagePage title={m.title} heading={t().gone.loadHeading} lead={errorText(error)} error="server_gone">
        <button type="button" class="btn primary large" onClick={() => (attempt.value += 1)}>
          {t().app.retry}
        </button>
      </MessagePage>
    )
  }
  return (
    <MessagePage title={m.title} heading={m.invalidHeading} lead={m.invalidLead} error={error.code}>
      <Command />
      <a class="btn large" href="/">
        {t().app.toStart}
      </a>
    </MessagePage>
  )
}
