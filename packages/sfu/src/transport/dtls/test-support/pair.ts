// Sets up a server and a client that trust each other, for tests that then change one thing.
import { DtlsServer, type DtlsServerOptions } from '../dtls-server.ts'
import type { DtlsEvent } from '../events.ts'
import { createDtlsIdentity, type DtlsIdentity } from '../identity.ts'
import { Link, type LinkOptions } from './link.ts'
import { seededRandom } from './seeded-random.ts'
import { TestClient, type TestClientOptions } from './test-client.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

/** Certificates of all tests; keys are made once per test file, nothing depends on their value. */
export const serverIdentity: DtlsIdentity = createDtlsIdentity({ now: NOW, random: seededRandom(1).bytes })
export const clientIdentity: DtlsIdentity = createDtlsIdentity({ now: NOW, random: seededRandom(2).bytes })

export interface PairOptions {
  readonly seed?: number
  readonly server?: Partial<DtlsServerOptions>
  readonly client?: Partial<TestClientOptions>
  readonly link?: LinkOptions
  /** The value given to `setRemoteFingerprint` before the start: the right one unless told, none at all when empty. */
  readonly fingerprint?: string
}

/** A link with the client's first flight on its way. */
export function startPair(options: PairOptions = {}): Link {
  const random = seededRandom(options.seed ?? 7)
  const server = new DtlsServer({
    identity: serverIdentity,
    random: random.bytes,
    srtpProfiles: ['SRTP_AEAD_AES_128_GCM', 'SRTP_AES128_CM_HMAC_SHA1_80'],
    ...options.server,
  })
  const fingerprint = options.fingerprint ?? clientIdentity.fingerprint
  if (fingerprint !== '') server.setRemoteFingerprint('sha-256', fingerprint)
  const client = new TestClient({ random: random.bytes, identity: clientIdentity, ...options.client })
  const link = new Link(client, server, { random, ...options.link })
  client.start(link.now)
  return link
}

/** A link over which both sides are connected. */
export function connectedPair(options: PairOptions = {}): Link {
  const link = startPair(options)
  link.run(1000)
  if (!link.client.connected) throw new Error('the handshake did not complete')
  return link
}

/** The server's events of one kind. */
export function eventsOf<K extends DtlsEvent['kind']>(
  link: Link,
  kind: K,
): Extract<DtlsEvent, { kind: K }>[] {
  return link.serverEvents.filter((event): event is Extract<DtlsEvent, { kind: K }> => event.kind === kind)
}

/** Why the server ended the association, if it did. */
export function closeReason(link: Link): string | undefined {
  return eventsOf(link, 'closed')[0]?.reason
}
