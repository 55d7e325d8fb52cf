// Writes the comparison as a page: a table of medians with their spread, and a plot as SVG.
import type { LoadFigures, Scenario } from './load-run.ts'

/** All rounds of one server under one load. */
export interface Series {
  readonly server: string
  readonly scenario: Scenario
  readonly rounds: readonly LoadFigures[]
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Median with least and most, as `4.9 (4.8-5.1)`. */
function spread(values: readonly number[], digits: number): string {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return ''
  const text = (value: number): string => value.toFixed(digits)
  return `${text(median(known))} (${text(Math.min(...known))}-${text(Math.max(...known))})`
}

/** A table: one row for each load and server. */
export function table(series: readonly Series[]): string {
  const head = [
    '| Load | Server | packets/s | delivered | us CPU per packet | latency p50, ms | p99, ms | ms CPU per join | MB |',
    '|---|---|---|---|---|---|---|---|---|',
  ]
  const rows = series.map(({ server, scenario, rounds }) => {
    const all = (pick: (round: LoadFigures) => number, digits: number): string =>
      spread(rounds.map(pick), digits)
    const cells = [
      scenario.name,
      server,
      scenario.hasMedia ? median(rounds.map((round) => round.packetsPerSecond)).toFixed(0) : '',
      scenario.hasMedia ? Math.min(...rounds.map((round) => round.delivered)).toFixed(4) : '',
      all((round) => round.microsPerPacket, 1),
      all((round) => round.latencyP50, 1),
      all((round) => round.latencyP99, 1),
      all((round) => round.joinMs, 1),
      median(rounds.map((round) => round.memoryMb)).toFixed(0),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [...head, ...rows].join('\n')
}

const BAR = 18
const GAP = 14
const LEFT = 210
const WIDTH = 760
const SHADES = ['#1b5e4b', '#7a9e94', '#b26b3f', '#555555']

/** Bars of the medians of CPU per packet, one group a load. Shades are told apart by their labels, too. */
export function plot(series: readonly Series[]): string {
  const shown = series.filter(({ scenario }) => scenario.hasMedia)
  const values = shown.map(({ rounds }) => median(rounds.map((round) => round.microsPerPacket)))
  const most = Math.max(...values, 1)
  const servers = [...new Set(shown.map(({ server }) => server))]
  let y = 30
  let last = ''
  const marks = shown.map(({ server, scenario }, index) => {
    if (scenario.name !== last) y += GAP
    const label = scenario.name === last ? '' : `<text x="8" y="${y + 13}">${scenario.name}</text>`
    last = scenario.name
    const value = values[index] ?? 0
    const length = Math.round((value / most) * (WIDTH - LEFT - 170))
    const shade = SHADES[servers.indexOf(server) % SHADES.length] ?? '#000'
    const bar = `<rect x="${LEFT}" y="${y}" width="${length}" height="${BAR - 4}" fill="${shade}"/>`
    const text = `<text x="${LEFT + length + 6}" y="${y + 12}">${value.toFixed(1)} ${server}</text>`
    y += BAR
    return `${label}${bar}${text}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 20}" font-family="sans-serif" font-size="12">
<title>CPU per forwarded packet</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="8" y="20" font-size="14">Microseconds of CPU per forwarded packet, medians; less is better</text>
${marks.join('\n')}
</svg>
`
}
