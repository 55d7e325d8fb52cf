// A button that copies a text and says so on itself; the words return after a while.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { copyText } from './copy.ts'
import { Icon } from './icon.tsx'
import { alert, say } from './live.ts'

// How long the button confirms (ms): long enough to read, short enough to press again.
const CONFIRM_MS = 2500

/** A copy button. Without children it is an icon; `label` is then its name. */
export function CopyButton(props: {
  text: string
  label: string
  class: string
  children?: ComponentChildren
  testid?: string
}): JSX.Element {
  const done = useSignal(false)
  useEffect(() => {
    if (!done.value) return undefined
    const timer = setTimeout(() => (done.value = false), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [done.value])
  const copy = async (): Promise<void> => {
    const copied = await copyText(props.text)
    done.value = copied
    if (copied) say(t().app.copied)
    else alert(t().app.copyFailed)
  }
  return (
    <button
      type="button"
      class={props.class}
      aria-label={props.children === undefined ? props.label : undefined}
      data-testid={props.testid}
      onClick={() => void copy()}
    >
      {props.children === undefined ? (
        <Icon name={done.value ? 'check' : 'copy'} />
      ) : (
        <>
          <Icon name={done.value ? 'check' : 'copy'} size="s" />
          {done.value ? t().app.copied : props.children}
        </>
      )}
    </button>
  )
}
