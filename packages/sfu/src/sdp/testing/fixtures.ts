// Gives tests the recorded offers of real clients, and a describer with fixed values.
import { readFileSync } from 'node:fs'
import { parseOffer } from '../parse-offer.ts'
import type { Answer, AnswerResult, DownTrackWish } from '../answer-model.ts'
import type { Offer } from '../offer-model.ts'
import { SessionDescriber } from '../session-describer.ts'
import type { SessionDescriberOptions } from '../session-describer.ts'

/**
 * Recorded offers. The four of one browser belong to one session: joining with three audio and three video sections
 * to receive on, publishing sound and a simulcast video, stopping that video, and publishing another in its place.
 */
export type FixtureName =
  | 'chromium-join'
  | 'chromium-publish'
  | 'chromium-stopped'
  | 'chromium-recycled'
  | 'firefox-join'
  | 'firefox-publish'
  | 'firefox-stopped'
  | 'firefox-recycled'
  | 'rtc-node-join'
  | 'pion-publish'

export const FIXTURE_NAMES: readonly FixtureName[] = [
  'chromium-join',
  'chromium-publish',
  'chromium-stopped',
  'chromium-recycled',
  'firefox-join',
  'firefox-publish',
  'firefox-stopped',
  'firefox-recycled',
  'rtc-node-join',
  'pion-publish',
]

export function fixtureText(name: FixtureName): string {
  return readFileSync(new URL(`../fixtures/${name}.sdp`, import.meta.url), 'utf8')
}

/** A parsed offer; `edit` may change the text before. */
export function fixtureOffer(name: FixtureName, edit: (sdp: string) => string = (sdp) => sdp): Offer {
  const parsed = parseOffer(edit(fixtureText(name)))
  if (!parsed.ok) throw new Error(`fixture ${name} is not understood: ${parsed.code}`)
  return parsed.offer
}

export const LOCAL_FINGERPRINT: string = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`

export function newDescriber(options: Partial<SessionDescriberOptions> = {}): SessionDescriber {
  return new SessionDescriber({
    iceLite: true,
    localUfrag: 'localUfrag',
    localPwd: 'localPasswordOf22Chars',
    fingerprint: LOCAL_FINGERPRINT,
    candidates: [],
    originId: '4711',
    publishCodecs: ['opus', 'vp8'],
    cname: 'cname',
    ...options,
  })
}

export function wish(trackSid: string, kind: 'audio' | 'video', ssrc = 1000): DownTrackWish {
  return { trackSid, kind, streamId: `PA_x|${trackSid}`, ssrc, rtxSsrc: kind === 'video' ? ssrc + 1 : 0 }
}

/** A seeded source of 32-bit numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** The answer of a result that must be one. */
export function accepted(result: AnswerResult): Answer {
  if (!result.ok) throw new Error(`refused: ${result.code}`)
  return result
}

/** The lines of one section of an answer. */
export function sectionOf(answer: Answer, index: number): string[] {
  const [, ...sections] = answer.sdp.split('\r\nm=')
  return `m=${sections[index] ?? ''}`.split('\r\n').filter((line) => line !== '')
}

/** Our direction in each section; undefined where there is none. */
export function directions(answer: Answer): (string | undefined)[] {
  return answer.sdp
    .split('\r\nm=')
    .slice(1)
    .map((section) => /a=(sendrecv|sendonly|recvonly|inactive)/.exec(section)?.[1])
}

/** What every accepted section says of our transport. */
export const TRANSPORT_LINES: readonly string[] = [
  'a=ice-ufrag:localUfrag',
  'a=ice-pwd:localPasswordOf22Chars',
  `a=fingerprint:${LOCAL_FINGERPRINT}`,
  'a=setup:passive',
]
