import { describe, expect, test } from 'vitest'
import { accepted, directions, fixtureOffer, newDescriber, sectionOf, wish } from './testing/fixtures.ts'

describe('over a session', () => {
  test('a stopped section is answered with port 0, and its place serves the next track under a new mid', () => {
    for (const browser of ['chromium', 'firefox'] as const) {
      const describer = newDescriber({ simulcast: true })
      describer.setDownTracks([wish('TR_V', 'video'), wish('TR_A', 'audio')])
      const mids = (['join', 'publish', 'stopped', 'recycled'] as const).map((step) => {
        const answer = accepted(describer.answer(fixtureOffer(`${browser}-${step}`)))
        expect([...answer.midToTrackId.keys()]).toEqual(['0', '3'])
        return { step, receives: answer.receiveSections.map(({ mid }) => mid), lines: sectionOf(answer, 8) }
      })
      expect(mids.map(({ receives }) => receives)).toEqual([[], ['7', '8'], ['9', '10'], ['13', '9', '10']])
      expect(mids[2]?.lines).toEqual([
        expect.stringMatching(/^m=video 0 /),
        'c=IN IP4 0.0.0.0',
        'a=mid:8',
        'a=inactive',
      ])
      expect(mids[3]?.lines).toContain('a=mid:13')
    }
  })

  test('asks for the sections that are missing, for none when lines are free, and then for nothing', () => {
    const describer = newDescriber()
    const wishes = ['1', '2', '3', '4', '5'].map((name) => wish(name, 'video'))
    describer.setDownTracks(wishes)
    expect(describer.requirement()).toEqual({ needed: false, audios: 0, videos: 0 })
    expect(accepted(describer.answer(fixtureOffer('chromium-join'))).unplaced).toEqual({ audio: 0, video: 2 })
    expect(describer.requirement()).toEqual({ needed: true, audios: 0, videos: 2 })

    describer.setDownTracks([...wishes.slice(0, 3), wish('a', 'audio')])
    expect(describer.requirement()).toEqual({ needed: true, audios: 0, videos: 0 })
    accepted(describer.answer(fixtureOffer('chromium-publish')))
    expect(describer.requirement()).toEqual({ needed: false, audios: 0, videos: 0 })
  })

  test('exchanging a track takes two answers: the line rests for one', () => {
    const describer = newDescriber()
    const offer = fixtureOffer('chromium-join')
    describer.setDownTracks(['1', '2', '3'].map((name) => wish(name, 'video')))
    accepted(describer.answer(offer))
    describer.setDownTracks(['2', '3', '4'].map((name) => wish(name, 'video')))
    expect(describer.requirement()).toEqual({ needed: true, audios: 0, videos: 0 })
    const second = accepted(describer.answer(offer))
    expect(directions(second).slice(3, 6)).toEqual(['inactive', 'sendonly', 'sendonly'])
    expect(second.unplaced.video).toBe(1)
    expect(describer.requirement()).toEqual({ needed: true, audios: 0, videos: 0 })
    expect(accepted(describer.answer(offer)).midToTrackId.get('3')).toBe('4')
    expect(describer.requirement().needed).toBe(false)
  })

  test('each answer has a higher version; a refused offer changes nothing', () => {
    const describer = newDescriber()
    describer.setDownTracks([wish('1', 'video')])
    accepted(describer.answer(fixtureOffer('chromium-publish')))
    expect(describer.answer(fixtureOffer('chromium-join'))).toEqual({ ok: false, code: 'sections-removed' })
    const answer = accepted(describer.answer(fixtureOffer('chromium-publish')))
    expect(answer.sdp).toContain('o=- 4711 2 IN')
    expect(answer.placed).toHaveLength(1)
  })

  test('new credentials of the client are an ICE restart, answered with new ones of ours', () => {
    const describer = newDescriber()
    const join = fixtureOffer('chromium-join')
    expect(describer.isIceRestart(join)).toBe(false)
    accepted(describer.answer(join))
    expect(describer.isIceRestart(join)).toBe(false)
    const restart = fixtureOffer('chromium-join', (sdp) =>
      sdp.replaceAll(/a=ice-ufrag:.*/g, 'a=ice-ufrag:other'),
    )
    expect(describer.isIceRestart(restart)).toBe(true)
    describer.setLocalIce({ ufrag: 'second', pwd: 'anotherPasswordOf22Cha' })
    const answer = accepted(describer.answer(restart))
    expect(answer).toMatchObject({ iceRestarted: true, remote: { ice: { ufrag: 'other' } } })
    expect(answer.sdp).toContain('a=ice-ufrag:second\r\na=ice-pwd:anotherPasswordOf22Cha')
    expect(accepted(describer.answer(restart)).iceRestarted).toBe(false)
  })
})
