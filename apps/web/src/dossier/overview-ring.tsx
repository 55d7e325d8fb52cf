// The table as a picture of the documents: one arc each, whole, amber, or hatched; the number in the middle says it too.
import type { JSX } from 'preact'
import type { DocumentState } from './next-step.ts'
import { d } from './text.ts'

const CENTRE = 120
const RADIUS = 98
// Half of the gap between two arcs, in degrees: round ends need room.
const GAP = 3.6

function arc(index: number, of: number): string {
  const point = (degrees: number): string => {
    const angle = ((degrees - 90) * Math.PI) / 180
    return `${(CENTRE + RADIUS * Math.cos(angle)).toFixed(1)} ${(CENTRE + RADIUS * Math.sin(angle)).toFixed(1)}`
  }
  const share = 360 / of
  const from = index * share + GAP
  const to = (index + 1) * share - GAP
  return `M${point(from)}A${RADIUS} ${RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${point(to)}`
}

/** The ring. States in the order of the arcs. */
export function DocumentRing({ states }: { states: readonly DocumentState[] }): JSX.Element {
  const m = d()
  const count = (wanted: DocumentState): number => states.filter((state) => state === wanted).length
  const complete = states.length - count('missing')
  return (
    <svg
      class="ring docring"
      viewBox="0 0 240 240"
      role="img"
      aria-label={m.ring(count('good'), count('risk'), count('missing'))}
    >
      {states.map((state, index) => (
        <path key={index} d={arc(index, states.length)} class={state} />
      ))}
      <text x="120" y="126" text-anchor="middle" class="big">
        {complete}
      </text>
      <text x="120" y="152" text-anchor="middle" class="small">
        {m.ofDocuments(states.length)}
      </text>
    </svg>
  )
}
