// Names every number of the SCTP association: what a peer may cost us (limits) and how fast we react (timers).

/** SCTP packet we send, bytes: with DTLS 1.2 record (37), UDP (8) and IPv6 (40) below the 1280-byte IPv6 minimum, and inside WebRTC's usual 1200. */
export const DEFAULT_MTU = 1150
/** SCTP packet we accept, bytes: real peers stay below 1500 (no jumbo frames under DTLS); the rest is room for odd path MTUs. */
export const MAX_PACKET_BYTES = 4096
/** Chunks of one packet we look at: 1-byte DATA chunks need 20 bytes each, so an honest 1500-byte packet holds at most 75. */
export const MAX_CHUNKS_PER_PACKET = 128
/** Control chunks waiting to be sent: bounds what one packet full of HEARTBEATs or unknown chunks makes us answer. */
export const MAX_PENDING_CONTROL = 16
/** Bytes of an unknown chunk or parameter repeated to its sender: enough to recognise it, too little to amplify. */
export const MAX_REPORTED_BYTES = 64

/** One received message, bytes. libwebrtc never sends more than 256 KiB; LiveKit clients stop at 64,000. */
export const DEFAULT_MAX_MESSAGE_SIZE = 262_144
/** Advertised and enforced receive window, bytes: four of the largest messages; at 100 ms round trip it carries 80 Mbit/s. */
export const RECEIVE_BUFFER_BYTES = 1_048_576
/** What one stored fragment costs besides its bytes (objects, map entries): counted, so that 1-byte fragments cannot fill the heap. */
export const CHUNK_OVERHEAD_BYTES = 128
/** Furthest TSN after the cumulative one that we store. Gap blocks could say 65,535; 8,192 packets are 9 MB in flight, nine windows. */
export const MAX_TSN_SPAN = 8192
/** Gap blocks in one SACK: 4 bytes each, so a SACK stays below a third of a packet and leaves room for DATA. */
export const MAX_GAP_BLOCKS = 90
/** Duplicate TSNs in one SACK: only statistics for the peer. */
export const MAX_DUPLICATE_TSNS = 16

/** Streams named in one FORWARD-TSN, 4 bytes each: more are skipped with the next one, after the peer's SACK. */
export const MAX_FORWARDED_STREAMS = 128
/** Smallest packet size a caller may set, bytes: the IPv4 minimum; the largest SACK or FORWARD-TSN fits. */
export const MIN_MTU = 576

/** Bytes (payload plus overhead) queued and unacknowledged per association; 4 MiB for 1,000 slow peers is still 4 GiB, so not more. */
export const SEND_BUFFER_BYTES = 4_194_304
/** What one queued message costs besides its bytes, counted for the same reason as above. */
export const MESSAGE_OVERHEAD_BYTES = 128
/** DATA chunks in flight: gap blocks reach 65,535 TSNs; 4,096 full packets fill the send buffer and keep a SACK cheap to work off. */
export const MAX_OUTSTANDING_CHUNKS = 4096
/** Smallest piece cut off a large message to fill a packet, bytes: below, the 16-byte chunk header costs more than it gains. */
export const MIN_FRAGMENT_BYTES = 256

/** Streams in each direction: libwebrtc never uses an id above 1023. */
export const MAX_STREAMS = 1024
/** Data channels open or closing per peer: LiveKit clients use three, agents some more. */
export const MAX_CHANNELS = 32
/** Label and protocol of a data channel, bytes of UTF-8 each: LiveKit's are below 16. */
export const MAX_LABEL_BYTES = 256
/** Streams in one outgoing reset request: every channel fits. */
export const MAX_RESET_STREAMS = 64

/** RTO before the first measurement, ms (RFC 9260 says 1000). */
export const RTO_INITIAL_MS = 1000
/** Smallest RTO, ms. RFC 9260 says 1000; data channels are interactive. Must exceed the peer's delayed acknowledgement (200 ms) plus a round trip. */
export const RTO_MIN_MS = 400
/** Largest measured RTO, ms. RFC 9260 says 60,000; nobody waits that long in a meeting. */
export const RTO_MAX_MS = 10_000
/** Ceiling of exponential back-off, ms: after a network change (ICE restart) data must flow again soon; ICE decides on liveness. */
export const BACKOFF_MAX_MS = 3000
/** Delayed SACK, ms. RFC 9260 allows 500; 20 keeps the sender's slow start moving on an odd last packet and still merges a burst. */
export const SACK_DELAY_MS = 20
/** Timeouts in a row before the association is given up: about 45 s, longer than a LiveKit resume. */
export const MAX_RETRANSMISSIONS = 20
/** INIT and COOKIE-ECHO repetitions (RFC 9260 Max.Init.Retransmits): about 20 s, longer than a client waits for its channels. */
export const MAX_INIT_RETRANSMISSIONS = 8
/** Idle time before a HEARTBEAT, ms (RFC 9260 HB.interval). */
export const HEARTBEAT_INTERVAL_MS = 30_000
/** Life of a state cookie, ms (RFC 9260 Valid.Cookie.Life). */
export const COOKIE_LIFE_MS = 60_000
/** Whole shutdown sequence, ms (RFC 9260 T5-shutdown-guard, shortened from 5 RTO.Max): then the association is aborted. */
export const SHUTDOWN_GUARD_MS = 15_000

/** First congestion window in packets (RFC 6928 as in dcSCTP; RFC 9260 says 4): a LiveKit stream chunk of 15 kB leaves in two round trips. */
export const INITIAL_WINDOW_PACKETS = 10
/** Packets sent in answer to one input (RFC 9260 Max.Burst): keeps a reopened window from flooding a queue. */
export const MAX_BURST_PACKETS = 4
/** Reports of a missing TSN that count as loss (RFC 9260, 7.2.4). */
export const FAST_RETRANSMIT_MISSES = 3
/** Least a_rwnd an INIT may carry, bytes (RFC 9260, 3.3.2). */
export const MIN_PEER_WINDOW_BYTES = 1500
