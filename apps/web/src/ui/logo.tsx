// The mark (a ring of seats around a table) and the word.
import type { JSX } from 'preact'

const OTHER_SEATS =
  'M20.37 11.27A8.4 8.4 0 0 1 18.34 17.51M15.28 19.73A8.4 8.4 0 0 1 8.72 19.73M5.66 17.51A8.4 8.4 0 0 1 3.63 11.27M4.8 7.67A8.4 8.4 0 0 1 10.11 3.82'
const LETTERS =
  'M2.5 20V4h5.8a4.7 4.7 0 0 1 0 9.4H2.5M8.6 13.4 13.2 20M19.5 9.2v5.7a4.9 4.9 0 0 0 9.8 0V9.2M29.3 9.2V20M36.3 20V9.2M36.3 14.3a4.9 4.9 0 0 1 9.8 0V20M62.9 2.8V20M70 14.3h10.5a5.3 5.3 0 1 0-1.5 4.1'

/** Mark and word, as they stand in the head of every page. */
export function Logo(): JSX.Element {
  return (
    <>
      <svg class="mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="3.1" fill="currentColor" />
        <g fill="none" stroke-width="3" stroke-linecap="round">
          <path class="own" d="M14.77 2.6A8.4 8.4 0 0 1 20.08 6.46" />
          <path d={OTHER_SEATS} stroke="currentColor" />
        </g>
      </svg>
      <svg class="word" viewBox="0 0 87 24" height="21" width="76.1" aria-hidden="true" focusable="false">
        <g
          fill="none"
          stroke="currentColor"
          stroke-width="2.5"
          stroke-linecap="round"
          stroke-linejoin="round"
        >
          <path d={LETTERS} />
          <circle cx="57.6" cy="14.6" r="5.3" />
        </g>
      </svg>
    </>
  )
}
