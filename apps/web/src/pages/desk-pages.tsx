// The organiser's meetings; their code loads with the first of these pages, so that joining a meeting stays small.
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { LazyPage } from '../ui/lazy-page.tsx'

/** The list of meetings. */
export function Desk(): JSX.Element {
  return (
    <LazyPage title={t().desk.title} load={async () => await import('./desk.tsx')}>
      {({ DeskPage }) => <DeskPage />}
    </LazyPage>
  )
}

/** A new meeting. */
export function DeskNew(): JSX.Element {
  return (
    <LazyPage title={t().deskNew.title} load={async () => await import('./desk-new.tsx')}>
      {({ DeskNewPage }) => <DeskNewPage />}
    </LazyPage>
  )
}
