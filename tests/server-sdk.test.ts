// Contract of the RoomService as an application sees it through livekit-server-sdk. Runs against ours and against livekit-server.
import { Bot, type RoomService, disposeBots, roomService } from '@runde/testkit/bot'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Target, freshRoom, openTarget } from './support/target.ts'

/** Reason codes of the LiveKit protocol (DisconnectReason). */
const PARTICIPANT_REMOVED = 4
const ROOM_DELETED = 5

let target: Target
let service: RoomService
const bots: Bot[] = []

beforeAll(async () => {
  target = await openTarget()
  service = roomService(target)
})
afterEach(async () => {
  await Promise.all(bots.splice(0).map(async (bot) => await bot.leave()))
})
afterAll(async () => {
  await disposeBots()
  await target[Symbol.asyncDispose]()
})

async function join(room: string, identity: string): Promise<Bot> {
  const token = await target.token({ room, identity, name: `Name of ${identity}`, metadata: 'm' })
  const bot = await Bot.join({ url: target.url, token })
  bots.push(bot)
  return bot
}

test('CreateRoom makes a room with its settings, again returns the same one', async () => {
  const name = freshRoom()
  const created = await service.createRoom({ name, emptyTimeout: 120, maxParticipants: 3, metadata: 'hello' })
  expect(created.name).toBe(name)
  expect(created.sid).toMatch(/^RM_/)
  expect(created.metadata).toBe('hello')
  expect(created.emptyTimeout).toBe(120)
  expect(created.maxParticipants).toBe(3)
  const again = await service.createRoom({ name })
  expect(again.sid).toBe(created.sid)
})

test('ListRooms lists all, or those asked for', async () => {
  const [first, second] = [freshRoom(), freshRoom()]
  await service.createRoom({ name: first })
  await service.createRoom({ name: second })
  const all = await service.listRooms()
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining([first, second]))
  const some = await service.listRooms([first, 'nobody-made-this'])
  expect(some.map(({ name }) => name)).toEqual([first])
})

test('DeleteRoom sends everyone home and the room is gone', async () => {
  const room = freshRoom()
  const anna = await join(room, 'anna')
  await service.deleteRoom(room)
  await anna.until('the end', () => anna.events.includes(`disconnected ${ROOM_DELETED}`))
  expect(await service.listRooms([room])).toEqual([])
})

test('ListParticipants and GetParticipant tell who is there and what they publish', async () => {
  const room = freshRoom()
  const anna = await join(room, 'anna')
  const ben = await join(room, 'ben')
  const publication = await anna.publishTone(440)
  await ben.until('the tone', () => ben.tracks.size > 0)
  const people = await service.listParticipants(room)
  expect(people.map(({ identity }) => identity).sort()).toEqual(['anna', 'ben'])
  const info = await service.getParticipant(room, 'anna')
  expect(info.sid).toMatch(/^PA_/)
  expect(info.name).toBe('Name of anna')
  expect(info.metadata).toBe('m')
  expect(info.state).toBe(2)
  expect(info.permission?.canPublish).toBe(true)
  expect(info.tracks.map(({ sid, muted }) => ({ sid, muted }))).toEqual([
    { sid: publication.sid, muted: false },
  ])
  expect(info.tracks[0]?.mimeType.toLowerCase()).toMatch(/^audio\/(opus|red)$/)
})

test('ListRooms counts the participants', async () => {
  const room = freshRoom()
  await join(room, 'anna')
  await join(room, 'ben')
  // LiveKit writes the count to its store a moment later.
  await expect
    .poll(async () => (await service.listRooms([room]))[0]?.numParticipants, { timeout: 10_000 })
    .toBe(2)
})

test('RemoveParticipant sends one person home', async () => {
  const room = freshRoom()
  const anna = await join(room, 'anna')
  const ben = await join(room, 'ben')
  await anna.until('ben', () => anna.others.includes('ben'))
  await service.removeParticipant(room, 'ben')
  await ben.until('the end', () => ben.events.includes(`disconnected ${PARTICIPANT_REMOVED}`))
  await anna.until('ben to leave', () => anna.events.includes('left ben'))
  expect((await service.listParticipants(room)).map(({ identity }) => identity)).toEqual(['anna'])
})

test('MutePublishedTrack mutes a track for everyone; unmuting from outside is refused', async () => {
  const room = freshRoom()
  const anna = await join(room, 'anna')
  const ben = await join(room, 'ben')
  const publication = await anna.publishTone(440)
  const sid = publication.sid ?? ''
  await ben.until('the tone', () => ben.hears('anna', 440) > 0.8)
  const muted = await service.mutePublishedTrack(room, 'anna', sid, true)
  expect(muted).toMatchObject({ sid, muted: true })
  await ben.until('the mute', () => ben.events.includes(`muted ${sid}`))
  await ben.until('silence', () => ben.hears('anna', 440) < 0.1)
  await expect(service.mutePublishedTrack(room, 'anna', sid, false)).rejects.toMatchObject({ status: 412 })
})

test('an unknown track is not found', async () => {
  const room = freshRoom()
  await join(room, 'anna')
  const unknown = service.mutePublishedTrack(room, 'anna', 'TR_nothing', true)
  await expect(unknown).rejects.toMatchObject({ status: 404, code: 'not_found' })
})

test('unknown rooms and people are not found', async () => {
  const room = freshRoom()
  await join(room, 'anna')
  const notFound = { status: 404, code: 'not_found' }
  await expect(service.getParticipant(room, 'nobody')).rejects.toMatchObject(notFound)
  await expect(service.removeParticipant(room, 'nobody')).rejects.toMatchObject(notFound)
  await expect(service.removeParticipant(freshRoom(), 'anna')).rejects.toMatchObject(notFound)
})

test('a foreign key pair may do nothing', async () => {
  const stranger = roomService({ ...target, secret: 'x'.repeat(40) })
  await expect(stranger.listRooms()).rejects.toMatchObject({ status: 401 })
  await expect(stranger.createRoom({ name: freshRoom() })).rejects.toMatchObject({ status: 401 })
})
