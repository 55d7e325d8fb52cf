// A button with a popover menu (APG menu button): arrow keys move, Esc and a click outside close, focus returns to the button.
import { useId, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

const ITEMS = '[role^="menuitem"]:not([aria-disabled="true"])'

/** Entries on show; breakpoints hide some. */
function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(ITEMS)].filter((item) => item.checkVisibility())
}

function moveFocus(menu: HTMLElement, key: string): boolean {
  const items = itemsOf(menu)
  if (items.length === 0) return false
  const at = items.findIndex((item) => item === document.activeElement)
  const next: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const target = next[key]
  if (target === undefined) return false
  items[target]?.focus()
  return true
}

/** A menu and the button that opens it. `children` are `MenuItem`s, `MenuGroup`s and `hr`s. */
export function MenuButton(props: {
  label: string
  class: string
  button: ComponentChildren
  children: ComponentChildren
  testid?: string
}): JSX.Element {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const open = (): void => {
    if (button.current === null || menu.current === null) return
    menu.current.showPopover({ source: button.current })
    const items = itemsOf(menu.current)
    const checked = items.find((item) => item.getAttribute('aria-checked') === 'true')
    const first = checked ?? items[0] ?? menu.current
    first.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={false}
        aria-controls={id}
        data-testid={props.testid}
        onClick={() => {
          if (menu.current?.matches(':popover-open') === true) menu.current.hidePopover()
          else open()
        }}
      >
        {props.button}
      </button>
      <div
        ref={menu}
        id={id}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={props.label}
        popover="auto"
        onToggle={(event) => button.current?.setAttribute('aria-expanded', String(event.newState === 'open'))}
        onKeyDown={(event) => {
          if (event.key === 'Tab') menu.current?.hidePopover()
          else if (menu.current !== null && moveFocus(menu.current, event.key)) event.preventDefault()
          event.stopPropagation()
        }}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest(ITEMS) !== null)
            menu.current?.hidePopover()
        }}
      >
        {props.children}
      </div>
    </>
  )
}

/** One entry. With `checked` it is one of a group of choices. */
export function MenuItem(props: {
  label: string
  onChoose: () => void
  icon?: IconName
  checked?: boolean
  shortcut?: string
  danger?: boolean
  testid?: string
}): JSX.Element {
  const choice = props.checked !== undefined
  return (
    <button
      type="button"
      role={choice ? 'menuitemradio' : 'menuitem'}
      aria-checked={props.checked}
      tabIndex={-1}
      class={props.danger === true ? 'danger' : undefined}
      data-testid={props.testid}
      onClick={props.onChoose}
    >
      {choice ? (
        <span class="tick">{props.checked === true ? <Icon name="check" size="s" /> : null}</span>
      ) : props.icon === undefined ? null : (
        <Icon name={props.icon} size="s" />
      )}
      <span class="grow">{props.label}</span>
      {props.shortcut === undefined ? null : (
        <span class="key" aria-hidden="true">
          {props.shortcut}
        </span>
      )}
    </button>
  )
}

/** Entries under a common name. */
export function MenuGroup(props: { label: string; children: ComponentChildren }): JSX.Element {
  const id = useId()
  return (
    // A fieldset is not allowed inside a menu.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="group" aria-labelledby={id} class="menugroup">
      <p id={id} class="h-group">
        {props.label}
      </p>
      {props.children}
    </div>
  )
}
