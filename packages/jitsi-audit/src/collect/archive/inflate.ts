// Unpacks deflate and gzip with the platform's DecompressionStream, and stops as soon as the output exceeds its limit.

/** What came out, and whether it ended before the limit. */
export interface Inflated {
  readonly bytes: Uint8Array
  readonly whole: boolean
}

/** Pieces handed to the stream at once: small enough that a bomb is seen before it has unfolded. */
const PIECE_LENGTH = 16_384

/** Unpacks `bytes`; what is damaged gives what could be read, what is too large is cut at `limit` bytes. */
export async function inflate(
  bytes: Uint8Array,
  format: 'deflate-raw' | 'gzip',
  limit: number,
): Promise<Inflated> {
  const stream = new DecompressionStream(format)
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  let stopped = false
  const feeding = feed(writer, bytes, () => stopped)
  let whole = true
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) break
      length += value.length
      if (length > limit) {
        whole = false
        break
      }
      parts.push(value)
    }
  } catch {
    // Damaged data, or data behind the end: what was read so far is all there is.
    whole = false
  }
  stopped = true
  await reader.cancel().catch(() => undefined)
  await feeding
  return { bytes: joined(parts), whole }
}

async function feed(writer: Writer, bytes: Uint8Array, stopped: () => boolean): Promise<void> {
  try {
    for (let at = 0; at < bytes.length && !stopped(); at += PIECE_LENGTH)
      await writer.write(bytes.slice(at, at + PIECE_LENGTH))
    if (!stopped()) await writer.close()
  } catch {
    // The reader sees the same error.
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

interface Writer {
  write(chunk: Uint8Array): Promise<void>
  close(): Promise<void>
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<void>
}

/** The platform's stream, which browsers and Node have and ECMAScript does not name. */
declare class DecompressionStream {
  constructor(format: 'deflate-raw' | 'gzip')
  readonly writable: { getWriter(): Writer }
  readonly readable: { getReader(): Reader }
}
