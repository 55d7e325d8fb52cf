// Frame of the organiser's pages: menu at the side or on top, the account, signing out.
import type { ComponentChildren, JSX } from 'preact'
import { api } from '../app/api.ts'
import { instance } from '../app/instance.ts'
import { go } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import { LangSwitch, SchemeChoice, SkipLink } from '../ui/shell.tsx'

async function signOut(): Promise<void> {
  await api.signOut()
  go('/')
}

/** An organiser's page. `account` is empty until the server has said who is signed in. */
export function DeskFrame(props: { account: string; children: ComponentChildren }): JSX.Element {
  const m = t().desk
  const organisation = instance.value?.name ?? ''
  return (
    <>
      <SkipLink />
      <div class="desk">
        <header class="nav">
          <a class="logo" href="/" aria-label={t().app.home}>
            <Logo />
          </a>
          <nav aria-label={m.menu}>
            <a class="item" href="/desk" aria-current="page">
              <Icon name="calendar" />
              <span>{m.meetings}</span>
            </a>
          </nav>
          <span class="spacer" />
          <SchemeChoice class="quietselect navselect" />
          <LangSwitch />
          <div class="org">
            {organisation === '' ? null : <b>{organisation}</b>}
            {props.account === '' ? null : <span>{m.account(props.account)}</span>}
          </div>
          <button type="button" class="item" onClick={() => void signOut()}>
            <Icon name="door" />
            <span>{m.signOut}</span>
          </button>
        </header>
        <main id="main" tabIndex={-1}>
          <div class="wrap">{props.children}</div>
        </main>
      </div>
    </>
  )
}
