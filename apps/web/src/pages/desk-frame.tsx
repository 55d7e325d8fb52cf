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

/**
 * A page with the menu. `account` is empty until the server has said who is signed in, and left out on pages that need nobody:
 * those ask the server nothing.
 */
export function DeskFrame(props: {
  page: 'desk' | 'dsc' | 'audit' | 'people' | 'account'
  account?: string
  children: ComponentChildren
}): JSX.Element {
  const m = t().desk
  const { account, page } = props
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
            <a class="item" href="/desk" aria-current={page === 'desk' ? 'page' : undefined}>
              <Icon name="calendar" />
              <span>{m.meetings}</span>
            </a>
            <a class="item" href="/desk/dsc" aria-current={page === 'dsc' ? 'page' : undefined}>
              <Icon name="scale" />
              <span>{m.dataProtection}</span>
            </a>
            <a class="item" href="/jitsi" aria-current={page === 'audit' ? 'page' : undefined}>
              <Icon name="search" />
              <span>{m.audit}</span>
            </a>
            <a class="item" href="/desk/people" aria-current={page === 'people' ? 'page' : undefined}>
              <Icon name="people" />
              <span>{m.people}</span>
            </a>
          </nav>
          <span class="spacer" />
          <SchemeChoice class="quietselect navselect" />
          <LangSwitch />
          <div class="org">
            {organisation === '' ? null : <b>{organisation}</b>}
            {account === undefined || account === '' ? null : (
              <a
                href="/desk/account"
                data-testid="desk-account"
                aria-current={page === 'account' ? 'page' : undefined}
              >
                {m.account(account)}
              </a>
            )}
          </div>
          {account === undefined ? null : (
            <button type="button" class="item" onClick={() => void signOut()}>
              <Icon name="door" />
              <span>{m.signOut}</span>
            </button>
          )}
        </header>
        <main id="main" tabIndex={-1}>
          <div class="wrap">{props.children}</div>
        </main>
      </div>
    </>
  )
}
