// Bounds everything that a stranger's datagrams can make ICE, STUN, SRTP and the demultiplexer do or keep.

/** Bytes of a STUN message that is looked at; a connectivity check is below 200, a path MTU is 1,500 (RFC 8489 section 6.1). */
export const MAX_STUN_BYTES = 1_500
/** Attributes read of one STUN message; a connectivity check carries about ten. */
export const MAX_STUN_ATTRIBUTES = 32
/** Bytes of USERNAME (RFC 8489 section 14.3: less than 509). */
export const MAX_STUN_USERNAME_BYTES = 508
/** Unknown comprehension-required types listed in a 420 answer; more would only lengthen the answer. */
export const MAX_UNKNOWN_ATTRIBUTES = 8

/** Characters of an ICE user fragment (RFC 8839 section 5.4: 4 to 256). */
export const MAX_UFRAG_CHARS = 256
/** Characters of one trickled candidate; long ones (IPv6, extensions) have about 250. */
export const MAX_CANDIDATE_CHARS = 1_024

/** Remote addresses one agent remembers; a client with four interfaces in both families behind a NAT stays below it. */
export const MAX_REMOTE_ADDRESSES = 32
/**
 * STUN packets a second that one agent verifies, and how many at once. Chromium checks each pair every 48 ms at first: with
 * eight pairs 170/s; the bucket of two seconds covers a start with more.
 */
export const AGENT_STUN_PER_SECOND = 200
export const AGENT_STUN_BURST = 400

/**
 * STUN packets a second from sources without a peer, per worker: each costs a look-up and, with a known ufrag, an HMAC of
 * about 5 us, so that a flood takes at most 1 % of a core.
 */
export const STRANGER_STUN_PER_SECOND = 2_000
export const STRANGER_STUN_BURST = 4_000

/** Addresses bound to one peer at a time: the current one, candidates still being tried, the one before a network change. */
export const MAX_BOUND_ADDRESSES = 8
/** User fragments of one peer at a time: the current one and the one before an ICE restart. */
export const MAX_UFRAGS_PER_PEER = 2

/** SSRCs with a rollover counter per receiving peer: 20 simulcast publications with RTX have 120. */
export const MAX_RECEIVE_SSRCS = 256
/** SSRCs with a rollover counter per sending target: a room of 300 participants with two tracks and RTX has 900. */
export const MAX_SEND_SSRCS = 2_048
/** Packets of the SRTP replay window: Firefox probes bandwidth with packets that are about a second old. */
export const RTP_REPLAY_WINDOW = 2_048
/** Packets of the SRTCP replay window; a client sends about twenty a second (RFC 3711 section 3.3.2 asks for 64). */
export const RTCP_REPLAY_WINDOW = 128
/** Bytes of a datagram that SRTP takes in or makes: UDP over Ethernet has 1,472, jumbo frames are not expected. */
export const MAX_SRTP_BYTES = 2_048
