// A page whose code loads when somebody opens it, so that joining a meeting stays small.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { ServerGone } from '../pages/errors.tsx'
import { WaitingPage } from './message-page.tsx'

/**
 * Loads and shows a page; says so when the server does not answer.
 * @param props.load imports the page's code
 * @param props.children draws it
 */
export function LazyPage<Code>(props: {
  title: string
  load: () => Promise<Code>
  children: (code: Code) => ComponentChildren
}): JSX.Element {
  const code = useSignal<Code | null>(null)
  const failed = useSignal(false)
  const load = async (): Promise<void> => {
    failed.value = false
    try {
      code.value = await props.load()
    } catch {
      failed.value = true
    }
  }
  useEffect(() => void load(), [])
  const loaded = code.value
  if (loaded !== null) return <>{props.children(loaded)}</>
  if (failed.value) return <ServerGone onRetry={() => void load()} />
  return <WaitingPage title={props.title} text={t().app.loading} />
}
