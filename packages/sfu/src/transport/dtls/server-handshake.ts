// The server's side of one full handshake: which message follows on which, and what each must prove
// (RFC 5246 section 7.3, RFC 6347 section 4.2, RFC 7627 section 5).
//
// Knows neither records nor timers: messages come in whole and in order, flights and keys go out.
import { createHash, timingSafeEqual, type KeyObject } from 'node:crypto'

import { concat } from './bytes.ts'
import { parseClientHello, RANDOM_BYTES, type ClientHello } from './client-hello.ts'
import type { DtlsCloseReason, SrtpKeyingMaterial } from './events.ts'
import type { FlightItem } from './flight.ts'
import type { InboxSlot } from './handshake-inbox.ts'
import { frameMessage, type HandshakeMessage } from './handshake-message.ts'
import type { DtlsIdentity } from './identity.ts'
import { createKeyShare, type KeyShare } from './key-share.ts'
import {
  MAX_CERTIFICATE_BYTES,
  MAX_CERTIFICATE_VERIFY_BYTES,
  MAX_CLIENT_HELLO_BYTES,
  MAX_KEY_EXCHANGE_BYTES,
  VERIFY_DATA_BYTES,
} from './limits.ts'
import { negotiate, type NegotiatedParameters } from './negotiation.ts'
import { readPublicKey, verifySignature } from './peer-certificate.ts'
import {
  exportKeyingMaterial,
  extendedMasterSecret,
  masterSecret,
  trafficKeys,
  verifyData,
  type TrafficKey,
} from './prf.ts'
import { Alert, HandshakeType, SRTP_PROFILES, type CipherSuite, type SrtpProfile } from './protocol.ts'
import {
  certificate,
  certificateRequest,
  parseCertificate,
  parseCertificateVerify,
  parseClientKeyExchange,
  serverHello,
  serverKeyExchange,
} from './server-messages.ts'

/** Everything a client sends in a full handshake with client certificate, in its only possible order. */
export const CLIENT_MESSAGES: readonly InboxSlot[] = [
  { type: HandshakeType.clientHello, epoch: 0, maxLength: MAX_CLIENT_HELLO_BYTES },
  { type: HandshakeType.certificate, epoch: 0, maxLength: MAX_CERTIFICATE_BYTES },
  { type: HandshakeType.clientKeyExchange, epoch: 0, maxLength: MAX_KEY_EXCHANGE_BYTES },
  { type: HandshakeType.certificateVerify, epoch: 0, maxLength: MAX_CERTIFICATE_VERIFY_BYTES },
  { type: HandshakeType.finished, epoch: 1, maxLength: VERIFY_DATA_BYTES },
]

/** What the association has to do after a message. */
export type HandshakeStep =
  | { readonly kind: 'wait' }
  /** The ClientHello was not one; nothing has begun. */
  | { readonly kind: 'discard' }
  | { readonly kind: 'flight'; readonly items: readonly FlightItem[] }
  | { readonly kind: 'certificate'; readonly certificateDer: Uint8Array }
  | {
      readonly kind: 'keys'
      readonly cipher: CipherSuite['cipher']
      readonly read: TrafficKey
      readonly write: TrafficKey
    }
  | {
      readonly kind: 'finished'
      readonly items: readonly FlightItem[]
      readonly srtp: SrtpKeyingMaterial | undefined
    }
  | { readonly kind: 'fail'; readonly alert: number; readonly reason: DtlsCloseReason }

interface Session {
  readonly hello: ClientHello
  readonly parameters: NegotiatedParameters
  readonly serverRandom: Uint8Array
  readonly share: KeyShare
}

interface ServerHandshakeOptions {
  readonly identity: DtlsIdentity
  readonly random: (bytes: number) => Uint8Array
  readonly srtpProfiles: readonly SrtpProfile[]
}

/** One handshake; `accept` is called with each message once and in order. */
export class ServerHandshake {
  readonly #options: ServerHandshakeOptions
  /** All messages so far as they are hashed; a list, because CertificateVerify signs the messages themselves. */
  #transcript: Uint8Array[] = []
  #sendSequence = 0
  #session: Session | undefined
  #peerKey: KeyObject | undefined
  #master: Uint8Array | undefined

  constructor(options: ServerHandshakeOptions) {
    this.#options = options
  }

  /** Takes the peer's next message. */
  accept(message: HandshakeMessage): HandshakeStep {
    switch (message.type) {
      case HandshakeType.clientHello:
        return this.#onClientHello(message)
      case HandshakeType.certificate:
        return this.#onCertificate(message)
      case HandshakeType.clientKeyExchange:
        return this.#onClientKeyExchange(message)
      case HandshakeType.certificateVerify:
        return this.#onCertificateVerify(message)
      case HandshakeType.finished:
        return this.#onFinished(message)
      default:
        throw new Error('the inbox has no slot for this message type')
    }
  }

  #onClientHello(message: HandshakeMessage): HandshakeStep {
    const hello = parseClientHello(message.body)
    if (!hello) return { kind: 'discard' }
    const { identity, random, srtpProfiles } = this.#options
    const negotiation = negotiate(hello, srtpProfiles)
    if (!negotiation.ok) return { kind: 'fail', alert: negotiation.alert, reason: 'no-common-parameters' }
    const { parameters } = negotiation
    const serverRandom = random(RANDOM_BYTES)
    const share = createKeyShare(parameters.group, random)
    this.#session = { hello, parameters, serverRandom, share }
    this.#transcript = [message.raw]
    // A client that begins with 1 has had a HelloVerifyRequest with 0 from somebody (RFC 6347 section 4.2.2).
    this.#sendSequence = message.sequence
    const exchange = serverKeyExchange(share, hello.random, serverRandom, identity.privateKey)
    const items = [
      this.#write(HandshakeType.serverHello, serverHello(hello, parameters, serverRandom)),
      this.#write(HandshakeType.certificate, certificate(identity.certificateDer)),
      this.#write(HandshakeType.serverKeyExchange, exchange),
      this.#write(HandshakeType.certificateRequest, certificateRequest()),
      this.#write(HandshakeType.serverHelloDone, new Uint8Array(0)),
    ]
    return {
      kind: 'flight',
      items: items.map((written) => ({ kind: 'message', epoch: 0, message: written })),
    }
  }

  #onCertificate(message: HandshakeMessage): HandshakeStep {
    const leaf = parseCertificate(message.body)
    if (leaf === undefined) return { kind: 'fail', alert: Alert.decodeError, reason: 'malformed-handshake' }
    // The answer to an empty chain that we must not accept is handshake_failure (RFC 5246 section 7.4.6).
    if (leaf === 'none') return { kind: 'fail', alert: Alert.handshakeFailure, reason: 'no-certificate' }
    this.#peerKey = readPublicKey(leaf)
    if (!this.#peerKey) return { kind: 'fail', alert: Alert.badCertificate, reason: 'bad-certificate' }
    this.#transcript.push(message.raw)
    return { kind: 'certificate', certificateDer: leaf }
  }

  #onClientKeyExchange(message: HandshakeMessage): HandshakeStep {
    const { hello, parameters, serverRandom, share } = this.#begun()
    const { suite } = parameters
    const point = parseClientKeyExchange(message.body)
    if (!point) return { kind: 'fail', alert: Alert.decodeError, reason: 'malformed-handshake' }
    const preMaster = share.agree(point)
    if (!preMaster) return { kind: 'fail', alert: Alert.illegalParameter, reason: 'malformed-handshake' }
    this.#transcript.push(message.raw)
    const master = hello.extendedMasterSecret
      ? extendedMasterSecret(suite.hash, preMaster, this.#transcriptHash())
      : masterSecret(suite.hash, preMaster, hello.random, serverRandom)
    this.#master = master
    const keys = trafficKeys(suite, master, hello.random, serverRandom)
    return { kind: 'keys', cipher: suite.cipher, read: keys.client, write: keys.server }
  }

  #onCertificateVerify(message: HandshakeMessage): HandshakeStep {
    const read = parseCertificateVerify(message.body)
    if (!read) return { kind: 'fail', alert: Alert.decodeError, reason: 'malformed-handshake' }
    if (!this.#peerKey) throw new Error('CertificateVerify before Certificate')
    if (!verifySignature(this.#peerKey, read.scheme, concat(...this.#transcript), read.signature))
      return { kind: 'fail', alert: Alert.decryptError, reason: 'bad-certificate-verify' }
    this.#transcript.push(message.raw)
    return { kind: 'wait' }
  }

  #onFinished(message: HandshakeMessage): HandshakeStep {
    const { hash } = this.#begun().parameters.suite
    const master = this.#derived()
    const expected = verifyData(hash, master, 'client', this.#transcriptHash())
    if (message.body.length !== expected.length || !timingSafeEqual(message.body, expected))
      return { kind: 'fail', alert: Alert.decryptError, reason: 'bad-finished' }
    this.#transcript.push(message.raw)
    const ours = verifyData(hash, master, 'server', this.#transcriptHash())
    const finished = this.#write(HandshakeType.finished, ours)
    const srtp = this.#exportSrtp()
    // Nothing that could decrypt or resume this association later stays in memory.
    this.#transcript = []
    this.#master = undefined
    this.#session = undefined
    return {
      kind: 'finished',
      items: [{ kind: 'change-cipher-spec' }, { kind: 'message', epoch: 1, message: finished }],
      srtp,
    }
  }

  /** Keys and salts for SRTP in the order of RFC 5764 section 4.2: client key, server key, client salt, server salt. */
  #exportSrtp(): SrtpKeyingMaterial | undefined {
    const { hello, parameters, serverRandom } = this.#begun()
    const profile = parameters.srtpProfile
    if (!profile) return undefined
    const { keyLength, saltLength } = SRTP_PROFILES[profile]
    const length = 2 * (keyLength + saltLength)
    const { hash } = parameters.suite
    const label = 'EXTRACTOR-dtls_srtp'
    const block = exportKeyingMaterial(hash, this.#derived(), label, hello.random, serverRandom, length)
    const salts = 2 * keyLength
    return {
      profile,
      remoteKey: block.slice(0, keyLength),
      localKey: block.slice(keyLength, salts),
      remoteSalt: block.slice(salts, salts + saltLength),
      localSalt: block.slice(salts + saltLength),
    }
  }

  #write(type: number, body: Uint8Array): HandshakeMessage {
    const message = frameMessage(type, this.#sendSequence, body)
    this.#sendSequence += 1
    this.#transcript.push(message.raw)
    return message
  }

  #transcriptHash(): Uint8Array {
    const hash = createHash(this.#begun().parameters.suite.hash)
    for (const message of this.#transcript) hash.update(message)
    return hash.digest()
  }

  #begun(): Session {
    if (!this.#session) throw new Error('no ClientHello yet')
    return this.#session
  }

  #derived(): Uint8Array {
    if (!this.#master) throw new Error('no master secret yet')
    return this.#master
  }
}
