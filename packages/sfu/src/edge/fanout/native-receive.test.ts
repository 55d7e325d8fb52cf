// What comes in natively: datagrams over real sockets on loopback, and packets of a peer that shares no code with ours.
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { SRTP_PROFILES, type SrtpProfile } from '../../transport/dtls/protocol.ts'
import { seededRandom } from '../../transport/dtls/test-support/seeded-random.ts'
import { PeerAddress } from '../../transport/address.ts'
import { SrtpReceiver } from '../../transport/srtp/index.ts'
import { rtcpPacket, rtpPacket } from '../../transport/srtp/testing/sealer.ts'
import { WeriftSide } from '../../transport/srtp/testing/werift-side.ts'
import { SLOT_BYTES, SLOTS, type NativeState } from './native-addon.ts'
import { addressParts } from './native-arguments.ts'
import type { TargetIndex } from './index.ts'
import { NativeFanout } from './native-fanout.ts'
import { NativeInbox } from './native-inbox.ts'
import { NativeOpener } from './native-opener.ts'
import { nativeUnderTest } from './testing/native-under-test.ts'

const addon = nativeUnderTest()
const random = seededRandom(5)
const cleanups: (() => void)[] = []

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

function newState(): NativeState {
  if (!addon) throw new Error('not built')
  const state = addon.create()
  cleanups.push(() => state.close())
  return state
}

interface Arrival {
  readonly data: Buffer
  readonly host: string
  readonly port: number
}

function openInbox(host: string): { state: NativeState; port: number; arrivals: Arrival[]; turns: number[] } {
  const state = newState()
  const arrivals: Arrival[] = []
  const turns: number[] = []
  const inbox = new NativeInbox(
    (data, from, port) => arrivals.push({ data: Buffer.from(data), host: from, port }),
    () => turns.push(arrivals.length),
  )
  const { bytes, scope } = addressParts(PeerAddress.from(host, 0))
  return { state, port: inbox.open(state, bytes, 0, scope), arrivals, turns }
}

function openSender(host: string): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  cleanups.push(() => socket.close())
  return new Promise((resolve) => {
    socket.bind(0, host, () => resolve(socket))
  })
}

describe.skipIf(!addon)('NativeInbox', () => {
  it.each(['127.0.0.1', '::1'])('hands over what comes to %s, and says when all is through', async (host) => {
    const { port, arrivals, turns } = openInbox(host)
    const socket = await openSender(host)
    // More than one filling of the ring.
    const sent = Array.from({ length: 3 * SLOTS }, () => random.bytes(1 + random.below(1_400)))
    for (const data of sent) socket.send(data, port, host)
    await expect.poll(() => arrivals.length).toBe(sent.length)
    expect(arrivals.map(({ data }) => data)).toEqual(sent.map((data) => Buffer.from(data)))
    for (const arrival of arrivals)
      expect([arrival.host, arrival.port]).toEqual([host, socket.address().port])
    expect(turns.at(-1)).toBe(sent.length)
  })

  it('drops what is cut off or empty, and goes on', async () => {
    const { port, arrivals } = openInbox('127.0.0.1')
    const socket = await openSender('127.0.0.1')
    const whole = random.bytes(SLOT_BYTES)
    for (const data of [Buffer.alloc(SLOT_BYTES + 1), Buffer.alloc(0), whole, Buffer.from('last')])
      socket.send(data, port, '127.0.0.1')
    await expect.poll(() => arrivals.length).toBe(2)
    expect(arrivals.map(({ data }) => data)).toEqual([Buffer.from(whole), Buffer.from('last')])
  })

  it('sends plain datagrams from the socket it listens on', async () => {
    const { state, port } = openInbox('127.0.0.1')
    const socket = await openSender('127.0.0.1')
    const arrival = new Promise<[Buffer, number]>((resolve) =>
      socket.once('message', (data, from) => resolve([data, from.port])),
    )
    const { bytes, scope } = addressParts(PeerAddress.from('127.0.0.1', socket.address().port))
    state.sendPlain(Buffer.from('hello'), bytes, socket.address().port, scope)
    expect(await arrival).toEqual([Buffer.from('hello'), port])
  })

  it('measures how long datagrams were inside, in turns that sent media', async () => {
    const state = newState()
    const fanout = new NativeFanout(state)
    const bytes = rtpPacket(1, 1, Buffer.alloc(20))
    let target: TargetIndex | undefined
    let turns = 0
    const inbox = new NativeInbox(
      () => {
        const until = performance.now() + 3
        while (performance.now() < until) continue
        if (target === undefined) return
        fanout.send(bytes, bytes.length, bytes.length, bytes, Int32Array.of(target, 0, bytes.length), 1)
      },
      () => {
        fanout.flush()
        turns++
      },
    )
    const { bytes: host } = addressParts(PeerAddress.from('127.0.0.1', 0))
    const port = inbox.open(state, host, 0, 0)
    const socket = await openSender('127.0.0.1')
    socket.send(Buffer.from('x'), port, '127.0.0.1')
    await expect.poll(() => turns).toBe(1)
    expect(fanout.delays.count).toBe(0)
    target = fanout.addTarget({
      profile: 'SRTP_AEAD_AES_128_GCM',
      key: Buffer.alloc(16),
      salt: Buffer.alloc(12),
      address: PeerAddress.from('127.0.0.1', socket.address().port),
    })
    socket.send(Buffer.from('x'), port, '127.0.0.1')
    await expect.poll(() => turns).toBe(2)
    const { count, p50, p999 } = fanout.delays
    expect(count).toBe(1)
    expect(p50).toBe(p999)
    expect(p50).toBeGreaterThan(3)
    expect(p50).toBeLessThan(1_000)
    fanout.close()
  })

  it('hears nothing after the close', async () => {
    const { state, port, arrivals } = openInbox('127.0.0.1')
    const socket = await openSender('127.0.0.1')
    state.close()
    socket.send(Buffer.from('late'), port, '127.0.0.1')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(arrivals).toEqual([])
  })

  it('says which errno a port in use has', () => {
    const { port } = openInbox('127.0.0.1')
    const inbox = new NativeInbox(
      () => undefined,
      () => undefined,
    )
    expect(inbox.open(newState(), Buffer.from([127, 0, 0, 1]), port, 0)).toBe(-98)
  })
})

const PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']

describe.skipIf(!addon).each(PROFILES)('NativeOpener, %s', (profile) => {
  function pair(): { side: WeriftSide; receiver: SrtpReceiver; opener: NativeOpener } {
    const { keyLength, saltLength } = SRTP_PROFILES[profile]
    const [localKey, remoteKey] = [random.bytes(keyLength), random.bytes(keyLength)]
    const [localSalt, remoteSalt] = [random.bytes(saltLength), random.bytes(saltLength)]
    const side = new WeriftSide(profile, { localKey, localSalt, remoteKey, remoteSalt })
    const opener = new NativeOpener(newState(), { profile, key: remoteKey, salt: remoteSalt })
    return { side, opener, receiver: new SrtpReceiver(profile, remoteKey, remoteSalt, opener) }
  }

  it('opens RTP in place, over the turn of the sequence number and of every length', () => {
    const { side, receiver } = pair()
    for (let sequence = 65_500; sequence < 65_600; sequence++) {
      const packet = rtpPacket(7, sequence, random.bytes(sequence === 65_501 ? 0 : random.below(1_300)))
      const data = side.sealRtp(packet)
      const length = receiver.unprotectRtp(data, data.length)
      expect(data.subarray(0, length)).toEqual(packet)
    }
  })

  it('opens RTCP in place', () => {
    const { side, receiver } = pair()
    for (let number = 0; number < 20; number++) {
      const packet = rtcpPacket(9, number)
      const data = side.sealRtcp(packet)
      const length = receiver.unprotectRtcp(data, data.length)
      expect(data.subarray(0, length)).toEqual(packet)
    }
  })

  it('lets nothing through that was changed anywhere, and leaves it as it was', () => {
    const { side, receiver } = pair()
    const sealed = [side.sealRtp(rtpPacket(7, 1, random.bytes(40))), side.sealRtcp(rtcpPacket(9, 1))] as const
    for (const [index, data] of sealed.entries()) {
      const open = (bytes: Buffer): number =>
        index === 0 ? receiver.unprotectRtp(bytes, bytes.length) : receiver.unprotectRtcp(bytes, bytes.length)
      for (let bit = 0; bit < 8 * data.length; bit++) {
        const changed = Buffer.from(data)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const before = Buffer.from(changed)
        expect(open(changed)).toBe(-1)
        expect(changed).toEqual(before)
      }
      expect(open(data)).toBeGreaterThan(0)
    }
  })

  it('lets nothing through once it is closed', () => {
    const { side, receiver, opener } = pair()
    receiver.close()
    opener.close()
    const data = side.sealRtp(rtpPacket(7, 1, random.bytes(40)))
    expect(receiver.unprotectRtp(data, data.length)).toBe(-1)
  })
})
