import { describe, expect, it, vi } from 'vitest'
import { PeerAddress } from './address.ts'
import { classifyDatagram, Demux } from './demux.ts'
import { seededRandom } from './dtls/test-support/seeded-random.ts'
import { IceAgent } from './ice-agent.ts'
import { parseStun, stunLocalUfrag, verifyStunIntegrity } from './stun.ts'
import { damaged } from './testing/damaged.ts'
import { ATTRIBUTES, buildStun, TYPES, uint32, uint64 } from './testing/stun-builder.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const PASSWORD = 'a password of 22 chars'

// A case takes some tens of microseconds; a machine under load shall not fail the suite.
vi.setConfig({ testTimeout: 10_000 + CASES * 5 })

const random = seededRandom(41)

function check(): Buffer {
  const attributes = [
    [ATTRIBUTES.username, Buffer.from('local:remote')],
    [ATTRIBUTES.priority, uint32(1_853_824_767)],
    [ATTRIBUTES.controlling, uint64(5n)],
    [ATTRIBUTES.useCandidate, Buffer.alloc(0)],
  ] as const
  const type = [TYPES.request, TYPES.success, TYPES.error, TYPES.indication][random.below(4)] ?? 0
  return buildStun(type, random.bytes(12), attributes, PASSWORD)
}

/** Puts a right length into the header, so that damage reaches the attributes. */
function withLength(data: Uint8Array): Uint8Array {
  if (data.length >= 20 && data.length % 4 === 0) Buffer.from(data.buffer).writeUInt16BE(data.length - 20, 2)
  return data
}

describe('hostile STUN', () => {
  it('does not throw, and is authentic only when nothing signed was changed', () => {
    let parsed = 0
    for (let count = 0; count < CASES; count++) {
      const original = check()
      const data = withLength(damaged(random, original))
      stunLocalUfrag(data.length >= 20 ? data : original)
      const message = parseStun(data)
      if (!message) continue
      parsed++
      if (!verifyStunIntegrity(data, message, Buffer.from(PASSWORD))) continue
      const signed = message.integrityOffset + 24
      expect(Buffer.from(data.subarray(4, signed))).toEqual(original.subarray(4, signed))
    }
    expect(parsed).toBeGreaterThan(CASES / 100)
  })

  it('of pure noise behind a right header does not throw', () => {
    for (let count = 0; count < CASES; count++) {
      const body = Buffer.from(random.bytes(4 * random.below(30)))
      for (let at = 0; at + 4 <= body.length; at += 8) body.writeUInt16BE(random.below(12), at + 2)
      const header = buildStun(TYPES.request, random.bytes(12), []).subarray(0, 20)
      const data = withLength(new Uint8Array(Buffer.concat([header, body])))
      const message = parseStun(data)
      if (message) verifyStunIntegrity(data, message, Buffer.from(PASSWORD))
    }
  })

  it('gets no answer from agents that is larger than twice the question, nor moves them', () => {
    const from = PeerAddress.from('192.0.2.1', 1_000)
    for (const mode of ['lite', 'full'] as const) {
      const agent = new IceAgent({
        mode,
        localUfrag: 'local',
        localPwd: PASSWORD,
        random: (n) => random.bytes(n),
      })
      agent.setRemoteCredentials(0, { ufrag: 'remote', pwd: PASSWORD })
      for (let count = 0; count < CASES; count++) {
        const original = check()
        const data = damaged(random, original)
        const isSame = original.equals(data)
        agent.handleStun(count * 10, data, from)
        for (let event = agent.next(); event; event = agent.next()) {
          if (event.kind === 'send') expect(event.data.length).toBeLessThanOrEqual(2 * data.length)
          if (event.kind === 'selected') expect(isSame || parseStun(data)).toBeTruthy()
        }
      }
    }
  })

  it('finds peers only by their fragment', () => {
    const demux = new Demux<{ name: string }>()
    const peer = { name: 'peer' }
    demux.add('local', peer)
    for (let count = 0; count < CASES; count++) {
      const data = damaged(random, check())
      if (classifyDatagram(data) !== 'stun') continue
      const found = demux.peerOfStun(count * 10, data, '192.0.2.1', 1)
      if (found) expect(stunLocalUfrag(data)).toBe('local')
    }
  })
})
