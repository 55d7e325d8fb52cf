// Decides how much session description a stranger may send before it is refused unread.

/** 1 MiB of text: 100 received videos (Chromium: 5.3 kB each) and 100 audios (1.1 kB each) take 640 kB; the same cap holds for an inflated join request. */
export const MAX_OFFER_CHARS = 1_048_576

/** 48,000 lines: a Chromium video section has 155, an audio section 28; 256 sections of the larger kind stay below. */
export const MAX_OFFER_LINES = 48_000

/** 4,096 characters in one line: the longest useful ones are fmtp lines with parameter sets, about 500. */
export const MAX_LINE_CHARS = 4096

/** 256 media sections: 50 people with camera and microphone are 100, with screen and its sound 200. */
export const MAX_SECTIONS = 256

/** 16 characters: a mid must fit into the one-byte header extension that carries it in RTP (RFC 8285 section 4.2). */
export const MAX_MID_CHARS = 16

/** 128: payload types are seven bits (RFC 3550 section 5.1), so more formats cannot be meant seriously. */
export const MAX_FORMATS = 128

/** 64 header extensions in one section: browsers offer up to 14. */
export const MAX_EXTENSIONS = 64

/** 64 feedback lines for one payload type: browsers offer five. */
export const MAX_FEEDBACK = 64

/** 32 SSRCs in one section: three simulcast layers with retransmission are six. */
export const MAX_SSRCS = 32

/** 16 restriction identifiers in one section: clients use three. */
export const MAX_RIDS = 16

/** 16 characters: a restriction identifier travels in the one-byte header extension like the mid (RFC 8852 section 3). */
export const MAX_RID_CHARS = 16

/** 8 fingerprints: one per hash function that RFC 8122 names, and two to spare. */
export const MAX_FINGERPRINTS = 8

/** 256 characters for a stream or track identifier: browsers use 38, LiveKit's own are below 64. */
export const MAX_MSID_CHARS = 256

/** 3 simulcast layers: what LiveKit's clients send and its subscribers can ask for (low, medium, high). */
export const MAX_SIMULCAST_LAYERS = 3
