// Names how targets of the fan-out are managed: keys and addresses live behind the index that media knows.
import type { TargetIndex } from '../../media/fanout.ts'
import type { PeerAddress } from '../../transport/address.ts'
import type { AddedDelays } from './added-delays.ts'
import type { SrtpProfile } from '../../transport/srtp/index.ts'

/** How packets are protected: our master key and salt, as DTLS exported them; copied. */
export interface SendKeys {
  readonly profile: SrtpProfile
  readonly key: Uint8Array
  readonly salt: Uint8Array
}

/** Where packets go and how they are protected. */
export interface SendTarget extends SendKeys {
  readonly address: PeerAddress
}

/** Datagrams that may leave as one message of the kernel's (UDP GSO); more would hurt a narrow link and gain nothing. */
export const MAX_BURST = 16

/** What was sent since the start. */
export interface FanoutCounters {
  /** Datagrams handed to the socket. */
  sent: number
  /** Bytes of those, without IP and UDP headers. */
  bytes: number
  /** Rows and RTCP packets that could not be sent: no such target, malformed, or longer than a datagram may be. */
  refused: number
  /** Datagrams given up because too many were waiting for the kernel. */
  backlogged: number
}

/** The management part of a fan-out. Indices are used again after removal. */
export interface FanoutTargets {
  readonly counters: Readonly<FanoutCounters>
  /** What this server adds to the way of packets; undefined where it is not measured. */
  readonly delays?: AddedDelays
  /** Throws RangeError for a key or salt that the profile does not have. */
  addTarget(target: SendTarget): TargetIndex
  /** Protects with other keys from now on, which includes what is collected; counters of sequence numbers begin anew. */
  rekeyTarget(target: TargetIndex, keys: SendKeys): void
  /** Sends to another address from now on, which includes what is collected. */
  moveTarget(target: TargetIndex, address: PeerAddress): void
  /** Lets at most so many datagrams, 1 to MAX_BURST, leave for a target back to back: what a pacer sets. MAX_BURST at first. */
  limitBurst(target: TargetIndex, datagrams: number): void
  /** Forgets a target and its keys; what is collected for it is not sent. */
  removeTarget(target: TargetIndex): void
}

/**
 * Sends `buffer[offset, offset + length)` as one datagram. The buffer may be overwritten afterwards unless the fan-out
 * is told how many datagrams are waiting (see `TsFanoutOptions`).
 */
export type SendDatagram = (buffer: Uint8Array, offset: number, length: number, to: PeerAddress) => void
