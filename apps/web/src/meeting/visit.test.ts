// A visit from link to goodbye, with a made-up server and clock.
import { signal } from '@preact/signals'
import { parseMeetingId } from '@runde/contract'
import { describe, expect, it } from 'vitest'
import type { ApiError, ApiResult, PublicMeeting, Ticket } from '../app/api.ts'
import { DeviceList } from '../devices/device-list.ts'
import type { End, Meeting } from './model.ts'
import { Notices } from './notices.ts'
import { Visit } from './visit.ts'
import type { Entry } from './visit.ts'

const id = parseMeetingId('abc-defg-hij')
if (id === undefined) throw new Error('a well-formed id must be accepted')
const meetingId = id

const NO_TRACKS = { mic: null, cam: null }
const ENTRY: Entry = { name: 'Anna', tracks: NO_TRACKS, choice: { mic: null, cam: 'cam7', speaker: null } }

function failure(code: string): ApiError {
  return { code, message: null, field: null, status: code === 'network' ? 0 : 404 }
}

class World {
  publicAnswer: ApiResult<PublicMeeting> = {
    ok: true,
    value: { id: 'abc-defg-hij', title: 'T', participants: 2 },
  }
  joinAnswer: ApiResult<Ticket> = { ok: true, value: { identity: 'me', token: 't' } }
  mediaWorks = true
  now = 1_000_000
  joins: string[] = []
  reopened: { mic: boolean; cam: boolean }[] = []
  left = 0
  end: (end: End) => void = () => {}
  readonly micOn = signal(true)
  readonly visit: Visit

  constructor() {
    this.visit = new Visit(meetingId, {
      api: {
        publicMeeting: async () => this.publicAnswer,
        join: async (_, name) => {
          this.joins.push(name)
          return this.joinAnswer
        },
      },
      connect: async (_ticket, _entry, onEnd) => {
        if (!this.mediaWorks) throw new Error('no route')
        this.end = onEnd
        return this.meeting()
      },
      reopen: async (wanted) => {
        this.reopened.push({ mic: wanted.mic, cam: wanted.cam })
        return NO_TRACKS
      },
      now: () => this.now,
    })
  }

  meeting(): Meeting {
    const nothing = async (): Promise<void> => {}
    return {
      people: signal([]),
      connection: signal('connected' as const),
      micOn: this.micOn,
      camOn: signal(false),
      sharing: signal(false),
      soundBlocked: signal(false),
      notices: new Notices(),
      devices: new DeviceList(),
      canShare: false,
      setMic: nothing,
      setCam: nothing,
      setShare: nothing,
      startSound: nothing,
      activeDevice: () => '',
      chooseDevice: nothing,
      watch: () => {},
      leave: async () => {
        this.left += 1
        this.end('left')
      },
    }
  }

  get phase(): string {
    return this.visit.phase.value.kind
  }

  async joined(): Promise<void> {
    await this.visit.load()
    await this.visit.join(ENTRY)
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('Visit', () => {
  it('goes from the link to the stage to the goodbye', async () => {
    const world = new World()
    expect(world.phase).toBe('loading')
    await world.visit.load()
    expect(world.phase).toBe('join')
    await world.visit.join(ENTRY)
    expect(world.phase).toBe('stage')
    world.now += 60_000
    await world.visit.leave()
    await settled()
    const { value } = world.visit.phase
    expect(value).toMatchObject({ kind: 'left', end: 'left', still: 2 })
    expect(value.kind === 'left' && value.to.getTime() - value.from.getTime()).toBe(60_000)
  })

  it('tells a missing, an ended and an unreachable meeting apart', async () => {
    const world = new World()
    world.publicAnswer = { ok: false, error: failure('meeting_not_found') }
    await world.visit.load()
    expect(world.phase).toBe('missing')
    world.publicAnswer = { ok: false, error: failure('meeting_ended') }
    await world.visit.load()
    expect(world.phase).toBe('closed')
    world.publicAnswer = { ok: false, error: failure('network') }
    await world.visit.load()
    expect(world.phase).toBe('unreachable')
  })

  it('returns to the join page with the reason when joining fails', async () => {
    const world = new World()
    world.mediaWorks = false
    await world.joined()
    expect(world.visit.phase.value).toMatchObject({ kind: 'join', error: { code: 'media_unreachable' } })
    world.joinAnswer = { ok: false, error: failure('meeting_not_found') }
    await world.visit.join(ENTRY)
    expect(world.phase).toBe('missing')
  })

  it('rejoins as one left: same name, microphone and camera as they were', async () => {
    const world = new World()
    await world.joined()
    await world.visit.leave()
    await settled()
    await world.visit.rejoin()
    expect(world.phase).toBe('stage')
    expect(world.joins).toEqual(['Anna', 'Anna'])
    expect(world.reopened).toEqual([{ mic: true, cam: false }])
  })

  it('waits longer and longer for a server that is gone, and comes back by itself', async () => {
    const world = new World()
    await world.joined()
    world.end('lost')
    expect(world.visit.phase.value).toMatchObject({ kind: 'gone', trying: false, retryAt: world.now + 5000 })
    world.mediaWorks = false
    const waits: number[] = []
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await world.visit.comeBack()
      const { value } = world.visit.phase
      if (value.kind === 'gone') waits.push(value.retryAt - world.now)
    }
    expect(waits).toEqual([10_000, 15_000, 20_000, 20_000])
    world.mediaWorks = true
    await world.visit.comeBack()
    expect(world.phase).toBe('stage')
    world.end('lost')
    expect(world.visit.phase.value).toMatchObject({ retryAt: world.now + 5000 })
  })

  it('does not come back twice at once', async () => {
    const world = new World()
    await world.joined()
    world.end('lost')
    await Promise.all([world.visit.comeBack(), world.visit.comeBack()])
    expect(world.joins).toHaveLength(2)
  })

  it('restarts on wish without saying goodbye', async () => {
    const world = new World()
    await world.joined()
    await world.visit.restart()
    expect(world.left).toBe(1)
    expect(world.phase).toBe('stage')
  })

  it('leaves from the page for an absent server', async () => {
    const world = new World()
    await world.joined()
    world.end('lost')
    await world.visit.leave()
    expect(world.phase).toBe('left')
  })

  it('names why it ended', async () => {
    for (const end of ['ended', 'removed', 'elsewhere'] as const) {
      const world = new World()
      await world.joined()
      world.end(end)
      expect(world.visit.phase.value).toMatchObject({ kind: 'left', end })
    }
  })

  it('leaves the room when the page goes away while connecting', async () => {
    const world = new World()
    await world.visit.load()
    const joining = world.visit.join(ENTRY)
    world.visit.dispose()
    await joining
    expect(world.left).toBe(1)
    expect(world.phase).not.toBe('stage')
  })
})
