// A sentence in which code stands in backticks.
import type { JSX } from 'preact'

/** A paragraph; every second part between backticks is code. */
export function Prose({ text }: { text: string }): JSX.Element {
  return (
    <p>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</p>
  )
}
