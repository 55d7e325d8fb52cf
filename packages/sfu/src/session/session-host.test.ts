// The control plane as clients see it: real offers of browsers in, signal messages out; no socket, no clock.
import { readFileSync } from 'node:fs'
import {
  AddTrackRequest,
  ConnectionSettings,
  JoinRequest,
  LeaveRequest,
  MuteTrackRequest,
  Ping,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
  UpdateParticipantMetadata,
  UpdateSubscription,
} from '@livekit/protocol'
import { describe, expect, it } from 'vitest'
import { PeerMedia, ssrc, type Fanout } from '../media/index.ts'
import { SessionDescriber } from '../sdp/index.ts'
import type { VideoGrant } from '../wire/index.ts'
import { SessionHost, type JoinResult } from './session-host.ts'
import type { Session } from './session.ts'

const joinOffer = readFileSync(new URL('../sdp/fixtures/chromium-join.sdp', import.meta.url), 'utf8')
const publishOffer = readFileSync(new URL('../sdp/fixtures/chromium-publish.sdp', import.meta.url), 'utf8')

const nowhere: Fanout = { send: () => undefined, sendRtcp: () => undefined, flush: () => undefined }

type Heard = SignalResponse['message']

type Value<Case> = Extract<Heard, { case: Case }> extends { value: infer V } ? V : never

function isKind<Case>(message: Heard, kind: Case): message is Heard & { case: Case; value: Value<Case> } {
  return message.case === kind
}

class Client {
  readonly heard: Heard[] = []
  readonly data: string[] = []
  closed = false
  session: Session | undefined
  result: JoinResult | undefined

  /** The messages of one kind, oldest first. */
  all<Case extends Heard['case']>(kind: Case): Value<Case>[] {
    const values: Value<Case>[] = []
    for (const message of this.heard) if (isKind(message, kind)) values.push(message.value)
    return values
  }

  kinds(): (string | undefined)[] {
    return this.heard.map((message) => message.case)
  }
}

class World {
  readonly clock = { now: 1_000_000 }
  readonly ended: string[] = []
  readonly host: SessionHost
  #counter = 0
  #building: Client | undefined

  constructor() {
    const next = (prefix: string): string => `${prefix}${++this.#counter}`
    this.host = new SessionHost({
      clock: this.clock,
      ids: {
        roomSid: () => next('RM_'),
        participantSid: () => next('PA_'),
        trackSid: () => next('TR_'),
        ssrc: () => ++this.#counter + 10_000,
      },
      random: (bytes) => new Uint8Array(bytes),
      createPeer: () => this.#peer(),
      refreshToken: () => 'fresh',
      onEvent: () => undefined,
      onSessionEnd: (participant, reason) => this.ended.push(`${participant.identity}:${reason}`),
    })
  }

  join(
    identity: string,
    options: { video?: VideoGrant; request?: Partial<JoinRequest>; offer?: string } = {},
  ): Client {
    const client = new Client()
    this.#building = client
    const request = new JoinRequest({ connectionSettings: { autoSubscribe: true }, ...options.request })
    if (options.offer)
      request.publisherOffer = new SessionDescription({ type: 'offer', sdp: options.offer, id: 1 })
    const video = { roomJoin: true, roomCreate: true, room: 'r', ...options.video }
    client.result = this.host.join(
      {
        grants: { identity, name: identity.toUpperCase(), video },
        apiKey: 'key',
        joinRequest: request.toBinary(),
        firefox: false,
      },
      {
        send: (response) => client.heard.push(response.message),
        sendEncoded: (bytes) => client.heard.push(SignalResponse.fromBinary(bytes).message),
        close: () => (client.closed = true),
      },
      () => undefined,
    )
    if (client.result.ok) client.session = client.result.session
    this.host.flush()
    return client
  }

  say(client: Client, message: SignalRequest['message']): void {
    if (client.session) this.host.signal(client.session, new SignalRequest({ message }).toBinary())
    this.host.flush()
  }

  offer(client: Client, sdp: string, id: number): void {
    this.say(client, { case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id }) })
  }

  #peer(): ReturnType<ConstructorParameters<typeof SessionHost>[0]['createPeer']> {
    const client = this.#building
    const media = new PeerMedia({
      fanout: nowhere,
      random: (bytes) => new Uint8Array(bytes),
      cname: 'c',
      localSsrc: ssrc(7),
    })
    const describer = new SessionDescriber({
      iceLite: true,
      localUfrag: 'ufrag',
      localPwd: 'password-password-passw',
      fingerprint: `sha-256 ${Array.from({ length: 32 }, () => 'AA').join(':')}`,
      candidates: [],
      originId: '1',
      publishCodecs: ['vp8', 'opus'],
      cname: 'c',
    })
    return {
      port: {
        setRemote: () => undefined,
        sendData: (label, data) => {
          client?.data.push(`${label}:${data.length}`)
          return 'queued'
        },
        close: () => undefined,
      },
      media,
      describer,
      attach: () => undefined,
    }
  }
}

/** The browser's ids of the tracks in the publishing fixture, by kind. */
function cidOf(kind: 'audio' | 'video'): string {
  const section = publishOffer.split('\nm=').find((part) => part.startsWith(kind) && part.includes('a=msid:'))
  return /a=msid:\S+ (\S+)/.exec(section ?? '')?.[1] ?? ''
}

function camera(): SignalRequest['message'] {
  const value = new AddTrackRequest({
    cid: cidOf('video'),
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
  })
  return { case: 'addTrack', value }
}

describe('joining', () => {
  it('answers with the JoinResponse first, then the answer to the offer that came along, and a token soon after', async () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    expect(anna.kinds()[0]).toBe('join')
    const join = anna.all('join')[0]
    expect(join?.serverInfo?.version).toBe('1.13.5')
    expect(join?.serverInfo?.protocol).toBe(17)
    expect(join?.subscriberPrimary).toBe(false)
    expect(join?.iceServers).toEqual([])
    expect(join?.participant?.identity).toBe('anna')
    expect(anna.all('answer')[0]?.id).toBe(1)
    world.clock.now += 30_000
    world.host.handleTimeout()
    await Promise.resolve()
    expect(anna.all('refreshToken')).toEqual(['fresh'])
  })

  it('refuses a missing room to a token that may not make it, and a room that the token does not name', () => {
    const world = new World()
    expect(world.join('anna', { video: { roomCreate: false } }).result).toEqual({
      ok: false,
      refusal: 'room-missing',
    })
    expect(world.join('anna', { video: { roomJoin: false } }).result).toEqual({
      ok: false,
      refusal: 'forbidden',
    })
    expect(world.host.rooms.size).toBe(0)
  })

  it('refuses own metadata without the grant for it', () => {
    const world = new World()
    expect(world.join('anna', { request: { metadata: 'x' } }).result).toEqual({
      ok: false,
      refusal: 'forbidden',
    })
    const allowed = world.join('ben', { request: { metadata: 'x' }, video: { canUpdateOwnMetadata: true } })
    expect(allowed.all('join')[0]?.participant?.metadata).toBe('x')
  })

  it('names those who are there, but not the hidden ones', () => {
    const world = new World()
    world.join('anna')
    world.join('ghost', { video: { hidden: true } })
    const ben = world.join('ben')
    expect(ben.all('join')[0]?.otherParticipants.map((other) => other.identity)).toEqual(['anna'])
  })

  it('ends an older stay of the same identity before the new one hears of the others', () => {
    const world = new World()
    const first = world.join('anna')
    world.join('ben')
    const again = world.join('anna')
    expect(first.kinds().at(-1)).toBe('leave')
    expect(again.all('join')[0]?.otherParticipants.map((other) => other.identity)).toEqual(['ben'])
  })

  it('answers a resume with the order to join anew', () => {
    const world = new World()
    const anna = world.join('anna', { request: { reconnect: true } })
    expect(anna.kinds()).toEqual(['leave'])
    expect(anna.closed).toBe(true)
  })

  it('ends a session that never connects after 60 s, and tells its client to try again', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    world.clock.now += 60_001
    world.host.handleTimeout()
    expect(anna.kinds().at(-1)).toBe('leave')
    expect(world.ended).toEqual(['anna:join_failure'])
  })
})

describe('publishing and subscribing', () => {
  it('publishes when announcement and section are both there, in either order', () => {
    for (const order of ['announcement first', 'section first']) {
      const world = new World()
      const anna = world.join('anna', { offer: joinOffer })
      const ben = world.join('ben', { offer: joinOffer })
      const steps = [() => world.say(anna, camera()), () => world.offer(anna, publishOffer, 2)]
      if (order === 'section first') steps.reverse()
      for (const step of steps) step()
      const published = anna.all('trackPublished')[0]
      expect(published?.cid).toBe(cidOf('video'))
      const update = ben.all('update').at(-1)?.participants[0]
      expect(update?.tracks.map((track) => [track.sid, track.mimeType])).toEqual([
        [published?.track?.sid, 'video/VP8'],
      ])
      // The update that names the track comes before the call for an offer that places it.
      expect(ben.kinds().lastIndexOf('update')).toBeLessThan(ben.kinds().indexOf('mediaSectionsRequirement'))
    }
  })

  it('places the track on the line of the next offer and names it in the map', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    const ben = world.join('ben', { offer: joinOffer })
    world.say(anna, camera())
    world.offer(anna, publishOffer, 2)
    expect(ben.all('mediaSectionsRequirement').map((r) => [r.numAudios, r.numVideos])).toEqual([[0, 0]])
    world.offer(ben, joinOffer, 2)
    const answer = ben.all('answer').at(-1)
    const sid = anna.all('trackPublished')[0]?.track?.sid
    expect(Object.values(answer?.midToTrackId ?? {})).toContain(sid)
    expect(answer?.sdp).toContain(`a=msid:${anna.session?.participant.sid}|${sid} ${sid}`)
    expect(anna.all('trackSubscribed').map((t) => t.trackSid)).toEqual([sid])
    // Nothing more is wanted, so nobody is asked again.
    expect(ben.all('mediaSectionsRequirement')).toHaveLength(1)
  })

  it('gives a late comer everything that is there in its first answer', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    world.say(anna, camera())
    world.offer(anna, publishOffer, 2)
    const ben = world.join('ben', { offer: joinOffer })
    expect(ben.all('join')[0]?.otherParticipants[0]?.tracks).toHaveLength(1)
    expect(Object.values(ben.all('answer')[0]?.midToTrackId ?? {})).toHaveLength(1)
    expect(ben.all('mediaSectionsRequirement')).toHaveLength(0)
  })

  it('subscribes only to what is asked for without auto-subscribe', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    world.say(anna, camera())
    world.offer(anna, publishOffer, 2)
    const ben = world.join('ben', {
      offer: joinOffer,
      request: { connectionSettings: new ConnectionSettings() },
    })
    expect(Object.values(ben.all('answer')[0]?.midToTrackId ?? {})).toHaveLength(0)
    const sid = anna.all('trackPublished')[0]?.track?.sid ?? ''
    world.say(ben, {
      case: 'subscription',
      value: new UpdateSubscription({ trackSids: [sid], subscribe: true }),
    })
    expect(ben.all('mediaSectionsRequirement')).toHaveLength(1)
  })

  it('refuses a source that the token does not allow', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer, video: { canPublishSources: ['microphone'] } })
    world.say(anna, camera())
    expect(anna.all('trackPublished')).toHaveLength(0)
    expect(anna.all('requestResponse')).toHaveLength(1)
  })

  it('refuses the 21st announcement', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    for (let index = 0; index < 30; index++) world.say(anna, camera())
    expect(anna.all('trackPublished').length).toBe(16)
    expect(anna.all('requestResponse').length).toBe(14)
  })

  it('tells everyone of muting, and of the end of a track whose section stopped sending', () => {
    const world = new World()
    const anna = world.join('anna', { offer: joinOffer })
    const ben = world.join('ben', { offer: joinOffer })
    world.say(anna, camera())
    world.offer(anna, publishOffer, 2)
    const sid = anna.all('trackPublished')[0]?.track?.sid ?? ''
    world.say(anna, { case: 'mute', value: new MuteTrackRequest({ sid, muted: true }) })
    expect(ben.all('update').at(-1)?.participants[0]?.tracks[0]?.muted).toBe(true)
    world.offer(
      anna,
      publishOffer.replaceAll('a=sendonly', 'a=inactive').replaceAll('a=sendrecv', 'a=inactive'),
      3,
    )
    expect(ben.all('update').at(-1)?.participants[0]?.tracks).toEqual([])
  })
})

describe('the rest of a session', () => {
  it('answers both pings', () => {
    const world = new World()
    const anna = world.join('anna')
    world.say(anna, { case: 'ping', value: 5n })
    world.say(anna, { case: 'pingReq', value: new Ping({ timestamp: 5n, rtt: 1n }) })
    expect(anna.all('pong')).toEqual([1_000_000n])
    expect(anna.all('pongResp')[0]?.lastPingTimestamp).toBe(5n)
  })

  it('changes metadata only with the grant, and shows it in the own update', () => {
    const world = new World()
    const anna = world.join('anna')
    const ben = world.join('ben', { video: { canUpdateOwnMetadata: true } })
    const value = new UpdateParticipantMetadata({ name: 'New', attributes: { a: '1' }, requestId: 9 })
    world.say(anna, { case: 'updateMetadata', value })
    world.say(ben, { case: 'updateMetadata', value })
    expect(anna.session?.participant.name).toBe('ANNA')
    expect(ben.all('update').at(-1)?.participants[0]?.name).toBe('New')
    expect(ben.all('requestResponse')[0]?.requestId).toBe(9)
  })

  it('ends with a leave, and tells the others', () => {
    const world = new World()
    const anna = world.join('anna')
    const ben = world.join('ben')
    world.say(anna, { case: 'leave', value: new LeaveRequest() })
    expect(anna.closed).toBe(true)
    expect(ben.all('update').at(-1)?.participants[0]?.state).toBe(3)
    world.say(anna, { case: 'ping', value: 5n })
    expect(anna.all('pong')).toEqual([])
  })

  it('ends a session that sends what cannot be read, and no other', () => {
    const world = new World()
    const anna = world.join('anna')
    const ben = world.join('ben')
    if (anna.session) world.host.signal(anna.session, new Uint8Array([0xff, 0xff, 0xff]))
    expect(anna.kinds().at(-1)).toBe('leave')
    expect(ben.session?.ended).toBe(false)
  })

  it('keeps a connected session whose WebSocket is gone, and ends one that never connected', () => {
    const world = new World()
    const anna = world.join('anna')
    const ben = world.join('ben')
    anna.session?.transportConnected()
    for (const client of [anna, ben]) if (client.session) world.host.signalClosed(client.session)
    expect(anna.session?.ended).toBe(false)
    expect(ben.session?.ended).toBe(true)
  })
})
