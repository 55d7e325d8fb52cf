import { describe, expect, test } from 'vitest'
import {
  accepted,
  directions,
  fixtureOffer,
  newDescriber,
  sectionOf,
  TRANSPORT_LINES,
  wish,
} from './testing/fixtures.ts'

const twcc = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'

describe('the text of an answer', () => {
  test('to Chromium joining, with one picture to deliver', () => {
    const describer = newDescriber({ candidates: ['candidate:1 1 udp 2130706431 192.0.2.7 7882 typ host'] })
    describer.setDownTracks([{ ...wish('TR_VC1', 'video', 7), streamId: 'PA_a|camera' }])
    const answer = accepted(describer.answer(fixtureOffer('chromium-join')))
    expect(answer.sdp.split('\r\nm=')[0]?.split('\r\n')).toEqual([
      'v=0',
      'o=- 4711 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=ice-lite',
      'a=ice-options:trickle',
      'a=group:BUNDLE 0 1 2 3 4 5 6',
      'a=msid-semantic: WMS *',
    ])
    expect(directions(answer)).toEqual([
      ...Array<string>(3).fill('inactive'),
      'sendonly',
      'inactive',
      'inactive',
      undefined,
    ])
    expect(sectionOf(answer, 0)).toEqual([
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'c=IN IP4 0.0.0.0',
      'a=mid:0',
      ...TRANSPORT_LINES,
      'a=candidate:1 1 udp 2130706431 192.0.2.7 7882 typ host',
      'a=end-of-candidates',
      'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
      `a=extmap:3 ${twcc}`,
      'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
      'a=inactive',
      'a=rtcp-mux',
      'a=rtcp-rsize',
      'a=rtpmap:111 opus/48000/2',
      'a=rtcp-fb:111 nack',
      'a=fmtp:111 minptime=10;useinbandfec=1',
    ])
    expect(sectionOf(answer, 3)).toEqual([
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      'c=IN IP4 0.0.0.0',
      'a=mid:3',
      ...TRANSPORT_LINES,
      `a=extmap:3 ${twcc}`,
      'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
      'a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
      'a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
      'a=sendonly',
      'a=msid:PA_a|camera TR_VC1',
      'a=rtcp-mux',
      'a=rtcp-rsize',
      'a=rtpmap:96 VP8/90000',
      'a=rtcp-fb:96 nack',
      'a=rtcp-fb:96 nack pli',
      'a=rtcp-fb:96 ccm fir',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'a=ssrc-group:FID 7 8',
      'a=ssrc:7 cname:cname',
      'a=ssrc:7 msid:PA_a|camera TR_VC1',
      'a=ssrc:8 cname:cname',
      'a=ssrc:8 msid:PA_a|camera TR_VC1',
    ])
    expect(sectionOf(answer, 6)).toEqual([
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
      'a=mid:6',
      ...TRANSPORT_LINES,
      'a=sctp-port:5000',
      'a=max-message-size:65535',
    ])
    expect(answer).toMatchObject({
      application: { mid: '6', maxMessageSize: 262_144 },
      unplaced: { audio: 0, video: 0 },
      iceRestarted: false,
      remote: { setup: 'actpass', fingerprint: { algorithm: 'sha-256' }, ice: { ufrag: expect.any(String) } },
    })
    expect([...answer.midToTrackId]).toEqual([['3', 'TR_VC1']])
    expect(answer.placed).toEqual([
      {
        trackSid: 'TR_VC1',
        index: 3,
        mid: '3',
        codec: {
          name: 'vp8',
          payloadType: 96,
          clockRate: 90_000,
          channels: 1,
          rtxPayloadType: 97,
          feedback: ['nack', 'nack pli', 'ccm fir'],
        },
        extensions: { mid: 4, audioLevel: 0, transportCc: 0, absSendTime: 0, rid: 0, repairedRid: 0 },
      },
    ])
  })

  test('keeps every payload type of Firefox, takes its port 0 sections for what they are, and leaves out what it did not offer', () => {
    const answer = accepted(
      newDescriber({ iceLite: false, singleCodec: true }).answer(fixtureOffer('firefox-publish')),
    )
    expect(answer.sdp).not.toContain('a=ice-lite')
    expect(answer.sdp).not.toMatch(/^m=\S+ 0 /m)
    expect(sectionOf(answer, 7)).toEqual(
      expect.arrayContaining([
        'm=audio 9 UDP/TLS/RTP/SAVPF 109',
        'a=recvonly',
        'a=fmtp:109 minptime=10;useinbandfec=1;usedtx=1',
      ]),
    )
    expect(sectionOf(answer, 7)).not.toContain('a=rtcp-rsize')
    expect(sectionOf(answer, 8)).toEqual(
      expect.arrayContaining([
        'm=video 9 UDP/TLS/RTP/SAVPF 120 124',
        expect.stringMatching(/^a=extmap:\d+\/recvonly .*:rtp-stream-id$/),
      ]),
    )
    expect(answer.receiveSections).toMatchObject([
      { index: 7, kind: 'audio', codecs: [{ payloadType: 109 }], sources: [{ rtxSsrc: undefined }] },
      { index: 8, kind: 'video', codecs: [{ payloadType: 120, rtxPayloadType: 124 }], rids: [] },
    ])
  })

  test.each(['rtc-node-join', 'pion-publish'] as const)('answers every section of %s', (name) => {
    const answer = accepted(newDescriber().answer(fixtureOffer(name)))
    expect(answer.sdp).not.toMatch(/^m=\S+ 0 /m)
    expect(answer.application).toBeDefined()
  })
})

describe('receiving from the client', () => {
  test('says what the media engine needs for each section', () => {
    const answer = accepted(newDescriber({ simulcast: true }).answer(fixtureOffer('chromium-publish')))
    expect(answer.receiveSections).toMatchObject([
      {
        mid: '7',
        kind: 'audio',
        codecs: [{ name: 'opus', payloadType: 111, channels: 2, feedback: ['nack', 'transport-cc'] }],
        extensions: { mid: 4, audioLevel: 1, transportCc: 3, rid: 0 },
      },
      {
        mid: '8',
        kind: 'video',
        codecs: [{ name: 'vp8', feedback: ['nack', 'nack pli', 'ccm fir', 'transport-cc'] }],
        extensions: { mid: 4, audioLevel: 0, transportCc: 3, rid: 10, repairedRid: 11 },
        rids: ['q', 'h', 'f'],
      },
    ])
    expect(sectionOf(answer, 8)).toEqual(
      expect.arrayContaining([
        'a=rid:q recv',
        'a=rid:h recv',
        'a=rid:f recv',
        'a=simulcast:recv q;h;f',
        'a=rtcp-fb:96 transport-cc',
      ]),
    )
  })

  test('without simulcast the layers are refused, yet rid stays agreed: libwebrtc fails to offer simulcast otherwise', () => {
    const answer = accepted(newDescriber().answer(fixtureOffer('chromium-publish')))
    expect(answer.receiveSections[1]?.rids).toEqual([])
    expect(sectionOf(answer, 8).join('\n')).not.toMatch(/a=(rid|simulcast)/)
    expect(sectionOf(answer, 8)).toContain('a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id')
  })

  test('the encoder is told of music only where it is wanted', () => {
    const opusOf = (section: { mid: string }): { dtx: boolean; stereo: boolean } => ({
      dtx: section.mid !== '7',
      stereo: true,
    })
    const answer = accepted(newDescriber().answer(fixtureOffer('chromium-publish'), opusOf))
    expect(sectionOf(answer, 7)).toContain(
      'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=510000',
    )
    expect(sectionOf(answer, 0)).toContain('a=fmtp:111 minptime=10;useinbandfec=1')
  })

  test('hints about the first bitrate are returned, limits for a receiver are not', () => {
    const edit = (sdp: string): string =>
      sdp.replaceAll(
        'a=rtpmap:96 VP8/90000',
        'a=rtpmap:96 VP8/90000\r\na=fmtp:96 max-fs=12;x-google-start-bitrate=900;x-google-start-bitrate=1;a=b',
      )
    const answer = accepted(newDescriber().answer(fixtureOffer('chromium-publish', edit)))
    expect(sectionOf(answer, 8)).toContain('a=fmtp:96 x-google-start-bitrate=900;x-google-start-bitrate=1')
  })

  test('audio is left out of congestion control when told so', () => {
    const answer = accepted(newDescriber({ audioTransportCc: false }).answer(fixtureOffer('firefox-publish')))
    expect(sectionOf(answer, 7).join('\n')).not.toContain('transport')
    expect(answer.receiveSections).toMatchObject([
      { extensions: { transportCc: 0 } },
      { extensions: { transportCc: 7 } },
    ])
  })

  test('viewers are asked for REMB when told so', () => {
    const describer = newDescriber({ viewerEstimate: 'remb' })
    describer.setDownTracks([wish('TR_V', 'video')])
    const answer = accepted(describer.answer(fixtureOffer('chromium-join')))
    expect(answer.placed[0]?.extensions.absSendTime).toBe(2)
    expect(answer.placed[0]?.codec.feedback).toEqual(['nack', 'nack pli', 'ccm fir', 'goog-remb'])
    expect(sectionOf(answer, 3)).toContain('a=rtcp-fb:96 goog-remb')
  })

  test('a kind that may not be published is rejected with its line kept, and can still be delivered', () => {
    const describer = newDescriber({ publishCodecs: ['opus'] })
    describer.setDownTracks([wish('TR_V', 'video')])
    const answer = accepted(describer.answer(fixtureOffer('chromium-publish')))
    expect(sectionOf(answer, 8)).toEqual([
      expect.stringMatching(/^m=video 0 UDP/),
      'c=IN IP4 0.0.0.0',
      'a=mid:8',
      'a=inactive',
    ])
    expect(answer.sdp).toContain('a=group:BUNDLE 0 1 2 3 4 5 6 7\r\n')
    expect(answer.placed).toMatchObject([{ mid: '3' }])
  })
})
