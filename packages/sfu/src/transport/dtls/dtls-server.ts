// One DTLS 1.2 association in the server's role: datagrams in, datagrams, keys and data out (RFC 6347, RFC 5764).
//
// Sans-IO: time comes in with each call, outputs are drained with `next`, `deadline` says when to call `handleTimeout`.
// Assumes: datagrams come from an address that ICE has validated; so no cookie round trip, and no second handshake.
// omits: renegotiation (refused), session resumption, DTLS 1.3.
import { copy } from './bytes.ts'
import type { DtlsCloseReason, DtlsCounters, DtlsEvent, SrtpKeyingMaterial } from './events.ts'
import { packFlight, type FlightItem } from './flight.ts'
import { HandshakeInbox } from './handshake-inbox.ts'
import { HANDSHAKE_HEADER_BYTES, readFragment, type HandshakeFragment } from './handshake-message.ts'
import type { DtlsIdentity } from './identity.ts'
import {
  DEFAULT_MTU,
  HANDSHAKE_TIMEOUT_MS,
  MAX_EARLY_RECORD_BYTES,
  MAX_EARLY_RECORDS,
  MAX_PLAINTEXT,
  MAX_RECORDS_PER_DATAGRAM,
  MIN_MTU,
} from './limits.ts'
import { PeerCheck, type SetFingerprintResult } from './peer-check.ts'
import { Alert, AlertLevel, ContentType, HandshakeType, type SrtpProfile } from './protocol.ts'
import { RecordLayer, type Epoch } from './record-layer.ts'
import { readRecord, RECORD_HEADER_BYTES, type DtlsRecord } from './record.ts'
import { RetransmitTimer } from './retransmit-timer.ts'
import { CLIENT_MESSAGES, ServerHandshake, type HandshakeStep } from './server-handshake.ts'

export interface DtlsServerOptions {
  readonly identity: DtlsIdentity
  /** Source of secrets: ephemeral keys and randoms. */
  readonly random: (bytes: number) => Uint8Array
  /** In our order of preference; the server chooses. */
  readonly srtpProfiles: readonly SrtpProfile[]
  /** Largest UDP payload of a handshake datagram in bytes, 1200 unless told; at least 128. */
  readonly mtu?: number
}

/** 'finished': both sides have proven their keys, but the fingerprint is still missing. */
type State = 'idle' | 'negotiating' | 'finished' | 'connected' | 'closed'

/** A DTLS server association for one ICE session. */
export class DtlsServer {
  readonly #mtu: number
  readonly #records = new RecordLayer()
  readonly #handshake: ServerHandshake
  readonly #peer = new PeerCheck()
  readonly #timer = new RetransmitTimer()
  readonly #events: DtlsEvent[] = []
  readonly #counters: DtlsCounters = {
    malformed: 0,
    replayed: 0,
    undecryptable: 0,
    unexpected: 0,
    foreignHellos: 0,
    renegotiations: 0,
    retransmissions: 0,
  }
  #inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
  #early: DtlsRecord[] = []
  #flight: readonly FlightItem[] = []
  #state: State = 'idle'
  #writeEpoch: Epoch = 0
  #expiresAt: number | undefined
  #srtp: SrtpKeyingMaterial | undefined

  /** Throws a RangeError when the MTU leaves no room for a fragment. */
  constructor(options: DtlsServerOptions) {
    this.#mtu = options.mtu ?? DEFAULT_MTU
    if (this.#mtu < MIN_MTU) throw new RangeError(`mtu must be at least ${MIN_MTU}`)
    this.#handshake = new ServerHandshake(options)
  }

  /** What was dropped so far. */
  get counters(): Readonly<DtlsCounters> {
    return this.#counters
  }

  /**
   * Tells which certificate the peer must have, as a=fingerprint says it (sha-256, sha-384 or sha-512). May come before,
   * during or after the handshake and again with every description; before the peer is verified the last one counts.
   */
  setRemoteFingerprint(algorithm: string, value: string): SetFingerprintResult {
    const result = this.#peer.setFingerprint(algorithm, value)
    if (result === 'accepted') this.#checkPeer()
    return result
  }

  /** Takes one datagram; its memory may be reused after the call. */
  handleDatagram(now: number, datagram: Uint8Array): void {
    let offset = 0
    for (let count = 0; count < MAX_RECORDS_PER_DATAGRAM && offset < datagram.length; count += 1) {
      if (this.#state === 'closed') return
      const record = readRecord(datagram, offset)
      if (!record) {
        this.#counters.malformed += 1
        return
      }
      offset += RECORD_HEADER_BYTES + record.body.length
      // A wrong tag is dear to find out and says that the datagram is not from the peer: once per datagram is enough.
      if (!this.#onRecord(now, record)) return
    }
  }

  /** Sends application data as one record; nothing is sent unless connected. Throws when longer than 16384 bytes. */
  send(data: Uint8Array): void {
    if (data.length > MAX_PLAINTEXT) throw new RangeError('application data exceeds one record')
    if (this.#state !== 'connected') return
    this.#emit(this.#records.seal(1, ContentType.applicationData, data))
  }

  /** To be called at or after `deadline`. */
  handleTimeout(now: number): void {
    if (this.#expiresAt !== undefined && now >= this.#expiresAt) this.#end('handshake-timeout')
    else if (this.#timer.takeDue(now)) this.#resendFlight()
  }

  /** When `handleTimeout` wants to be called, in the caller's milliseconds; undefined: not at all. */
  deadline(): number | undefined {
    const { dueAt } = this.#timer
    if (dueAt === undefined || this.#expiresAt === undefined) return dueAt ?? this.#expiresAt
    return Math.min(dueAt, this.#expiresAt)
  }

  /** The oldest event not yet taken, or undefined. */
  next(): DtlsEvent | undefined {
    return this.#events.shift()
  }

  /** Says good-bye to the peer and ends; drain `next` once more afterwards. */
  close(_now: number): void {
    if (this.#state === 'closed') return
    if (this.#state !== 'idle') this.#sendAlert(AlertLevel.warning, Alert.closeNotify)
    this.#end('local')
  }

  /** False when the rest of the datagram is to be dropped. */
  #onRecord(now: number, record: DtlsRecord): boolean {
    if (record.epoch === 1) return this.#onProtected(now, record)
    if (record.epoch === 0) this.#onPlain(now, record)
    else this.#counters.unexpected += 1
    return true
  }

  #onPlain(now: number, record: DtlsRecord): void {
    switch (record.type) {
      case ContentType.handshake:
        this.#onHandshake(now, 0, record.body)
        return
      case ContentType.alert:
        // Nobody vouches for a plain alert; after the handshake only protected ones count.
        if (this.#state === 'negotiating') this.#onAlert(record.body)
        else this.#counters.unexpected += 1
        return
      case ContentType.changeCipherSpec:
        // Says nothing that the epoch of the next record does not say, so its loss costs nothing either.
        return
      default:
        this.#counters.unexpected += 1
    }
  }

  #onProtected(now: number, record: DtlsRecord): boolean {
    const result = this.#records.open(record)
    if (result.kind === 'opened') this.#onContent(now, record.type, result.plaintext)
    else if (result.kind === 'no-keys') this.#keepEarly(record)
    else this.#counters[result.kind] += 1
    return result.kind !== 'undecryptable'
  }

  /** The client's Finished may overtake the messages that its keys depend on (RFC 6347 section 4.1). */
  #keepEarly(record: DtlsRecord): void {
    const fits = this.#early.length < MAX_EARLY_RECORDS && record.body.length <= MAX_EARLY_RECORD_BYTES
    if (this.#state === 'negotiating' && fits) this.#early.push({ ...record, body: copy(record.body) })
    else this.#counters.unexpected += 1
  }

  #onContent(now: number, type: number, content: Uint8Array): void {
    if (type === ContentType.handshake) this.#onHandshake(now, 1, content)
    else if (type === ContentType.alert) this.#onAlert(content)
    else if (type === ContentType.applicationData && this.#state === 'connected')
      this.#events.push({ kind: 'data', data: content })
    else if (type !== ContentType.applicationData || this.#state !== 'finished' || !this.#peer.hold(content))
      this.#counters.unexpected += 1
  }

  #onAlert(content: Uint8Array): void {
    const [level, description] = content
    if (content.length !== 2 || description === undefined) {
      this.#counters.malformed += 1
    } else if (description === Alert.closeNotify) {
      this.#sendAlert(AlertLevel.warning, Alert.closeNotify)
      this.#end('close-notify')
    } else if (level === AlertLevel.fatal) {
      this.#end('peer-alert', description)
    }
  }

  #onHandshake(now: number, epoch: Epoch, content: Uint8Array): void {
    let repeated = false
    for (let offset = 0; offset < content.length;) {
      const fragment = readFragment(content, offset)
      if (!fragment) {
        this.#counters.malformed += 1
        break
      }
      offset += HANDSHAKE_HEADER_BYTES + fragment.bytes.length
      if (this.#onFragment(epoch, fragment)) repeated = true
    }
    this.#acceptMessages(now)
    if (repeated && this.#timer.takeRepeated(now)) this.#resendFlight()
  }

  /** True when the fragment shows that the peer repeats the flight ours has answered. */
  #onFragment(epoch: Epoch, fragment: HandshakeFragment): boolean {
    const isHello = fragment.type === HandshakeType.clientHello
    if (isHello && epoch === 1) {
      this.#counters.renegotiations += 1
      if (this.#writeEpoch === 1) this.#sendAlert(AlertLevel.warning, Alert.noRenegotiation)
      return false
    }
    if (this.#state === 'idle' && isHello && fragment.sequence === 1 && this.#inbox.firstSequence === 0)
      this.#inbox = new HandshakeInbox(CLIENT_MESSAGES, 1)
    if (this.#state === 'idle' && !isHello) {
      this.#counters.unexpected += 1
      return false
    }
    const result = this.#inbox.add(epoch, fragment)
    if (result === 'ignored') {
      if (isHello) this.#counters.foreignHellos += 1
      else this.#counters.unexpected += 1
    }
    // Only these two end a flight of the client's; the rest of the flight repeats with them.
    const endsFlight = this.#state === 'negotiating' ? isHello : fragment.type === HandshakeType.finished
    return result === 'repeated' && endsFlight
  }

  #acceptMessages(now: number): void {
    while (this.#state === 'idle' || this.#state === 'negotiating') {
      const message = this.#inbox.next()
      if (!message) return
      this.#apply(now, this.#handshake.accept(message))
    }
  }

  #apply(now: number, step: HandshakeStep): void {
    switch (step.kind) {
      case 'wait':
        return
      case 'discard':
        this.#counters.malformed += 1
        this.#inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
        return
      case 'flight':
        this.#state = 'negotiating'
        this.#expiresAt = now + HANDSHAKE_TIMEOUT_MS
        this.#sendFlight(now, step.items, true)
        return
      case 'certificate':
        this.#peer.setCertificate(step.certificateDer)
        this.#checkPeer()
        return
      case 'keys':
        this.#records.install(step.cipher, step.read, step.write)
        this.#openEarly(now)
        return
      case 'finished':
        this.#state = 'finished'
        this.#writeEpoch = 1
        this.#srtp = step.srtp
        this.#inbox.forgetDelivered()
        this.#sendFlight(now, step.items, false)
        this.#checkPeer()
        return
      case 'fail':
        this.#fail(step.reason, step.alert)
    }
  }

  #openEarly(now: number): void {
    const early = this.#early
    this.#early = []
    for (const record of early) {
      if (this.#state !== 'closed') this.#onProtected(now, record)
    }
  }

  /** Ends the association at the first sight of a wrong certificate, completes it once everything is proven. */
  #checkPeer(): void {
    if (this.#state === 'closed') return
    const { verdict } = this.#peer
    if (verdict === 'mismatch') this.#fail('fingerprint-mismatch', Alert.badCertificate)
    if (verdict !== 'match' || this.#state !== 'finished') return
    this.#state = 'connected'
    this.#expiresAt = undefined
    this.#events.push({ kind: 'connected', srtp: this.#srtp })
    this.#srtp = undefined
    for (const data of this.#peer.release()) this.#events.push({ kind: 'data', data })
  }

  #sendFlight(now: number, items: readonly FlightItem[], awaitsAnswer: boolean): void {
    this.#flight = items
    this.#timer.start(now, awaitsAnswer)
    for (const datagram of packFlight(items, this.#records, this.#mtu)) this.#emit(datagram)
  }

  #resendFlight(): void {
    this.#counters.retransmissions += 1
    for (const datagram of packFlight(this.#flight, this.#records, this.#mtu)) this.#emit(datagram)
  }

  #sendAlert(level: number, description: number): void {
    this.#emit(this.#records.seal(this.#writeEpoch, ContentType.alert, Uint8Array.of(level, description)))
  }

  #emit(datagram: Uint8Array): void {
    this.#events.push({ kind: 'send', datagram })
  }

  #fail(reason: DtlsCloseReason, alert: number): void {
    this.#sendAlert(AlertLevel.fatal, alert)
    this.#end(reason, alert)
  }

  #end(reason: DtlsCloseReason, alert?: number): void {
    this.#state = 'closed'
    this.#timer.stop()
    this.#expiresAt = undefined
    this.#early = []
    this.#flight = []
    this.#srtp = undefined
    this.#peer.release()
    this.#events.push(alert === undefined ? { kind: 'closed', reason } : { kind: 'closed', reason, alert })
  }
}
