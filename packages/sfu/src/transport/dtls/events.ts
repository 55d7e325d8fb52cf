// What a DTLS association tells its owner: datagrams to send, keys, data and its end.
import type { SrtpProfile } from './protocol.ts'

/** SRTP keys of both directions (RFC 5764 section 4.2): 'local' protects what we send, 'remote' what the peer sends. */
export interface SrtpKeyingMaterial {
  readonly profile: SrtpProfile
  readonly localKey: Uint8Array
  readonly localSalt: Uint8Array
  readonly remoteKey: Uint8Array
  readonly remoteSalt: Uint8Array
}

/**
 * Why an association ended: 'local': `close` was called; 'close-notify': the peer said good-bye; 'peer-alert': it sent a
 * fatal alert; 'handshake-timeout': not connected in time, also for want of the signalled fingerprint;
 * 'no-common-parameters': version, suite, group or signature scheme; the others name the check that failed.
 */
export type DtlsCloseReason =
  | 'local'
  | 'close-notify'
  | 'peer-alert'
  | 'handshake-timeout'
  | 'no-common-parameters'
  | 'malformed-handshake'
  | 'no-certificate'
  | 'bad-certificate'
  | 'bad-certificate-verify'
  | 'bad-finished'
  | 'fingerprint-mismatch'

/** One output; all bytes are memory of their own. */
export type DtlsEvent =
  | { readonly kind: 'send'; readonly datagram: Uint8Array }
  /** The peer is who the signalling said; `srtp` is undefined when no SRTP profile is shared. Comes once. */
  | { readonly kind: 'connected'; readonly srtp: SrtpKeyingMaterial | undefined }
  | { readonly kind: 'data'; readonly data: Uint8Array }
  /** The last event. `alert` is the number of the alert that the peer sent or got (RFC 5246 section 7.2). */
  | { readonly kind: 'closed'; readonly reason: DtlsCloseReason; readonly alert?: number }

/** What was thrown away, and how often; for statistics. */
export interface DtlsCounters {
  /** Records that are none of DTLS 1.2, and handshake fragments whose lengths contradict each other. */
  malformed: number
  /** Records of epoch 1 seen before or too old. */
  replayed: number
  /** Records of epoch 1 whose tag is wrong. */
  undecryptable: number
  /** Well-formed, but not expected now: wrong epoch, wrong order, too many early records, too much pending data. */
  unexpected: number
  /** ClientHellos on an association that has its handshake already: a peer that began anew, or a very late copy. */
  foreignHellos: number
  /** Attempts to renegotiate. */
  renegotiations: number
  /** Flights sent again, by timer or because the peer repeated its own. */
  retransmissions: number
}
