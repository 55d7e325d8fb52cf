import { describe, expect, it } from 'vitest'
import { SRTP_PROFILES, type SrtpProfile } from '../dtls/protocol.ts'
import { seededRandom, type SeededRandom } from '../dtls/test-support/seeded-random.ts'
import { SrtpReceiver } from './srtp-receiver.ts'
import { rtcpPacket, rtpPacket, Sealer } from './testing/sealer.ts'
import { WeriftSide, type TestKeys } from './testing/werift-side.ts'

const PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']

function newKeys(profile: SrtpProfile, random: SeededRandom): TestKeys {
  const { keyLength, saltLength } = SRTP_PROFILES[profile]
  return {
    localKey: random.bytes(keyLength),
    localSalt: random.bytes(saltLength),
    remoteKey: random.bytes(keyLength),
    remoteSalt: random.bytes(saltLength),
  }
}

/** A packet with CSRCs and a one-byte extension now and then. */
function anyPacket(random: SeededRandom, ssrc: number, sequence: number): Buffer {
  const plain = rtpPacket(ssrc, sequence, random.bytes(random.below(1_200)))
  const csrcs = random.below(3)
  const words = random.below(4)
  const header = Buffer.concat([plain.subarray(0, 12), Buffer.alloc(4 * csrcs, 9)])
  header[0] = 0x80 | csrcs | (words > 0 ? 0x10 : 0)
  const extension = words > 0 ? Buffer.alloc(4 + 4 * words) : Buffer.alloc(0)
  if (words > 0) {
    extension.writeUInt16BE(0xbede, 0)
    extension.writeUInt16BE(words, 2)
    extension[4] = 0x12
    extension.set([1, 2, 3], 5)
  }
  return Buffer.concat([header, extension, plain.subarray(12)])
}

describe.each(PROFILES)('%s against werift', (profile) => {
  it('werift reads our RTP', () => {
    const random = seededRandom(3)
    const keys = newKeys(profile, random)
    const ours = new Sealer(profile, keys.localKey, keys.localSalt)
    const theirs = new WeriftSide(profile, keys)
    for (let sequence = 0; sequence < 300; sequence++) {
      const packet = anyPacket(random, 0xdeadbeef + (sequence % 3), sequence)
      const sealed = ours.rtp(packet)
      expect(sealed && theirs.openRtp(sealed)).toEqual(packet)
    }
  })

  it('we read werift’s RTP', () => {
    const random = seededRandom(4)
    const keys = newKeys(profile, random)
    const theirs = new WeriftSide(profile, keys)
    const ours = new SrtpReceiver(profile, keys.remoteKey, keys.remoteSalt)
    for (let sequence = 0; sequence < 300; sequence++) {
      // Without an extension: werift would write it anew in its own way.
      const packet = rtpPacket(7 + (sequence % 3), sequence, random.bytes(random.below(1_200)))
      const data = theirs.sealRtp(packet)
      const length = ours.unprotectRtp(data, data.length)
      expect(data.subarray(0, Math.max(0, length))).toEqual(packet)
    }
  })

  it('RTCP goes both ways, its index growing from 0', () => {
    const random = seededRandom(5)
    const keys = newKeys(profile, random)
    const ours = new Sealer(profile, keys.localKey, keys.localSalt)
    const receiver = new SrtpReceiver(profile, keys.remoteKey, keys.remoteSalt)
    const theirs = new WeriftSide(profile, keys)
    const indexFromEnd = profile === 'SRTP_AEAD_AES_128_GCM' ? 4 : 14
    for (let number = 0; number < 100; number++) {
      const packet = rtcpPacket(1 + (number % 2), number)
      const sealed = ours.rtcp(packet)
      expect(sealed.readUInt32BE(sealed.length - indexFromEnd)).toBe(0x8000_0000 + number)
      expect(theirs.openRtcp(sealed)).toEqual(packet)
      const data = theirs.sealRtcp(packet)
      const length = receiver.unprotectRtcp(data, data.length)
      expect(data.subarray(0, Math.max(0, length))).toEqual(packet)
    }
  })

  it('both follow the rollover counter over two turns, one packet in three lost', () => {
    const random = seededRandom(6)
    const keys = newKeys(profile, random)
    const ours = new Sealer(profile, keys.localKey, keys.localSalt)
    const receiver = new SrtpReceiver(profile, keys.remoteKey, keys.remoteSalt)
    const theirs = new WeriftSide(profile, keys)
    // Numbers away from the turns are passed over by steps of 20,000, which count as lost.
    const near = Array.from({ length: 30 }, (_, step) => 65_521 + step)
    const far = [40_000, 60_000, 85_000, 105_000, 125_000]
    const walk = [...near, ...far, ...near.map((index) => index + 65_536)].sort((a, b) => a - b)
    let received = 0
    for (const index of walk) {
      const packet = rtpPacket(5, index, random.bytes(50))
      const [out, data] = [ours.rtp(packet), theirs.sealRtp(packet)]
      if (!far.includes(index) && random.below(3) === 0) continue
      expect(out && theirs.openRtp(out)).toEqual(packet)
      expect(data.subarray(0, receiver.unprotectRtp(data, data.length))).toEqual(packet)
      received++
    }
    expect(received).toBeGreaterThan(30)
  })
})
