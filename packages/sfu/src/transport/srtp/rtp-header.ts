// Finds where an RTP packet's encrypted part begins (RFC 3550 section 5.1, RFC 3711 section 3.1).

const FIXED_BYTES = 12
const WORD_BYTES = 4
const EXTENSION_FLAG = 0x10

/** Bytes of the RTP header with CSRCs and extension at `data[start, end)`, or -1 when it does not fit in there. */
export function rtpPayloadOffset(data: Uint8Array, start: number, end: number): number {
  if (end - start < FIXED_BYTES) return -1
  const first = data[start] ?? 0
  if (first >> 6 !== 2) return -1
  const fixed = FIXED_BYTES + WORD_BYTES * (first & 0xf)
  if ((first & EXTENSION_FLAG) === 0) return start + fixed <= end ? fixed : -1
  const extension = start + fixed
  if (extension + WORD_BYTES > end) return -1
  const words = ((data[extension + 2] ?? 0) << 8) | (data[extension + 3] ?? 0)
  const offset = fixed + WORD_BYTES * (1 + words)
  return start + offset <= end ? offset : -1
}
