import { describe, expect, it } from 'vitest'
import { BURST_BLOCKS, KeystreamBurst, keystreamCipher, keystreamSalt, wordsFor } from './keystream.ts'

const KEY = Buffer.from('2B7E151628AED2A6ABF7158809CF4F3C', 'hex')
const SALT = Buffer.from('F0F1F2F3F4F5F6F7F8F9FAFBFCFD', 'hex')

/** Keystream of the burst as bytes: what XOR leaves of zeros. */
function keystream(burst: KeystreamBurst, at: number, bytes: number): string {
  const words = new Int32Array(wordsFor(bytes))
  burst.apply(at, words, 0, words.length)
  return Buffer.from(words.buffer).subarray(0, bytes).toString('hex').toUpperCase()
}

describe('AES-CM keystream', () => {
  it('matches the first blocks of RFC 3711 appendix B.2', () => {
    const burst = new KeystreamBurst()
    const at = burst.add(keystreamSalt(SALT), 0, 0, 0, 48)
    burst.run(keystreamCipher(KEY))
    expect(keystream(burst, at, 48)).toBe(
      'E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0',
    )
  })

  it('is the same for a packet alone and for one among others', () => {
    const cipher = keystreamCipher(KEY)
    const salt = keystreamSalt(SALT)
    const burst = new KeystreamBurst()
    const alone = burst.add(salt, 0xdeadbeef, 3, 77, 1_000)
    burst.run(cipher)
    const expected = keystream(burst, alone, 1_000)
    burst.clear()
    burst.add(salt, 1, 0, 5, 333)
    const among = burst.add(salt, 0xdeadbeef, 3, 77, 1_000)
    burst.add(salt, 2, 0, 6, 20)
    burst.run(cipher)
    expect(keystream(burst, among, 1_000)).toBe(expected)
  })

  it('differs for another SSRC, rollover counter and sequence number', () => {
    const salt = keystreamSalt(SALT)
    const burst = new KeystreamBurst()
    const starts = [
      burst.add(salt, 1, 0, 1, 16),
      burst.add(salt, 2, 0, 1, 16),
      burst.add(salt, 1, 1, 1, 16),
      burst.add(salt, 1, 0, 2, 16),
    ]
    burst.run(keystreamCipher(KEY))
    expect(new Set(starts.map((at) => keystream(burst, at, 16))).size).toBe(4)
  })

  it('says when a burst is full', () => {
    const burst = new KeystreamBurst()
    const salt = keystreamSalt(SALT)
    for (let left = BURST_BLOCKS; left > 0; left -= 64) {
      expect(burst.hasRoom(1_024)).toBe(true)
      burst.add(salt, 1, 0, left, 1_024)
    }
    expect(burst.hasRoom(1)).toBe(false)
    expect(burst.hasRoom(0)).toBe(true)
    burst.clear()
    expect(burst.hasRoom(1_024)).toBe(true)
  })
})
