import { describe, expect, it, vi } from 'vitest'
import { SRTP_PROFILES, type SrtpProfile } from '../dtls/protocol.ts'
import { seededRandom } from '../dtls/test-support/seeded-random.ts'
import { damaged } from '../testing/damaged.ts'
import { SrtpReceiver } from './srtp-receiver.ts'
import { rtcpPacket, rtpPacket, Sealer } from './testing/sealer.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']

// A case takes some tens of microseconds; a machine under load shall not fail the suite.
vi.setConfig({ testTimeout: 10_000 + CASES * 5 })

describe.each(PROFILES)('hostile packets, %s', (profile) => {
  const random = seededRandom(21)
  const { keyLength, saltLength } = SRTP_PROFILES[profile]
  const [key, salt] = [random.bytes(keyLength), random.bytes(saltLength)]
  const sealer = new Sealer(profile, key, salt)

  it('are refused, do not throw and do not disturb the stream', () => {
    const receiver = new SrtpReceiver(profile, key, salt)
    for (let sequence = 0; sequence < CASES; sequence++) {
      const packet = rtpPacket(1, sequence, random.bytes(random.below(200)))
      const sealed = sealer.rtp(packet)
      if (!sealed) throw new Error('the packet was refused')
      const hostile = Buffer.from(damaged(random, sealed))
      const isSame = hostile.equals(sealed)
      expect(receiver.unprotectRtp(hostile, hostile.length)).toBe(isSame ? packet.length : -1)
      expect(receiver.unprotectRtp(sealed, sealed.length)).toBe(isSame ? -1 : packet.length)
    }
  })

  it('are refused as RTCP too', () => {
    const receiver = new SrtpReceiver(profile, key, salt)
    for (let number = 0; number < CASES; number++) {
      const packet = rtcpPacket(1, number)
      const sealed = sealer.rtcp(packet)
      const hostile = Buffer.from(damaged(random, sealed))
      const isSame = hostile.equals(sealed)
      expect(receiver.unprotectRtcp(hostile, hostile.length)).toBe(isSame ? packet.length : -1)
      expect(receiver.unprotectRtcp(sealed, sealed.length)).toBe(isSame ? -1 : packet.length)
    }
  })

  it('of pure noise are refused', () => {
    const receiver = new SrtpReceiver(profile, key, salt)
    for (let count = 0; count < CASES; count++) {
      const noise = random.bytes(random.below(80))
      noise[0] = 0x80 | ((noise[0] ?? 0) & 0x3f)
      expect(receiver.unprotectRtp(noise, noise.length)).toBe(-1)
      expect(receiver.unprotectRtcp(noise, noise.length)).toBe(-1)
    }
  })
})
