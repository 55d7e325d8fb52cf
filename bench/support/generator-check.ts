// Checks the load generator against another one, lkload, where that is installed: the same load on the same servers.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { roomService } from '../../packages/testkit/src/bot/room-service.ts'
import { NAMES, startContestant, type Contestant } from './contestants.ts'
import { runProgram, type Figures } from './load-run.ts'
import type { Network } from './network.ts'
import type { GeneratorCheck } from './results.ts'
import type { Kind } from './scenarios.ts'

const PROGRAM = process.env['RUNDE_BENCH_LKLOAD'] ?? join(homedir(), '.cache/lkload')
const ROUNDS = Math.min(2, Number(process.env['RUNDE_BENCH_ROUNDS'] ?? 2))
const TIMES = ['--warm', '2', '--seconds', '4', '--gap', '25']
const OTHER_TIMES = ['-warm', '2', '-secs', '4', '-gap', '25']
const KINDS: readonly Kind[] = ['native', 'livekit']
const LOADS = [
  {
    load: '1 video to 60',
    own: ['--videos', '1', '--subscribers', '60'],
    other: ['-pubs', '1', '-subs', '60'],
  },
  {
    load: '3 audio to 30',
    own: ['--audios', '3', '--subscribers', '30'],
    other: ['-pubs', '0', '-audio', '3', '-subs', '30'],
  },
]

/** Names of our figures to lkload's. */
const TRANSLATED = {
  packetsOut: 'out_pps',
  delivered: 'delivered',
  microsPerPacket: 'us_per_pkt',
  readP50: 'lat_p50_ms',
  readP99: 'lat_p99_ms',
} as const

async function runOther(at: Contestant, flags: readonly string[], round: string): Promise<Figures> {
  const { url, key, secret, pid } = at.address ?? { url: '', key: '', secret: '', pid: 0 }
  const room = `check-${round}`
  // Its tokens may not make a room.
  await roomService({ url, key, secret }).createRoom({ name: room })
  const target = ['-url', url, '-key', key, '-secret', secret, '-room', room, '-pid', String(pid), '-json']
  const { output, errors } = await runProgram([PROGRAM, ...target, ...OTHER_TIMES, ...flags])
  const line = output.split('\n').findLast((one) => one.startsWith('{'))
  if (line === undefined) throw new Error(`no figures from lkload: ${errors.slice(-300)}`)
  const figures: Figures = JSON.parse(line)
  return Object.fromEntries(
    Object.entries(TRANSLATED).map(([own, other]) => [own, figures[other] ?? null] as const),
  )
}

async function checkOne(kind: Kind, network: Network): Promise<GeneratorCheck[]> {
  const contestant = await startContestant(kind, network)
  const checks: GeneratorCheck[] = []
  try {
    for (const { load, own, other } of LOADS) {
      const check = { server: NAMES[kind], load, own: [] as Figures[], other: [] as Figures[] }
      for (let round = 1; round <= ROUNDS; round++) {
        check.own.push(await contestant.run([...TIMES, ...own]))
        check.other.push(await runOther(contestant, other, `${round}-${LOADS.length}-${checks.length}`))
      }
      checks.push(check)
    }
  } finally {
    await contestant.close()
  }
  return checks
}

/** Runs both generators in turn; nothing where the other is not installed. */
export async function compareGenerators(
  network: Network,
  note: (line: string) => void,
): Promise<GeneratorCheck[]> {
  if (!existsSync(PROGRAM)) {
    note('The load generator was not checked against lkload: that is not installed.')
    return []
  }
  const checks: GeneratorCheck[] = []
  for (const kind of KINDS)
    try {
      checks.push(...(await checkOne(kind, network)))
    } catch (error) {
      note(
        `No check against lkload on ${NAMES[kind]}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  return checks
}
