// `npm run bench`: ours with the native and with the TypeScript sender, and LiveKit where it is installed, under the same loads in
// turn; writes docs/performance.md (between its marks) and docs/performance.svg.
//
// RUNDE_BENCH_LOAD names the load program (lkload's flags and output), RUNDE_LIVEKIT_SERVER the other server's.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, homedir, release } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { roomService } from '@runde/testkit/bot'
import { startServer } from '@runde/testkit/server'
import { startLivekitServer } from '../scripts/support/livekit-server.ts'
import { runLoad, type LoadFigures, type Scenario, type Target } from './support/load-run.ts'
import { median, plot, table, type Series } from './support/report.ts'

const ROUNDS = Number(process.env['RUNDE_BENCH_ROUNDS'] ?? 3)
const SECONDS = process.env['RUNDE_BENCH_SECONDS'] ?? '8'
const LOAD = process.env['RUNDE_BENCH_LOAD'] ?? join(homedir(), '.cache/lkload')
const ONLY = process.env['RUNDE_BENCH_ONLY']

const timed = ['-secs', SECONDS, '-warm', '3']
const ALL_SCENARIOS: readonly Scenario[] = [
  { name: '1 video to 60', flags: ['-pubs', '1', '-subs', '60', ...timed], hasMedia: true },
  {
    name: '8 video and 3 audio to 10',
    flags: ['-pubs', '8', '-audio', '3', '-fps', '25', '-ppf', '4', '-subs', '10', ...timed],
    hasMedia: true,
  },
  { name: '3 audio to 30', flags: ['-pubs', '0', '-audio', '3', '-subs', '30', ...timed], hasMedia: true },
  { name: '1 video to 100', flags: ['-pubs', '1', '-subs', '100', ...timed], hasMedia: true },
  { name: '50 joins', flags: ['-pubs', '0', '-subs', '50', '-secs', '1', '-warm', '1'], hasMedia: false },
]
const SCENARIOS = ALL_SCENARIOS.filter(({ name }) => ONLY === undefined || name.includes(ONLY))
const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url))
const PLOT = fileURLToPath(new URL('../docs/performance.svg', import.meta.url))
const MARKS = ['<!-- bench begins -->', '<!-- bench ends -->'] as const

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Makes the room first: our server lets only those make one who may. */
async function prepare(target: Target, room: string): Promise<void> {
  const { key, secret } = target
  await roomService({ url: target.url, key, secret }).createRoom({ name: room })
}

async function measure(targets: readonly Target[]): Promise<Series[]> {
  const results = new Map<string, { server: string; scenario: Scenario; rounds: LoadFigures[] }>()
  for (let round = 1; round <= ROUNDS; round++)
    for (const scenario of SCENARIOS)
      for (const target of targets) {
        const room = `bench${round}-${SCENARIOS.indexOf(scenario)}`
        await prepare(target, room)
        const figures = await runLoad(LOAD, target, scenario, room)
        const id = `${scenario.name}/${target.name}`
        const series = results.get(id) ?? { server: target.name, scenario, rounds: [] }
        series.rounds.push(figures)
        results.set(id, series)
        say(`round ${round}, ${id}: ${JSON.stringify(figures)}`)
      }
  return SCENARIOS.flatMap(({ name }) =>
    targets.flatMap((target) => results.get(`${name}/${target.name}`) ?? []),
  )
}

/** Ours natively in multiples of LiveKit, as one sentence a load. */
function ratios(series: readonly Series[]): string {
  const lines = SCENARIOS.filter(({ hasMedia }) => hasMedia).flatMap((scenario) => {
    const of = (server: string, pick: (round: LoadFigures) => number): number =>
      median(series.find((one) => one.server === server && one.scenario === scenario)?.rounds.map(pick) ?? [])
    const cpu =
      of('ours, native', (round) => round.microsPerPacket) / of('LiveKit', (round) => round.microsPerPacket)
    const tail = of('ours, native', (round) => round.latencyP99) / of('LiveKit', (round) => round.latencyP99)
    if (Number.isNaN(cpu)) return []
    return [
      `* ${scenario.name}: ${cpu.toFixed(2)} of LiveKit's CPU per packet, ${tail.toFixed(2)} of its p99.`,
    ]
  })
  return lines.join('\n')
}

function write(series: readonly Series[], versions: string): void {
  const page = readFileSync(PAGE, 'utf8')
  const [begin, end] = MARKS.map((mark) => page.indexOf(mark))
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error('docs/performance.md has lost its marks')
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Linux ${release()}, Node ${process.version}, ${versions}`
  const text = [
    MARKS[0],
    '',
    `${machine}. ${ROUNDS} alternating rounds: median (least-most).`,
    '',
    table(series),
  ]
  const rest = [ratios(series), '', '![CPU per forwarded packet](performance.svg)', '']
  writeFileSync(PAGE, page.slice(0, begin) + [...text, '', ...rest].join('\n') + page.slice(end))
  writeFileSync(PLOT, plot(series))
}

if (!existsSync(LOAD)) {
  say(`There is no load program at ${LOAD}: build one with lkload's flags and name it in RUNDE_BENCH_LOAD.`)
  process.exit(1)
}
await using native = await startServer({
  environment: { RUNDE_MEDIA_SENDER: 'native', RUNDE_LOG_LEVEL: 'warn' },
})
await using typescript = await startServer({
  environment: { RUNDE_MEDIA_SENDER: 'typescript', RUNDE_LOG_LEVEL: 'warn' },
})
const livekit = await startLivekitServer().catch(() => undefined)
if (!livekit) say('livekit-server is not installed; measuring ours alone')
try {
  const web = (url: string): string => url.replace(/^http/, 'ws')
  const targets: Target[] = [
    { name: 'ours, native', ...pick(native), url: web(native.url) },
    { name: 'ours, TypeScript', ...pick(typescript), url: web(typescript.url) },
    ...(livekit ? [{ name: 'LiveKit', ...pick(livekit), url: livekit.url }] : []),
  ]
  const series = await measure(targets)
  write(series, livekit ? `LiveKit ${livekit.version}` : 'no LiveKit')
  say(table(series))
} finally {
  await livekit?.stop()
}

function pick({
  key,
  secret,
  pid,
}: Pick<Target, 'key' | 'secret' | 'pid'>): Pick<Target, 'key' | 'secret' | 'pid'> {
  return { key, secret, pid }
}
