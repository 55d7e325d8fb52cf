// Bounds what a stranger can send before a worker sees any of it; each number with its reason.

/** Characters of an access token; one with all grants and attributes is below 8 kB, Node's header limit is 16 kB. */
export const MAX_TOKEN_CHARS = 16_384
/** Seconds that clocks may differ (LiveKit's leeway). */
export const TOKEN_LEEWAY_SECONDS = 60
/** Characters of an identity or a room name (LiveKit's figure). */
export const MAX_NAME_CHARS = 256
/** Bytes of an inflated join request (LiveKit's figure): the largest offers seen are below 100 kB. */
export const MAX_JOIN_REQUEST_BYTES = 1_048_576
/** Characters of the `join_request` parameter: browsers send 2.5 kB, URLs above 16 kB fail in Node anyway. */
export const MAX_JOIN_PARAMETER_CHARS = 65_536
/** Bytes of a RoomService request: LiveKit allows 10 MiB; ours carry names and metadata of at most 64 KiB. */
export const MAX_CALL_BYTES = 1_048_576
