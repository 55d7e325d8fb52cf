// The packet loop of a media worker: sockets and timers of all its peers, and what is sent at the end of a turn.
import { randomBytes } from 'node:crypto'
import { PeerMedia, ssrc } from '../media/index.ts'
import { SessionDescriber } from '../sdp/index.ts'
import type { PeerStyle } from '../session/peer-style.ts'
import type { PeerParts } from '../session/session-host.ts'
import type { Session } from '../session/session.ts'
import type { PeerAddress } from '../transport/address.ts'
import { hostCandidates } from '../transport/candidate.ts'
import { classifyDatagram, Demux } from '../transport/demux.ts'
import { createDtlsIdentity, type DtlsIdentity } from '../transport/dtls/index.ts'
import { PeerTransport } from '../transport/peer-transport.ts'
import { createMediaPath, type MediaPath, type SenderInUse } from './media-path.ts'
import type { Fanout, FanoutTargets, SendKeys } from './fanout/index.ts'
import { Peer, type PeerHost } from './peer.ts'
import { randomFromPool } from './random-pool.ts'
import type { SrtpProfile, SrtpReceiver } from '../transport/srtp/index.ts'
import { TimerRounds } from './timer-rounds.ts'
import type { TurnClock } from './turn-clock.ts'
import type { WorkerSettings } from './worker-protocol.ts'

/** GCM is AES and its own authentication at half of CM's price. */
const NATIVE_PROFILES: readonly SrtpProfile[] = ['SRTP_AEAD_AES_128_GCM', 'SRTP_AES128_CM_HMAC_SHA1_80']
/** Composed from long-lived OpenSSL objects, CM costs less than GCM's cipher object per packet (docs/decisions/0004). */
const TYPESCRIPT_PROFILES: readonly SrtpProfile[] = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']
/** Milliseconds a certificate is used for new connections; it is valid for far longer. */
const IDENTITY_AGE_MS = 7 * 86_400_000
/** Letters of RFC 8839's ice-char, without the two signs. */
const ICE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** RFC 8445 section 5.3 asks for 24 bits; ours also finds the peer, so two of a worker must never meet (71 bits). */
const UFRAG_LENGTH = 12
/** RFC 8445 section 5.3 asks for 128 bits; 24 letters of 62 are 142. */
const PWD_LENGTH = 24
/** Milliseconds that the last good-byes have to leave the socket. */
const LINGER_MS = 50

export interface PeerLoopOptions {
  readonly clock: TurnClock
  readonly settings: WorkerSettings
  readonly ssrc: () => number
  /** Called at the end of each turn, before what was collected is sent. */
  readonly afterTurn: () => void
  /** A peer's turn threw; it must be ended. */
  readonly onFault: (session: Session | undefined, error: unknown) => void
}

/** All peers of one worker. */
export class PeerLoop implements PeerHost {
  readonly clock: TurnClock
  readonly targets: Fanout & FanoutTargets
  readonly #options: PeerLoopOptions
  readonly #demux = new Demux<Peer>()
  readonly #peers = new Set<Peer>()
  readonly #path: MediaPath
  #identity: { readonly value: DtlsIdentity; readonly madeAt: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #turnEnds = false
  readonly #rounds = new TimerRounds()
  /** Who received something in this turn. */
  readonly #touched = new Set<Peer>()

  constructor(options: PeerLoopOptions) {
    this.#options = options
    this.clock = options.clock
    this.#path = createMediaPath(options.settings.sender)
    this.targets = this.#path.fanout
  }

  get sender(): SenderInUse {
    return this.#path.sender
  }

  /** Binds the sockets; rejects with the system's error. */
  async open(): Promise<void> {
    const { bindAddresses, udpPort } = this.#options.settings
    for (const address of bindAddresses) {
      const family = address.includes(':') ? 6 : 4
      await this.#path.open({
        family,
        address,
        port: udpPort,
        onDatagram: (data, host, port) => this.#receive(data, host, port),
        onTurnEnd: () => this.#finishTurn(),
      })
    }
  }

  /** Builds a peer connection for a new session. */
  create({ iceLite, singleCodec }: PeerStyle): PeerParts {
    const { settings } = this.#options
    const identity = this.#currentIdentity()
    const localUfrag = randomLetters(UFRAG_LENGTH)
    const localPwd = randomLetters(PWD_LENGTH)
    const transport = new PeerTransport({
      iceMode: iceLite ? 'lite' : 'full',
      localUfrag,
      localPwd,
      identity,
      srtpProfiles: this.sender === 'native' ? NATIVE_PROFILES : TYPESCRIPT_PROFILES,
      random: randomFromPool,
    })
    const cname = randomLetters(UFRAG_LENGTH)
    const media = new PeerMedia({
      fanout: this.targets,
      random: randomFromPool,
      cname,
      localSsrc: ssrc(this.#options.ssrc()),
    })
    const describer = new SessionDescriber({
      iceLite,
      localUfrag,
      localPwd,
      fingerprint: `sha-256 ${identity.fingerprint}`,
      candidates: hostCandidates(settings.announcedAddresses, settings.udpPort),
      originId: String(randomBytes(6).readUIntBE(0, 6)),
      publishCodecs: ['vp8', 'opus'],
      cname,
      singleCodec,
    })
    const peer = new Peer(this, localUfrag, transport, media)
    this.#peers.add(peer)
    this.#demux.add(localUfrag, peer)
    this.#wish(this.clock.now)
    return { port: peer, media, describer, attach: (session) => peer.attach(session) }
  }

  sendDatagram(data: Uint8Array, to: PeerAddress): void {
    this.#path.sendDatagram(data, to)
  }

  receiver(keys: SendKeys): SrtpReceiver {
    return this.#path.receiver(keys)
  }

  bindAddress(peer: Peer, address: PeerAddress): void {
    this.#demux.bind(peer, address)
  }

  release(peer: Peer): void {
    this.#demux.remove(peer)
    this.#peers.delete(peer)
    if (this.#peers.size > 0) return
    clearTimeout(this.#timer)
    this.#rounds.stop()
  }

  /** Asks for the end of the turn once the events at hand are through. */
  endTurn(): void {
    if (this.#turnEnds) return
    this.#turnEnds = true
    // After the poll phase: all datagrams that were waiting have been handled by then.
    setImmediate(() => this.#finishTurn())
  }

  /** Closes the sockets after the last good-byes have left. */
  close(done: () => void): void {
    this.#finishTurn()
    clearTimeout(this.#timer)
    setTimeout(() => {
      this.#path.close()
      done()
    }, LINGER_MS)
  }

  /** One datagram, whose memory is another's when this returns. */
  #receive(data: Uint8Array, host: string, port: number): void {
    const now = this.clock.tick()
    const kind = classifyDatagram(data)
    if (kind === 'unknown') return
    const peer =
      kind === 'stun' ? this.#demux.peerOfStun(now, data, host, port) : this.#demux.peerAt(host, port)
    if (!peer) return
    this.#touched.add(peer)
    try {
      switch (kind) {
        case 'rtp':
          peer.handleRtp(data)
          break
        case 'rtcp':
          peer.handleRtcp(data)
          break
        case 'dtls':
          // The handshake keeps pieces of messages until they are whole.
          peer.handleDtls(data.slice())
          break
        case 'stun':
          peer.handleStun(data.slice(), this.#demux.addressOf(host, port))
          break
      }
    } catch (error) {
      this.#options.onFault(peer.session, error)
    }
  }

  #timerStep(): void {
    this.clock.tick()
    this.#finishTurn()
  }

  /** Looks at all peers, and does what is due. */
  #holdRound(now: number): void {
    const isFull = this.#rounds.isFull(now)
    let next = Infinity
    for (const peer of this.#peers) {
      if (isFull || now >= peer.dueAt) this.#handleTimeout(peer)
      next = Math.min(next, peer.dueAt)
    }
    this.#rounds.held(now, next)
    if (this.#peers.size > 0) this.#arm(now)
    else this.#rounds.stop()
  }

  /** Something is due then. */
  #wish(dueAt: number): void {
    if (this.#rounds.wish(dueAt)) this.#arm(this.clock.now)
  }

  #arm(now: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#timerStep(), Math.max(0, this.#rounds.nextAt - now))
  }

  #handleTimeout(peer: Peer): void {
    try {
      peer.handleTimeout()
    } catch (error) {
      this.#options.onFault(peer.session, error)
    }
  }

  #finishTurn(): void {
    this.#turnEnds = false
    const { now } = this.clock
    let due = Infinity
    for (const peer of this.#touched) {
      this.#handleTimeout(peer)
      due = Math.min(due, peer.dueAt)
    }
    this.#touched.clear()
    if (this.#rounds.isDue(now)) this.#holdRound(now)
    else this.#wish(due)
    this.#options.afterTurn()
    this.targets.flush()
  }

  #currentIdentity(): DtlsIdentity {
    const { now } = this.clock
    if (!this.#identity || now - this.#identity.madeAt > IDENTITY_AGE_MS) {
      const value = createDtlsIdentity({ now: new Date(now), random: (bytes) => randomBytes(bytes) })
      this.#identity = { value, madeAt: now }
    }
    return this.#identity.value
  }
}

function randomLetters(length: number): string {
  // 62 of 256 values would favour some letters: those at the end are thrown again.
  let text = ''
  while (text.length < length)
    for (const byte of randomFromPool(length))
      if (byte < 248 && text.length < length) text += ICE_ALPHABET[byte % 62]
  return text
}
