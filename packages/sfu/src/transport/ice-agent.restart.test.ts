import { describe, expect, it } from 'vitest'
import { IceBench, isSignedWith, peerAddress } from './testing/ice-peer.ts'

const [A, B] = [peerAddress(1), peerAddress(2)]
const LOCAL_2 = { ufrag: 'localV', pwd: 'second local password...' }
const REMOTE_2 = { ufrag: 'remoteV', pwd: 'second remote password..' }
const SECOND = { local: LOCAL_2, remote: REMOTE_2 }

describe.each(['lite', 'full'] as const)('ICE restart, %s agent', (mode) => {
  function connected(): IceBench {
    const bench = new IceBench(mode)
    bench.check(A, { nominate: true })
    for (const check of bench.checks()) bench.answer(check)
    bench.log.length = 0
    return bench
  }

  function restart(bench: IceBench): void {
    bench.agent.restart(bench.now, LOCAL_2, REMOTE_2)
    bench.drain()
  }

  it('answers the credentials before until the first check with the new ones', () => {
    const bench = connected()
    restart(bench)
    expect(bench.check(A)).toBe(true)
    expect(bench.sent()).toHaveLength(1)
    expect(bench.check(B, SECOND)).toBe(true)
    expect(isSignedWith(bench.sent()[0], LOCAL_2.pwd)).toBe(true)
    expect(bench.check(A)).toBe(false)
    expect(bench.sent()).toEqual([])
  })

  it('moves to the address that the new checks come from, not to those of the old', () => {
    const bench = connected()
    restart(bench)
    bench.check(B, { nominate: true })
    expect(bench.log).toEqual([])
    bench.sent()
    bench.check(B, SECOND)
    for (const check of bench.checks()) bench.answer(check, check.to, REMOTE_2.pwd)
    expect(bench.log).toEqual(['selected 2'])
  })

  it('stays with the address when the new checks come from there', () => {
    const bench = connected()
    restart(bench)
    bench.check(A, { ...SECOND, nominate: true })
    for (const check of bench.checks()) bench.answer(check, check.to, REMOTE_2.pwd)
    bench.pass(5_000)
    expect(bench.log).toEqual([])
  })

  it('wakes a disconnected and a failed agent', () => {
    for (const wait of [12_000, 16_000]) {
      const bench = connected()
      bench.pass(wait)
      bench.log.length = 0
      restart(bench)
      bench.pass(2_000)
      bench.check(B, { ...SECOND, nominate: true })
      for (const check of bench.checks()) bench.answer(check, check.to, REMOTE_2.pwd)
      expect(bench.log).toEqual([...(wait === 16_000 ? ['checking'] : []), 'selected 2', 'connected'])
    }
  })
})

describe('descriptions without a restart', () => {
  it('change nothing', () => {
    const bench = new IceBench('full')
    bench.check(A, { nominate: true })
    for (const check of bench.checks()) bench.answer(check)
    bench.log.length = 0
    bench.agent.setRemoteCredentials(bench.now, { ufrag: 'remoteU', pwd: 'remote password, 22 char' })
    bench.drain()
    expect(bench.log).toEqual([])
    expect(bench.sent()).toEqual([])
  })
})
