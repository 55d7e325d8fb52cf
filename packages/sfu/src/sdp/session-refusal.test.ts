import { describe, expect, test } from 'vitest'
import type { AnswerResult } from './answer-model.ts'
import type { Offer } from './offer-model.ts'
import { parseOffer } from './parse-offer.ts'
import {
  accepted,
  fixtureOffer,
  fixtureText,
  newDescriber,
  sectionOf,
  TRANSPORT_LINES,
} from './testing/fixtures.ts'

describe('refusals', () => {
  const answerEdited = (edit: (sdp: string) => string): AnswerResult =>
    newDescriber().answer(fixtureOffer('chromium-join', edit))

  test.each<[string, (sdp: string) => string, string]>([
    ['no bundle', (sdp) => sdp.replace(/a=group:BUNDLE.*\r\n/, ''), 'bundle-required'],
    ['no credentials', (sdp) => sdp.replaceAll(/a=ice-pwd.*\r\n/g, ''), 'ice-credentials-missing'],
    [
      'a SHA-1 fingerprint',
      (sdp) => sdp.replaceAll(/sha-256 ((?:..:){19}..)(?::..)+/g, 'sha-1 $1'),
      'fingerprint-missing',
    ],
    [
      'a fingerprint of the wrong length',
      (sdp) => sdp.replaceAll('sha-256', 'sha-512'),
      'fingerprint-missing',
    ],
    [
      'a client that wants to be DTLS server',
      (sdp) => sdp.replaceAll('actpass', 'passive'),
      'setup-unsupported',
    ],
    [
      'one payload type for two codecs',
      (sdp) => sdp.replace(/(m=video.*?) 96 97/, '$1 111 97').replace(/a=rtpmap:96 VP8/, 'a=rtpmap:111 VP8'),
      'conflicting-payload-types',
    ],
    [
      'two ids for the mid extension',
      (sdp) =>
        sdp.replace(
          'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
          'a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid',
        ),
      'conflicting-extensions',
    ],
    [
      'one extension id for two meanings',
      (sdp) => sdp.replace('a=extmap:1 urn', 'a=extmap:10 urn'),
      'conflicting-extensions',
    ],
  ])('%s', (_, edit, code) => {
    expect(answerEdited(edit)).toEqual({ ok: false, code })
  })

  test('another certificate within the session', () => {
    const describer = newDescriber()
    accepted(describer.answer(fixtureOffer('chromium-join')))
    const other = fixtureOffer('chromium-join', (sdp) =>
      sdp.replaceAll(/(a=fingerprint:sha-256) ..:../g, '$1 00:00'),
    )
    expect(describer.answer(other)).toEqual({ ok: false, code: 'fingerprint-changed' })
  })

  test.each<[string, (sdp: string) => string]>([
    ['without rtcp-mux', (sdp) => sdp.replace('a=rtcp-mux\r\n', '')],
    ['with an unprotected transport', (sdp) => sdp.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['of an unknown kind', (sdp) => sdp.replace('m=audio', 'm=text')],
    ['without a codec we know', (sdp) => sdp.replace('opus/48000/2', 'opus/16000/1')],
    ['outside the bundle', (sdp) => sdp.replace('BUNDLE 0 ', 'BUNDLE ')],
  ])('a section %s is rejected alone, with port 0 and outside the bundle', (_, edit) => {
    const answer = accepted(answerEdited(edit))
    expect(sectionOf(answer, 0)[0]).toMatch(/^m=\w+ 0 /)
    expect(sectionOf(answer, 0).slice(1)).toEqual(['c=IN IP4 0.0.0.0', 'a=mid:0', 'a=inactive'])
    expect(answer.sdp).toContain('a=group:BUNDLE 1 2 3 4 5 6\r\n')
    expect(sectionOf(answer, 1)).toEqual(expect.arrayContaining([...TRANSPORT_LINES]))
  })

  test('a second data section is rejected', () => {
    const text = fixtureText('chromium-join').replace('6\r\n', '6 7\r\n')
    const application = text.slice(text.indexOf('m=application')).replace('a=mid:6', 'a=mid:7')
    const parsed = parseOffer(text + application)
    const offer: Offer | undefined = parsed.ok ? parsed.offer : undefined
    if (offer === undefined) throw new Error('not understood')
    const answer = accepted(newDescriber().answer(offer))
    expect(sectionOf(answer, 7)[0]).toBe('m=application 0 UDP/DTLS/SCTP webrtc-datachannel')
    expect(answer.application?.mid).toBe('6')
  })

  test('extension ids above 14 are passed over: they would need the two-byte form', () => {
    const answer = accepted(answerEdited((sdp) => sdp.replaceAll('a=extmap:3 ', 'a=extmap:15 ')))
    expect(answer.sdp).not.toContain('transport-wide-cc')
  })
})
