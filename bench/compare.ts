// `npm run bench`: ours with the native and with the TypeScript sender, LiveKit where it is installed, and a bare forwarder as
// the ruler, under the same loads in turn; writes docs/performance.md (between its marks) and its plots.
//
// RUNDE_BENCH_ROUNDS, _SECONDS (measured, a run), _ONLY (part of a load's name, or `generator check`), _NETWORK (loopback,
// namespace or both). A whole run writes the pages. A part only replaces its own figures among the kept ones;
// `--report` then writes the pages from what is kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { undoAll, undoOnSignals } from './support/children.ts'
import { NAMES, startContestant, type Contestant } from './support/contestants.ts'
import type { Figures } from './support/load-run.ts'
import { compareGenerators } from './support/generator-check.ts'
import { LOOPBACK, openNamespace, type Network } from './support/network.ts'
import { consoleTable, writePages } from './support/pages.ts'
import type { Results, Series } from './support/results.ts'
import { SCENARIOS, type Kind, type Scenario } from './support/scenarios.ts'

const ROUNDS = Number(process.env['RUNDE_BENCH_ROUNDS'] ?? 3)
const SECONDS = process.env['RUNDE_BENCH_SECONDS'] ?? '3'
const ONLY = process.env['RUNDE_BENCH_ONLY']
const NETWORK = process.env['RUNDE_BENCH_NETWORK'] ?? 'both'
const LAST = fileURLToPath(new URL('../node_modules/.cache/runde-bench/last.json', import.meta.url))
const TIMES = ['--warm', '1.5', '--seconds', SECONDS, '--gap', '20']
/** A short load before the first measurement, and before memory is looked at: code is loaded and compiled by it. */
const WARM_UP = ['--videos', '1', '--audios', '1', '--subscribers', '5', '--warm', '1', '--seconds', '1']
const WARM_UP_ATTEMPTS = 5
const WARM_UP_PAUSE_MS = 3_000

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const wanted = SCENARIOS.filter(({ name }) => ONLY === undefined || name.includes(ONLY))
const notes: string[] = []

/** Starts all that take part; what cannot be started is noted and left out. */
async function startAll(network: Network, scenarios: readonly Scenario[]): Promise<Contestant[]> {
  const kinds = new Set<Kind>(
    scenarios.filter(({ looksAt }) => looksAt !== 'memory').flatMap((one) => one.kinds),
  )
  const started: Contestant[] = []
  for (const kind of kinds)
    try {
      const contestant = await startContestant(kind, network)
      started.push(contestant)
      if (!kind.startsWith('ruler')) await warmUp(contestant)
    } catch (error) {
      note(`${NAMES[kind]} does not take part (${network.name}): ${message(error)}`)
    }
  return started
}

/** LiveKit refuses clients while the machine is busy, as it is when servers have just started: tries again after a pause. */
async function warmUp(contestant: Contestant): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await contestant.run(WARM_UP)
      return
    } catch (error) {
      if (attempt === WARM_UP_ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, WARM_UP_PAUSE_MS))
    }
}

function note(line: string): void {
  if (!notes.includes(line)) notes.push(line)
  say(line)
}

function message(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}

/** What a participant keeps is measured on a server that has just started: a used one has room from before. */
async function measureMemory(network: Network, kind: Kind, scenario: Scenario): Promise<Figures> {
  const contestant = await startContestant(kind, network)
  try {
    await warmUp(contestant)
    return await contestant.run([...TIMES, ...scenario.flags])
  } finally {
    await contestant.close()
  }
}

async function measure(network: Network, scenarios: readonly Scenario[]): Promise<Series[]> {
  const contestants = await startAll(network, scenarios)
  const all = new Map<string, { kind: Kind; scenario: Scenario; network: string; rounds: Figures[] }>()
  const one = async (round: number, scenario: Scenario, kind: Kind): Promise<void> => {
    const label = `${network.name}, round ${round}, ${scenario.name}, ${NAMES[kind]}`
    try {
      const contestant = contestants.find((candidate) => candidate.kind === kind)
      if (!contestant && scenario.looksAt !== 'memory') return
      const figures =
        contestant && scenario.looksAt !== 'memory'
          ? await contestant.run([...TIMES, ...scenario.flags])
          : await measureMemory(network, kind, scenario)
      const id = `${scenario.name}/${kind}`
      const series = all.get(id) ?? { kind, scenario, network: network.name, rounds: [] }
      series.rounds.push(figures)
      all.set(id, series)
      say(`${label}: ${JSON.stringify(figures)}`)
    } catch (error) {
      note(`${label}: no figures (${message(error)})`)
    }
  }
  for (let round = 1; round <= ROUNDS; round++)
    for (const scenario of scenarios) {
      // Fresh servers hardly differ, and starting them takes long.
      if (scenario.looksAt === 'memory' && round > 1) continue
      // Whoever comes first in one round comes last in the next.
      const kinds = round % 2 === 1 ? scenario.kinds : scenario.kinds.toReversed()
      for (const kind of kinds) await one(round, scenario, kind)
    }
  for (const contestant of contestants) await contestant.close()
  return scenarios.flatMap(({ name, kinds }) => kinds.flatMap((kind) => all.get(`${name}/${kind}`) ?? []))
}

/** The namespaces' turn; nothing where the machine has none. */
async function measureInNamespace(): Promise<Series[]> {
  const scenarios = wanted.filter(({ inNamespace }) => inNamespace === true)
  if (NETWORK === 'loopback' || scenarios.length === 0) return []
  try {
    // All CPUs: the kernel spreads the receivers' share over them.
    const network = openNamespace(((1 << Math.min(30, cpus().length)) - 1).toString(16))
    try {
      return await measure(network, scenarios)
    } finally {
      await network.close()
    }
  } catch (error) {
    note(`Network namespaces are not allowed here: ${message(error)}`)
    return []
  }
}

async function run(): Promise<Results> {
  const loopback = NETWORK === 'namespace' ? [] : await measure(LOOPBACK, wanted)
  const namespace = await measureInNamespace()
  const check =
    ONLY === undefined || 'generator check'.includes(ONLY) ? await compareGenerators(LOOPBACK, note) : []
  return { rounds: ROUNDS, seconds: Number(SECONDS), series: [...loopback, ...namespace], check, notes }
}

/** Figures of parts that were run before, unless `results` has newer ones. */
function merge(results: Results): Results {
  if (!existsSync(LAST)) return results
  const kept: Results = JSON.parse(readFileSync(LAST, 'utf8'))
  const isNewer = (one: Series): boolean =>
    results.series.some(
      ({ scenario, network }) => scenario.name === one.scenario.name && network === one.network,
    )
  const series = [...kept.series.filter((one) => !isNewer(one)), ...results.series]
  const order = (one: Series): number => SCENARIOS.findIndex(({ name }) => name === one.scenario.name)
  return {
    ...results,
    series: series.sort((one, other) => order(one) - order(other)),
    check: results.check.length > 0 ? results.check : kept.check,
  }
}

function keep(results: Results): void {
  mkdirSync(dirname(LAST), { recursive: true })
  writeFileSync(LAST, JSON.stringify(results))
}

undoOnSignals()
try {
  if (process.argv.includes('--report')) {
    const kept: Results = JSON.parse(readFileSync(LAST, 'utf8'))
    writePages(kept)
  } else {
    const results = await run()
    say(consoleTable(results))
    keep(ONLY === undefined ? results : merge(results))
    if (ONLY === undefined) writePages(results)
  }
} finally {
  await undoAll()
}
