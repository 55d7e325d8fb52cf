// The picture of Runde: seats around a table. Stands for the group on the start page and for an empty list of meetings.
import type { JSX } from 'preact'

// Hues of the seats, in the order of tokens.css (--h); degrees.
const HUES = [152, 28, 250, 72, 300, 348] as const

const CENTRE = 220
const RADIUS = 158
const SEAT = 44

function place(index: number, of: number): { x: number; y: number } {
  const angle = (index / of) * 2 * Math.PI - Math.PI / 2
  return { x: CENTRE + RADIUS * Math.cos(angle), y: CENTRE + RADIUS * Math.sin(angle) }
}

function Person({ x, y, hue, index }: { x: number; y: number; hue: number; index: number }): JSX.Element {
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} style={{ '--h': String(hue) }} class="seated">
      <clipPath id={`seat-${index}`}>
        <circle r={SEAT} />
      </clipPath>
      <circle r={SEAT} class="seat-ground" />
      <g clip-path={`url(#seat-${index})`}>
        <circle cy="-8" r="15" class="seat-face" />
        <path d="M-31 50c0-28 12-40 31-40s31 12 31 40Z" class="seat-body" />
      </g>
    </g>
  )
}

/**
 * The ring.
 * @param label what the picture shows, for those who do not see it
 * @param free words in the free seat; without words all seats are free
 */
export function Ring({ label, free }: { label: string; free?: string }): JSX.Element {
  const own = place(0, 7)
  return (
    <svg class="ring" viewBox="0 0 440 440" role="img" aria-label={label}>
      <circle cx={CENTRE} cy={CENTRE} r={RADIUS} class="ring-line" />
      <circle cx={CENTRE} cy={CENTRE} r="88" class="ring-table" />
      <circle cx={own.x} cy={own.y} r={SEAT} class="ring-own" />
      {free === undefined ? null : (
        <text
          x={own.x}
          y={own.y + 5.5}
          text-anchor="middle"
          font-size="17"
          font-weight="600"
          class="ring-word"
        >
          {free}
        </text>
      )}
      {HUES.map((hue, index) => {
        const { x, y } = place(index + 1, 7)
        return free === undefined ? (
          <circle key={hue} cx={x} cy={y} r={SEAT} class="ring-free" />
        ) : (
          <Person key={hue} x={x} y={y} hue={hue} index={index} />
        )
      })}
    </svg>
  )
}
