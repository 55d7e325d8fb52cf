// A media worker in this thread: one broken session ends alone, and says so in the log without naming anyone.
import { ClientInfo, ConnectionSettings, JoinRequest, SignalRequest, SignalResponse } from '@livekit/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SessionHost } from '../session/session-host.ts'
import { MediaWorker } from './media-worker.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts'

const UDP_PORT = 41_000 + (process.pid % 20_000)

function join(connection: number, identity: string): ToWorker {
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ protocol: 16 }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
  })
  return {
    kind: 'join',
    connection,
    grants: { identity, video: { roomJoin: true, roomCreate: true, room: 'r' } },
    apiKey: 'key',
    joinRequest: request.toBinary(),
    firefox: false,
  }
}

function ping(connection: number): ToWorker {
  const data = new SignalRequest({ message: { case: 'ping', value: 1n } }).toBinary()
  return { kind: 'signal', connection, data }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('MediaWorker', () => {
  it('ends only the session whose turn throws', async () => {
    const told: FromWorker[] = []
    const heard = (connection: number): (string | undefined)[] =>
      told
        .flatMap((message) => (message.kind === 'signals' ? message.frames : []))
        .filter((frame) => frame.connection === connection)
        .map((frame) => SignalResponse.fromBinary(frame.data).message.case)
    const settings: WorkerSettings = {
      udpPort: UDP_PORT,
      bindAddresses: ['127.0.0.1'],
      announcedAddresses: [],
      keys: [],
      sender: 'auto',
    }
    const worker = await MediaWorker.start(settings, (messages) => told.push(...messages))
    worker.handle(join(1, 'anna'))
    worker.handle(join(2, 'ben'))
    vi.spyOn(SessionHost.prototype, 'signal').mockImplementationOnce(() => {
      throw new TypeError('an invariant is broken for anna')
    })
    worker.handle(ping(1))
    worker.handle(ping(2))
    await vi.waitFor(() => expect(heard(2)).toContain('pong'))
    expect(heard(1)).toEqual(['join', 'update', 'update', 'leave'])
    expect(told).toContainEqual({ kind: 'close-signal', connection: 1 })
    expect(told).not.toContainEqual({ kind: 'close-signal', connection: 2 })
    const faults = told.filter((message) => message.kind === 'log' && message.event === 'session_fault')
    expect(faults).toHaveLength(1)
    expect(JSON.stringify(faults)).not.toContain('anna')
    worker.handle({ kind: 'close' })
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ kind: 'closed' }))
    expect(heard(2).at(-1)).toBe('leave')
  })
})
