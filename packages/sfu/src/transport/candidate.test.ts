import { describe, expect, it } from 'vitest'
import {
  candidateInitJson,
  hostCandidates,
  hostPriority,
  parseCandidate,
  parseCandidateInit,
} from './candidate.ts'
import { MAX_CANDIDATE_CHARS } from './limits.ts'

describe('our candidates', () => {
  it('are one line an address, with foundations of their own and falling priorities within a family', () => {
    expect(hostCandidates(['203.0.113.5', '2001:db8::5', '203.0.113.6'], 7_882)).toEqual([
      'candidate:1 1 udp 2122317823 203.0.113.5 7882 typ host',
      'candidate:2 1 udp 2130706431 2001:db8::5 7882 typ host',
      'candidate:3 1 udp 2122317567 203.0.113.6 7882 typ host',
    ])
  })

  it('leave names out', () => {
    expect(hostCandidates(['meet.example', 'x.local', ''], 1)).toEqual([])
  })

  it('are read back', () => {
    const [line = ''] = hostCandidates(['203.0.113.5'], 7_882)
    const candidate = {
      kind: 'udp',
      host: '203.0.113.5',
      port: 7_882,
      priority: hostPriority(4),
      type: 'host',
    }
    expect(parseCandidate(line)).toEqual(candidate)
    expect(parseCandidateInit(candidateInitJson(line))).toEqual(candidate)
    expect(JSON.parse(candidateInitJson(line))).toEqual({ candidate: line, sdpMid: '0', sdpMLineIndex: 0 })
  })
})

describe('the client’s candidates', () => {
  it.each([
    [
      'Chromium',
      'candidate:842163049 1 udp 1677729535 198.51.100.7 40001 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag Yx12 network-cost 999',
    ],
    ['Firefox', 'candidate:1 1 UDP 1685987327 198.51.100.7 40001 typ srflx raddr 0.0.0.0 rport 0'],
    ['an SDP line', 'a=candidate:842163049 1 udp 1677729535 198.51.100.7 40001 typ srflx'],
    ['IPv6', 'candidate:1 1 udp 5 2001:db8::7 40001 typ host'],
  ])('%s', (_name, line) => {
    expect(parseCandidate(line)).toMatchObject({ kind: 'udp', port: 40_001 })
  })

  it.each([
    ['an mDNS name', 'candidate:1 1 udp 2113937151 0f1e.local 50000 typ host'],
    ['TCP', 'candidate:1 1 tcp 1518280447 198.51.100.7 9 typ host tcptype active'],
    ['RTCP’s component', 'candidate:1 2 udp 2113937151 198.51.100.7 50000 typ host'],
    ['port 0', 'candidate:1 1 udp 2113937151 198.51.100.7 0 typ host'],
  ])('%s is of no use', (_name, line) => {
    expect(parseCandidate(line)).toEqual({ kind: 'unused' })
  })

  it.each(['', '  ', 'a=end-of-candidates'])('the end: "%s"', (line) => {
    expect(parseCandidate(line)).toEqual({ kind: 'end' })
    expect(parseCandidateInit(JSON.stringify({ candidate: line }))).toEqual({ kind: 'end' })
  })

  it.each([
    'candidate:',
    'candidate:1 1 udp 1 198.51.100.7 1 host',
    'candidate:1 1 udp -1 198.51.100.7 1 typ host',
    'candidate:1 1 udp 4294967296 198.51.100.7 1 typ host',
    'candidate:1 1 udp 1 198.51.100.7 65536 typ host',
    'candidate:1 1 udp 1 198.51.100.7 1 typ',
    'something else',
    `candidate:${'1'.repeat(MAX_CANDIDATE_CHARS)}`,
  ])('malformed: %s', (line) => {
    expect(parseCandidate(line)).toEqual({ kind: 'malformed' })
  })

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '"candidate:"',
    '{"candidate":1}',
    '{',
    `{"candidate":"${' '.repeat(5_000)}"}`,
  ])('malformed JSON: %s', (json) => {
    expect(parseCandidateInit(json)).toEqual({ kind: 'malformed' })
  })
})
