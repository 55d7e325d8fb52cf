// States what every fan-out must do, as a suite to be run against each implementation.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FANOUT_ROW_FIELDS, type Fanout, type TargetIndex } from '../../media/fanout.ts'
import type { PeerAddress } from '../../transport/address.ts'
import { SRTP_PROFILES, type SrtpProfile } from '../../transport/dtls/protocol.ts'
import { seededRandom } from '../../transport/dtls/test-support/seeded-random.ts'
import { rtcpPacket, rtpPacket } from '../../transport/srtp/testing/sealer.ts'
import { WeriftSide, type TestKeys } from '../../transport/srtp/testing/werift-side.ts'
import type { FanoutTargets } from './fanout-targets.ts'

/** An implementation with a network around it. */
export interface FanoutUnderTest {
  readonly fanout: Fanout & FanoutTargets
  /** An address of a receiver, each time another one. */
  newAddress(): Promise<PeerAddress>
  /** What arrived at an address since the last call, in order. */
  received(address: PeerAddress): Promise<Uint8Array[]>
  close(): Promise<void>
}

interface Viewer {
  readonly target: TargetIndex
  readonly address: PeerAddress
  readonly side: WeriftSide
}

const PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']
const TURN = 65_536
const random = seededRandom(31)

function newKeys(profile: SrtpProfile): TestKeys {
  const { keyLength, saltLength } = SRTP_PROFILES[profile]
  const [localKey, remoteKey] = [random.bytes(keyLength), random.bytes(keyLength)]
  const [localSalt, remoteSalt] = [random.bytes(saltLength), random.bytes(saltLength)]
  return { localKey, localSalt, remoteKey, remoteSalt }
}

/** Collects header bytes and rows the way down-tracks do, and sends them with one call. */
class RowWriter {
  readonly #arena = new Uint8Array(8_192)
  readonly #rows = new Int32Array(64 * FANOUT_ROW_FIELDS)
  #bytes = 3
  #count = 0

  add(target: TargetIndex, header: Uint8Array): void {
    this.#arena.set(header, this.#bytes)
    this.#rows.set([target, this.#bytes, header.length], this.#count++ * FANOUT_ROW_FIELDS)
    this.#bytes += header.length
  }

  /** Sends all rows with `payload[from, to)`, then overwrites arena and rows, as the caller may. */
  send(fanout: Fanout, payload: Uint8Array, from: number, to: number): void {
    fanout.send(payload, from, to, this.#arena, this.#rows, this.#count)
    this.#arena.fill(0xee)
    this.#rows.fill(-1)
    this.#bytes = 3
    this.#count = 0
  }
}

/** A header with the rewritten first bytes of the payload behind it, as after a payload descriptor. */
function headerWith(ssrc: number, sequence: number, rewritten: number): Buffer {
  return rtpPacket(ssrc, sequence, Buffer.alloc(rewritten, 0xd0 + rewritten))
}

/** Runs the suite; `create` makes a fresh implementation for each test. */
export function describeFanout(name: string, create: () => Promise<FanoutUnderTest>): void {
  describe.each(PROFILES)(`${name}, %s`, (profile) => {
    let subject: FanoutUnderTest
    let rows: RowWriter

    beforeEach(async () => {
      subject = await create()
      rows = new RowWriter()
    })
    afterEach(() => subject.close())

    async function join(): Promise<Viewer> {
      const keys = newKeys(profile)
      const address = await subject.newAddress()
      const target = subject.fanout.addTarget({ profile, key: keys.localKey, salt: keys.localSalt, address })
      return { target, address, side: new WeriftSide(profile, keys) }
    }

    async function opened(viewer: Viewer): Promise<Buffer[]> {
      return (await subject.received(viewer.address)).map((data) => viewer.side.openRtp(data))
    }

    it('sends one payload to several targets behind headers of their own', async () => {
      const viewers = [await join(), await join(), await join(), await join()]
      const payload = random.bytes(1_200)
      const expected = viewers.map((viewer, index) => {
        const header = headerWith(100 + index, 500 * index, index)
        rows.add(viewer.target, header)
        return Buffer.concat([header, payload.subarray(101, 1_103)])
      })
      rows.send(subject.fanout, payload, 101, 1_103)
      subject.fanout.flush()
      for (const [index, viewer] of viewers.entries()) expect(await opened(viewer)).toEqual([expected[index]])
    })

    it('keeps the order of a target’s packets over several calls of one turn', async () => {
      const [first, second] = [await join(), await join()]
      const payloads = Array.from({ length: 45 }, () => random.bytes(random.below(1_300)))
      const expected: Record<'first' | 'second', Buffer[]> = { first: [], second: [] }
      for (const [sequence, payload] of payloads.entries()) {
        const headers = [headerWith(1, sequence, sequence % 5), headerWith(2, sequence, 0)] as const
        rows.add(first.target, headers[0])
        expected.first.push(Buffer.concat([headers[0], payload]))
        if (sequence % 3 === 0) {
          rows.add(second.target, headers[1])
          expected.second.push(Buffer.concat([headers[1], payload]))
        }
        rows.send(subject.fanout, payload, 0, payload.length)
      }
      subject.fanout.flush()
      expect(await opened(first)).toEqual(expected.first)
      expect(await opened(second)).toEqual(expected.second)
    })

    it('sends headers without a tail and the same target twice in a call', async () => {
      const viewer = await join()
      const headers = [headerWith(1, 1, 7), headerWith(1, 2, 0)]
      for (const header of headers) rows.add(viewer.target, header)
      rows.send(subject.fanout, new Uint8Array(10), 4, 4)
      subject.fanout.flush()
      expect(await opened(viewer)).toEqual(headers)
    })

    it('carries the rollover counter of each SSRC over the turn of the sequence number', async () => {
      const viewer = await join()
      const payload = Buffer.from('payload')
      const walks = [
        [TURN - 3, TURN - 2, TURN - 1, TURN, TURN + 1],
        [TURN - 1, TURN, TURN - 2, TURN + 1, TURN + 2],
        [5, 6, 7, 8, 9],
      ]
      for (let step = 0; step < 5; step++) {
        const expected = walks.map((walk, ssrc) => {
          const header = headerWith(ssrc, walk[step] ?? 0, 0)
          rows.add(viewer.target, header)
          return Buffer.concat([header, payload])
        })
        rows.send(subject.fanout, payload, 0, payload.length)
        subject.fanout.flush()
        expect(await opened(viewer)).toEqual(expected)
      }
    })

    it('sends RTCP with an index that grows by one, and a copy of it', async () => {
      const viewer = await join()
      const indexFromEnd = profile === 'SRTP_AEAD_AES_128_GCM' ? 4 : 14
      const packets = [rtcpPacket(1, 10), rtcpPacket(2, 20), rtcpPacket(1, 30)]
      const scratch = new Uint8Array(64)
      for (const packet of packets) {
        scratch.set(packet)
        subject.fanout.sendRtcp(viewer.target, scratch, packet.length)
        scratch.fill(0)
      }
      subject.fanout.flush()
      const sealed = (await subject.received(viewer.address)).map((data) => Buffer.from(data))
      const indices = sealed.map((data) => data.readUInt32BE(data.length - indexFromEnd) - 0x8000_0000)
      expect(indices).toEqual([0, 1, 2])
      expect(sealed.map((data) => viewer.side.openRtcp(data))).toEqual(packets)
    })

    it('sends nothing to a removed target, and none of its packets to the next owner of the index', async () => {
      const [gone, other] = [await join(), await join()]
      const payload = Buffer.from('payload')
      const header = headerWith(1, 1, 0)
      rows.add(gone.target, header)
      rows.add(other.target, header)
      rows.send(subject.fanout, payload, 0, payload.length)
      subject.fanout.removeTarget(gone.target)
      subject.fanout.sendRtcp(gone.target, rtcpPacket(1, 1), 12)
      const next = await join()
      rows.add(gone.target, header)
      if (next.target !== gone.target) rows.add(next.target, header)
      rows.send(subject.fanout, payload, 0, payload.length)
      subject.fanout.flush()
      expect(await subject.received(gone.address)).toEqual([])
      expect(await opened(other)).toHaveLength(1)
      expect(await opened(next)).toEqual([Buffer.concat([header, payload])])
    })

    it('sends to the new address once a target has moved', async () => {
      const viewer = await join()
      const moved: Viewer = { ...viewer, address: await subject.newAddress() }
      const payload = Buffer.from('payload')
      for (const sequence of [1, 2]) {
        rows.add(viewer.target, headerWith(1, sequence, 0))
        rows.send(subject.fanout, payload, 0, payload.length)
        subject.fanout.flush()
        subject.fanout.moveTarget(viewer.target, moved.address)
      }
      subject.fanout.sendRtcp(viewer.target, rtcpPacket(1, 1), 12)
      subject.fanout.flush()
      expect(await opened(viewer)).toHaveLength(1)
      const [rtp, rtcp] = await subject.received(moved.address)
      expect(rtp && viewer.side.openRtp(rtp).readUInt16BE(2)).toBe(2)
      expect(rtcp && viewer.side.openRtcp(rtcp)).toEqual(rtcpPacket(1, 1))
    })

    it('protects with the new keys once a target has been given some', async () => {
      const viewer = await join()
      const payload = Buffer.from('payload')
      rows.add(viewer.target, headerWith(1, 40_000, 0))
      rows.send(subject.fanout, payload, 0, payload.length)
      subject.fanout.sendRtcp(viewer.target, rtcpPacket(1, 1), 12)
      subject.fanout.flush()
      await subject.received(viewer.address)
      const keys = newKeys(profile)
      subject.fanout.rekeyTarget(viewer.target, { profile, key: keys.localKey, salt: keys.localSalt })
      const side = new WeriftSide(profile, keys)
      const header = headerWith(1, 1, 0)
      rows.add(viewer.target, header)
      rows.send(subject.fanout, payload, 0, payload.length)
      subject.fanout.flush()
      subject.fanout.sendRtcp(viewer.target, rtcpPacket(1, 2), 12)
      const [rtp, rtcp] = await subject.received(viewer.address)
      expect(rtp && side.openRtp(rtp)).toEqual(Buffer.concat([header, payload]))
      expect(rtcp && side.openRtcp(rtcp)).toEqual(rtcpPacket(1, 2))
    })

    it.each([1, 2, 3, 16])('sends all of a burst of equal packets, at most %i together', async (limit) => {
      const [first, second] = [await join(), await join()]
      for (const { target } of [first, second]) subject.fanout.limitBurst(target, limit)
      const payload = random.bytes(1_100)
      const expected: Buffer[] = []
      for (let sequence = 0; sequence < 37; sequence++) {
        const header = headerWith(7, sequence, 0)
        // The last of each frame is shorter, as encoders have it.
        const end = sequence % 9 === 8 ? 700 : 1_100
        for (const { target } of [first, second]) rows.add(target, header)
        rows.send(subject.fanout, payload, 0, end)
        expected.push(Buffer.concat([header, payload.subarray(0, end)]))
      }
      subject.fanout.flush()
      expect(await opened(first)).toEqual(expected)
      expect(await opened(second)).toEqual(expected)
    })

    it('counts what it sends and refuses what cannot be sent', async () => {
      const viewer = await join()
      const payload = new Uint8Array(4_000)
      rows.add(viewer.target, headerWith(1, 1, 0))
      rows.send(subject.fanout, payload, 0, 100)
      rows.add(viewer.target, headerWith(1, 2, 0))
      rows.send(subject.fanout, payload, 0, 4_000)
      rows.add(viewer.target, Buffer.alloc(8))
      rows.add(viewer.target, Buffer.from([0x8f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
      rows.send(subject.fanout, payload, 0, 100)
      subject.fanout.sendRtcp(viewer.target, payload, 4_000)
      subject.fanout.flush()
      subject.fanout.flush()
      const arrived = await subject.received(viewer.address)
      expect(arrived).toHaveLength(1)
      expect(subject.fanout.counters).toMatchObject({ sent: 1, refused: 4, bytes: arrived[0]?.length })
    })

    it('serves more targets and packets than fit its memory at once', async () => {
      const viewers: Viewer[] = []
      for (let count = 0; count < 150; count++) viewers.push(await join())
      const payload = random.bytes(300)
      for (let sequence = 0; sequence < 40; sequence++) {
        for (let from = 0; from < viewers.length; from += 50) {
          for (const viewer of viewers.slice(from, from + 50))
            rows.add(viewer.target, headerWith(1, sequence, 3))
          rows.send(subject.fanout, payload, 0, payload.length)
        }
      }
      subject.fanout.flush()
      for (const viewer of viewers) {
        const numbers = (await opened(viewer)).map((packet) => packet.readUInt16BE(2))
        expect(numbers).toEqual(Array.from({ length: 40 }, (_, sequence) => sequence))
      }
    })
  })
}
