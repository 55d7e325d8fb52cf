// Bounds what one room and one participant may ask of a media worker; each number with its reason.

/** Rooms of one worker: an idle room costs about 1 kB, so this is a guard against loops, not a capacity. */
export const MAX_ROOMS_PER_WORKER = 10_000

/** Participants of a room when its creator names no number: beyond it one worker's core is the limit, not the list. */
export const DEFAULT_MAX_PARTICIPANTS = 500

/** Published tracks of one participant: camera, microphone, screen with sound, and room for a second set. */
export const MAX_TRACKS_PER_PARTICIPANT = 16

/** Announced, not yet negotiated tracks of one participant (LiveKit allows 20). */
export const MAX_PENDING_TRACKS = 20

/** Bytes of participant metadata (LiveKit: 512 KiB; it is copied to everyone at each change, so we take less). */
export const MAX_METADATA_BYTES = 65_536

/** Bytes of all attribute keys and values of a participant together (LiveKit's figure). */
export const MAX_ATTRIBUTES_BYTES = 65_536

/** Characters of a display name (LiveKit's figure). */
export const MAX_NAME_LENGTH = 256

/** Seconds a room nobody joined stays (LiveKit's default). */
export const DEFAULT_EMPTY_TIMEOUT_SECONDS = 300

/** Seconds a room stays after the last one left (LiveKit's default): a reload must find it again. */
export const DEFAULT_DEPARTURE_TIMEOUT_SECONDS = 20

/**
 * Members of a room from which on the coming and going of viewers is told in rounds. Below it the messages are few; above it
 * nobody watches the list closely enough to notice. (LiveKit lets such news wait for up to 3 s in every room.)
 */
export const CROWD_SIZE = 8

/**
 * Milliseconds such news wait at most, for more of their kind: fifty who come within two seconds mean a hundred messages
 * instead of the six hundred that rounds of 100 ms made.
 */
export const NEWS_ROUND_MS = 1_000
