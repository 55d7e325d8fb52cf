import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { DtlsServer } from './dtls-server.ts'
import type { DtlsEvent } from './events.ts'
import type { SrtpProfile } from './protocol.ts'
import {
  createOpensslIdentity,
  opensslVersion,
  removeOpensslIdentity,
  runOpensslClient,
  type OpensslIdentity,
} from './test-support/openssl-client.ts'
import { serverIdentity } from './test-support/pair.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const EXPORT = ['-keymatexport', 'EXTRACTOR-dtls_srtp', '-keymatexportlen']
/** s_client waits half a second for the answer to its good-bye; hence all at once, and time for slow machines. */
const TIMEOUT_MS = 30_000

function startServer(fingerprint: string, profile: SrtpProfile = 'SRTP_AEAD_AES_128_GCM'): DtlsServer {
  const random = seededRandom(40).bytes
  const server = new DtlsServer({ identity: serverIdentity, random, srtpProfiles: [profile] })
  server.setRemoteFingerprint('sha-256', fingerprint)
  return server
}

function describeEvents(events: readonly DtlsEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'data') return `data ${Buffer.from(event.data).toString('latin1').trim()}`
    return event.kind === 'closed' ? `closed ${event.reason}` : event.kind
  })
}

/** What s_client printed behind 'Keying material'. */
function exported(output: string): string | undefined {
  return /Keying material: ([0-9A-F]+)/.exec(output)?.[1]?.toLowerCase()
}

function joined(events: readonly DtlsEvent[]): string | undefined {
  const srtp = events.find((event) => event.kind === 'connected')?.srtp
  if (!srtp) return undefined
  const parts = [srtp.remoteKey, srtp.localKey, srtp.remoteSalt, srtp.localSalt]
  return Buffer.concat(parts).toString('hex')
}

it('finds openssl, without which the next tests prove nothing', () => {
  expect(opensslVersion()).toMatch(/SSL/)
})

describe.skipIf(opensslVersion() === undefined)(
  'openssl as client',
  { timeout: TIMEOUT_MS, concurrent: true },
  () => {
    let ec: OpensslIdentity
    let rsa: OpensslIdentity

    beforeAll(() => {
      ec = createOpensslIdentity('ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
      rsa = createOpensslIdentity('rsa:2048')
    })

    afterAll(() => {
      removeOpensslIdentity(ec)
      removeOpensslIdentity(rsa)
    })

    const complete = ['connected', 'data question', 'closed close-notify']

    it.each([
      ['SRTP_AEAD_AES_128_GCM', 56],
      ['SRTP_AES128_CM_HMAC_SHA1_80', 60],
    ] as const)('exports the same keys for %s and talks', async (profile, length) => {
      const both = 'SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM'
      const parameters = ['-use_srtp', both, ...EXPORT, String(length)]
      const { events, output } = await runOpensslClient(startServer(ec.fingerprint, profile), ec, parameters)
      expect(describeEvents(events)).toEqual(complete)
      expect(output).toContain('answer')
      expect(exported(output)).toHaveLength(length * 2)
      expect(joined(events)).toBe(exported(output))
    })

    it.each([
      ['P-256', ['-groups', 'P-256'], /ECDH, (prime256v1|P-256)/],
      ['X25519', ['-groups', 'X25519:P-256'], /X25519/],
      ['AES-256', ['-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'], /Cipher is ECDHE-ECDSA-AES256-GCM-SHA384/],
      ['an MTU of 256 bytes', ['-mtu', '256'], /Cipher is ECDHE-ECDSA-AES128-GCM-SHA256/],
    ] as const)('completes with %s', async (_name, parameters, printed) => {
      const { events, output } = await runOpensslClient(startServer(ec.fingerprint), ec, parameters)
      expect(describeEvents(events)).toEqual(complete)
      expect(output).toMatch(printed)
    })

    it.each([
      ['PKCS #1', 'RSA+SHA256:ECDSA+SHA256'],
      ['PSS', 'RSA-PSS+SHA256:ECDSA+SHA256'],
    ])('may show an RSA certificate with %s', async (_name, schemes) => {
      const parameters = ['-sigalgs', schemes, '-client_sigalgs', schemes]
      const { events } = await runOpensslClient(startServer(rsa.fingerprint), rsa, parameters)
      expect(describeEvents(events)).toEqual(complete)
    })

    it('comes through when datagrams get lost', async () => {
      const server = startServer(ec.fingerprint)
      const { events } = await runOpensslClient(server, ec, [], (index) => index === 0 || index === 2)
      expect(describeEvents(events)).toEqual(complete)
    })

    it('is refused with another certificate', async () => {
      const { events, output } = await runOpensslClient(startServer(rsa.fingerprint), ec, [])
      expect(describeEvents(events)).toEqual(['closed fingerprint-mismatch'])
      expect(output).toMatch(/alert bad certificate/i)
    })
  },
)
