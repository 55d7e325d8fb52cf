// Names what goes into an SCTP association and what comes out of it.
import type { ChannelEvent } from './channels.ts'

export interface SctpOptions {
  /** Cryptographically random bytes: verification tag, first TSN, cookie key, heartbeat numbers. */
  readonly random: (bytes: number) => Uint8Array
  /** SCTP ports; WebRTC uses 5000 on both sides, as `a=sctp-port` says. */
  readonly localPort?: number
  readonly remotePort?: number
  /** Largest message accepted, bytes (default 262,144); say the same as `a=max-message-size`. A larger one aborts the association. */
  readonly maxMessageSize?: number
  /** Largest SCTP packet sent, bytes (default 1150, at least 576). */
  readonly mtu?: number
  /** True: `start` sends INIT. False (default): wait for the peer's INIT, which every browser sends right after DTLS. */
  readonly active?: boolean
}

/**
 * Why an association ended. shutdown: everything delivered, then an orderly end; abort: at once;
 * handshake-timeout: no answer to INIT or COOKIE-ECHO; retransmission-limit: the peer has been silent too long;
 * protocol-violation, message-too-large: the peer broke a rule and was told so with ABORT.
 */
export type SctpCloseReason =
  | 'local-shutdown'
  | 'peer-shutdown'
  | 'local-abort'
  | 'peer-abort'
  | 'handshake-timeout'
  | 'retransmission-limit'
  | 'protocol-violation'
  | 'message-too-large'

/**
 * Output of an association.
 * send: a packet for DTLS; connected: handshake done, once more after the peer began anew (its channels were closed before);
 * channel: the peer opened a channel (our ACK is on its way); channel-open: the peer confirmed a channel of ours;
 * message: a whole message, `data` is the receiver's to keep; channel-closed: the channel ended, whoever began;
 * closed: the end of every channel too; only the answer to a late SHUTDOWN-ACK may still be sent.
 */
export type SctpEvent =
  | { readonly kind: 'send'; readonly packet: Uint8Array }
  | { readonly kind: 'connected' }
  | ChannelEvent
  | { readonly kind: 'closed'; readonly reason: SctpCloseReason }

export interface OpenChannelOptions {
  /** RFC 8832, 6: even for the DTLS client, odd for the DTLS server; below 1024. */
  readonly streamId: number
  /** At most 256 bytes of UTF-8, as we accept ourselves. */
  readonly label: string
  readonly protocol?: string
  readonly ordered: boolean
  /** Set at most one of the two; none: reliable. */
  readonly maxRetransmits?: number | undefined
  readonly maxLifetimeMs?: number | undefined
}

/** What was dropped or repeated, for statistics. */
export interface SctpCounters {
  /** Packets with a wrong size, checksum, port or verification tag. */
  readonly droppedPackets: number
  /** DATA beyond the receive window or the TSN span. */
  readonly droppedChunks: number
  /** Messages without a channel or with an unknown payload type, refused OPENs. */
  readonly droppedMessages: number
  /** DATA chunks sent again. */
  readonly retransmittedChunks: number
  /** Messages given up by their reliability limit. */
  readonly abandonedMessages: number
}
