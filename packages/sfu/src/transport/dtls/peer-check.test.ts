import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { parseFingerprint } from './fingerprint.ts'
import { MAX_PENDING_DATA, MAX_PENDING_DATA_BYTES } from './limits.ts'
import { PeerCheck } from './peer-check.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const CERTIFICATE = seededRandom(8).bytes(300)

function fingerprint(hash: string, bytes: Uint8Array = CERTIFICATE): string {
  return createHash(hash)
    .update(bytes)
    .digest('hex')
    .replaceAll(/..(?=.)/g, '$&:')
}

describe('fingerprints of session descriptions', () => {
  it.each([
    ['sha-256', fingerprint('sha256')],
    ['SHA-256', fingerprint('sha256').toUpperCase()],
    ['sha-384', fingerprint('sha384')],
    ['sha-512', fingerprint('sha512')],
  ])('reads and matches %s', (algorithm, value) => {
    const check = new PeerCheck()
    check.setCertificate(CERTIFICATE)
    expect(check.setFingerprint(algorithm, value)).toBe('accepted')
    expect(check.verdict).toBe('match')
  })

  it.each([
    ['sha-1', fingerprint('sha1')],
    ['md5', fingerprint('md5')],
    ['constructor', fingerprint('sha256')],
    ['sha-256', ''],
    ['sha-256', fingerprint('sha512')],
    ['sha-512', fingerprint('sha256')],
    ['sha-256', fingerprint('sha256').slice(0, -1)],
    ['sha-256', `${fingerprint('sha256')}:`],
    ['sha-256', fingerprint('sha256').replace(':', '-')],
    ['sha-256', 'AB:'.repeat(100_000)],
  ])('refuses %s with an unfit value', (algorithm, value) => {
    expect(parseFingerprint(algorithm, value)).toBeUndefined()
    expect(new PeerCheck().setFingerprint(algorithm, value)).toBe('unsupported')
  })
})

describe('the check of the peer', () => {
  it('waits for both, in either order', () => {
    const check = new PeerCheck()
    expect(check.verdict).toBe('unknown')
    check.setFingerprint('sha-256', fingerprint('sha256'))
    expect(check.verdict).toBe('unknown')
    check.setCertificate(CERTIFICATE)
    expect(check.verdict).toBe('match')
  })

  it('sees a foreign certificate', () => {
    const check = new PeerCheck()
    check.setCertificate(CERTIFICATE)
    check.setFingerprint('sha-256', fingerprint('sha256', Uint8Array.of(1)))
    expect(check.verdict).toBe('mismatch')
  })

  it('takes the last fingerprint before the peer is verified, keeps it afterwards', () => {
    const check = new PeerCheck()
    const wrong = fingerprint('sha256', Uint8Array.of(1))
    expect(check.setFingerprint('sha-256', wrong)).toBe('accepted')
    expect(check.setFingerprint('sha-256', fingerprint('sha256'))).toBe('accepted')
    check.setCertificate(CERTIFICATE)
    expect(check.setFingerprint('sha-256', fingerprint('sha256').toUpperCase())).toBe('unchanged')
    expect(check.setFingerprint('sha-256', wrong)).toBe('conflict')
    expect(check.setFingerprint('sha-512', fingerprint('sha512'))).toBe('accepted')
    expect(check.verdict).toBe('match')
  })

  it('holds no more data than its limits say', () => {
    const check = new PeerCheck()
    for (let count = 0; count < MAX_PENDING_DATA; count += 1)
      expect(check.hold(Uint8Array.of(count))).toBe(true)
    expect(check.hold(Uint8Array.of(1))).toBe(false)
    expect(check.release()).toHaveLength(MAX_PENDING_DATA)
    expect(check.release()).toHaveLength(0)
    expect(check.hold(new Uint8Array(MAX_PENDING_DATA_BYTES))).toBe(true)
    expect(check.hold(Uint8Array.of(1))).toBe(false)
  })
})
