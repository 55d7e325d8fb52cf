// A media worker that dies does not take the server along: its clients hear of it, and find a new worker when they join anew.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ClientInfo, JoinRequest, SignalResponse, WrappedJoinRequest } from '@livekit/protocol'
import { AccessToken } from 'livekit-server-sdk'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { LogFields } from './log.ts'
import { createMediaServer, type MediaServer } from './media-server.ts'

const KEY = 'testkey'
const SECRET = 'a secret of more than thirty-two characters'
const UDP_PORT = 20_000 + ((process.pid + 10_000) % 20_000)

interface Running {
  readonly media: MediaServer
  readonly url: string
  readonly lines: { event: string; fields: LogFields }[]
  close(): Promise<void>
}

async function start(): Promise<Running> {
  const lines: Running['lines'] = []
  const media = await createMediaServer({
    keys: new Map([[KEY, SECRET]]),
    udpPort: UDP_PORT,
    announcedAddresses: ['127.0.0.1'],
    bindAddresses: ['127.0.0.1'],
    log: (_level, event, fields) => lines.push({ event, fields }),
  })
  const http = createServer((request, response) => {
    if (!media.handleRequest(request, response)) response.writeHead(418).end()
  })
  http.on('upgrade', (request, socket, head) => {
    if (!media.handleUpgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    await media.close()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  }
  return { media, url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`, lines, close }
}

/** Joins; resolves with what came first: the frame's kind, and a promise of the close code. */
async function join(
  url: string,
  identity: string,
  roomCreate = true,
): Promise<{ first: string; closed: Promise<number> }> {
  const access = new AccessToken(KEY, SECRET, { identity, ttl: 60 })
  access.addGrant({ roomJoin: true, roomCreate, room: 'r' })
  const joinRequest = new JoinRequest({ clientInfo: new ClientInfo({ protocol: 16 }) }).toBinary()
  const parameter = Buffer.from(new WrappedJoinRequest({ joinRequest }).toBinary()).toString('base64url')
  const socket = new WebSocket(`${url}/rtc/v1?access_token=${await access.toJwt()}&join_request=${parameter}`)
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const first = await new Promise<string>((resolve) => {
    socket.on('error', () => resolve('error'))
    socket.once('message', (data: Buffer) =>
      resolve(SignalResponse.fromBinary(data).message.case ?? 'nothing'),
    )
  })
  return { first, closed }
}

function workerProcess({ lines }: Running): number {
  return Number(lines.findLast(({ event }) => event === 'worker_started')?.fields['pid'])
}

describe('a media worker that is killed', () => {
  it.each(['SIGKILL', 'SIGSEGV'] as const)(
    'by %s loses its clients, and a new one takes them',
    async (signal) => {
      const running = await start()
      const finished: string[] = []
      running.media.onEvent(({ kind }) => finished.push(kind))
      const [anna, ben] = [await join(running.url, 'anna'), await join(running.url, 'ben')]
      expect([anna.first, ben.first]).toEqual(['join', 'join'])
      await expect.poll(() => running.media.participantCount('r') >= 0).toBe(true)
      const before = workerProcess(running)
      process.kill(before, signal)
      expect(await Promise.all([anna.closed, ben.closed])).toEqual([1011, 1011])
      expect(finished.at(-1)).toBe('room_finished')
      // Clients come back by themselves; who is too early is refused and tries again.
      await expect.poll(async () => (await join(running.url, 'anna')).first, { timeout: 5_000 }).toBe('join')
      expect(workerProcess(running)).not.toBe(before)
      expect(running.lines.map(({ event }) => event)).toEqual(
        expect.arrayContaining(['worker_killed', 'worker_lost', 'worker_restarted']),
      )
      await running.close()
    },
  )

  it('gets the rooms again that somebody made, for guests who may not make them', async () => {
    const running = await start()
    await running.media.createRoom({ name: 'r', maxParticipants: 2 })
    const guest = await join(running.url, 'guest', false)
    expect(guest.first).toBe('join')
    process.kill(workerProcess(running), 'SIGKILL')
    await guest.closed
    const again = async (): Promise<string> => (await join(running.url, 'guest', false)).first
    await expect.poll(again, { timeout: 5_000 }).toBe('join')
    await running.close()
  })

  it('leaves no worker behind when the server goes', async () => {
    const running = await start()
    const worker = workerProcess(running)
    await running.close()
    expect(() => process.kill(worker, 0)).toThrow('ESRCH')
  })
})
