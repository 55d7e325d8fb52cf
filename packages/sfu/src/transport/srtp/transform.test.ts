import { describe, expect, it } from 'vitest'
import { GcmTransform } from './gcm-transform.ts'
import { SrtpReceiver } from './srtp-receiver.ts'
import { Sealer } from './testing/sealer.ts'
import { FRAME_PREFIX_BYTES, PacketFrame } from './transform.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

describe('AEAD_AES_128_GCM (RFC 7714)', () => {
  const keys = (): { key: Buffer; salt: Buffer; auth: Buffer } => ({
    key: hex('000102030405060708090a0b0c0d0e0f'),
    salt: hex('517569642070726f2071756f'),
    auth: Buffer.alloc(0),
  })
  const start = FRAME_PREFIX_BYTES

  it('matches the SRTP example of section 16.1', () => {
    const clear = hex(`8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976
      69736120 696e2070 61727465 73207472 6573`)
    const sealed = hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
      0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`)
    const transform = new GcmTransform(keys())
    const frame = new PacketFrame(512)
    frame.bytes.set(clear, start)
    const end = transform.sealRtp(frame, 0, start, start + 12, start + clear.length, 0)
    expect(frame.bytes.subarray(start, end)).toEqual(sealed)
    expect(transform.openRtp(frame, start, start + 12, end, 0)).toBe(start + clear.length)
    expect(frame.bytes.subarray(start, start + clear.length)).toEqual(clear)
  })

  it('matches the SRTCP example of section 17.1', () => {
    const clear = hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
      deadbeef deadbeef deadbeef deadbeef deadbeef`)
    const sealed = hex(`81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d
      c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`)
    const transform = new GcmTransform(keys())
    const frame = new PacketFrame(512)
    frame.bytes.set(clear, start)
    const end = transform.sealRtcp(frame, 0, start, start + clear.length, 0x5d4)
    expect(frame.bytes.subarray(start, end)).toEqual(sealed)
    expect(transform.openRtcp(frame, start, end)).toBe(start + clear.length)
    expect(frame.bytes.subarray(start, start + clear.length)).toEqual(clear)
  })
})

describe('AES_CM_128_HMAC_SHA1_80', () => {
  // The example that implementations share: keys of RFC 3711 appendix B.3, payload of 16 bytes 0xab.
  const key = hex('e1f97a0d3e018be0d64fa32c06de4139')
  const salt = hex('0ec675ad498afeebb6960b3aabe6')
  const clear = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab')
  const sealed = hex(`800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402
    b78d6acc 99ea179b 8dbb`)

  it('protects the common example', () => {
    expect(new Sealer('SRTP_AES128_CM_HMAC_SHA1_80', key, salt).rtp(clear)).toEqual(sealed)
  })

  it('unprotects the common example', () => {
    const data = Buffer.from(sealed)
    const length = new SrtpReceiver('SRTP_AES128_CM_HMAC_SHA1_80', key, salt).unprotectRtp(data, data.length)
    expect(data.subarray(0, length)).toEqual(clear)
  })
})
