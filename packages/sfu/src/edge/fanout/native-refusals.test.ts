// What becomes of packets that the kernel refuses: a library between the sender and the kernel refuses by plan.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../transport/dtls/test-support/seeded-random.ts'
import { nativeUnderTest } from './testing/native-under-test.ts'

const { EAGAIN, EINTR, EIO, EMSGSIZE, ENOBUFS, ENETUNREACH, EPERM } = constants.errno
const SHIM = fileURLToPath(new URL('../../../native/testing/refusing-kernel.c', import.meta.url))
const SCRIPT = fileURLToPath(new URL('testing/send-to-refusals.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'runde-refusals-'))
const library = join(folder, 'refusing-kernel.so')
const addon = nativeUnderTest()
let isBuilt = false

interface Outcome {
  readonly offered: number
  readonly plain: number
  /** SSRC and sequence number of each packet, in order. */
  readonly arrived: readonly string[]
  readonly counters: {
    readonly sent: number
    readonly refused: number
    readonly backlogged: number
    readonly calls: number
    readonly segmented: number
  }
  readonly errors: readonly (readonly [code: string, count: number])[]
}

beforeAll(() => {
  const flags = [
    '-std=gnu11',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-shared',
    '-fPIC',
    '-O1',
    SHIM,
    '-o',
    library,
    '-ldl',
  ]
  isBuilt = spawnSync(process.env['CC'] || 'cc', flags).status === 0
})

afterAll(() => rmSync(folder, { recursive: true }))

async function send(environment: Readonly<Record<string, string>>): Promise<Outcome> {
  expect(isBuilt).toBe(true)
  const preload = [process.env['LD_PRELOAD'], library].filter(Boolean).join(':')
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], {
    env: { ...process.env, LD_PRELOAD: preload, ...environment },
  })
  return JSON.parse(stdout) as Outcome
}

/** Everything arrived or is counted, nothing twice, and each stream in order. */
function expectNothingSilent({ offered, plain, arrived, counters, errors }: Outcome): void {
  const failed = errors.reduce((sum, [, count]) => sum + count, 0)
  expect(counters.sent + failed + counters.refused + counters.backlogged).toBe(offered + plain)
  expect(new Set(arrived).size).toBe(arrived.length)
  expect(arrived.length).toBeGreaterThanOrEqual(offered - failed - counters.refused - counters.backlogged)
  const newest = new Map<string, number>()
  for (const packet of arrived) {
    const [source = '', sequence = ''] = packet.split('/')
    expect(Number(sequence)).toBeGreaterThan(newest.get(source) ?? -1)
    newest.set(source, Number(sequence))
  }
}

describe.skipIf(!addon)('a kernel that refuses', () => {
  it('that does not gets bursts as segments', async () => {
    const outcome = await send({})
    expectNothingSilent(outcome)
    expect(outcome.arrived.length).toBe(outcome.offered)
    expect(outcome.counters.segmented).toBe(outcome.offered)
  })

  it.each([
    ['is full at every second call', `0,${EAGAIN}`],
    ['is full 60 calls long', `${`${EAGAIN},`.repeat(60)}${'0,'.repeat(2_000)}0`],
    ['takes one message a call', '-1'],
    ['takes three messages, then none', `-3,${EAGAIN}`],
    ['is interrupted', `0,${EINTR},${EINTR}`],
  ])('%s: nothing is lost', async (_name, plan) => {
    const outcome = await send({ REFUSALS: plan })
    expectNothingSilent(outcome)
    expect(outcome.errors).toEqual([])
    expect(outcome.arrived.length).toBe(outcome.offered)
  })

  it.each([
    ['EIO', EIO],
    ['EMSGSIZE', EMSGSIZE],
  ])('refuses segmentation by %s: every packet goes by itself', async (_name, errno) => {
    const outcome = await send({ REFUSE_SEGMENTED: String(errno) })
    expectNothingSilent(outcome)
    expect(outcome.errors).toEqual([])
    expect(outcome.arrived.length).toBe(outcome.offered)
    expect(outcome.counters.segmented).toBe(0)
  })

  it('has no buffers, or no way: what is lost is counted by its errno', async () => {
    const outcome = await send({ REFUSALS: `0,0,0,${ENOBUFS},${ENOBUFS},0,${ENETUNREACH},${EPERM}` })
    expectNothingSilent(outcome)
    const codes = outcome.errors.map(([code]) => code).sort()
    expect(codes).toEqual(['ENETUNREACH', 'ENOBUFS', 'EPERM'])
    expect(outcome.arrived.length).toBeLessThan(outcome.offered)
    expect(outcome.arrived.length).toBeGreaterThan(outcome.offered / 4)
  })

  it('does all of it, in any order', async () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed)
      const outcomes = [0, 0, 0, -1, -2, EAGAIN, EAGAIN, EINTR, ENOBUFS, EMSGSIZE, EPERM]
      const plan = Array.from({ length: 997 }, () => outcomes[random.below(outcomes.length)])
      const outcome = await send({ REFUSALS: plan.join(',') })
      expectNothingSilent(outcome)
      expect(outcome.errors.length).toBeGreaterThan(0)
    }
  })
})
