// Shows the page of the current address; a page that fails to draw is replaced by a message.
import { Component } from 'preact'
import type { ComponentChildren, JSX } from 'preact'
import { Invitation, OwnAccount, PeopleOfServer, ReadingLink } from '../pages/account.tsx'
import { Desk, DeskNew } from '../pages/desk-pages.tsx'
import { DscPages } from '../pages/dsc.tsx'
import { Crashed, NotFound } from '../pages/errors.tsx'
import { JitsiPage } from '../pages/jitsi.tsx'
import { MeetingPage } from '../pages/meeting.tsx'
import { AccessibilityPage, ImprintPage, PrivacyPage } from '../pages/privacy.tsx'
import { SetupPage } from '../pages/setup.tsx'
import { SignInPage } from '../pages/signin.tsx'
import { StartPage } from '../pages/start.tsx'
import { route } from './router.ts'
import { never } from './never.ts'

function Page(): JSX.Element {
  const now = route.value
  switch (now.page) {
    case 'start':
      return <StartPage />
    case 'setup':
      return <SetupPage token={now.token} />
    case 'signin':
      return <SignInPage token={now.token} />
    case 'desk':
      return <Desk />
    case 'desk-new':
      return <DeskNew key="desk-new" />
    case 'account':
      return <OwnAccount />
    case 'people':
      return <PeopleOfServer />
    case 'invitation':
      return <Invitation key={now.token} token={now.token} />
    case 'authority':
      return <ReadingLink key={now.token} token={now.token} />
    case 'jitsi':
      return <JitsiPage />
    case 'dsc':
      return <DscPages view={now.view} />
    case 'privacy':
      return <PrivacyPage />
    case 'imprint':
      return <ImprintPage />
    case 'accessibility':
      return <AccessibilityPage />
    case 'meeting':
      return <MeetingPage key={now.id} id={now.id} />
    case 'not-found':
      return <NotFound />
  }
  return never(now)
}

class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false }

  override componentDidCatch(): void {
    this.setState({ failed: true })
  }

  override render(): ComponentChildren {
    return this.state.failed ? <Crashed /> : this.props.children
  }
}

/** The client. */
export function App(): JSX.Element {
  return (
    <Guard>
      <Page />
    </Guard>
  )
}
