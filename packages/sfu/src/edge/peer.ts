// One client's peer connection at the edge: connects its transport, its keys, its media engine and its session.
import type { PeerMedia } from '../media/index.ts'
import type { Session } from '../session/session.ts'
import type { PeerPort, RemoteDescription } from '../session/ports.ts'
import type { PeerAddress } from '../transport/address.ts'
import type { PeerTransport, SrtpKeys } from '../transport/peer-transport.ts'
import type { SrtpReceiver } from '../transport/srtp/index.ts'
import type { TurnClock } from './turn-clock.ts'
import type { FanoutTargets, SendKeys, TargetIndex } from './fanout/index.ts'

/** What a peer needs of the worker that hosts it. */
export interface PeerHost {
  readonly clock: TurnClock
  readonly targets: FanoutTargets
  sendDatagram(data: Uint8Array, to: PeerAddress): void
  /** Opens what a peer protects with these keys. */
  receiver(keys: SendKeys): SrtpReceiver
  /** The peer's packets come from this address from now on. */
  bindAddress(peer: Peer, address: PeerAddress): void
  /** Takes the peer out of all tables. */
  release(peer: Peer): void
}

/** A peer connection with everything that belongs to it. */
export class Peer implements PeerPort {
  readonly localUfrag: string
  readonly media: PeerMedia
  readonly #host: PeerHost
  readonly #transport: PeerTransport
  #session: Session | undefined
  #srtp: SrtpReceiver | undefined
  #keys: SrtpKeys | undefined
  #target: TargetIndex | undefined
  #address: PeerAddress | undefined
  #closed = false
  /** When something is due, ms: as it was known at the end of `handleTimeout`, or 0 if that may have changed since. */
  dueAt = 0

  constructor(host: PeerHost, localUfrag: string, transport: PeerTransport, media: PeerMedia) {
    this.#host = host
    this.localUfrag = localUfrag
    this.#transport = transport
    this.media = media
  }

  get session(): Session | undefined {
    return this.#session
  }

  attach(session: Session): void {
    this.#session = session
  }

  setRemote(remote: RemoteDescription): void {
    this.#transport.setRemote(this.#host.clock.now, remote)
    this.#drain()
  }

  sendData(label: string, data: Uint8Array): 'queued' | 'buffer-full' | 'not-open' {
    const result = this.#transport.sendData(this.#host.clock.now, label, data)
    this.#drain()
    return result
  }

  handleStun(data: Uint8Array, from: PeerAddress): void {
    // DTLS may come from another of its addresses than the one that is selected in the end.
    if (this.#transport.handleStun(this.#host.clock.now, data, from)) this.#host.bindAddress(this, from)
    this.#drain()
  }

  handleDtls(data: Uint8Array): void {
    this.#transport.handleDtls(this.#host.clock.now, data)
    this.#drain()
  }

  /** A protected RTP packet in `data[0, data.length)`; it is unprotected in place. */
  handleRtp(data: Uint8Array): void {
    const length = this.#srtp?.unprotectRtp(data, data.length) ?? -1
    if (length > 0) this.media.handleRtp(this.#host.clock.now, data, length)
  }

  /** A protected RTCP packet, unprotected in place. */
  handleRtcp(data: Uint8Array): void {
    const length = this.#srtp?.unprotectRtcp(data, data.length) ?? -1
    if (length > 0) this.media.handleRtcp(this.#host.clock.now, data, length)
  }

  /** Does what is due, and notes when something will be. */
  handleTimeout(): void {
    const { now } = this.#host.clock
    if (now >= this.#transport.deadline()) {
      this.#transport.handleTimeout(now)
      this.#drain()
    }
    if (this.#closed) return
    let due = this.#transport.deadline()
    if (this.#target !== undefined) {
      if (now >= this.media.deadline()) this.media.handleTimeout(now)
      due = Math.min(due, this.media.deadline())
    }
    this.dueAt = due
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#transport.close(this.#host.clock.now)
    this.#drain()
    if (this.#target !== undefined) this.#host.targets.removeTarget(this.#target)
    this.#srtp?.close()
    this.#host.release(this)
  }

  #drain(): void {
    this.dueAt = 0
    for (let event = this.#transport.next(); event; event = this.#transport.next()) {
      switch (event.kind) {
        case 'send':
          this.#host.sendDatagram(event.data, event.to)
          break
        case 'selected':
          this.#select(event.address)
          break
        case 'connected':
          this.#keys = event.srtp
          this.#connect()
          break
        case 'channel':
          this.#session?.channelOpened(event.label)
          break
        case 'message':
          this.#session?.dataReceived(event.label, event.data)
          break
        case 'failed':
          this.#session?.dismiss('connection_timeout')
          break
        case 'ice-state':
          break
      }
    }
  }

  #select(address: PeerAddress): void {
    this.#address = address
    this.#host.bindAddress(this, address)
    if (this.#target !== undefined) this.#host.targets.moveTarget(this.#target, address)
    // The handshake may have been faster than the choice of the address.
    else this.#connect()
  }

  #connect(): void {
    const keys = this.#keys
    const address = this.#address
    if (!keys || !address || this.#target !== undefined) return
    this.#srtp = this.#host.receiver({ profile: keys.profile, key: keys.remoteKey, salt: keys.remoteSalt })
    this.#target = this.#host.targets.addTarget({
      profile: keys.profile,
      key: keys.localKey,
      salt: keys.localSalt,
      address,
    })
    this.media.attachTarget(this.#target)
    this.#session?.transportConnected()
  }
}
