// Contract of the media server as LiveKit's own SDK sees it. Runs against ours and, by `npm run test:differential`, against livekit-server.
import { Bot, ConnectError, type Grants, type RemoteParticipant, disposeBots } from '@runde/testkit/bot'
import { SeededRandom } from '@runde/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Target, freshRoom, openTarget } from './support/target.ts'

const PICTURE = { width: 320, height: 180, framesPerSecond: 15 }
/** Reason codes of the LiveKit protocol (DisconnectReason). */
const DUPLICATE_IDENTITY = 2

let target: Target
let room = ''
const bots: Bot[] = []

beforeAll(async () => {
  target = await openTarget()
})
afterEach(async () => {
  await Promise.all(bots.splice(0).map(async (bot) => await bot.leave()))
})
afterAll(async () => {
  await disposeBots()
  await target[Symbol.asyncDispose]()
})

async function join(identity: string, grants: Partial<Grants> = {}): Promise<Bot> {
  const token = await target.token({ room, identity, ...grants })
  const bot = await Bot.join({ url: target.url, token })
  bots.push(bot)
  return bot
}

/** The given people in a fresh room, one after the other. */
async function gather(...identities: string[]): Promise<Bot[]> {
  room = freshRoom()
  const gathered: Bot[] = []
  for (const identity of identities) gathered.push(await join(identity))
  return gathered
}

/** Waits until `viewer` has got `count` pictures of the right brightness from `owner`. */
async function sees(viewer: Bot, owner: string, luma: number, count = 15): Promise<void> {
  const right = (): boolean =>
    viewer
      .tracksOf(owner, 'video')
      .some((track) => track.subscribed && track.frames >= count && Math.abs(track.luma - luma) < 8)
  await viewer.until(`${count} pictures of brightness ${luma} from ${owner}`, right)
}

async function hearsTone(viewer: Bot, owner: string, frequency: number): Promise<void> {
  await viewer.until(`${frequency} Hz from ${owner}`, () => viewer.hears(owner, frequency) > 0.8)
}

describe('presence', () => {
  test('everyone learns who is there, who comes and who goes', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    await anna.until('ben', () => anna.others.includes('ben'))
    expect(ben.others).toEqual(['anna'])
    await ben.leave()
    await anna.until('ben to leave', () => anna.events.includes('left ben'))
    expect(anna.others).toEqual([])
  })

  test('the same identity again ends the older connection, and only that', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const again = await join('anna')
    await anna.until('the end', () => anna.events.includes(`disconnected ${DUPLICATE_IDENTITY}`))
    await ben.until('the new anna', () => ben.others.includes('anna'))
    expect(again.others).toEqual(['ben'])
  })

  test('nobody is hidden, also not with a token that asks for it', async () => {
    const [anna] = await gather('anna')
    await join('ghost', { hidden: true })
    const ben = await join('ben')
    await anna?.until('both', () => anna.others.join() === 'ben,ghost')
    expect(ben.others).toEqual(['anna', 'ghost'])
  })

  test('metadata and attributes reach the others', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    await ben.room.localParticipant?.updateMetadata('{"hand":true}')
    await ben.room.localParticipant?.setAttributes({ colour: 'blue' })
    const seen = (): RemoteParticipant | undefined => anna.room.remoteParticipants.get('ben')
    await anna.until('both', () => seen()?.metadata !== '' && seen()?.attributes['colour'] !== undefined)
    expect(seen()?.metadata).toBe('{"hand":true}')
    expect(seen()?.attributes).toEqual({ colour: 'blue' })
  })

  test.each([
    ['a foreign secret', async () => await target.token({ room: 'x', identity: 'x' }).then(spoil)],
    ['an expired token', async () => await target.token({ room: 'x', identity: 'x', lifetime: -3600 })],
    ['no token', () => Promise.resolve('')],
  ])('refuses %s', async (_, token) => {
    await expect(Bot.join({ url: target.url, token: await token() })).rejects.toBeInstanceOf(ConnectError)
  })
})

describe('picture and sound', () => {
  test('each of three sees and hears the two others, the right ones', async () => {
    const people = await gather('anna', 'ben', 'carla')
    const lumas = [50, 120, 200]
    const tones = [440, 1000, 2000]
    for (const [index, bot] of people.entries()) {
      await bot.publishPicture({ ...PICTURE, luma: lumas[index] ?? 0 })
      await bot.publishTone(tones[index] ?? 0)
    }
    for (const viewer of people)
      for (const [index, owner] of people.entries()) {
        if (owner === viewer) continue
        await sees(viewer, owner.identity, lumas[index] ?? 0)
        await hearsTone(viewer, owner.identity, tones[index] ?? 0)
      }
    for (const bot of people) expect(bot.tracksOf(bot.identity, 'video')).toEqual([])
  })

  test('who comes late gets what is already there', async () => {
    const [anna] = await gather('anna')
    await anna?.publishPicture({ ...PICTURE, luma: 90 })
    await anna?.publishTone(700)
    const late = [await join('ben'), await join('carla'), await join('dora'), await join('emil')]
    for (const bot of late) {
      await sees(bot, 'anna', 90)
      await hearsTone(bot, 'anna', 700)
      expect(bot.tracks.size).toBe(2)
    }
  })

  test('a simulcast picture arrives in full size', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    await anna.publishPicture({ width: 640, height: 360, framesPerSecond: 20, luma: 140 }, true)
    await sees(ben, 'anna', 140)
    await ben.until('the full size', () => ben.tracksOf('anna', 'video').some(({ width }) => width === 640))
    expect(ben.tracks.size).toBe(1)
  })

  test('unpublishing takes the track away, publishing again brings a new one', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const first = await anna.publishPicture({ ...PICTURE, luma: 60 })
    await sees(ben, 'anna', 60)
    await anna.unpublish(first)
    await ben.until('the track to go', () => ben.events.includes(`unpublished ${first.sid}`))
    const second = await anna.publishPicture({ ...PICTURE, luma: 180 })
    await sees(ben, 'anna', 180)
    expect(second.sid).not.toBe(first.sid)
  })

  test('without subscription rights nothing is received', async () => {
    const [anna] = await gather('anna')
    await anna?.publishTone(500)
    const deaf = await join('deaf', { canSubscribe: false })
    const ben = await join('ben')
    await hearsTone(ben, 'anna', 500)
    expect(deaf.tracks.size).toBe(0)
  })

  test('without publishing rights nothing is published', async () => {
    const [anna] = await gather('anna')
    const guest = await join('guest', { canPublish: false })
    await expect(guest.publishTone(500)).rejects.toThrow(/./)
    expect(anna?.tracks.size).toBe(0)
  })

  test('who makes a sound is reported as speaking', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    await anna.publishTone(440)
    await ben.until('anna to speak', () => ben.events.some((event) => event.startsWith('speaking ')))
    expect(ben.events).toContain('speaking anna')
  })
})

describe('data', () => {
  test('reliable messages arrive complete, in order and byte for byte', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const random = new SeededRandom(42)
    const sent = Array.from({ length: 200 }, () => random.bytes(random.integer(1, 15_000)))
    for (const payload of sent) await anna.send(payload, { reliable: true, topic: 'files' })
    await ben.until('200 messages', () => ben.data.length === sent.length, 30_000)
    for (const [index, message] of ben.data.entries()) {
      expect(Buffer.compare(message.payload, sent[index] ?? new Uint8Array())).toBe(0)
      expect({ from: message.from, topic: message.topic, reliable: message.reliable }).toEqual({
        from: 'anna',
        topic: 'files',
        reliable: true,
      })
    }
    expect(anna.data).toEqual([])
  })

  test('lossy messages that arrive are whole', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const random = new SeededRandom(43)
    const sent = Array.from({ length: 50 }, () => random.bytes(1000))
    for (const payload of sent) {
      await anna.send(payload, { reliable: false })
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await ben.until('most of 50 messages', () => ben.data.length >= 45)
    const known = new Set(sent.map((payload) => Buffer.from(payload).toString('hex')))
    for (const { payload, reliable } of ben.data) {
      expect(known.has(Buffer.from(payload).toString('hex'))).toBe(true)
      expect(reliable).toBe(false)
    }
  })

  test('a message for one reaches that one only', async () => {
    const [anna, ben, carla] = three(await gather('anna', 'ben', 'carla'))
    await anna.send(Buffer.from('only ben'), { reliable: true, to: ['ben'] })
    await anna.send(Buffer.from('all'), { reliable: true })
    await carla.until('the second message', () => carla.data.length > 0)
    await ben.until('both messages', () => ben.data.length === 2)
    const texts = (bot: Bot): string[] => bot.data.map(({ payload }) => Buffer.from(payload).toString())
    expect(texts(ben)).toEqual(['only ben', 'all'])
    expect(texts(carla)).toEqual(['all'])
  })

  test('without data rights a message reaches nobody', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const mute = await join('mute', { canPublishData: false })
    await mute.send(Buffer.from('not allowed'), { reliable: true }).catch(() => undefined)
    await anna.send(Buffer.from('allowed'), { reliable: true })
    await ben.until('the allowed message', () => ben.data.length > 0)
    expect(ben.data.map(({ from }) => from)).toEqual(['anna'])
  })

  test('remote procedure calls and text streams come through', async () => {
    const [anna, ben] = two(await gather('anna', 'ben'))
    const { localParticipant } = anna.room
    ben.room.localParticipant?.registerRpcMethod('double', ({ payload }) =>
      Promise.resolve(String(Number(payload) * 2)),
    )
    await anna.until('ben', () => anna.others.includes('ben'))
    const answer = await localParticipant?.performRpc({
      destinationIdentity: 'ben',
      method: 'double',
      payload: '21',
    })
    expect(answer).toBe('42')
    const { promise, resolve } = Promise.withResolvers<string>()
    ben.room.registerTextStreamHandler('chat', (reader) => void reader.readAll().then(resolve))
    const long = 'Grüße an die Runde. '.repeat(5000)
    await localParticipant?.sendText(long, { topic: 'chat' })
    expect(await promise).toBe(long)
  })
})

/** The same token with another signature. */
function spoil(token: string): string {
  return token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA')
}

function two([first, second]: Bot[]): [Bot, Bot] {
  if (first === undefined || second === undefined) throw new Error('two bots were expected')
  return [first, second]
}

function three([first, second, third]: Bot[]): [Bot, Bot, Bot] {
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('three bots were expected')
  return [first, second, third]
}
