// A DTLS 1.2 client for tests, sans-IO like the server; can be told to misbehave in one place.
//
// Shares record layer, PRF and key exchange with the server, so it shows loss, order and refusals; that those shared
// parts are right is shown by the foreign clients (openssl, werift) and by known answers.
import { createHash, verify, X509Certificate, type KeyObject } from 'node:crypto'

import { concat, vector } from '../bytes.ts'
import { packFlight, type FlightItem } from '../flight.ts'
import { HandshakeInbox, type InboxSlot } from '../handshake-inbox.ts'
import {
  frameMessage,
  HANDSHAKE_HEADER_BYTES,
  readFragment,
  type HandshakeMessage,
} from '../handshake-message.ts'
import { createKeyShare, SUPPORTED_GROUPS } from '../key-share.ts'
import { MAX_CERTIFICATE_BYTES, VERIFY_DATA_BYTES } from '../limits.ts'
import { exportKeyingMaterial, extendedMasterSecret, masterSecret, trafficKeys, verifyData } from '../prf.ts'
import {
  CIPHER_SUITES,
  ContentType,
  ExtensionType,
  HandshakeType,
  SignatureScheme,
  type CipherSuite,
} from '../protocol.ts'
import { RecordLayer, type Epoch } from '../record-layer.ts'
import { readRecord, RECORD_HEADER_BYTES } from '../record.ts'
import { RetransmitTimer } from '../retransmit-timer.ts'
import {
  certificateVerify,
  clientHello,
  readServerHello,
  readServerKeyExchange,
  type ClientHelloOptions,
  type ServerHelloView,
} from './client-messages.ts'

export interface TestClientOptions extends ClientHelloOptions {
  readonly random: (bytes: number) => Uint8Array
  /** Certificate to show; an empty chain without one. */
  readonly identity?: {
    readonly certificateDer: Uint8Array
    readonly privateKey: KeyObject
    readonly scheme?: number
  }
  readonly mtu?: number
  /** message_seq of the ClientHello. */
  readonly firstSequence?: number
  /** Changes a body before it is framed: a client that cheats or is broken. */
  readonly tamper?: (type: number, body: Uint8Array) => Uint8Array
  /** Leaves messages out of the second flight. */
  readonly leaveOut?: (item: FlightItem) => boolean
}

export type TestClientEvent =
  | { readonly kind: 'send'; readonly datagram: Uint8Array }
  | { readonly kind: 'connected' }
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'alert'; readonly level: number; readonly description: number }

const SERVER_MESSAGES: readonly InboxSlot[] = [
  { type: HandshakeType.serverHello, epoch: 0, maxLength: 1024 },
  { type: HandshakeType.certificate, epoch: 0, maxLength: MAX_CERTIFICATE_BYTES },
  { type: HandshakeType.serverKeyExchange, epoch: 0, maxLength: 1024 },
  { type: HandshakeType.certificateRequest, epoch: 0, maxLength: 1024 },
  { type: HandshakeType.serverHelloDone, epoch: 0, maxLength: 0 },
  { type: HandshakeType.finished, epoch: 1, maxLength: VERIFY_DATA_BYTES },
]

/** The scripted client. */
export class TestClient {
  readonly records: RecordLayer = new RecordLayer()
  readonly clientRandom: Uint8Array
  readonly #options: TestClientOptions
  readonly #timer = new RetransmitTimer()
  readonly #events: TestClientEvent[] = []
  readonly #inbox: HandshakeInbox
  readonly #received = new Map<number, HandshakeMessage>()
  readonly #transcript: Uint8Array[] = []
  #sequence: number
  #flight: readonly FlightItem[] = []
  #hello: ServerHelloView | undefined
  #suite: CipherSuite | undefined
  #master: Uint8Array = new Uint8Array(0)
  #connected = false

  constructor(options: TestClientOptions) {
    this.#options = options
    this.#sequence = options.firstSequence ?? 0
    this.#inbox = new HandshakeInbox(SERVER_MESSAGES, this.#sequence)
    this.clientRandom = options.random(32)
  }

  get connected(): boolean {
    return this.#connected
  }

  /** The ServerHello, once it has come. */
  get serverHello(): ServerHelloView {
    if (!this.#hello) throw new Error('no ServerHello yet')
    return this.#hello
  }

  start(now: number): void {
    const hello = this.#write(HandshakeType.clientHello, clientHello(this.clientRandom, this.#options))
    this.#sendFlight(now, [{ kind: 'message', epoch: 0, message: hello }], true)
  }

  handleDatagram(now: number, datagram: Uint8Array): void {
    for (let offset = 0; offset < datagram.length;) {
      const record = readRecord(datagram, offset)
      if (!record) return
      offset += RECORD_HEADER_BYTES + record.body.length
      if (record.epoch === 0) this.#onContent(now, 0, record.type, record.body)
      const opened = record.epoch === 1 ? this.records.open(record) : undefined
      if (opened?.kind === 'opened') this.#onContent(now, 1, record.type, opened.plaintext)
    }
  }

  handleTimeout(now: number): void {
    if (this.#timer.takeDue(now)) this.#resend()
  }

  deadline(): number | undefined {
    return this.#timer.dueAt
  }

  next(): TestClientEvent | undefined {
    return this.#events.shift()
  }

  /** Sends one protected record of any type. */
  send(data: Uint8Array, type: number = ContentType.applicationData): void {
    this.#events.push({ kind: 'send', datagram: this.records.seal(1, type, data) })
  }

  /** A protected handshake message behind the Finished, as for a renegotiation. */
  sendHandshake(type: number, body: Uint8Array): void {
    const message = frameMessage(type, this.#sequence, body)
    this.send(message.raw, ContentType.handshake)
  }

  /** Sends the current flight again, as a client does that has not seen the answer. */
  resend(): void {
    this.#resend()
  }

  /** Keying material by RFC 5705, to compare with the server's. */
  export(label: string, length: number): Uint8Array {
    if (!this.#suite) throw new Error('no handshake yet')
    const { hash } = this.#suite
    const serverRandom = this.serverHello.random
    return exportKeyingMaterial(hash, this.#master, label, this.clientRandom, serverRandom, length)
  }

  #onContent(now: number, epoch: Epoch, type: number, content: Uint8Array): void {
    if (type === ContentType.alert) {
      this.#events.push({ kind: 'alert', level: content[0] ?? 0, description: content[1] ?? 0 })
      this.#timer.stop()
    }
    if (type === ContentType.applicationData && epoch === 1)
      this.#events.push({ kind: 'data', data: content })
    if (type === ContentType.handshake) this.#onHandshake(now, epoch, content)
  }

  #onHandshake(now: number, epoch: Epoch, content: Uint8Array): void {
    const fragment = readFragment(content, 0)
    if (!fragment) throw new Error('malformed fragment from the server')
    const result = this.#inbox.add(epoch, fragment)
    for (let message = this.#inbox.next(); message; message = this.#inbox.next()) {
      this.#received.set(message.type, message)
      if (message.type === HandshakeType.finished) this.#onFinished(message)
      else this.#transcript.push(message.raw)
      if (message.type === HandshakeType.serverHelloDone) this.#sendSecondFlight(now)
    }
    const repeats = result === 'repeated' && fragment.type === HandshakeType.serverHelloDone
    if (repeats && !this.#connected && this.#timer.takeRepeated(now)) this.#resend()
    if (content.length > HANDSHAKE_HEADER_BYTES + fragment.bytes.length)
      throw new Error('more than one message in a record')
  }

  #sendSecondFlight(now: number): void {
    const { identity } = this.#options
    const exchange = readServerKeyExchange(this.#body(HandshakeType.serverKeyExchange))
    this.#hello = readServerHello(this.#body(HandshakeType.serverHello))
    const { cipherSuite, random } = this.#hello
    const chain = identity ? vector(3, vector(3, identity.certificateDer)) : vector(3)
    this.#checkServerKey(exchange.signed, exchange.signature)
    const items = [this.#write(HandshakeType.certificate, chain)]
    const group = SUPPORTED_GROUPS.find((candidate) => candidate === exchange.group)
    this.#suite = CIPHER_SUITES.find((candidate) => candidate.id === cipherSuite)
    if (group === undefined || !this.#suite) throw new Error('the server chose what was not offered')
    const share = createKeyShare(group, this.#options.random)
    const preMaster = share.agree(exchange.point)
    if (!preMaster) throw new Error('the server sent no valid point')
    items.push(this.#write(HandshakeType.clientKeyExchange, vector(1, share.publicKey)))
    this.#deriveKeys(this.#suite, preMaster, random)
    if (identity) {
      const scheme = identity.scheme ?? SignatureScheme.ecdsaSecp256r1Sha256
      const proof = certificateVerify(identity.privateKey, scheme, concat(...this.#transcript))
      items.push(this.#write(HandshakeType.certificateVerify, proof))
    }
    const finished = verifyData(this.#suite.hash, this.#master, 'client', this.#transcriptHash())
    const flight: FlightItem[] = items.map((message) => ({ kind: 'message', epoch: 0, message }))
    flight.push({ kind: 'change-cipher-spec' })
    const last = this.#write(HandshakeType.finished, finished)
    flight.push({ kind: 'message', epoch: 1, message: last })
    const { leaveOut } = this.#options
    this.#sendFlight(now, leaveOut ? flight.filter((item) => !leaveOut(item)) : flight, true)
  }

  #deriveKeys(suite: CipherSuite, preMaster: Uint8Array, serverRandom: Uint8Array): void {
    this.#master = this.serverHello.extensions.has(ExtensionType.extendedMasterSecret)
      ? extendedMasterSecret(suite.hash, preMaster, this.#transcriptHash())
      : masterSecret(suite.hash, preMaster, this.clientRandom, serverRandom)
    const keys = trafficKeys(suite, this.#master, this.clientRandom, serverRandom)
    this.records.install(suite.cipher, keys.server, keys.client)
  }

  #checkServerKey(signed: Uint8Array, signature: Uint8Array): void {
    const certificate = new X509Certificate(this.#body(HandshakeType.certificate).subarray(6))
    const data = concat(this.clientRandom, this.serverHello.random, signed)
    if (!verify('sha256', data, certificate.publicKey, signature))
      throw new Error('the server key exchange is not signed by its certificate')
  }

  #onFinished(message: HandshakeMessage): void {
    if (!this.#suite) throw new Error('Finished before the key exchange')
    const expected = verifyData(this.#suite.hash, this.#master, 'server', this.#transcriptHash())
    if (Buffer.compare(expected, message.body) !== 0) throw new Error('the server Finished is wrong')
    this.#connected = true
    this.#timer.stop()
    this.#events.push({ kind: 'connected' })
  }

  #body(type: number): Uint8Array {
    const message = this.#received.get(type)
    if (!message) throw new Error('message has not come')
    return message.body
  }

  #write(type: number, body: Uint8Array): HandshakeMessage {
    const message = frameMessage(type, this.#sequence, this.#options.tamper?.(type, body) ?? body)
    this.#sequence += 1
    this.#transcript.push(message.raw)
    return message
  }

  #transcriptHash(): Uint8Array {
    const hash = createHash(this.#suite?.hash ?? 'sha256')
    for (const message of this.#transcript) hash.update(message)
    return hash.digest()
  }

  #sendFlight(now: number, items: readonly FlightItem[], awaitsAnswer: boolean): void {
    this.#flight = items
    this.#timer.start(now, awaitsAnswer)
    this.#resend()
  }

  #resend(): void {
    for (const datagram of packFlight(this.#flight, this.records, this.#options.mtu ?? 1200))
      this.#events.push({ kind: 'send', datagram })
  }
}
