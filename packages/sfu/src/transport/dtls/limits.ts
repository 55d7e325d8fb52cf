// Bounds everything a stranger can make this DTLS server store, compute or wait for; each number says why it is that one.

/** Bytes of UDP payload per handshake datagram: fits IPv6's minimum MTU of 1280 with room for tunnels. */
export const DEFAULT_MTU = 1200

/** Smallest MTU that still leaves room for a fragment behind the headers (13 record, 24 AEAD, 12 handshake). */
export const MIN_MTU = 128

/**
 * First retransmission after this many milliseconds. RFC 6347 section 4.2.4.1 proposes 1 s for an unknown path; ICE has
 * just measured this one, and RFC 9147 section 5.8.2 allows less then. A needless repetition costs one datagram.
 */
export const INITIAL_RETRANSMIT_MS = 250

/** The timer doubles up to this (RFC 6347 section 4.2.4.1); the handshake's own limit strikes earlier. */
export const MAX_RETRANSMIT_MS = 60_000

/** A handshake not connected this many milliseconds after its ClientHello is given up: people reload earlier than that. */
export const HANDSHAKE_TIMEOUT_MS = 30_000

/**
 * Repetitions the peer asks for closer together than this many milliseconds are answered once: the network copied a
 * datagram, or several fragments of one flight arrived. Clients repeat after 50 ms at the earliest.
 */
export const DUPLICATE_GUARD_MS = 20

/** Records looked at per datagram. A client's whole second flight is five records, more when its chain is fragmented. */
export const MAX_RECORDS_PER_DATAGRAM = 32

/** Largest plaintext of one record in bytes (RFC 5246 section 6.2.1). */
export const MAX_PLAINTEXT = 16_384

/** Records of the coming epoch kept until the keys exist. Only the Finished message can legally be one. */
export const MAX_EARLY_RECORDS = 8

/** Largest early record kept, in bytes: a Finished record has 61, with room for alerts and padding in length. */
export const MAX_EARLY_RECORD_BYTES = 256

/** ClientHello: about 300 bytes today, 1.8 kB with a post-quantum key share. */
export const MAX_CLIENT_HELLO_BYTES = 8192

/** Certificate: a self-signed one has 0.3 to 1 kB; 32 kB leaves room for RSA chains that somebody configured. */
export const MAX_CERTIFICATE_BYTES = 32_768

/** ClientKeyExchange: an elliptic curve point, at most 1 + 255 bytes (RFC 8422 section 5.7). */
export const MAX_KEY_EXCHANGE_BYTES = 256

/** CertificateVerify: 4 bytes and a signature of at most 8192 bits. */
export const MAX_CERTIFICATE_VERIFY_BYTES = 1028

/** verify_data has 12 bytes for every suite we speak (RFC 5246 section 7.4.9). */
export const VERIFY_DATA_BYTES = 12

/** RSA keys below are weak, above too slow to check for a stranger (RFC 8827 section 6.5 asks for 2048 at least). */
export const MIN_RSA_BITS = 2048
export const MAX_RSA_BITS = 8192

/** Largest RSA exponent accepted: 65537 is usual, a huge one would only make verification slow. */
export const MAX_RSA_EXPONENT = 0xffff_ffffn

/** Data packets kept while the peer's fingerprint is still on its way through the signalling channel. */
export const MAX_PENDING_DATA = 32

/** Bytes of those packets altogether. */
export const MAX_PENDING_DATA_BYTES = 65_536
