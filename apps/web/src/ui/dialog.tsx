// A native modal dialog: focus goes to its heading, Esc and the cross close it, focus returns to the opener.
import { useEffect, useId, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

/** A modal dialog that is open as long as it is rendered. */
export function Dialog(props: {
  heading: string
  onClose: () => void
  children: ComponentChildren
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    heading.current?.focus()
    return () => {
      dialog.current?.close()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      closedby="any"
    >
      <div class="inner">
        <header>
          <h2 class="h-sect" id={id} ref={heading} tabIndex={-1}>
            {props.heading}
          </h2>
          <button type="button" class="iconbtn" aria-label={t().app.close} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  )
}
