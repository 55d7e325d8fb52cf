import { createPrivateKey, X509Certificate } from 'node:crypto'

import { expect, it } from 'vitest'
import { DtlsClient } from 'werift'

import { DtlsServer } from './dtls-server.ts'
import type { SrtpKeyingMaterial } from './events.ts'
import { SRTP_PROFILES, type SrtpProfile } from './protocol.ts'
import { clientIdentity, serverIdentity } from './test-support/pair.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const PRIVATE_KEY = clientIdentity.privateKey.export({ type: 'pkcs8', format: 'pem' })

/** werift's transport without a socket: what it sends goes to `deliver`. */
class MemoryTransport {
  readonly type = 'memory'
  readonly address = { address: '127.0.0.1', family: 'IPv4', port: 9 }
  closed = false
  onData: (data: Buffer, address: readonly [string, number]) => void = () => undefined
  readonly deliver: (data: Buffer) => void

  constructor(deliver: (data: Buffer) => void) {
    this.deliver = deliver
  }

  readonly send = (data: Buffer): Promise<void> => {
    setImmediate(() => {
      this.deliver(data)
    })
    return Promise.resolve()
  }

  readonly close = (): Promise<void> => {
    this.closed = true
    return Promise.resolve()
  }
}

function pem(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`
}

interface Session {
  readonly client: DtlsClient
  readonly server: DtlsServer
  readonly srtp: () => SrtpKeyingMaterial | undefined
  /** Hands the server's datagrams to the client. */
  readonly flush: () => void
  readonly atServer: Uint8Array[]
}

/** Lets werift's client shake hands with our server; it knows no fingerprints, so ours does all the checking. */
function connect(profile: SrtpProfile, extendedMasterSecret: boolean): Promise<Session> {
  const random = seededRandom(50).bytes
  const server = new DtlsServer({ identity: serverIdentity, random, srtpProfiles: [profile] })
  server.setRemoteFingerprint('sha-256', clientIdentity.fingerprint)
  const atServer: Uint8Array[] = []
  let srtp: SrtpKeyingMaterial | undefined
  const flush = (): void => {
    for (let event = server.next(); event; event = server.next()) {
      if (event.kind === 'connected') srtp = event.srtp
      if (event.kind === 'data') atServer.push(event.data)
      if (event.kind === 'send') transport.onData(Buffer.from(event.datagram), ['127.0.0.1', 9])
    }
  }
  const transport = new MemoryTransport((data) => {
    server.handleDatagram(performance.now(), data)
    flush()
  })
  const client = new DtlsClient({
    transport,
    cert: pem('CERTIFICATE', clientIdentity.certificateDer),
    key: PRIVATE_KEY,
    signatureHash: { hash: 4, signature: 3 },
    certificateRequest: true,
    extendedMasterSecret,
    srtpProfiles: [profile === 'SRTP_AEAD_AES_128_GCM' ? 7 : 1],
  })
  return new Promise((resolve, reject) => {
    client.onConnect.subscribe(() => {
      resolve({ client, server, srtp: () => srtp, flush, atServer })
    })
    client.onError.subscribe(reject)
    client.connect().catch(reject)
  })
}

it('shows werift a certificate that it can read', () => {
  expect(new X509Certificate(pem('CERTIFICATE', clientIdentity.certificateDer)).subject).toBe('CN=WebRTC')
  expect(createPrivateKey(PRIVATE_KEY).type).toBe('private')
})

it.each([
  ['SRTP_AEAD_AES_128_GCM', true],
  ['SRTP_AES128_CM_HMAC_SHA1_80', false],
] as const)(
  'werift has the same keys for %s (extended master secret: %s) and talks',
  async (profile, extended) => {
    const { client, server, flush, atServer, ...session } = await connect(profile, extended)
    const srtp = session.srtp()
    const { keyLength, saltLength } = SRTP_PROFILES[profile]
    const theirs = client.extractSessionKeys(keyLength, saltLength)
    expect(srtp?.profile).toBe(profile)
    expect(srtp && Buffer.from(srtp.remoteKey)).toEqual(theirs.localKey)
    expect(srtp && Buffer.from(srtp.localKey)).toEqual(theirs.remoteKey)
    expect(srtp && Buffer.from(srtp.remoteSalt)).toEqual(theirs.localSalt)
    expect(srtp && Buffer.from(srtp.localSalt)).toEqual(theirs.remoteSalt)

    const atClient = new Promise<Buffer>((resolve) => {
      client.onData.subscribe((data) => {
        resolve(data)
      })
    })
    server.send(Buffer.from('from the server'))
    flush()
    expect((await atClient).toString()).toBe('from the server')
    await client.send(Buffer.from('from the client'))
    await expect.poll(() => atServer.map((data) => Buffer.from(data).toString())).toEqual(['from the client'])
  },
)
