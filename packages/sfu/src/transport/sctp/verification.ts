// Decides whether a packet belongs to the association by its chunks and verification tag (RFC 9260, 8.5 and 8.5.1).
import { ChunkType, FLAG_REFLECTED_TAG } from './chunks.ts'
import type { Packet } from './packet.ts'

/** Chunks that must travel alone (RFC 9260, 6.10). */
const SOLITARY: ReadonlySet<number> = new Set([ChunkType.init, ChunkType.initAck, ChunkType.shutdownComplete])

/**
 * True when the packet may be worked on. The tag of COOKIE-ECHO is left to the cookie, which names its own.
 * @param localTag our tag; @param peerTag the peer's, 0 while unknown
 */
export function isTagValid(packet: Packet, localTag: number, peerTag: number): boolean {
  const { chunks, verificationTag } = packet
  const first = chunks[0]
  if (!first) return false
  if (chunks.length > 1 && chunks.some((chunk) => SOLITARY.has(chunk.type))) return false
  if (first.type === ChunkType.init) return verificationTag === 0
  if (first.type === ChunkType.cookieEcho) return true
  const mayReflect = first.type === ChunkType.abort || first.type === ChunkType.shutdownComplete
  if (mayReflect && (first.flags & FLAG_REFLECTED_TAG) !== 0)
    return peerTag !== 0 && verificationTag === peerTag
  return verificationTag === localTag
}
