import { describe, expect, it } from 'vitest'
import { deriveSessionKeys, eraseKeys } from './session-keys.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('session keys', () => {
  const key = hex('E1F97A0D3E018BE0D64FA32C06DE4139')
  const salt = hex('0EC675AD498AFEEBB6960B3AABE6')

  it('match RFC 3711 appendix B.3', () => {
    const keys = deriveSessionKeys('SRTP_AES128_CM_HMAC_SHA1_80', 'rtp', key, salt)
    expect(Buffer.from(keys.key)).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'))
    expect(Buffer.from(keys.salt)).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'))
    expect(Buffer.from(keys.auth)).toEqual(hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'))
  })

  it('differ between RTP and RTCP', () => {
    const rtp = deriveSessionKeys('SRTP_AES128_CM_HMAC_SHA1_80', 'rtp', key, salt)
    const rtcp = deriveSessionKeys('SRTP_AES128_CM_HMAC_SHA1_80', 'rtcp', key, salt)
    expect(rtcp.key).not.toEqual(rtp.key)
    expect(rtcp.salt).not.toEqual(rtp.salt)
    expect(rtcp.auth).not.toEqual(rtp.auth)
  })

  it('refuse a key or salt of another profile', () => {
    expect(() => deriveSessionKeys('SRTP_AEAD_AES_128_GCM', 'rtp', key, salt)).toThrow(RangeError)
    expect(() => deriveSessionKeys('SRTP_AES128_CM_HMAC_SHA1_80', 'rtp', key.subarray(1), salt)).toThrow(
      RangeError,
    )
  })

  it('are gone after erasing', () => {
    const keys = deriveSessionKeys('SRTP_AES128_CM_HMAC_SHA1_80', 'rtp', key, salt)
    eraseKeys(keys)
    expect(Buffer.concat([keys.key, keys.salt, keys.auth]).every((byte) => byte === 0)).toBe(true)
  })
})
