// Account, people and invitations; their code loads with the first of these pages.
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { LazyPage } from '../ui/lazy-page.tsx'

/** One's own account. */
export function OwnAccount(): JSX.Element {
  return (
    <LazyPage title={t().desk.ownAccount} load={async () => await import('../account/own-page.tsx')}>
      {({ OwnAccountPage }) => <OwnAccountPage />}
    </LazyPage>
  )
}

/** All accounts of the server. */
export function PeopleOfServer(): JSX.Element {
  return (
    <LazyPage title={t().desk.people} load={async () => await import('../account/people-page.tsx')}>
      {({ PeoplePage }) => <PeoplePage />}
    </LazyPage>
  )
}

/** An invitation; `token` comes from the fragment of its link. */
export function Invitation({ token }: { token: string }): JSX.Element {
  return (
    <LazyPage title={t().desk.ownAccount} load={async () => await import('../account/invitation-page.tsx')}>
      {({ InvitationPage }) => <InvitationPage token={token} />}
    </LazyPage>
  )
}

/** A reading link for an authority; `token` comes from the fragment of its link. */
export function ReadingLink({ token }: { token: string }): JSX.Element {
  return (
    <LazyPage
      title={t().desk.dataProtection}
      load={async () => await import('../account/authority-page.tsx')}
    >
      {({ AuthorityPage }) => <AuthorityPage token={token} />}
    </LazyPage>
  )
}
