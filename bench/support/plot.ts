// Draws the sweep as SVG: one line a server over rising packet rates. Colours follow the reader's light or dark setting; lines
// are told apart by their marks and by names at their ends, too.
import { NAMES } from './contestants.ts'
import { figure } from './load-run.ts'
import { middle, type Series } from './results.ts'
import type { Kind } from './scenarios.ts'

const WIDTH = 860
const HEIGHT = 430
const LEFT = 62
const RIGHT = 190
const TOP = 62
const BOTTOM = 54
/** Space between two names at the lines' ends, px. */
const LABEL_GAP = 17

const SHAPES: Readonly<Record<Kind, { shape: string; dash: string }>> = {
  native: { shape: 'M-5,-5h10v10h-10z', dash: '' },
  typescript: { shape: 'M0,-6L6,5H-6z', dash: '' },
  livekit: { shape: 'M0,-7L7,0L0,7L-7,0z', dash: '' },
  'ruler-gcm': { shape: 'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0', dash: '5 4' },
  'ruler-gso': { shape: 'M-4,-4L4,4M-4,4L4,-4', dash: '5 4' },
  'ruler-copy': { shape: 'M-5,0H5M0,-5V5', dash: '2 4' },
}

const STYLE = `
  text { fill: #24292f; font: 13px system-ui, sans-serif }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { fill: #57606a }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .back { fill: #ffffff }
  .native { --c: #0b7a53 } .typescript { --c: #2f6fb3 } .livekit { --c: #b0471f }
  .ruler-gcm, .ruler-gso, .ruler-copy { --c: #6e7781 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9ea7b3 } .grid { stroke: #3d444d } .back { fill: #0d1117 }
    .native { --c: #3fb98a } .typescript { --c: #79b8ff } .livekit { --c: #f0883e }
    .ruler-gcm, .ruler-gso, .ruler-copy { --c: #9ea7b3 }
  }
  .line { fill: none; stroke: var(--c); stroke-width: 2.2 }
  .mark { fill: var(--c); stroke: var(--c); stroke-width: 1.6 }
  .range { stroke: var(--c); stroke-width: 1.2; opacity: .6 }
`

interface Point {
  readonly x: number
  readonly y: number
  readonly least: number
  readonly most: number
}

interface Line {
  readonly kind: Kind
  readonly points: readonly Point[]
}

/** The points of the sweep, one line for each kind that took part. */
function linesOf(series: readonly Series[], name: string): Line[] {
  const sweep = series.filter(
    ({ kind, scenario, network }) =>
      scenario.sweep !== undefined && network === 'loopback' && kind !== 'ruler-copy',
  )
  const kinds = [...new Set(sweep.map(({ kind }) => kind))]
  return kinds.map((kind) => ({
    kind,
    points: sweep
      .filter((one) => one.kind === kind)
      .map((one) => {
        const values = one.rounds.map((round) => figure(round, name)).filter((value) => !Number.isNaN(value))
        const y = middle(one, name)
        return { x: one.scenario.sweep ?? 0, y, least: Math.min(...values), most: Math.max(...values) }
      })
      .filter(({ y }) => !Number.isNaN(y)),
  }))
}

/** 1, 2 or 5 times a power of ten, so that there are five lines or a few more. */
function stepOf(most: number): number {
  const raw = most / 6
  const power = 10 ** Math.floor(Math.log10(raw))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= raw) ?? raw
}

/** Heights of the names at the lines' ends, moved apart. */
function spreadLabels(ends: readonly { readonly kind: Kind; readonly y: number }[]): Map<Kind, number> {
  const placed = new Map<Kind, number>()
  let free = -Infinity
  for (const { kind, y } of [...ends].sort((one, other) => one.y - other.y)) {
    free = Math.max(y, free + LABEL_GAP)
    placed.set(kind, free)
  }
  return placed
}

function draw(title: string, unit: string, lines: readonly Line[], isLogarithmic: boolean): string {
  const points = lines.flatMap((line) => line.points)
  if (points.length === 0)
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>${title}</title></svg>\n`
  const rates = [...new Set(points.map(({ x }) => x))].sort((one, other) => one - other)
  const mostX = Math.max(...rates)
  const mostY = Math.max(...points.map(({ most }) => most)) * 1.08
  const leastY = isLogarithmic ? Math.min(...points.map(({ least }) => least)) / 1.3 : 0
  const scale = (value: number): number =>
    isLogarithmic ? Math.log(value / leastY) / Math.log(mostY / leastY) : value / mostY
  const toX = (x: number): number => Math.round(LEFT + (x / mostX) * (WIDTH - LEFT - RIGHT))
  const toY = (y: number): number =>
    Math.round(HEIGHT - BOTTOM - scale(Math.max(y, leastY)) * (HEIGHT - TOP - BOTTOM))
  const ticks = isLogarithmic
    ? [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter(
        (tick) => tick >= leastY && tick <= mostY,
      )
    : Array.from({ length: Math.floor(mostY / stepOf(mostY)) + 1 }, (_, index) => index * stepOf(mostY))
  const grid = [
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${LEFT},${toY(tick)}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${toY(tick) + 4}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
    ),
    ...rates.map(
      (rate) =>
        `<text x="${toX(rate)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${rate / 1000}k</text>`,
    ),
  ]
  const labels = spreadLabels(
    lines.flatMap(({ kind, points: own }) => {
      const end = own.at(-1)
      // A line that ends earlier has its name beside its last mark.
      return end?.x === mostX ? [{ kind, y: toY(end.y) }] : []
    }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${title}</title>
<style>${STYLE}</style>
<rect class="back" width="100%" height="100%" rx="6"/>
<text class="title" x="16" y="28">${title}</text>
<text class="quiet" x="16" y="48">${unit}; medians, thin bars from least to most; less is better</text>
${grid.join('\n')}
<text class="quiet" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">packets a second that leave the server (1 video)</text>
${lines.map((line) => drawLine(line, toX, toY, labels.get(line.kind))).join('\n')}
</svg>
`
}

function drawLine(
  { kind, points }: Line,
  toX: (x: number) => number,
  toY: (y: number) => number,
  label: number | undefined,
): string {
  const { shape, dash } = SHAPES[kind]
  const end = points.at(-1)
  if (!end) return ''
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${toX(x)},${toY(y)}`).join('')
  const marks = points.map(
    ({ x, y, least, most }) =>
      `<path class="range" d="M${toX(x)},${toY(least)}V${toY(most)}"/><path class="mark" transform="translate(${toX(x)} ${toY(y)})" d="${shape}"/>`,
  )
  const name =
    label === undefined
      ? `<text x="${toX(end.x) + 12}" y="${toY(end.y) + 4}">${NAMES[kind]}</text>`
      : `<path class="grid" d="M${toX(end.x) + 9},${toY(end.y)}L${WIDTH - RIGHT + 14},${label}"/><text x="${WIDTH - RIGHT + 18}" y="${label + 4}">${NAMES[kind]}</text>`
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
  return `<g class="${kind}"><path class="line"${dashes} d="${path}"/>${marks.join('')}${name}</g>`
}

/** CPU per forwarded packet over the rate. */
export function costPlot(series: readonly Series[]): string {
  return draw('CPU per forwarded packet', 'microseconds', linesOf(series, 'microsPerPacket'), false)
}

/** 99th percentile of the added latency over the rate, logarithmic. */
export function latencyPlot(series: readonly Series[]): string {
  return draw('Latency, 99th percentile', 'milliseconds, logarithmic', linesOf(series, 'latencyP99'), true)
}
