// Heading of a page: names the document and takes the focus after a change of page, so that nobody is left on `body`.
import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'

let pagesShown = 0

/** Sets the title of the document: `<page> · Runde`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Runde`
  }, [title])
}

/**
 * The page's `h1`. The first page of a visit keeps the browser's own focus.
 * @param always takes the focus even on the first page (a message that replaced another view)
 */
export function PageHeading(props: {
  children: ComponentChildren
  class?: string
  always?: boolean
}): JSX.Element {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    pagesShown += 1
    if (pagesShown > 1 || props.always === true) ref.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={ref} tabIndex={-1} class={props.class}>
      {props.children}
    </h1>
  )
}
