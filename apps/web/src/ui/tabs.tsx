// Tabs (APG): one tab stop, arrow keys choose, one panel.
import { useId, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'

/** Tabs over one panel; the children are the current tab's content. */
export function Tabs<Id extends string>(props: {
  label: string
  tabs: readonly { readonly id: Id; readonly name: string }[]
  current: Id
  onChoose: (id: Id) => void
  children: ComponentChildren
}): JSX.Element {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const step = (by: number): void => {
    const at = props.tabs.findIndex((tab) => tab.id === props.current)
    const next = props.tabs[(at + by + props.tabs.length) % props.tabs.length]
    if (next === undefined) return
    props.onChoose(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <div class="stack tabset">
      <div
        ref={list}
        class="tabs"
        role="tablist"
        tabIndex={-1}
        aria-label={props.label}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') step(1)
          else if (event.key === 'ArrowLeft') step(-1)
        }}
      >
        {props.tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === props.current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === props.current ? 0 : -1}
            onClick={() => props.onChoose(tab.id)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.current}`}>
        {props.children}
      </div>
    </div>
  )
}
