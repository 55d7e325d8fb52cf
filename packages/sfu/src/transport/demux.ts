// Finds the peer a datagram belongs to: by STUN user fragment first, by address once a check was authenticated.
//
// First-byte ranges: RFC 7983 section 7; RTCP among RTP by packet type: RFC 5761 section 4.
import { AddressTable, PeerAddress } from './address.ts'
import { transactionTag, transactionTagOf } from './ice-transaction.ts'
import { StunGate } from './ice-rate-limit.ts'
import { MAX_BOUND_ADDRESSES, MAX_UFRAGS_PER_PEER } from './limits.ts'
import { isStun, stunClass, stunLocalUfrag } from './stun.ts'

export type DatagramKind = 'stun' | 'dtls' | 'rtp' | 'rtcp' | 'unknown'

/** Bytes of the shortest RTP header (RFC 3550 section 5.1). */
const RTP_HEADER_BYTES = 12
/** Bytes of the shortest RTCP packet (RFC 3550 section 6.1): header and SSRC. */
const RTCP_HEADER_BYTES = 8

/** Says by the first bytes which protocol a datagram speaks. */
export function classifyDatagram(data: Uint8Array): DatagramKind {
  const first = data[0] ?? 0xff
  if (first >= 128 && first <= 191) {
    const second = data[1] ?? 0
    if (second >= 192 && second <= 223) return data.length >= RTCP_HEADER_BYTES ? 'rtcp' : 'unknown'
    return data.length >= RTP_HEADER_BYTES ? 'rtp' : 'unknown'
  }
  if (first >= 20 && first <= 63) return 'dtls'
  if (first <= 3 && isStun(data)) return 'stun'
  return 'unknown'
}

/** Datagrams that found no peer. */
export interface DemuxCounters {
  /** STUN requests with a user fragment that nobody has, or none at all. */
  unknownUfrag: number
  /** Everything else from an address that is bound to no peer. */
  unboundSource: number
  /** STUN from unbound sources over the worker's limit. */
  gated: number
}

interface Binding {
  readonly ufrags: string[]
  readonly addresses: PeerAddress[]
}

/** The peers behind one UDP socket (or several of one worker). `Peer` is whatever the edge calls a peer. */
export class Demux<Peer extends object> {
  readonly counters: DemuxCounters = { unknownUfrag: 0, unboundSource: 0, gated: 0 }
  readonly #gate: StunGate
  readonly #byUfrag = new Map<string, Peer>()
  readonly #byTag = new Map<number, Peer>()
  readonly #byAddress = new AddressTable<Peer>()
  readonly #bindings = new Map<Peer, Binding>()

  constructor(gate: StunGate = new StunGate()) {
    this.#gate = gate
  }

  get size(): number {
    return this.#bindings.size
  }

  /** Makes a peer reachable by its local user fragment; again after an ICE restart, when the one before stays valid. */
  add(localUfrag: string, peer: Peer): void {
    let binding = this.#bindings.get(peer)
    if (!binding) {
      binding = { ufrags: [], addresses: [] }
      this.#bindings.set(peer, binding)
    }
    if (this.#byUfrag.has(localUfrag)) throw new Error('a user fragment names one peer only')
    binding.ufrags.push(localUfrag)
    this.#byUfrag.set(localUfrag, peer)
    this.#byTag.set(transactionTagOf(localUfrag), peer)
    if (binding.ufrags.length > MAX_UFRAGS_PER_PEER) this.#forgetUfrag(binding.ufrags.shift())
  }

  /** Sends what comes from an address to this peer. Only for addresses from which an authenticated check came. */
  bind(peer: Peer, address: PeerAddress): void {
    const binding = this.#bindings.get(peer)
    if (!binding) return
    const known = binding.addresses.findIndex((bound) => bound.equals(address))
    if (known === -1) this.#takeFromOther(peer, address)
    else binding.addresses.splice(known, 1)
    binding.addresses.push(address)
    this.#byAddress.set(address, peer)
    if (binding.addresses.length > MAX_BOUND_ADDRESSES) {
      const oldest = binding.addresses.shift()
      if (oldest) this.#byAddress.delete(oldest)
    }
  }

  /** Forgets a peer with all its fragments and addresses. */
  remove(peer: Peer): void {
    const binding = this.#bindings.get(peer)
    if (!binding) return
    this.#bindings.delete(peer)
    for (const ufrag of binding.ufrags) this.#forgetUfrag(ufrag)
    for (const address of binding.addresses) this.#byAddress.delete(address)
  }

  /** The peer of DTLS, RTP or RTCP from an address; undefined and counted when it is bound to none. */
  peerAt(host: string, port: number): Peer | undefined {
    const peer = this.#byAddress.get(host, port)
    if (!peer) this.counters.unboundSource++
    return peer
  }

  /**
   * The peer a STUN datagram (one that was classified so) is meant for: requests by the user fragment, answers by the
   * tag in their transaction id, indications by address.
   */
  peerOfStun(now: number, data: Uint8Array, host: string, port: number): Peer | undefined {
    const bound = this.#byAddress.get(host, port)
    if (!bound && !this.#gate.admit(now)) {
      this.counters.gated++
      return undefined
    }
    const kind = stunClass(data)
    if (kind === 'request') {
      const peer = this.#byUfrag.get(stunLocalUfrag(data) ?? '')
      if (!peer) this.counters.unknownUfrag++
      return peer
    }
    const peer = kind === 'indication' ? bound : this.#byTag.get(transactionTag(data))
    if (!peer) this.counters.unboundSource++
    return peer
  }

  /** The address object for what the socket reports: the bound one, or a new one. */
  addressOf(host: string, port: number): PeerAddress {
    return this.#byAddress.addressOf(host, port) ?? PeerAddress.from(host, port)
  }

  #takeFromOther(peer: Peer, address: PeerAddress): void {
    const owner = this.#byAddress.get(address.host, address.port)
    if (!owner || owner === peer) return
    const addresses = this.#bindings.get(owner)?.addresses
    const index = addresses?.findIndex((bound) => bound.equals(address)) ?? -1
    if (index !== -1) addresses?.splice(index, 1)
  }

  #forgetUfrag(ufrag: string | undefined): void {
    if (ufrag === undefined) return
    const peer = this.#byUfrag.get(ufrag)
    this.#byUfrag.delete(ufrag)
    const tag = transactionTagOf(ufrag)
    if (this.#byTag.get(tag) === peer) this.#byTag.delete(tag)
  }
}
