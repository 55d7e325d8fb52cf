// Joins ICE, DTLS and SCTP into one peer connection's transport: datagrams in, datagrams, keys and data messages out.
//
// Sans-IO: every entry point drains the three engines into one queue of events, in the order they came to be.
// omits: SRTP packets, which the edge protects and unprotects by itself so that no object is made per packet.
import { DtlsServer, type DtlsIdentity, type SrtpProfile } from './dtls/index.ts'
import { IceAgent, type IceMode } from './ice-agent.ts'
import type { PeerAddress } from './address.ts'
import { SctpAssociation } from './sctp/index.ts'

/** SRTP keys of both directions, as the DTLS handshake exported them (RFC 5764 section 4.2). */
export interface SrtpKeys {
  readonly profile: SrtpProfile
  readonly localKey: Uint8Array
  readonly localSalt: Uint8Array
  readonly remoteKey: Uint8Array
  readonly remoteSalt: Uint8Array
}

export type PeerTransportEvent =
  | { readonly kind: 'send'; readonly data: Uint8Array; readonly to: PeerAddress }
  | { readonly kind: 'selected'; readonly address: PeerAddress }
  | { readonly kind: 'ice-state'; readonly state: 'checking' | 'connected' | 'disconnected' | 'failed' }
  | { readonly kind: 'connected'; readonly srtp: SrtpKeys }
  | { readonly kind: 'channel'; readonly label: string }
  | { readonly kind: 'message'; readonly label: string; readonly data: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string }

export interface PeerTransportOptions {
  readonly iceMode: IceMode
  readonly localUfrag: string
  readonly localPwd: string
  readonly identity: DtlsIdentity
  readonly srtpProfiles: readonly SrtpProfile[]
  readonly random: (bytes: number) => Uint8Array
}

/** What the other side's description says of its transport. */
export interface RemoteTransport {
  readonly ufrag: string
  readonly pwd: string
  readonly fingerprint: { readonly algorithm: string; readonly value: string }
}

/** Result of handing a data message over: queued, refused for a full buffer, or no such channel. */
export type SendDataResult = 'queued' | 'buffer-full' | 'not-open'

/** One peer connection below RTP. */
export class PeerTransport {
  readonly #ice: IceAgent
  readonly #dtls: DtlsServer
  readonly #sctp: SctpAssociation
  readonly #events: PeerTransportEvent[] = []
  readonly #streamByLabel = new Map<string, number>()
  readonly #labelByStream = new Map<number, string>()
  #address: PeerAddress | undefined
  /** Where the peer's last check came from before an address was selected: the handshake goes there meanwhile. */
  #checkedFrom: PeerAddress | undefined
  #dead = false
  #deadline: number

  constructor(options: PeerTransportOptions) {
    const { random } = options
    this.#ice = new IceAgent({
      mode: options.iceMode,
      localUfrag: options.localUfrag,
      localPwd: options.localPwd,
      random,
    })
    this.#dtls = new DtlsServer({ identity: options.identity, random, srtpProfiles: options.srtpProfiles })
    this.#sctp = new SctpAssociation({ random })
    this.#deadline = this.#earliest()
  }

  /** Takes the remote description; called again with each offer, harmless when nothing changed. */
  setRemote(now: number, remote: RemoteTransport): void {
    this.#ice.setRemoteCredentials(now, { ufrag: remote.ufrag, pwd: remote.pwd })
    this.#dtls.setRemoteFingerprint(remote.fingerprint.algorithm, remote.fingerprint.value)
    this.#drain(now)
  }

  /** Takes a STUN datagram. Returns whether its source is one of the peer's addresses. */
  handleStun(now: number, data: Uint8Array, from: PeerAddress): boolean {
    if (this.#dead) return false
    const isOfPeer = this.#ice.handleStun(now, data, from)
    if (isOfPeer && !this.#address) this.#checkedFrom = from
    this.#drain(now)
    return isOfPeer
  }

  handleDtls(now: number, data: Uint8Array): void {
    if (this.#dead) return
    this.#dtls.handleDatagram(now, data)
    this.#drain(now)
  }

  handleTimeout(now: number): void {
    if (this.#dead) return
    this.#ice.handleTimeout(now)
    this.#dtls.handleTimeout(now)
    this.#sctp.handleTimeout(now)
    this.#drain(now)
  }

  /** When handleTimeout wants to be called next, in the caller's milliseconds. */
  deadline(): number {
    return this.#deadline
  }

  /** Sends one message on the client's channel with this label. */
  sendData(now: number, label: string, data: Uint8Array): SendDataResult {
    const streamId = this.#streamByLabel.get(label)
    if (streamId === undefined || this.#dead) return 'not-open'
    const result = this.#sctp.send(now, streamId, data, true)
    this.#drain(now)
    return result
  }

  /** Says good-bye (SCTP abort, DTLS close_notify); drain `next()` once more afterwards. */
  close(now: number): void {
    if (this.#dead) return
    this.#sctp.abort(now)
    this.#drain(now)
    this.#dtls.close(now)
    this.#drain(now)
    this.#dead = true
  }

  /** The oldest event not yet taken, or undefined. */
  next(): PeerTransportEvent | undefined {
    return this.#events.shift()
  }

  /**
   * After each input: moves what the engines have to say outwards, and notes when they want to be called. Asked for hundreds
   * of times a second, the deadline only changes here.
   */
  #drain(now: number): void {
    this.#drainEngines(now)
    this.#deadline = this.#earliest()
  }

  #earliest(): number {
    if (this.#dead) return Infinity
    return Math.min(
      this.#ice.deadline() ?? Infinity,
      this.#dtls.deadline() ?? Infinity,
      this.#sctp.deadline() ?? Infinity,
    )
  }

  /** Innermost first, until none has anything left. */
  #drainEngines(now: number): void {
    for (let event = this.#sctp.next(); event; event = this.#sctp.next()) this.#onSctp(now, event)
    for (let event = this.#dtls.next(); event; event = this.#dtls.next()) {
      this.#onDtls(now, event)
      for (let inner = this.#sctp.next(); inner; inner = this.#sctp.next()) this.#onSctp(now, inner)
    }
    for (let event = this.#ice.next(); event; event = this.#ice.next()) {
      switch (event.kind) {
        case 'send':
          this.#events.push({ kind: 'send', data: event.data, to: event.to })
          break
        case 'selected':
          this.#address = event.address
          this.#events.push(event)
          break
        case 'state':
          this.#events.push({ kind: 'ice-state', state: event.state })
          if (event.state === 'failed') this.#fail('ice')
          break
      }
    }
  }

  #onDtls(now: number, event: NonNullable<ReturnType<DtlsServer['next']>>): void {
    switch (event.kind) {
      case 'send': {
        // Firefox sends its ClientHello as soon as its check is answered; unheard, it repeats it only after 50 ms.
        const to = this.#address ?? this.#checkedFrom
        if (to) this.#events.push({ kind: 'send', data: event.datagram, to })
        break
      }
      case 'connected':
        if (!event.srtp) return this.#fail('no-srtp')
        this.#events.push({ kind: 'connected', srtp: event.srtp })
        this.#sctp.start(now)
        break
      case 'data':
        this.#sctp.handlePacket(now, event.data)
        break
      case 'closed':
        this.#fail(`dtls-${event.reason}`)
        break
    }
  }

  #onSctp(now: number, event: NonNullable<ReturnType<SctpAssociation['next']>>): void {
    switch (event.kind) {
      case 'send':
        this.#dtls.send(event.packet)
        for (let outer = this.#dtls.next(); outer; outer = this.#dtls.next()) this.#onDtls(now, outer)
        break
      case 'channel':
        this.#streamByLabel.set(event.label, event.streamId)
        this.#labelByStream.set(event.streamId, event.label)
        this.#events.push({ kind: 'channel', label: event.label })
        break
      case 'message': {
        const label = this.#labelByStream.get(event.streamId)
        if (label !== undefined) this.#events.push({ kind: 'message', label, data: event.data })
        break
      }
      case 'channel-closed': {
        const label = this.#labelByStream.get(event.streamId)
        this.#labelByStream.delete(event.streamId)
        if (label !== undefined && this.#streamByLabel.get(label) === event.streamId)
          this.#streamByLabel.delete(label)
        break
      }
      case 'connected':
      case 'channel-open':
        break
      case 'closed':
        // The association is gone, media is not: data stops, the participant stays.
        this.#streamByLabel.clear()
        this.#labelByStream.clear()
        break
    }
  }

  #fail(reason: string): void {
    if (this.#dead) return
    this.#dead = true
    this.#events.push({ kind: 'failed', reason })
  }
}
