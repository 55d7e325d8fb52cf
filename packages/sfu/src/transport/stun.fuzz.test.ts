import { describe, expect, it, vi } from 'vitest'
import { PeerAddress } from './address.ts'
import { classifyDatagram, Demux } from './demux.ts'
import { seededRandom } from './dtls/test-support/seeded-random.ts'
import { IceAgent } from './ice-agent.ts'
import { parseStun, stunLocalUfrag, verifyStunIntegrity, type StunMessage } from './stun.ts'
import { damaged } from './testing/damaged.ts'
import { ATTRIBUTES, buildStun, TYPES, uint32, uint64 } from './testing/stun-builder.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const PASSWORD = 'a password of 22 chars'

/** Header and value of MESSAGE-INTEGRITY. */
const SIGNATURE_BYTES = 24

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

/** Whether what MESSAGE-INTEGRITY covers is as it was; the length in the header is not covered by itself. */
function isSignedPartOf(original: Buffer, data: Uint8Array, message: StunMessage): boolean {
  const end = message.integrityOffset + SIGNATURE_BYTES
  const sameType = data[0] === original[0] && data[1] === original[1]
  return message.integrityOffset !== -1 && sameType && original.subarray(4, end).equals(data.subarray(4, end))
}

describe('hostile STUN', () => {
  it('does not throw, and is authentic only when nothing signed was changed', () => {
    let parsed = 0
    const forged: Buffer[] = []
    for (let count = 0; count < CASES; count++) {
      const original = check()
      const data = withLength(damaged(random, original))
      stunLocalUfrag(data.length >= 20 ? data : original)
      const message = parseStun(data)
      if (!message) continue
      parsed++
      const authentic = verifyStunIntegrity(data, message, Buffer.from(PASSWORD))
      if (authentic && !isSignedPartOf(original, data, message)) forged.push(original)
    }
    expect(forged).toEqual([])
    expect(parsed).toBeGreaterThan(CASES / 100)
  })

  it('of pure noise behind a right header does not throw and is not authentic', () => {
    let authentic = 0
    for (let count = 0; count < CASES; count++) {
      const body = Buffer.from(random.bytes(4 * random.below(30)))
      for (let at = 0; at + 4 <= body.length; at += 8) body.writeUInt16BE(random.below(12), at + 2)
      const header = buildStun(TYPES.request, random.bytes(12), []).subarray(0, 20)
      const data = withLength(new Uint8Array(Buffer.concat([header, body])))
      const message = parseStun(data)
      if (message && verifyStunIntegrity(data, message, Buffer.from(PASSWORD))) authentic++
    }
    expect(authentic).toBe(0)
  })

  it.each(['lite', 'full'] as const)('gets no long answer from a %s agent and does not move it', (mode) => {
    const from = PeerAddress.from('192.0.2.1', 1_000)
    const newAgent = (): IceAgent =>
      new IceAgent({ mode, localUfrag: 'local', localPwd: PASSWORD, random: (n) => random.bytes(n) })
    const wrong: string[] = []
    for (let count = 0; count < CASES; count++) {
      const agent = newAgent()
      agent.setRemoteCredentials(0, { ufrag: 'remote', pwd: PASSWORD })
      const original = check()
      const data = damaged(random, original)
      const message = parseStun(data)
      const mayBeTrue = message !== undefined && isSignedPartOf(original, data, message)
      if (agent.handleStun(1, data, from) && !mayBeTrue) wrong.push('believed')
      for (let event = agent.next(); event; event = agent.next()) {
        if (event.kind === 'send' && event.data.length > 2 * data.length) wrong.push('long answer')
        if (event.kind === 'selected' && !mayBeTrue) wrong.push('moved')
      }
    }
    expect(wrong).toEqual([])
  })

  it('finds peers only by their fragment', () => {
    const demux = new Demux<{ name: string }>()
    demux.add('local', { name: 'peer' })
    const wrong: Uint8Array[] = []
    let found = 0
    for (let count = 0; count < CASES; count++) {
      const data = damaged(random, check())
      if (classifyDatagram(data) !== 'stun') continue
      if (!demux.peerOfStun(count * 10, data, '192.0.2.1', 1)) continue
      found++
      if (stunLocalUfrag(data) !== 'local') wrong.push(data)
    }
    expect(wrong).toEqual([])
    expect(found).toBeGreaterThan(CASES / 20)
  })
})
