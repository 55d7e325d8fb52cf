import { describe, expect, it, vi } from 'vitest'
import { ipv4Bytes, ipv6Bytes } from './address.ts'
import { parseCandidate, parseCandidateInit } from './candidate.ts'
import { seededRandom } from './dtls/test-support/seeded-random.ts'
import { damaged } from './testing/damaged.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

// A case takes some microseconds; a machine under load shall not fail the suite.
vi.setConfig({ testTimeout: 10_000 + CASES })

const LINES = [
  'candidate:842163049 1 udp 1677729535 198.51.100.7 40001 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  'candidate:1 1 UDP 2122252543 2001:db8:1:2:3:4:5:6 40001 typ host',
  'a=candidate:1 1 tcp 1518280447 64:ff9b::192.0.2.33 9 typ host tcptype active',
]

describe('hostile candidates', () => {
  it('do not throw, and what is taken is usable', () => {
    const random = seededRandom(51)
    let taken = 0
    const unusable: string[] = []
    for (let count = 0; count < CASES; count++) {
      const line = LINES[random.below(LINES.length)] ?? ''
      const text = Buffer.from(damaged(random, Buffer.from(line))).toString('latin1')
      const candidate = parseCandidate(text)
      if (candidate.kind === 'udp') {
        taken++
        const bytes = ipv4Bytes(candidate.host) ?? ipv6Bytes(candidate.host)
        if (!bytes || candidate.port < 1 || candidate.port > 65_535) unusable.push(text)
      }
      parseCandidateInit(text)
      parseCandidateInit(
        Buffer.from(damaged(random, Buffer.from(JSON.stringify({ candidate: line })))).toString(),
      )
    }
    expect(unusable).toEqual([])
    expect(taken).toBeGreaterThan(CASES / 50)
  })
})
