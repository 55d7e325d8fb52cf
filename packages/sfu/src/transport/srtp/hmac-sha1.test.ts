import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../dtls/test-support/seeded-random.ts'
import { HMAC_PREFIX_BYTES, HMAC_TAG_BYTES, HmacSha1 } from './hmac-sha1.ts'

function tagOf(key: Uint8Array, data: Uint8Array): Buffer {
  const hmac = new HmacSha1(key)
  const buffer = Buffer.alloc(HMAC_PREFIX_BYTES + data.length + HMAC_TAG_BYTES)
  buffer.set(data, HMAC_PREFIX_BYTES)
  const end = HMAC_PREFIX_BYTES + data.length
  hmac.compute(buffer, HMAC_PREFIX_BYTES, end)
  hmac.writeTag(buffer, end)
  return buffer.subarray(end)
}

describe('HMAC-SHA1-80', () => {
  it('matches RFC 2202 case 1 and 2', () => {
    expect(tagOf(Buffer.alloc(20, 0x0b), Buffer.from('Hi There')).toString('hex')).toBe(
      'b617318655057264e28bc0b6fb378c8ef146be00'.slice(0, 20),
    )
    expect(tagOf(Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?')).toString('hex')).toBe(
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'.slice(0, 20),
    )
  })

  it('agrees with node:crypto for every length up to some blocks', () => {
    const random = seededRandom(1)
    for (let length = 0; length < 300; length++) {
      const key = random.bytes(20)
      const data = random.bytes(length)
      const expected = createHmac('sha1', key).update(data).digest().subarray(0, HMAC_TAG_BYTES)
      expect(tagOf(key, data)).toEqual(expected)
    }
  })

  it('tells a changed tag in every bit', () => {
    const hmac = new HmacSha1(Buffer.alloc(20, 7))
    const buffer = Buffer.alloc(HMAC_PREFIX_BYTES + 40)
    hmac.compute(buffer, HMAC_PREFIX_BYTES, HMAC_PREFIX_BYTES + 20)
    const tag = Buffer.alloc(HMAC_TAG_BYTES)
    hmac.writeTag(tag, 0)
    expect(hmac.matchesTag(tag, 0)).toBe(true)
    for (let bit = 0; bit < 8 * HMAC_TAG_BYTES; bit++) {
      const changed = Buffer.from(tag)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(hmac.matchesTag(changed, 0)).toBe(false)
    }
    expect(hmac.matchesTag(tag.subarray(0, 9), 0)).toBe(false)
  })
})
