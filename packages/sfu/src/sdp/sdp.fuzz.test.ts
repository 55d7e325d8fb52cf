import { expect, test, vi } from 'vitest'
import type { Answer } from './answer-model.ts'
import type { Offer } from './offer-model.ts'
import { parseOffer } from './parse-offer.ts'
import { FIXTURE_NAMES, fixtureText, newDescriber, seeded, wish } from './testing/fixtures.ts'

// The fuzz command runs a hundred thousand cases.
vi.setConfig({ testTimeout: 600_000 })
const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

/** Lines that steer the answerer's decisions, to be spliced in anywhere. */
const POISON = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'm=video 0 UDP/TLS/RTP/SAVPF 96',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'm=',
  'a=mid:0',
  'a=mid:__proto__',
  'a=bundle-only',
  'a=group:BUNDLE 0 0 __proto__ 99',
  'a=sendrecv',
  'a=rtpmap:111 VP8/90000',
  'a=rtpmap:96 opus/48000/2',
  'a=fmtp:97 apt=97',
  'a=rtcp-fb:* nack pli',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=ssrc:4294967295 msid:a b',
  'a=ssrc-group:FID 1 1 1',
  'a=simulcast:send ;;~,;,',
  `a=${'x'.repeat(5000)}`,
  'a=\u0000\u2028\u{1f600}',
]

function mutate(text: string, random: () => number): string {
  const lines = text.split('\r\n')
  for (let edits = 1 + (random() % 6); edits > 0; edits -= 1) {
    const at = random() % lines.length
    const line = lines[at] ?? ''
    const inLine = random() % (line.length + 1)
    switch (random() % 7) {
      case 0:
        lines.splice(at, 1 + (random() % 5))
        break
      case 1:
        lines.splice(at, 0, POISON[random() % POISON.length] ?? '')
        break
      case 2:
        lines.splice(at, 0, ...lines.slice(random() % lines.length).slice(0, random() % 60))
        break
      case 3:
        lines[at] = line.slice(0, inLine) + String.fromCharCode(random() % 256) + line.slice(inLine + 1)
        break
      case 4:
        lines[at] = line.slice(0, inLine)
        break
      case 5:
        lines[at] = line.replace(/\d+/, String(random()))
        break
      default:
        lines[at] = line.replace(
          /(recv|send)only|inactive|sendrecv/,
          ['recvonly', 'sendonly', 'sendrecv', 'inactive'][random() % 4] ?? '',
        )
    }
  }
  return lines.join(random() % 4 === 0 ? '\n' : '\r\n')
}

/** Checks what must hold for every answer; returns what does not. */
function faultOf(offer: Offer, answer: Answer): string | undefined {
  // Control characters inside a line are found by parsing below.
  if (!/^(?:[vostmca]=[^\r\n]+\r\n)+$/.test(answer.sdp)) return 'malformed line'
  const read = parseOffer(answer.sdp)
  if (!read.ok) return `our own answer is not understood: ${read.code}`
  const mids = (described: Offer): string => described.sections.map(({ mid }) => mid).join(' ')
  if (mids(read.offer) !== mids(offer)) return 'sections differ'
  return new Set(answer.placed.map(({ mid }) => mid)).size === answer.placed.length
    ? undefined
    : 'placed twice'
}

test('mutated offers are answered or refused, never thrown at, and answers stay well formed', () => {
  const random = seeded(20_260)
  const texts = FIXTURE_NAMES.map((name) => fixtureText(name)).filter((text) => text.length < 25_000)
  let describer = newDescriber()
  let understood = 0
  let answered = 0
  for (let round = 0; round < CASES; round += 1) {
    // Two offers to a describer, so that the second meets remembered lines.
    if (round % 2 === 0) {
      describer = newDescriber({
        simulcast: round % 4 === 0,
        viewerEstimate: round % 3 === 0 ? 'remb' : 'none',
      })
      describer.setDownTracks([wish('TR_A', 'audio', 1), wish('TR_V', 'video', 2), wish('TR_W', 'video', 4)])
    }
    const parsed = parseOffer(mutate(texts[random() % texts.length] ?? '', random))
    if (!parsed.ok) continue
    understood += 1
    const answer = describer.answer(parsed.offer)
    const { needed, audios, videos } = describer.requirement()
    expect(needed || audios + videos === 0).toBe(true)
    if (!answer.ok) continue
    answered += 1
    expect(faultOf(parsed.offer, answer)).toBeUndefined()
  }
  // The mutations must reach the answerer, or this test shows nothing.
  expect(understood).toBeGreaterThan(CASES / 2)
  expect(answered).toBeGreaterThan(CASES / 4)
})

test('hostile texts cost time in proportion to their length', () => {
  const unit = [
    'm=audio 9 UDP/TLS/RTP/SAVPF',
    ' 1',
    'a=simulcast:send ;',
    'a=ssrc-group:FID 1 ',
    'a=rtpmap:',
    ':',
    ' ',
    'a=fmtp:96 apt=',
  ]
  for (const piece of unit) {
    const text = `v=0\n${piece.repeat(Math.floor(4000 / piece.length))}\n`.repeat(200)
    const start = performance.now()
    parseOffer(text.slice(0, 800_000))
    // Linear work on 800 kB takes a few milliseconds; quadratic work would take minutes.
    expect(performance.now() - start).toBeLessThan(2000)
  }
})
