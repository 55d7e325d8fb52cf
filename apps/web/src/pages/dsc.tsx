// The data protection centre in the organiser's desk; its code loads with the first of its pages.
import type { JSX } from 'preact'
import type { DscView } from '../app/router.ts'
import { t } from '../i18n/i18n.ts'
import { LazyPage } from '../ui/lazy-page.tsx'

/** All pages below `/desk/dsc`. */
export function DscPages({ view }: { view: DscView }): JSX.Element {
  return (
    <LazyPage title={t().desk.dataProtection} load={async () => await import('../dossier/dsc-page.tsx')}>
      {({ DscPage }) => <DscPage view={view} />}
    </LazyPage>
  )
}
