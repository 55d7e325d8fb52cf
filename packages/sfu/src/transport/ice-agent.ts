// Answers a peer's connectivity checks and settles on the address to send to (RFC 8445, answerer and controlled always).
//
// Lite: the peer decides alone, its latest nomination holds. Full: checks of our own in return, so that a peer which
// nominates every pair at once (Firefox) and this side settle on the same one.
// omits: candidates told by the peer (its checks come to our known address anyway), the controlling role (a peer that
// also wants to be controlled is told 487 and switches), TCP, TURN.
import type { PeerAddress } from './address.ts'
import { IceLiveness, type IceState } from './ice-liveness.ts'
import { IcePairs, type IcePair } from './ice-pairs.ts'
import { TokenBucket } from './ice-rate-limit.ts'
import { newTransactionId, transactionTagOf } from './ice-transaction.ts'
import { peerReflexivePriority } from './candidate.ts'
import { AGENT_STUN_BURST, AGENT_STUN_PER_SECOND, MAX_UFRAG_CHARS } from './limits.ts'
import { parseStun, verifyStunIntegrity, type StunMessage } from './stun.ts'
import { writeBindingError, writeBindingRequest, writeBindingSuccess } from './stun-writer.ts'

export type { IceState } from './ice-liveness.ts'
export type IceMode = 'lite' | 'full'

export interface IceCredentials {
  readonly ufrag: string
  readonly pwd: string
}

export interface IceAgentOptions {
  readonly mode: IceMode
  readonly localUfrag: string
  readonly localPwd: string
  /** Gives as many random bytes as asked for. */
  readonly random: (bytes: number) => Uint8Array
  /** 64 bits told in checks; random by default. */
  readonly tieBreaker?: bigint
}

export type IceEvent =
  | { readonly kind: 'send'; readonly data: Uint8Array; readonly to: PeerAddress }
  | { readonly kind: 'state'; readonly state: IceState }
  | { readonly kind: 'selected'; readonly address: PeerAddress }

/** STUN packets that came to nothing. */
export interface IceCounters {
  malformed: number
  /** Over the agent's limit a second. */
  limited: number
  /** Wrong user fragment, password or transaction. */
  unauthenticated: number
}

/** Credentials of one ICE session; two while a restart is under way. */
interface Generation {
  readonly ufrag: string
  readonly password: Uint8Array
  readonly pairs: IcePairs
  remote: IceCredentials | undefined
}

/** Prflx candidates have a lower type preference than the peer's own; used when a check tells no priority. */
const UNKNOWN_PRIORITY = 1

/** The ICE side of one peer connection. */
export class IceAgent {
  readonly counters: IceCounters = { malformed: 0, limited: 0, unauthenticated: 0 }
  readonly #full: boolean
  readonly #random: (bytes: number) => Uint8Array
  readonly #tieBreaker: bigint
  readonly #bucket = new TokenBucket(AGENT_STUN_PER_SECOND, AGENT_STUN_BURST)
  readonly #liveness = new IceLiveness()
  readonly #events: IceEvent[] = []
  #current: Generation
  /** What was valid before a restart, until the first check with the new credentials. */
  #previous: Generation | undefined
  #selected: PeerAddress | undefined
  /** Whether lite mode has an address with the current credentials; from then on only nominations move it. */
  #settled = false

  constructor(options: IceAgentOptions) {
    this.#full = options.mode === 'full'
    this.#random = options.random
    this.#tieBreaker = options.tieBreaker ?? Buffer.from(options.random(8)).readBigUInt64BE()
    this.#current = this.#generation({ ufrag: options.localUfrag, pwd: options.localPwd })
  }

  /** Takes the credentials of the peer's description; harmless when they are the known ones. */
  setRemoteCredentials(now: number, remote: IceCredentials): void {
    const known = this.#current.remote
    if (known?.ufrag === remote.ufrag && known.pwd === remote.pwd) return
    this.#current.remote = remote
    this.#setState(this.#liveness.start(now))
    for (const pair of this.#current.pairs.unchecked()) this.#check(now, this.#current, pair)
  }

  /**
   * Begins an ICE restart (RFC 8445 section 9) with credentials of both sides. Media goes on to the selected address, and
   * the credentials before stay valid, until a check with the new ones comes in.
   */
  restart(now: number, local: IceCredentials, remote: IceCredentials): void {
    this.#previous = this.#current
    this.#current = this.#generation(local)
    this.#current.remote = remote
    this.#settled = false
    this.#setState(this.#liveness.restart(now))
  }

  /**
   * Takes a STUN datagram. Returns whether it was a valid check or answer of the peer, which makes its source one of the
   * peer's addresses. Everything else is dropped and counted; nothing is answered without valid integrity.
   */
  handleStun(now: number, data: Uint8Array, from: PeerAddress): boolean {
    if (this.#liveness.state === 'failed') return false
    if (!this.#bucket.take(now)) {
      this.counters.limited++
      return false
    }
    const message = parseStun(data)
    if (!message) {
      this.counters.malformed++
      return false
    }
    if (message.class === 'request') return this.#handleRequest(now, data, message, from)
    return message.class !== 'indication' && this.#handleAnswer(now, data, message, from)
  }

  handleTimeout(now: number): void {
    const generation = this.#current
    for (let pair = generation.pairs.due(now); pair; pair = generation.pairs.due(now)) {
      this.#check(now, generation, pair)
      if (pair === generation.pairs.selected) this.#planConsent(now, generation)
    }
    this.#setState(this.#liveness.handleTimeout(now))
  }

  /** When `handleTimeout` wants to be called, or undefined. */
  deadline(): number | undefined {
    const earliest = Math.min(this.#current.pairs.deadline(), this.#liveness.deadline() ?? Infinity)
    return earliest === Infinity ? undefined : earliest
  }

  /** The oldest event not yet taken, or undefined. */
  next(): IceEvent | undefined {
    return this.#events.shift()
  }

  #handleRequest(now: number, data: Uint8Array, message: StunMessage, from: PeerAddress): boolean {
    const generation = this.#generationOf(message)
    if (!generation || !verifyStunIntegrity(data, message, generation.password)) {
      this.counters.unauthenticated++
      return false
    }
    const { transactionId, unknown } = message
    if (unknown.length > 0) {
      this.#send(writeBindingError(transactionId, 420, generation.password, unknown), from)
      return true
    }
    if (message.iceControlled !== undefined) {
      this.#send(writeBindingError(transactionId, 487, generation.password), from)
      return true
    }
    const answer = writeBindingSuccess(transactionId, from, generation.password)
    if (!answer) return false
    this.#send(answer, from)
    if (generation === this.#current) this.#onCheck(now, generation, message, from)
    else this.#touch(now)
    return true
  }

  /** A valid check with the current credentials. */
  #onCheck(now: number, generation: Generation, message: StunMessage, from: PeerAddress): void {
    this.#previous = undefined
    if (!this.#full) {
      this.#selectLite(from, message.useCandidate)
      this.#touch(now)
      return
    }
    const { pairs } = generation
    const pair = pairs.heard(now, from, message.priority ?? UNKNOWN_PRIORITY, message.useCandidate)
    if (pairs.wantsTriggeredCheck(now, pair)) this.#check(now, generation, pair)
    if (pairs.choose()) this.#selectFull(now, generation)
    if (pairs.selected) this.#touch(now)
  }

  /** The first address that proves itself is taken, so that DTLS need not wait; a nomination moves it. */
  #selectLite(from: PeerAddress, nominated: boolean): void {
    if (this.#settled && !nominated) return
    this.#settled = true
    if (!this.#selected?.equals(from)) this.#select(from)
  }

  #handleAnswer(now: number, data: Uint8Array, message: StunMessage, from: PeerAddress): boolean {
    const generation = this.#current
    const pair = generation.pairs.open(message.transactionId)
    const { remote } = generation
    // An answer from elsewhere means a NAT that would swallow media too (RFC 8445 section 7.2.5.2.1).
    if (!pair || !remote || !pair.address.equals(from)) return this.#unauthenticated()
    if (!verifyStunIntegrity(data, message, Buffer.from(remote.pwd))) return this.#unauthenticated()
    if (message.class === 'error') {
      pair.check = undefined
      return true
    }
    if (generation.pairs.succeeded(pair)) this.#selectFull(now, generation)
    if (pair === generation.pairs.selected) this.#touch(now)
    return true
  }

  #selectFull(now: number, generation: Generation): void {
    const pair = generation.pairs.selected
    if (!pair) return
    this.#planConsent(now, generation)
    if (!this.#selected?.equals(pair.address)) this.#select(pair.address)
  }

  #select(address: PeerAddress): void {
    this.#selected = address
    this.#events.push({ kind: 'selected', address })
  }

  #check(now: number, generation: Generation, pair: IcePair): void {
    const { remote } = generation
    if (!remote || remote.ufrag.length > MAX_UFRAG_CHARS) return
    const request = writeBindingRequest({
      transactionId: generation.pairs.transmit(now, pair),
      username: `${remote.ufrag}:${generation.ufrag}`,
      priority: peerReflexivePriority(pair.address.family),
      iceControlled: this.#tieBreaker,
      password: Buffer.from(remote.pwd),
    })
    this.#send(request, pair.address)
  }

  #planConsent(now: number, generation: Generation): void {
    generation.pairs.planConsent(now, (this.#random(1)[0] ?? 0) / 255)
  }

  #generationOf(message: StunMessage): Generation | undefined {
    const name = message.username ?? ''
    if (name.startsWith(`${this.#current.ufrag}:`)) return this.#current
    if (this.#previous && name.startsWith(`${this.#previous.ufrag}:`)) return this.#previous
    return undefined
  }

  #generation(local: IceCredentials): Generation {
    const tag = transactionTagOf(local.ufrag)
    return {
      ufrag: local.ufrag,
      password: Buffer.from(local.pwd),
      pairs: new IcePairs(() => newTransactionId(tag, this.#random)),
      remote: undefined,
    }
  }

  #touch(now: number): void {
    this.#setState(this.#liveness.start(now))
    this.#setState(this.#liveness.touch(now))
  }

  #setState(state: IceState | undefined): void {
    if (state) this.#events.push({ kind: 'state', state })
  }

  #send(data: Uint8Array, to: PeerAddress): void {
    this.#events.push({ kind: 'send', data, to })
  }

  #unauthenticated(): false {
    this.counters.unauthenticated++
    return false
  }
}
