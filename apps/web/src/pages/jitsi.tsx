// The page of the Jitsi audit; everything behind it loads when somebody opens it, so that joining a meeting stays small.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { FunctionComponent, JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { WaitingPage } from '../ui/message-page.tsx'
import { ServerGone } from './errors.tsx'

/** Loads the audit and shows it; says so when the server does not answer. */
export function JitsiPage(): JSX.Element {
  const view = useSignal<FunctionComponent | null>(null)
  const failed = useSignal(false)
  const load = async (): Promise<void> => {
    failed.value = false
    try {
      const { AuditPage } = await import('../audit/audit-page.tsx')
      view.value = AuditPage
    } catch {
      failed.value = true
    }
  }
  useEffect(() => void load(), [])
  const View = view.value
  if (View !== null) return <View />
  if (failed.value) return <ServerGone onRetry={() => void load()} />
  return <WaitingPage title={t().desk.audit} text={t().app.loading} />
}
