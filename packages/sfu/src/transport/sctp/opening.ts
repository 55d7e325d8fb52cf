// Opens an association: INIT, INIT-ACK, COOKIE-ECHO, COOKIE-ACK, from either side or both at once, with T1
// (RFC 9260, 5.1, 5.2 and 4).
import { ChunkType, decodeInit, encodeChunk, type InitChunk } from './chunks.ts'
import {
  encodeOurInit,
  judgeCookie,
  type LocalIdentity,
  openCookie,
  type PeerIdentity,
  readInit,
  sealCookie,
} from './handshake.ts'
import { MAX_INIT_RETRANSMISSIONS, MIN_PEER_WINDOW_BYTES, RTO_INITIAL_MS } from './limits.ts'
import { viewOf } from './packet.ts'
import { concatBytes, decodeParameters, encodeParameter, ErrorCause } from './parameters.ts'
import { Timer } from './timer.ts'

export interface OpeningOptions {
  readonly random: (bytes: number) => Uint8Array
  /** Sends these chunks as a packet of their own under this verification tag. */
  readonly send: (verificationTag: number, chunks: readonly Uint8Array[]) => void
  /** The handshake is complete; called before the COOKIE-ACK, if there is one, is sent. */
  readonly onEstablished: (local: LocalIdentity, peer: PeerIdentity) => void
  /** The peer of an established association began anew. */
  readonly onRestart: (local: LocalIdentity, peer: PeerIdentity) => void
  readonly onFailed: (reason: 'handshake-timeout' | 'protocol-violation') => void
}

/** done: the association exists, only duplicates and restarts are to be expected. */
type OpeningState = 'idle' | 'cookie-wait' | 'cookie-echoed' | 'done'

/** Handshake half of an association's state machine. */
export class Opening {
  readonly #options: OpeningOptions
  readonly #secret: Uint8Array
  readonly #timer = new Timer()
  #state: OpeningState = 'idle'
  #local: LocalIdentity
  #peer: PeerIdentity | undefined
  #cookieEcho: readonly Uint8Array[] = []

  constructor(options: OpeningOptions) {
    this.#options = options
    this.#secret = options.random(32)
    this.#local = this.#newIdentity()
  }

  /** Our tag and first TSN; fixed until the peer begins anew. */
  get local(): LocalIdentity {
    return this.#local
  }

  /** The peer's tag, 0 while unknown. */
  get peerTag(): number {
    return this.#peer?.tag ?? 0
  }

  get deadline(): number | undefined {
    return this.#timer.deadline
  }

  /** Sends INIT. */
  start(now: number): void {
    if (this.#state !== 'idle') return
    this.#state = 'cookie-wait'
    this.#sendCurrent(now)
  }

  /** Ends the handshake without result. */
  stop(): void {
    this.#timer.stop()
    this.#state = 'done'
  }

  handleTimeout(now: number): void {
    if (!this.#timer.expired(now)) return
    if (this.#timer.expirations > MAX_INIT_RETRANSMISSIONS) {
      this.#options.onFailed('handshake-timeout')
      return
    }
    this.#sendCurrent(now)
  }

  /** INIT: answered statelessly with a cookie, in every state; an existing association stays as it is (RFC 9260, 5.2.2). */
  handleInit(now: number, value: Uint8Array): void {
    const init = decodeInit(value)
    const content = init && isAcceptable(init) ? readInit(init) : undefined
    if (!content) return
    const isNew = this.#state === 'done' && this.#peer !== undefined
    const local = isNew ? this.#newIdentity() : this.#local
    const tie = isNew ? { local: this.#local.tag, peer: this.peerTag } : { local: 0, peer: 0 }
    const cookie = sealCookie(this.#secret, { madeAt: now, local, peer: content.peer, tie })
    this.#options.send(content.peer.tag, [encodeOurInit(local, cookie, content.unrecognized)])
  }

  /** INIT-ACK to our INIT. */
  handleInitAck(now: number, value: Uint8Array): void {
    if (this.#state !== 'cookie-wait') return
    const init = decodeInit(value)
    const content = init && isAcceptable(init) ? readInit(init) : undefined
    if (!content?.cookie) {
      this.#options.onFailed('protocol-violation')
      return
    }
    this.#peer = content.peer
    const chunks = [encodeChunk(ChunkType.cookieEcho, 0, content.cookie)]
    if (content.unrecognized.length > 0) {
      const cause = encodeParameter(ErrorCause.unrecognizedParameters, concatBytes(content.unrecognized))
      chunks.push(encodeChunk(ChunkType.error, 0, cause))
    }
    this.#cookieEcho = chunks
    this.#state = 'cookie-echoed'
    this.#timer.stop()
    this.#sendCurrent(now)
  }

  /** COOKIE-ECHO; `verificationTag` is the packet's (RFC 9260, 5.2.4). */
  handleCookieEcho(now: number, value: Uint8Array, verificationTag: number): void {
    const cookie = openCookie(this.#secret, value)
    if (!cookie || cookie.local.tag !== verificationTag) return
    const current = { local: this.#local.tag, peer: this.peerTag }
    switch (judgeCookie(cookie, current, now)) {
      case 'discard':
        return
      case 'stale':
        this.#options.send(cookie.peer.tag, [staleCookieError()])
        return
      case 'restart':
        if (this.#state !== 'done') return
        this.#local = cookie.local
        this.#peer = cookie.peer
        this.#options.onRestart(cookie.local, cookie.peer)
        break
      case 'establish':
        // An established association is not taken over by an older INIT of the peer.
        if (this.#state === 'done') return
        this.#establish(cookie.peer)
        break
      case 'confirm':
        this.#establish(cookie.peer)
        break
    }
    this.#options.send(cookie.peer.tag, [encodeChunk(ChunkType.cookieAck, 0, new Uint8Array(0))])
  }

  handleCookieAck(): void {
    if (this.#state === 'cookie-echoed' && this.#peer) this.#establish(this.#peer)
  }

  /** ERROR chunk: only "stale cookie" matters, it starts the handshake again (RFC 9260, 5.2.6). */
  handleError(now: number, value: Uint8Array): void {
    if (this.#state !== 'cookie-echoed') return
    const isStale = decodeParameters(value)?.some((cause) => cause.type === ErrorCause.staleCookie)
    if (!isStale) return
    this.#state = 'cookie-wait'
    this.#peer = undefined
    this.#sendCurrent(now)
  }

  #establish(peer: PeerIdentity): void {
    if (this.#state === 'done') return
    this.#peer = peer
    this.#state = 'done'
    this.#timer.stop()
    this.#options.onEstablished(this.#local, peer)
  }

  /** (Re)sends what the state waits for an answer to. */
  #sendCurrent(now: number): void {
    if (this.#state === 'cookie-wait') this.#options.send(0, [encodeOurInit(this.#local, undefined, [])])
    else if (this.#state === 'cookie-echoed') this.#options.send(this.peerTag, this.#cookieEcho)
    else return
    this.#timer.start(now, RTO_INITIAL_MS)
  }

  #newIdentity(): LocalIdentity {
    const view = viewOf(this.#options.random(8))
    // A tag of zero belongs to INIT packets alone (RFC 9260, 3.3.2).
    return { tag: view.getUint32(0) || 1, initialTsn: view.getUint32(4) }
  }
}

/** Values an INIT or INIT-ACK must not have (RFC 9260, 3.3.2); such packets are dropped. */
function isAcceptable(init: InitChunk): boolean {
  return (
    init.tag !== 0 &&
    init.outboundStreams > 0 &&
    init.inboundStreams > 0 &&
    init.window >= MIN_PEER_WINDOW_BYTES
  )
}

function staleCookieError(): Uint8Array {
  // Measure of staleness in microseconds (RFC 9260, 3.3.10.3); 0 gives nothing about our clock away.
  return encodeChunk(ChunkType.error, 0, encodeParameter(ErrorCause.staleCookie, new Uint8Array(4)))
}
