// Privacy notice, imprint and accessibility statement: open to everybody, loaded when somebody reads them.
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { LazyPage } from '../ui/lazy-page.tsx'

/** The full privacy notice. */
export function PrivacyPage(): JSX.Element {
  return (
    <LazyPage title={t().app.privacy} load={async () => await import('../dossier/notice-page.tsx')}>
      {({ NoticePage }) => <NoticePage />}
    </LazyPage>
  )
}

/** Who runs this server. */
export function ImprintPage(): JSX.Element {
  return (
    <LazyPage title={t().app.imprint} load={async () => await import('../dossier/legal-pages.tsx')}>
      {({ Imprint }) => <Imprint />}
    </LazyPage>
  )
}

/** What is tested for accessibility, and where to report a barrier. */
export function AccessibilityPage(): JSX.Element {
  return (
    <LazyPage title={t().app.accessibility} load={async () => await import('../dossier/legal-pages.tsx')}>
      {({ Accessibility }) => <Accessibility />}
    </LazyPage>
  )
}
