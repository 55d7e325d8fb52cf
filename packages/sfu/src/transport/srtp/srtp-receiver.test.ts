import { describe, expect, it } from 'vitest'
import { SRTP_PROFILES, type SrtpProfile } from '../dtls/protocol.ts'
import { seededRandom } from '../dtls/test-support/seeded-random.ts'
import { MAX_RECEIVE_SSRCS, RTP_REPLAY_WINDOW } from '../limits.ts'
import { SrtpReceiver } from './srtp-receiver.ts'
import { rtcpPacket, rtpPacket, Sealer } from './testing/sealer.ts'

const PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']

function pair(profile: SrtpProfile): { sealer: Sealer; receiver: SrtpReceiver } {
  const random = seededRandom(11)
  const { keyLength, saltLength } = SRTP_PROFILES[profile]
  const [key, salt] = [random.bytes(keyLength), random.bytes(saltLength)]
  return { sealer: new Sealer(profile, key, salt), receiver: new SrtpReceiver(profile, key, salt) }
}

function seal(sealer: Sealer, packet: Uint8Array): Buffer {
  const sealed = sealer.rtp(packet)
  if (!sealed) throw new Error('the packet was refused')
  return sealed
}

function open(receiver: SrtpReceiver, sealed: Uint8Array): Buffer | undefined {
  const data = Buffer.from(sealed)
  const length = receiver.unprotectRtp(data, data.length)
  return length === -1 ? undefined : data.subarray(0, length)
}

describe.each(PROFILES)('SrtpReceiver, %s', (profile) => {
  it('refuses a packet with any byte changed, leaves it as it was and takes the right one after it', () => {
    const { sealer, receiver } = pair(profile)
    const packet = rtpPacket(1, 1_000, Buffer.from('hello world'))
    const sealed = seal(sealer, packet)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const data = Buffer.from(changed)
      expect(receiver.unprotectRtp(data, data.length)).toBe(-1)
      expect(data).toEqual(changed)
    }
    expect(open(receiver, sealed)).toEqual(packet)
    expect(receiver.counters.unauthenticated + receiver.counters.malformed).toBe(sealed.length)
  })

  it('refuses a packet a second time', () => {
    const { sealer, receiver } = pair(profile)
    const sealed = seal(sealer, rtpPacket(1, 5, Buffer.alloc(20)))
    expect(open(receiver, sealed)).toBeDefined()
    expect(open(receiver, sealed)).toBeUndefined()
    expect(receiver.counters.replayed).toBe(1)
  })

  it('takes late packets within the window, none from below', () => {
    const { sealer, receiver } = pair(profile)
    const packets = [100, 101, 100 + RTP_REPLAY_WINDOW].map((n) =>
      seal(sealer, rtpPacket(1, n, Buffer.alloc(9))),
    )
    const [below, lowest, newest] = packets
    if (!below || !lowest || !newest) throw new Error('three packets')
    expect(open(receiver, newest)).toBeDefined()
    expect(open(receiver, lowest)).toBeDefined()
    expect(open(receiver, below)).toBeUndefined()
  })

  it('takes packets in any order around the turn of the sequence number', () => {
    const { sealer, receiver } = pair(profile)
    const packets = Array.from({ length: 40 }, (_, n) => rtpPacket(1, 65_516 + n, Buffer.from([n])))
    const sealed = packets.map((packet) => seal(sealer, packet))
    const order = [0, 25, 5, 30, 19, 20, 39, 1]
    for (const n of order) expect(open(receiver, sealed[n] ?? Buffer.alloc(0))).toEqual(packets[n])
  })

  it('reckons from the newest packet, not from a late one', () => {
    const { sealer, receiver } = pair(profile)
    const late = seal(sealer, rtpPacket(1, 100, Buffer.alloc(4)))
    expect(open(receiver, seal(sealer, rtpPacket(1, 2_000, Buffer.alloc(4))))).toBeDefined()
    expect(open(receiver, late)).toBeDefined()
    expect(open(receiver, seal(sealer, rtpPacket(1, 33_500, Buffer.alloc(4))))).toBeDefined()
  })

  it('keeps its rollover counter when forged numbers claim to be far ahead', () => {
    const { sealer, receiver } = pair(profile)
    const walk = [40_000, 60_000, 65_535, 65_536]
    for (const n of walk) expect(open(receiver, seal(sealer, rtpPacket(1, n, Buffer.alloc(4))))).toBeDefined()
    for (const n of [20_000, 30_000, 50_000, 65_535]) {
      expect(open(receiver, Buffer.concat([rtpPacket(1, n, Buffer.alloc(30))]))).toBeUndefined()
    }
    const next = rtpPacket(1, 65_537, Buffer.from('still here'))
    expect(open(receiver, seal(sealer, next))).toEqual(next)
  })

  it('finds its way back after nearly half a turn was lost', () => {
    const { sealer, receiver } = pair(profile)
    for (const n of [0, 32_767, 65_534, 98_301, 131_068]) {
      const packet = rtpPacket(1, n, Buffer.from([1, 2, 3]))
      expect(open(receiver, seal(sealer, packet))).toEqual(packet)
    }
  })

  it('keeps SSRCs apart and their number limited', () => {
    const { sealer, receiver } = pair(profile)
    const first = seal(sealer, rtpPacket(1, 1, Buffer.alloc(4)))
    expect(open(receiver, first)).toBeDefined()
    for (let ssrc = 2; ssrc <= MAX_RECEIVE_SSRCS; ssrc++) {
      expect(open(receiver, seal(sealer, rtpPacket(ssrc, 1, Buffer.alloc(4))))).toBeDefined()
    }
    expect(open(receiver, first)).toBeUndefined()
    expect(open(receiver, seal(sealer, rtpPacket(9_999, 1, Buffer.alloc(4))))).toBeDefined()
  })

  it('refuses RTCP that is changed or repeated', () => {
    const { sealer, receiver } = pair(profile)
    const sealed = sealer.rtcp(rtcpPacket(1, 42))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      expect(receiver.unprotectRtcp(changed, changed.length)).toBe(-1)
    }
    const again = Buffer.from(sealed)
    expect(receiver.unprotectRtcp(sealed, sealed.length)).toBe(12)
    expect(receiver.unprotectRtcp(again, again.length)).toBe(-1)
    expect(receiver.counters.replayed).toBe(1)
  })

  it('reads packets that begin anywhere in memory', () => {
    const { sealer, receiver } = pair(profile)
    for (let offset = 0; offset < 8; offset++) {
      const packet = rtpPacket(1, offset, Buffer.from('unaligned'))
      const sealed = seal(sealer, packet)
      const memory = Buffer.alloc(offset + sealed.length)
      memory.set(sealed, offset)
      const data = new Uint8Array(memory.buffer, memory.byteOffset + offset, sealed.length)
      const length = receiver.unprotectRtp(data, data.length)
      expect(Buffer.from(data.subarray(0, length))).toEqual(packet)
    }
  })

  it('lets nothing through once closed', () => {
    const { sealer, receiver } = pair(profile)
    receiver.close()
    expect(open(receiver, seal(sealer, rtpPacket(1, 1, Buffer.alloc(4))))).toBeUndefined()
  })
})

describe('SrtpSender', () => {
  it('refuses headers that do not fit and RTCP without an SSRC', () => {
    const { sealer } = pair('SRTP_AES128_CM_HMAC_SHA1_80')
    const packet = rtpPacket(1, 1, Buffer.alloc(0))
    packet[0] = 0x8f
    expect(sealer.rtp(packet)).toBeUndefined()
    expect(() => sealer.rtcp(Buffer.alloc(4))).toThrow(RangeError)
  })

  it('refuses a number from before the first turn', () => {
    const { sealer } = pair('SRTP_AES128_CM_HMAC_SHA1_80')
    expect(sealer.rtp(rtpPacket(1, 3, Buffer.alloc(4)))).toBeDefined()
    expect(sealer.rtp(rtpPacket(1, 65_530, Buffer.alloc(4)))).toBeUndefined()
  })
})
