// Frame of the organiser's pages: menu at the side or on top, the account, signing out.
import type { PageName } from '@runde/contract'
import type { ComponentChildren, JSX } from 'preact'
import { api } from '../app/api.ts'
import { instance } from '../app/instance.ts'
import { me, mayOpen } from '../app/me.ts'
import { go } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import { AlarmBanner } from './alarm-banner.tsx'
import { DiagnosisBanner } from './desk-banner.tsx'
import { NotForYou } from './not-for-you.tsx'
import { LangSwitch, SchemeChoice, SkipLink } from '../ui/shell.tsx'

async function signOut(): Promise<void> {
  await api.signOut()
  go('/')
}

type Page = 'desk' | 'dsc' | 'audit' | 'people' | 'account'

/** What each page needs of the table of rights; the audit works in the browser alone and needs nobody. */
const NEEDS: Readonly<Partial<Record<Page, PageName>>> = {
  desk: 'meetings',
  dsc: 'dsc',
  people: 'people',
  account: 'account',
}

interface Entry {
  readonly name: Exclude<Page, 'account'>
  readonly href: string
  readonly icon: IconName
}

const ENTRIES: readonly Entry[] = [
  { name: 'desk', href: '/desk', icon: 'calendar' },
  { name: 'dsc', href: '/desk/dsc', icon: 'scale' },
  { name: 'audit', href: '/jitsi', icon: 'search' },
  { name: 'people', href: '/desk/people', icon: 'people' },
]

const MENU_WORDS = { desk: 'meetings', dsc: 'dataProtection', audit: 'audit', people: 'people' } as const

/** The entries that lead somewhere. Where nobody is known and nobody is asked for, the desk is the way to sign in. */
function menu(asksWho: boolean): readonly Entry[] {
  const unknown = me.value === null && !asksWho
  return ENTRIES.filter(({ name }) => {
    const need = NEEDS[name]
    return need === undefined || mayOpen(need) || (unknown && name === 'desk')
  })
}

/**
 * A page with the menu. `account` is empty until the server has said who is signed in, and left out on pages that need nobody:
 * those ask the server nothing.
 */
export function DeskFrame(props: { page: Page; account?: string; children: ComponentChildren }): JSX.Element {
  const m = t().desk
  const { account, page } = props
  const organisation = instance.value?.name ?? ''
  const shut = me.value !== null && account !== undefined && !mayOpen(NEEDS[page] ?? 'account')
  return (
    <>
      <SkipLink />
      <div class="desk">
        <header class="nav">
          <a class="logo" href="/" aria-label={t().app.home}>
            <Logo />
          </a>
          <nav aria-label={m.menu}>
            {menu(account !== undefined).map(({ name, href, icon }) => (
              <a
                key={name}
                class="item"
                href={href}
                data-testid={`menu-${name}`}
                aria-current={page === name ? 'page' : undefined}
              >
                <Icon name={icon} />
                <span>{m[MENU_WORDS[name]]}</span>
              </a>
            ))}
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
          <div class="wrap">
            {account === undefined ? null : <DiagnosisBanner />}
            {account === undefined ? null : <AlarmBanner />}
            {shut ? <NotForYou onward={page === 'desk'} /> : props.children}
            {/* Narrow screens have no room for it in the menu. */}
            {account === undefined || account === '' || page === 'account' ? null : (
              <p class="accountline noprint">
                <a class="inline-tap" href="/desk/account">
                  {m.account(account)}
                </a>
              </p>
            )}
          </div>
        </main>
      </div>
    </>
  )
}
