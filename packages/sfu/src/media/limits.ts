// Bounds everything a peer can make the media engine keep or do; each number with its reason.

/** Longest RTP packet taken, bytes: an Ethernet MTU. Nobody sends media in IP fragments. */
export const MAX_RTP_PACKET_BYTES = 1500

/** Tracks one peer may publish: camera, microphone, screen with sound, twice, and as much again during a change. */
export const MAX_RECEIVERS_PER_PEER = 16

/** SSRCs bound at once per peer: media and RTX of three layers for the video half of the receivers, one for the rest. */
export const MAX_SSRCS_PER_PEER = 64

/** Tracks one peer may watch: audio, video and screen of 500 people; beyond it SDP, not media, is the limit. */
export const MAX_DOWN_TRACKS_PER_PEER = 1500

/** RTCP packets read of one compound: browsers send up to eight, 1,500 bytes would hold 375 empty ones. */
export const MAX_RTCP_PACKETS_PER_COMPOUND = 32

/** Sequence numbers looked up per received compound, so that one datagram of NACKs costs at most as much as a burst of video. */
export const MAX_NACKED_PER_COMPOUND = 512

/**
 * Packets retransmitted per second and down-track. 1.5 Mbit/s video at 20 % loss needs 40 plus their repeats; beyond this a
 * viewer's NACKs only multiply traffic.
 */
export const MAX_RETRANSMISSIONS_PER_SECOND = 200

/** Retransmissions of one packet: a link that loses it three times more is helped by a key frame only (LiveKit's figure). */
export const MAX_RETRANSMISSIONS_PER_PACKET = 3

/** A repeated NACK within this time, ms, crossed with the answer to the first one (or within one RTT, if that is longer). */
export const MIN_RETRANSMISSION_SPACING_MS = 100

/** Bytes of a mid we write into packets; longer ones (no browser makes them) are left to the SSRC in the description. */
export const MAX_MID_BYTES = 32

/** An SSRC may take the place of another in the same section when that one has been silent for so long, ms. */
export const SSRC_TAKEOVER_SILENCE_MS = 200

/** Payload bytes of an RTCP compound we send: fits any path with the SRTCP trailer and IPv6. */
export const MAX_RTCP_BYTES = 1200

/** Report blocks in one RR or SR: the count has 5 bits (RFC 3550 section 6.4.1). */
export const MAX_REPORT_BLOCKS = 31
