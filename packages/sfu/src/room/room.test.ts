// Who hears of what in a room, and in which order.
import { describe, expect, it } from 'vitest'
import { identity, participantSid, roomName, roomSid, trackSid } from './ids.ts'
import { CROWD_SIZE, NEWS_ROUND_MS } from './limits.ts'
import { Participant, ParticipantState, type LeaveReason } from './participant.ts'
import { PublishedTrack, type TrackAnnouncement } from './published-track.ts'
import type { SpeakerNews } from './room-speakers.ts'
import { Room, type RoomEvent, type RoomMember } from './room.ts'

const announcement: TrackAnnouncement = {
  cid: 'cid',
  kind: 'video',
  source: 'camera',
  name: '',
  width: 1280,
  height: 720,
  layers: [],
  disableDtx: false,
  stereo: false,
  disableRed: true,
  encryption: 0,
  stream: '',
  audioFeatures: [],
  backupCodecPolicy: 0,
}

class Member implements RoomMember {
  readonly participant: Participant
  readonly heard: string[] = []
  readonly #room: Room

  constructor(room: Room, sid: string, name: string, hidden = false) {
    this.#room = room
    this.participant = new Participant({
      sid: participantSid(sid),
      identity: identity(name),
      name,
      metadata: '',
      attributes: {},
      permission: {
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
        canPublishSources: [],
        canUpdateMetadata: false,
        hidden,
      },
      kind: 0,
      joinedAt: 0,
      clientProtocol: 0,
    })
  }

  participantsChanged(participants: readonly Participant[]): void {
    this.heard.push(participants.map((p) => `${p.sid}:${p.state}:v${p.version}:${p.tracks.size}`).join(' '))
  }
  trackPublished(track: PublishedTrack): void {
    this.heard.push(`+${track.sid}`)
  }
  trackUnpublished(track: PublishedTrack): void {
    this.heard.push(`-${track.sid}`)
  }
  roomChanged(): void {
    this.heard.push('room')
  }
  speakersChanged(news: readonly SpeakerNews[]): void {
    for (const { key, active } of news) this.heard.push(`${key}:${active ? 'speaks' : 'silent'}`)
  }
  dismiss(reason: LeaveReason): void {
    this.heard.push(`dismissed:${reason}`)
    this.#room.leave(0, this, reason)
  }
}

function setUp(): { room: Room; events: RoomEvent[] } {
  const events: RoomEvent[] = []
  const options = { emptyTimeoutSeconds: 300, departureTimeoutSeconds: 20, maxParticipants: 3 }
  const room = new Room(roomName('r'), roomSid('RM_1'), 0, options, (event) => events.push(event))
  return { room, events }
}

function track(member: Member): PublishedTrack {
  // The room hands the receiver through and never looks into it.
  const receiver = Object.create(null)
  return new PublishedTrack({
    sid: trackSid('TR_1'),
    publisher: member.participant.sid,
    announcement,
    mid: '0',
    mimeType: 'video/VP8',
    receiver,
    muted: false,
  })
}

describe('Room', () => {
  it('tells everyone who joins, and raises the version with each change', () => {
    const { room } = setUp()
    const anna = new Member(room, 'PA_a', 'anna')
    const ben = new Member(room, 'PA_b', 'ben')
    room.join(anna)
    room.join(ben)
    room.activate(ben)
    expect(anna.heard).toEqual(['PA_a:1:v2:0', 'PA_b:1:v2:0', 'PA_b:2:v3:0'])
  })

  it('names the track in an update before anyone may subscribe to it', () => {
    const { room } = setUp()
    const anna = new Member(room, 'PA_a', 'anna')
    const ben = new Member(room, 'PA_b', 'ben')
    room.join(anna)
    room.join(ben)
    ben.heard.length = 0
    room.publish(0, anna.participant, track(anna))
    expect(ben.heard).toEqual(['PA_a:1:v3:1', '+TR_1'])
  })

  it('ends the tracks of one who leaves before the leave is told', () => {
    const { room, events } = setUp()
    const anna = new Member(room, 'PA_a', 'anna')
    const ben = new Member(room, 'PA_b', 'ben')
    room.join(anna)
    room.activate(anna)
    room.join(ben)
    room.publish(0, anna.participant, track(anna))
    ben.heard.length = 0
    room.leave(5, anna, 'client_initiated')
    room.leave(5, anna, 'client_initiated')
    expect(ben.heard).toEqual(['-TR_1', `PA_a:${ParticipantState.disconnected}:v5:0`])
    expect(events.map((event) => event.kind)).toEqual([
      'participant_joined',
      'track_published',
      'track_unpublished',
      'participant_left',
    ])
  })

  it('lets the same identity in anew and sees the older stay off first', () => {
    const { room } = setUp()
    const first = new Member(room, 'PA_1', 'anna')
    const ben = new Member(room, 'PA_b', 'ben')
    const again = new Member(room, 'PA_2', 'anna')
    room.join(first)
    room.join(ben)
    ben.heard.length = 0
    room.join(again)
    expect(first.heard.at(-1)).toBe('dismissed:duplicate_identity')
    expect(ben.heard).toEqual(['PA_1:3:v3:0', 'PA_2:1:v2:0'])
    expect(room.size).toBe(2)
  })

  it('is full for a stranger, never for someone who comes back', () => {
    const { room } = setUp()
    for (const name of ['a', 'b', 'c']) room.join(new Member(room, `PA_${name}`, name))
    expect(room.isFullFor(identity('d'))).toBe(true)
    expect(room.isFullFor(identity('a'))).toBe(false)
  })

  it('keeps a hidden participant from everyone else', () => {
    const { room } = setUp()
    const anna = new Member(room, 'PA_a', 'anna')
    const ghost = new Member(room, 'PA_g', 'ghost', true)
    room.join(anna)
    room.join(ghost)
    room.activate(ghost)
    room.leave(1, ghost, 'client_initiated')
    expect(anna.heard).toEqual(['PA_a:1:v2:0'])
    expect(ghost.heard).toEqual(['PA_g:1:v2:0', 'PA_g:2:v3:0'])
  })

  it('ends 300 s after its making when nobody came, and 20 s after the last one left', () => {
    const { room } = setUp()
    expect(room.isOver(299_999)).toBe(false)
    expect(room.isOver(300_000)).toBe(true)
    const anna = new Member(room, 'PA_a', 'anna')
    room.join(anna)
    expect(room.isOver(1e9)).toBe(false)
    room.leave(400_000, anna, 'client_initiated')
    expect(room.isOver(419_999)).toBe(false)
    expect(room.isOver(420_000)).toBe(true)
  })
})

describe('Room with a crowd', () => {
  function crowd(): { room: Room; members: Member[] } {
    const room = new Room(roomName('r'), roomSid('RM_1'), 0, {}, () => undefined)
    const members: Member[] = []
    for (let index = 0; index <= CROWD_SIZE; index++) {
      const member = new Member(room, `PA_${index}`, `p${index}`)
      members.push(member)
      room.join(member)
    }
    room.handleTimeout(-NEWS_ROUND_MS)
    room.handleTimeout(0)
    for (const member of members) member.heard.length = 0
    return { room, members }
  }

  it('tells of viewers who come and go in one message a round, but each at once of itself', () => {
    const { room, members } = crowd()
    const [first] = members
    const late = [new Member(room, 'PA_x', 'x'), new Member(room, 'PA_y', 'y')]
    for (const member of late) {
      room.join(member)
      room.activate(member)
    }
    expect(first?.heard).toEqual([])
    expect(late[0]?.heard).toEqual(['PA_x:1:v2:0', 'PA_x:2:v3:0'])
    room.handleTimeout(100)
    room.handleTimeout(99 + NEWS_ROUND_MS)
    expect(first?.heard).toEqual([])
    room.handleTimeout(100 + NEWS_ROUND_MS)
    expect(first?.heard).toEqual(['PA_x:2:v3:0 PA_y:2:v3:0'])
    room.handleTimeout(200 + 2 * NEWS_ROUND_MS)
    expect(first?.heard).toHaveLength(1)
  })

  it('keeps the order when an identity comes back within a round', () => {
    const { room, members } = crowd()
    const again = new Member(room, 'PA_again', 'p1')
    room.join(again)
    room.handleTimeout(100)
    room.handleTimeout(100 + NEWS_ROUND_MS)
    expect(members[0]?.heard).toEqual(['PA_1:3:v3:0 PA_again:1:v2:0'])
  })

  it('does not let publishers wait, nor what waited when one of them has news', () => {
    const { room, members } = crowd()
    const [first, second] = members
    const late = new Member(room, 'PA_x', 'x')
    room.join(late)
    if (second) room.publish(0, second.participant, track(second))
    expect(first?.heard).toEqual(['PA_x:1:v2:0', 'PA_1:1:v3:1', '+TR_1'])
    if (first) first.heard.length = 0
    if (second) room.leave(0, second, 'client_initiated')
    expect(first?.heard).toEqual(['-TR_1', 'PA_1:3:v4:0'])
  })

  it('introduces a newcomer before anything of it is passed on', () => {
    const { room, members } = crowd()
    const late = new Member(room, 'PA_x', 'x')
    room.join(late)
    room.tellBefore(late.participant)
    expect(members[0]?.heard).toEqual(['PA_x:1:v2:0'])
  })
})
