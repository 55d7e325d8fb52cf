import { describe, expect, test } from 'vitest'
import { MAX_LINE_CHARS, MAX_OFFER_CHARS, MAX_OFFER_LINES, MAX_SECTIONS } from './limits.ts'
import { parseOffer } from './parse-offer.ts'
import type { OfferedSection } from './offer-model.ts'
import { FIXTURE_NAMES, fixtureOffer } from './testing/fixtures.ts'

function section(lines: readonly string[], media = 'video 9 UDP/TLS/RTP/SAVPF 96 97'): OfferedSection {
  const parsed = parseOffer(['v=0', `m=${media}`, 'a=mid:0', ...lines].join('\r\n'))
  const first = parsed.ok ? parsed.offer.sections[0] : undefined
  if (first === undefined) throw new Error(parsed.ok ? 'no section' : parsed.code)
  return first
}

describe('recorded offers', () => {
  test.each(FIXTURE_NAMES)(
    '%s is understood with bundle, credentials and fingerprint in every live section',
    (name) => {
      const offer = fixtureOffer(name)
      for (const { mid, port, bundleOnly, ice, fingerprints, setup, kind, rtcpMux } of offer.sections) {
        if (port === 0 && !bundleOnly) continue
        expect(offer.bundle).toContain(mid)
        expect(ice).toBeDefined()
        expect(fingerprints).toHaveLength(1)
        expect(setup).toBe('actpass')
        expect(rtcpMux).toBe(kind !== 'application')
      }
    },
  )

  test('Chromium joins with three audio and three video sections to receive on, then data', () => {
    const { sections, bundle, extmapAllowMixed } = fixtureOffer('chromium-join')
    expect(sections.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
      ...Array<string>(3).fill('audio recvonly'),
      ...Array<string>(3).fill('video recvonly'),
      'application sendrecv',
    ])
    expect(bundle).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    expect(extmapAllowMixed).toBe(true)
    expect(sections[0]?.codecs[0]).toEqual({
      payloadType: 111,
      name: 'opus',
      clockRate: 48_000,
      channels: 2,
      fmtp: 'minptime=10;useinbandfec=1',
      feedback: ['transport-cc'],
      rtxPayloadType: undefined,
    })
    expect(sections[3]?.codecs.find(({ name }) => name === 'vp8')).toMatchObject({
      payloadType: 96,
      rtxPayloadType: 97,
      feedback: ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'],
    })
    expect(sections[6]).toMatchObject({
      sctpPort: 5000,
      maxMessageSize: 262_144,
      codecs: [],
      protocol: 'UDP/DTLS/SCTP',
    })
  })

  test('Chromium tells simulcast layers by rid and names no SSRC for them', () => {
    const { sections } = fixtureOffer('chromium-publish')
    expect(sections[8]).toMatchObject({ direction: 'sendonly', sendRids: ['q', 'h', 'f'], sources: [] })
    expect(sections[7]?.sources).toHaveLength(1)
    expect(sections[7]?.msid?.trackId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('Firefox offers bundle-only sections with port 0, pairs of SSRCs, and extensions with a direction', () => {
    const { sections, bundle } = fixtureOffer('firefox-publish')
    expect(sections[1]).toMatchObject({ port: 0, bundleOnly: true, direction: 'recvonly' })
    expect(bundle).toContain(sections[1]?.mid)
    const video = sections[8]
    expect(video).toMatchObject({ sendRids: ['q', 'h', 'f'], rtcpRsize: true })
    expect(video?.sources.map(({ rtxSsrc }) => typeof rtxSsrc)).toEqual(['number', 'number', 'number'])
    expect(video?.extensions).toContainEqual({
      id: expect.any(Number),
      uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
      direction: 'sendonly',
    })
    expect(sections[7]?.msid?.trackId).toMatch(/^\{[0-9a-f-]{36}\}$/)
  })

  test('a stopped section has port 0 and stands outside the bundle; a recycled one carries a new mid', () => {
    for (const browser of ['chromium', 'firefox'] as const) {
      const stopped = fixtureOffer(`${browser}-stopped`)
      expect(stopped.sections[8]).toMatchObject({ port: 0, bundleOnly: false, mid: '8' })
      expect(stopped.bundle).not.toContain('8')
      expect(fixtureOffer(`${browser}-recycled`).sections[8]).toMatchObject({
        mid: '13',
        direction: 'sendonly',
      })
    }
  })

  test('pion announces its sources and says the msid in two ways', () => {
    expect(fixtureOffer('pion-publish').sections[0]).toMatchObject({
      msid: { streamId: 'str-p0', trackId: 'trk-p0' },
      sources: [{ ssrc: 3_819_570_636, rtxSsrc: 1_649_770_457 }],
    })
  })
})

describe('attributes', () => {
  test('session values hold for sections that have none of their own', () => {
    const pwd = 'p'.repeat(22)
    const text = [
      'v=0',
      'a=ice-ufrag:sess',
      `a=ice-pwd:${pwd}`,
      'a=setup:active',
      'a=sendonly',
      'a=extmap:4 urn:x',
    ]
    const parsed = parseOffer(
      [
        ...text,
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=mid:a',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=mid:b',
        'a=ice-ufrag:mine',
        'a=recvonly',
      ].join('\n'),
    )
    expect(parsed).toMatchObject({
      ok: true,
      offer: {
        sections: [
          { ice: { ufrag: 'sess', pwd }, setup: 'active', direction: 'sendonly', extensions: [{ id: 4 }] },
          { ice: { ufrag: 'mine', pwd }, setup: 'active', direction: 'recvonly', extensions: [{ id: 4 }] },
        ],
      },
    })
  })

  test.each([
    ['an ufrag shorter than four characters', ['a=ice-ufrag:abc', `a=ice-pwd:${'p'.repeat(22)}`]],
    ['a password shorter than 22', ['a=ice-ufrag:abcd', `a=ice-pwd:${'p'.repeat(21)}`]],
    ['characters outside ice-char', ['a=ice-ufrag:ab;d', `a=ice-pwd:${'p'.repeat(22)}`]],
    ['a missing password', ['a=ice-ufrag:abcd']],
  ])('credentials with %s are no credentials', (_, lines) => {
    expect(section(lines).ice).toBeUndefined()
  })

  test('fingerprints are normalised; damaged ones are none', () => {
    const hash = Array.from({ length: 32 }, () => 'ab').join(':')
    const { fingerprints } = section([
      `a=fingerprint:SHA-256 ${hash}`,
      'a=fingerprint:sha-256 AB:CD',
      'a=fingerprint:x',
    ])
    expect(fingerprints).toEqual([{ algorithm: 'sha-256', value: hash.toUpperCase() }])
  })

  test('feedback for all payload types reaches every codec', () => {
    const [codec] = section(['a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack', 'a=rtcp-fb:* transport-cc']).codecs
    expect(codec?.feedback).toEqual(['nack', 'transport-cc'])
  })

  test('retransmission formats are found whatever else their parameters say, but only when the m= line lists them', () => {
    expect(
      section(['a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 rtx-time=3000; apt=96']).codecs,
    ).toMatchObject([{ name: 'vp8', rtxPayloadType: 97 }])
    const unlisted = section(['a=rtpmap:96 VP8/90000', 'a=rtpmap:98 rtx/90000', 'a=fmtp:98 apt=96'])
    expect(unlisted.codecs[0]?.rtxPayloadType).toBeUndefined()
  })

  test('codecs come in the order of the m= line', () => {
    const codecs = section(
      ['a=rtpmap:96 VP8/90000', 'a=rtpmap:97 VP9/90000'],
      'video 9 UDP/TLS/RTP/SAVPF 97 96',
    ).codecs
    expect(codecs.map(({ name }) => name)).toEqual(['vp9', 'vp8'])
  })

  test('forward-error SSRCs are no sources of their own, and an FID partner without a line is none', () => {
    const { sources } = section([
      'a=ssrc-group:FEC-FR 1 2',
      'a=ssrc-group:FID 1 3',
      'a=ssrc:1 cname:x',
      'a=ssrc:2 cname:x',
    ])
    expect(sources).toEqual([{ ssrc: 1, rtxSsrc: undefined }])
  })

  test('paused and alternative simulcast layers count by their first name; undeclared ones do not', () => {
    const { sendRids } = section([
      'a=rid:q send',
      'a=rid:h send pt=96',
      'a=rid:x recv',
      'a=simulcast:recv x send ~q;h,g;z',
    ])
    expect(sendRids).toEqual(['q', 'h'])
  })

  test('the old way of naming a track by its SSRC line is understood', () => {
    expect(section(['a=ssrc:7 msid:stream track']).msid).toEqual({ streamId: 'stream', trackId: 'track' })
  })

  test('unknown and damaged attributes are passed over', () => {
    const read = section([
      'a=',
      'a=:',
      'a=rtpmap:300 VP8/90000',
      'a=rtpmap:96',
      'a=fmtp:',
      'a=rtcp-fb:x',
      'a=extmap:a b',
      'a=ssrc:0 cname:x',
      'a=nonsense:1',
      'z=1',
      'x',
    ])
    expect(read).toMatchObject({ codecs: [], extensions: [], sources: [], direction: 'sendrecv' })
  })
})

describe('refusals', () => {
  const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111'
  const numbered = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${media}\na=mid:${index}`)

  test.each([
    ['nothing', '', 'not-sdp'],
    ['something else', '{"type":"offer"}', 'not-sdp'],
    ['a NUL', `v=0\n${media}\na=mid:0\0`, 'control-character'],
    ['a lone carriage return', `v=0\n${media}\na=mid:0\ra=x`, 'control-character'],
    ['a damaged m= line', 'v=0\nm=audio x RTP 1', 'malformed-media-line'],
    ['a port above 16 bits', 'v=0\nm=audio 65536 RTP/AVP 1', 'malformed-media-line'],
    ['no mid', `v=0\n${media}`, 'missing-mid'],
    ['a mid that is no token', `v=0\n${media}\na=mid:a b`, 'malformed-mid'],
    ['a mid too long for RTP', `v=0\n${media}\na=mid:${'m'.repeat(17)}`, 'malformed-mid'],
    ['a mid used twice', `v=0\n${media}\na=mid:0\n${media}\na=mid:0`, 'duplicate-mid'],
    [
      'too many SSRCs',
      ['v=0', media, ...Array.from({ length: 33 }, (_, n) => `a=ssrc:${n + 1} cname:x`)].join('\n'),
      'too-many-attributes',
    ],
    [
      'too many extensions',
      ['v=0', media, ...Array.from({ length: 65 }, (_, n) => `a=extmap:${n} urn:x`)].join('\n'),
      'too-many-attributes',
    ],
    ['too much text', `v=0\n${'a'.repeat(MAX_OFFER_CHARS)}`, 'too-large'],
    ['too long a line', `v=0\n${'a'.repeat(MAX_LINE_CHARS + 1)}`, 'line-too-long'],
    ['too many lines', `v=0${'\na=x'.repeat(MAX_OFFER_LINES)}`, 'too-many-lines'],
    ['too many sections', ['v=0', ...numbered(MAX_SECTIONS + 1)].join('\n'), 'too-many-sections'],
  ])('%s', (_, text, code) => {
    expect(parseOffer(text)).toEqual({ ok: false, code })
  })

  test('as many sections as allowed are understood', () => {
    const parsed = parseOffer(['v=0', ...numbered(MAX_SECTIONS)].join('\n'))
    expect(parsed.ok && parsed.offer.sections).toHaveLength(MAX_SECTIONS)
  })

  test('a section the client has given up needs no mid', () => {
    expect(parseOffer('v=0\nm=audio 0 UDP/TLS/RTP/SAVPF 0\na=inactive').ok).toBe(true)
  })
})
