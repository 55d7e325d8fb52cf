// Writes what was measured: tables between the marks of docs/performance.md, plots beside it, and a table for the console.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { fileURLToPath } from 'node:url'
import { LIVEKIT_VERSION } from '../../scripts/support/livekit-server.ts'
import { NAMES } from './contestants.ts'
import { figure } from './load-run.ts'
import { costPlot, latencyPlot } from './plot.ts'
import { isDisturbed, median, middle, type GeneratorCheck, type Results, type Series } from './results.ts'

const DOCS = new URL('../../docs/', import.meta.url)
const PAGE = fileURLToPath(new URL('performance.md', DOCS))
const MARKS = ['<!-- bench begins -->', '<!-- bench ends -->'] as const

/** Median with least and most, as `4.9 (4.8-5.1)`; empty for none. */
function spread(series: Series, name: string, digits: number): string {
  const known = series.rounds.map((round) => figure(round, name)).filter((value) => !Number.isNaN(value))
  if (known.length === 0) return ''
  const text = (value: number): string => value.toFixed(digits)
  return `${text(median(known))} (${text(Math.min(...known))}-${text(Math.max(...known))})`
}

function fixed(value: number, digits: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(digits)
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The cost of the ruler that does the same per packet, under the same load. */
function rulerOf(all: readonly Series[], { scenario, network }: Series): number {
  const found = all.find(
    (one) => one.kind === 'ruler-gcm' && one.scenario.name === scenario.name && one.network === network,
  )
  return found ? middle(found, 'microsPerPacket') : Number.NaN
}

function mediaTable(all: readonly Series[], network: string): string {
  const shown = all.filter((one) => one.scenario.looksAt === 'media' && one.network === network)
  const rows = shown.map((one) => {
    const mark = one.rounds.some(isDisturbed) ? ' †' : ''
    const delivered = Math.min(...one.rounds.map((round) => figure(round, 'delivered')))
    return [
      one.scenario.name,
      `${NAMES[one.kind]}${mark}`,
      middle(one, 'packetsOut').toFixed(0),
      delivered.toFixed(4),
      spread(one, 'microsPerPacket', 2),
      fixed(middle(one, 'microsPerPacket') / rulerOf(all, one), 1),
      fixed(middle(one, 'cores'), 2),
      spread(one, 'latencyP50', 1),
      spread(one, 'latencyP99', 1),
      spread(one, 'latencyP999', 1),
      fixed(middle(one, 'ownMicrosPerPacket'), 1),
    ]
  })
  const head =
    'Load,Server,packets/s,delivered,µs CPU per packet,× ruler,cores,p50 ms,p99 ms,p99.9 ms,generator µs per packet'
  return markdown(head.split(','), rows)
}

function joinTable(all: readonly Series[]): string {
  const rows = all
    .filter(({ scenario }) => scenario.looksAt === 'joins')
    .map((one) => [
      one.scenario.name,
      NAMES[one.kind],
      spread(one, 'joinMs', 1),
      spread(one, 'connectedMs', 0),
    ])
  return markdown(['Load', 'Server', 'ms CPU per join', 'ms until media and data stand'], rows)
}

function memoryTable(all: readonly Series[]): string {
  const rows = all
    .filter(({ scenario }) => scenario.looksAt === 'memory')
    .map((one) => [
      one.scenario.name,
      NAMES[one.kind],
      spread(one, 'memoryPerParticipantMb', 2),
      spread(one, 'memoryMb', 0),
    ])
  return markdown(['Load', 'Server', 'MB more per participant', 'MB in all'], rows)
}

function checkTable(checks: readonly GeneratorCheck[]): string {
  const rows = checks.flatMap(({ server, load, own, other }) =>
    [
      { name: 'own generator', rounds: own },
      { name: 'lkload', rounds: other },
    ].map(({ name, rounds }) => [
      load,
      server,
      name,
      fixed(middle({ rounds }, 'packetsOut'), 0),
      fixed(middle({ rounds }, 'delivered'), 4),
      rounds.map((round) => figure(round, 'microsPerPacket').toFixed(1)).join(' / '),
      rounds.map((round) => figure(round, 'readP50').toFixed(1)).join(' / '),
      rounds.map((round) => figure(round, 'readP99').toFixed(1)).join(' / '),
    ]),
  )
  const head = [
    'Load',
    'Server',
    'Generator',
    'packets/s',
    'delivered',
    'µs CPU per packet',
    'p50 ms',
    'p99 ms',
  ]
  return markdown(head, rows)
}

/** Ours natively in multiples of LiveKit, one line a load. */
function ratios(all: readonly Series[]): string {
  const ours = all.filter(({ kind, scenario }) => kind === 'native' && scenario.looksAt === 'media')
  const lines = ours.flatMap((one) => {
    const other = all.find(
      ({ kind, scenario, network }) =>
        kind === 'livekit' && scenario.name === one.scenario.name && network === one.network,
    )
    if (!other) return []
    const [cpu, tail] = ['microsPerPacket', 'latencyP99'].map(
      (name) => middle(one, name) / middle(other, name),
    )
    const where = one.network === 'loopback' ? '' : ' (namespace)'
    return [
      `* ${one.scenario.name}${where}: ${fixed(cpu ?? Number.NaN, 2)} and ${fixed(tail ?? Number.NaN, 2)}`,
    ]
  })
  return ["Ours, native, as a share of LiveKit's CPU per packet and of its p99:", '', ...lines].join('\n')
}

function sections(results: Results): string[] {
  const { series, check, notes, rounds, seconds } = results
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Linux ${release()}`
  const parts = [
    `${machine}, Node ${process.version}, OpenSSL ${process.versions.openssl}, LiveKit ${LIVEKIT_VERSION}. ` +
      `${rounds} alternating rounds of ${seconds} s: median (least-most).`,
    ratios(series),
    '## Media, on loopback',
    mediaTable(series, 'loopback'),
    '† The generator used more than 0.7 of a core, sent 1 in 100 frames more than 2 ms late or lost packets itself, or the machine ' +
      'gave more than 1 % of its time to others: that row says as much about them.',
    '![CPU per forwarded packet at rising load](performance.svg)',
    '![Latency at rising load](performance-latency.svg)',
  ]
  if (series.some(({ network }) => network === 'namespace'))
    parts.push('## Media, the load in a network namespace', mediaTable(series, 'namespace'))
  parts.push('## Joins and memory', joinTable(series), memoryTable(series))
  if (check.length > 0) parts.push('## The generator beside another one', checkTable(check))
  if (notes.length > 0) parts.push(notes.map((line) => `* ${line}`).join('\n'))
  return parts
}

/** Rewrites the part between the marks, and the plots. @throws when the page has lost its marks */
export function writePages(results: Results): void {
  const page = readFileSync(PAGE, 'utf8')
  const [begin, end] = MARKS.map((mark) => page.indexOf(mark))
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error('docs/performance.md has lost its marks')
  const text = [MARKS[0], ...sections(results), ''].join('\n\n')
  writeFileSync(PAGE, page.slice(0, begin) + text + page.slice(end))
  writeFileSync(fileURLToPath(new URL('performance.svg', DOCS)), costPlot(results.series))
  writeFileSync(fileURLToPath(new URL('performance-latency.svg', DOCS)), latencyPlot(results.series))
}

/** All tables, for the console. */
export function consoleTable(results: Results): string {
  return sections(results).join('\n\n')
}
