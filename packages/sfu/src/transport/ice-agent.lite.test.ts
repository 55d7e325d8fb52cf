import { describe, expect, it } from 'vitest'
import { AGENT_STUN_BURST } from './limits.ts'
import { IceBench, isSignedWith, LOCAL, peerAddress, REMOTE } from './testing/ice-peer.ts'
import { ATTRIBUTES, buildStun, TYPES } from './testing/stun-builder.ts'

const [A, B, C] = [peerAddress(1), peerAddress(2), peerAddress(3)]

describe('lite agent', () => {
  it('answers a check to its source, signed, and is connected', () => {
    const bench = new IceBench('lite')
    expect(bench.log).toEqual(['checking'])
    expect(bench.check(A)).toBe(true)
    const [answer, ...others] = bench.sent()
    expect(others).toEqual([])
    expect(answer?.to).toBe(A)
    expect(answer?.message.class).toBe('success')
    expect(isSignedWith(answer, LOCAL.pwd)).toBe(true)
    expect(bench.log).toEqual(['checking', 'selected 1', 'connected'])
  })

  it('answers before the peer’s credentials are known', () => {
    const bench = new IceBench('lite', false)
    expect(bench.check(A)).toBe(true)
    expect(bench.sent()).toHaveLength(1)
    expect(bench.log).toEqual(['selected 1', 'checking', 'connected'])
    bench.agent.setRemoteCredentials(bench.now, REMOTE)
    bench.drain()
    expect(bench.log).toHaveLength(3)
  })

  it('follows the latest nomination, not mere checks', () => {
    const bench = new IceBench('lite')
    bench.check(A)
    bench.check(B)
    expect(bench.log.at(-1)).toBe('connected')
    bench.check(B, { nominate: true })
    bench.check(A)
    bench.check(B, { nominate: true })
    expect(bench.log.slice(3)).toEqual(['selected 2'])
    bench.check(C, { nominate: true })
    expect(bench.log.slice(3)).toEqual(['selected 2', 'selected 3'])
  })

  it('sends no checks, whatever time passes', () => {
    const bench = new IceBench('lite')
    bench.check(A, { nominate: true })
    bench.sent()
    bench.pass(60_000)
    expect(bench.sent()).toEqual([])
  })

  it('is disconnected after 10 s without a check, failed 5 s later, and then silent', () => {
    const bench = new IceBench('lite')
    bench.check(A)
    bench.log.length = 0
    bench.pass(9_999)
    expect(bench.log).toEqual([])
    bench.pass(1)
    expect(bench.log).toEqual(['disconnected'])
    bench.pass(4_999)
    expect(bench.log).toEqual(['disconnected'])
    bench.pass(1)
    expect(bench.log).toEqual(['disconnected', 'failed'])
    expect(bench.agent.deadline()).toBeUndefined()
    bench.sent()
    expect(bench.check(A)).toBe(false)
    expect(bench.sent()).toEqual([])
  })

  it('is kept alive by any valid check, and comes back with one', () => {
    const bench = new IceBench('lite')
    bench.check(A, { nominate: true })
    bench.log.length = 0
    for (let count = 0; count < 5; count++) {
      bench.pass(9_000)
      bench.check(count % 2 === 0 ? A : B)
    }
    expect(bench.log).toEqual([])
    bench.pass(12_000)
    bench.check(A)
    expect(bench.log).toEqual(['disconnected', 'connected'])
  })

  it('fails when no check comes within 15 s of the description', () => {
    const bench = new IceBench('lite')
    bench.pass(14_999)
    expect(bench.log).toEqual(['checking'])
    bench.pass(1)
    expect(bench.log).toEqual(['checking', 'failed'])
  })

  it.each([
    ['a wrong password', { local: { ...LOCAL, pwd: 'another password of ours' } }],
    ['another fragment', { local: { ...LOCAL, ufrag: 'other' } }],
    ['a fragment that begins like ours', { local: { ...LOCAL, ufrag: 'localUU' } }],
  ])('neither answers nor believes %s', (_name, options) => {
    const bench = new IceBench('lite')
    expect(bench.check(A, options)).toBe(false)
    expect(bench.sent()).toEqual([])
    expect(bench.log).toEqual(['checking'])
    expect(bench.agent.counters.unauthenticated).toBe(1)
  })

  it('neither answers nor believes a check without integrity, or what is no check', () => {
    const bench = new IceBench('lite')
    const username = [ATTRIBUTES.username, Buffer.from('localU:remoteU')] as const
    expect(bench.stun(buildStun(TYPES.request, Buffer.alloc(12), [username]), A)).toBe(false)
    expect(bench.stun(buildStun(TYPES.success, Buffer.alloc(12), [], LOCAL.pwd), A)).toBe(false)
    expect(bench.stun(buildStun(TYPES.indication, Buffer.alloc(12), [username], LOCAL.pwd), A)).toBe(false)
    expect(bench.stun(Buffer.from('no STUN at all, but long enough'), A)).toBe(false)
    expect(bench.sent()).toEqual([])
    expect(bench.agent.counters).toEqual({ malformed: 1, limited: 0, unauthenticated: 2 })
  })

  it('answers 420 with the types it does not know, and does not select', () => {
    const bench = new IceBench('lite')
    bench.check(A, { extra: [[0x7abc, Buffer.alloc(2)]] })
    const [answer] = bench.sent()
    expect(answer?.message.errorCode).toBe(420)
    expect(answer && Buffer.from(answer.data).includes(Buffer.from('000a00027abc', 'hex'))).toBe(true)
    expect(isSignedWith(answer, LOCAL.pwd)).toBe(true)
    expect(bench.log).toEqual(['checking'])
  })

  it('answers 487 to a peer that wants to be controlled too', () => {
    const bench = new IceBench('lite')
    bench.check(A, { role: 'controlled' })
    const [answer] = bench.sent()
    expect(answer?.message.errorCode).toBe(487)
    expect(isSignedWith(answer, LOCAL.pwd)).toBe(true)
    expect(bench.log).toEqual(['checking'])
  })

  it('looks at a limited number of packets a second', () => {
    const bench = new IceBench('lite')
    for (let count = 0; count < AGENT_STUN_BURST + 7; count++) bench.check(A)
    expect(bench.sent()).toHaveLength(AGENT_STUN_BURST)
    expect(bench.agent.counters.limited).toBe(7)
    bench.pass(1_000)
    expect(bench.check(A)).toBe(true)
  })
})
