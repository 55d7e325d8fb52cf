import { describe, expect, it } from 'vitest'
import { peerReflexivePriority } from './candidate.ts'
import { transactionTag, transactionTagOf } from './ice-transaction.ts'
import { pairPriority } from './ice-pairs.ts'
import { MAX_REMOTE_ADDRESSES } from './limits.ts'
import {
  IceBench,
  isSignedWith,
  LOCAL,
  peerAddress,
  REFLEXIVE_PRIORITY,
  REMOTE,
  type Sent,
} from './testing/ice-peer.ts'

const [A, B] = [peerAddress(1), peerAddress(2)]

function only(checks: readonly Sent[]): Sent {
  const [check, ...others] = checks
  if (!check || others.length > 0) throw new Error(`${checks.length} checks instead of one`)
  return check
}

describe('full agent', () => {
  it('answers a check and checks back, signed with the peer’s password', () => {
    const bench = new IceBench('full')
    expect(bench.check(A)).toBe(true)
    const [answer, check, ...others] = bench.sent()
    expect(others).toEqual([])
    expect(answer?.message.class).toBe('success')
    expect(check?.to).toBe(A)
    expect(check?.message).toMatchObject({
      class: 'request',
      username: `${REMOTE.ufrag}:${LOCAL.ufrag}`,
      priority: peerReflexivePriority(4),
      useCandidate: false,
      iceControlling: undefined,
    })
    expect(check?.message.iceControlled).toBeTypeOf('bigint')
    expect(isSignedWith(check, REMOTE.pwd)).toBe(true)
    expect(check && transactionTag(check.data)).toBe(transactionTagOf(LOCAL.ufrag))
    expect(bench.log).toEqual(['checking'])
  })

  it('is connected once both directions work', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    expect(bench.log).toEqual(['checking'])
    expect(bench.answer(only(bench.checks()))).toBe(true)
    expect(bench.log).toEqual(['checking', 'selected 1', 'connected'])
  })

  it('settles on the best pair of a peer that nominates all of them, in any order of answers', () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const bench = new IceBench('full')
      bench.check(A, { nominate: true, priority: REFLEXIVE_PRIORITY })
      bench.check(B, { nominate: true })
      const checks = bench.checks()
      for (const number of order) {
        const check = checks.find(({ to }) => to.equals(peerAddress(number)))
        if (check) bench.answer(check)
      }
      expect(bench.log.findLast((line) => line.startsWith('selected'))).toBe('selected 2')
    }
  })

  it('prefers a nominated pair to a better one that is not', () => {
    const bench = new IceBench('full')
    bench.check(B)
    bench.check(A, { nominate: true, priority: REFLEXIVE_PRIORITY })
    for (const check of bench.checks()) bench.answer(check)
    expect(bench.log).toEqual(['checking', 'selected 2', 'connected', 'selected 1'])
    bench.check(B, { nominate: true })
    expect(bench.log.at(-1)).toBe('selected 2')
  })

  it('does not select a pair on which its own checks find no answer', () => {
    const bench = new IceBench('full')
    bench.check(B, { nominate: true })
    bench.check(A, { nominate: true, priority: REFLEXIVE_PRIORITY })
    const toA = bench.checks().find(({ to }) => to === A)
    if (toA) bench.answer(toA)
    bench.pass(5_000)
    expect(bench.log).toEqual(['checking', 'selected 1', 'connected'])
  })

  it('sends a check again after 500 ms, 1 s, 2 s, 4 s, then no more, until the peer checks again', () => {
    const bench = new IceBench('full')
    bench.check(A)
    const first = only(bench.checks())
    const times: number[] = []
    const start = bench.now
    for (let step = 0; step < 1_400; step++) {
      bench.pass(10)
      for (const again of bench.checks()) {
        times.push(bench.now - start)
        expect(again.message.transactionId).toEqual(first.message.transactionId)
      }
    }
    expect(times).toEqual([500, 1_500, 3_500, 7_500])
    bench.pass(900)
    bench.check(A)
    expect(only(bench.checks()).to).toBe(A)
  })

  it('checks again at once when the peer does, but not more often than every 50 ms', () => {
    const bench = new IceBench('full')
    bench.check(A)
    bench.pass(49)
    bench.check(A)
    expect(bench.checks()).toHaveLength(1)
    bench.pass(1)
    bench.check(A)
    expect(bench.checks()).toHaveLength(1)
  })

  it('waits with its checks until the peer’s credentials are known', () => {
    const bench = new IceBench('full', false)
    bench.check(A, { nominate: true })
    expect(bench.checks()).toEqual([])
    bench.agent.setRemoteCredentials(bench.now, REMOTE)
    bench.drain()
    bench.answer(only(bench.checks()))
    expect(bench.log).toEqual(['checking', 'selected 1', 'connected'])
  })

  it('sends no checks with a fragment longer than the RFC allows', () => {
    const bench = new IceBench('full', false)
    bench.agent.setRemoteCredentials(bench.now, { ...REMOTE, ufrag: 'u'.repeat(2_000) })
    expect(bench.check(A)).toBe(true)
    bench.pass(14_000)
    expect(bench.checks()).toEqual([])
  })

  it('asks for consent every 4 to 6 s on the selected pair, which keeps it alive', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    bench.answer(only(bench.checks()))
    let last = bench.now
    const gaps: number[] = []
    while (gaps.length < 20) {
      bench.pass(10)
      for (const check of bench.checks()) {
        expect(check.to.equals(A)).toBe(true)
        gaps.push(bench.now - last)
        last = bench.now
        bench.answer(check)
      }
    }
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4_000)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(6_010)
    expect(new Set(gaps).size).toBeGreaterThan(10)
    expect(bench.log.slice(1)).toEqual(['selected 1', 'connected'])
  })

  it('is disconnected and failed when consent finds no answer, and alive while it does', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    bench.answer(only(bench.checks()))
    for (let count = 0; count < 100; count++) {
      bench.pass(1_000)
      for (const check of bench.checks()) bench.answer(check)
    }
    expect(bench.log.at(-1)).toBe('connected')
    bench.pass(16_000)
    expect(bench.log.slice(3)).toEqual(['disconnected', 'failed'])
  })

  it('believes no answer from elsewhere, with a wrong password, or to no check of its own', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    const check = only(bench.checks())
    expect(bench.answer(check, B)).toBe(false)
    expect(bench.answer(check, A, LOCAL.pwd)).toBe(false)
    const other = { ...check, message: { ...check.message, transactionId: Buffer.alloc(12) } }
    expect(bench.answer(other)).toBe(false)
    expect(bench.log).toEqual(['checking'])
    expect(bench.answer(check)).toBe(true)
    expect(bench.answer(check)).toBe(false)
  })

  it('takes a 487 to its check as no success and checks again with the peer', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    expect(bench.refuse(only(bench.checks()), 487)).toBe(true)
    expect(bench.log).toEqual(['checking'])
    bench.pass(100)
    bench.check(A, { nominate: true })
    bench.answer(only(bench.checks()))
    expect(bench.log.at(-1)).toBe('connected')
  })

  it('remembers a limited number of addresses, but the selected one always', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    bench.answer(only(bench.checks()))
    for (let number = 2; number < 2 * MAX_REMOTE_ADDRESSES; number++) {
      bench.pass(10)
      bench.check(peerAddress(number), { priority: 1 })
    }
    const early = bench.checks()
    const answered = early.map((check) => bench.answer(check)).filter(Boolean)
    expect(answered).toHaveLength(MAX_REMOTE_ADDRESSES - 1)
    bench.pass(6_100)
    expect(bench.checks().some(({ to }) => to.equals(A))).toBe(true)
  })
})

describe('pair priority', () => {
  it('is that of RFC 8445 section 6.1.2.3', () => {
    expect(pairPriority(10, 3)).toBe((3n << 32n) + 20n + 1n)
    expect(pairPriority(3, 10)).toBe((3n << 32n) + 20n)
    expect(pairPriority(7, 7)).toBe((7n << 32n) + 14n)
  })
})
