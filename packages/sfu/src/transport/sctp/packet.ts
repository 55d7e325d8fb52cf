// Reads and writes the SCTP packet: common header, checksum and the row of chunks (RFC 9260, sections 3 and 6.8).
import { packetChecksum } from './crc32c.ts'
import { MAX_PACKET_BYTES } from './limits.ts'

/** Ports, verification tag and checksum (RFC 9260, 3.1), bytes. */
export const COMMON_HEADER_BYTES = 12
/** Type, flags and length of a chunk (RFC 9260, 3.2), bytes. */
export const CHUNK_HEADER_BYTES = 4

/** One chunk as it lay in the packet; `value` and `raw` are views into the packet, `raw` includes the chunk header. */
export interface RawChunk {
  readonly type: number
  readonly flags: number
  readonly value: Uint8Array
  readonly raw: Uint8Array
}

/** A packet with a good checksum; the chunks keep their order. */
export interface Packet {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly verificationTag: number
  readonly chunks: readonly RawChunk[]
}

/** A view for reading and writing big-endian numbers in `bytes`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** `length` rounded up to the 4-byte border on which chunks and parameters start. */
export function padded(length: number): number {
  return (length + 3) & ~3
}

/**
 * Reads a packet a stranger sent.
 * @returns undefined when the size, the checksum or a chunk length is wrong: RFC 9260 (6.8) drops such packets silently.
 */
export function decodePacket(packet: Uint8Array): Packet | undefined {
  if (packet.length < COMMON_HEADER_BYTES + CHUNK_HEADER_BYTES || packet.length > MAX_PACKET_BYTES)
    return undefined
  const view = viewOf(packet)
  // The remainder travels least significant byte first (RFC 9260, appendix A).
  if (view.getUint32(8, true) !== packetChecksum(packet)) return undefined
  const chunks: RawChunk[] = []
  let at = COMMON_HEADER_BYTES
  while (at + CHUNK_HEADER_BYTES <= packet.length) {
    const length = view.getUint16(at + 2)
    const end = at + length
    if (length < CHUNK_HEADER_BYTES || end > packet.length) return undefined
    chunks.push({
      type: view.getUint8(at),
      flags: view.getUint8(at + 1),
      value: packet.subarray(at + CHUNK_HEADER_BYTES, end),
      raw: packet.subarray(at, end),
    })
    at += padded(length)
  }
  // The padding of the last chunk may be missing, but no stump of a chunk may follow.
  if (at < packet.length) return undefined
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    verificationTag: view.getUint32(4),
    chunks,
  }
}

/** Collects chunks up to the packet size and closes the packet with header and checksum. */
export class PacketWriter {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #length = COMMON_HEADER_BYTES

  /** @param mtu largest packet, bytes */
  constructor(mtu: number) {
    this.#bytes = new Uint8Array(mtu)
    this.#view = viewOf(this.#bytes)
  }

  /** Bytes still free for chunks, headers included; chunks are padded to four bytes. */
  get room(): number {
    return (this.#bytes.length - this.#length) & ~3
  }

  /** True while no chunk was added. */
  get isEmpty(): boolean {
    return this.#length === COMMON_HEADER_BYTES
  }

  /** Appends an encoded chunk; the caller has checked `room`. */
  add(chunk: Uint8Array): void {
    if (padded(chunk.length) > this.room) throw new RangeError('chunk does not fit into the packet')
    this.#bytes.set(chunk, this.#length)
    this.#length += padded(chunk.length)
  }

  /** Appends a DATA chunk whose payload is copied straight from the message. */
  addData(header: Uint8Array, payload: Uint8Array): void {
    const length = header.length + payload.length
    if (padded(length) > this.room) throw new RangeError('chunk does not fit into the packet')
    this.#bytes.set(header, this.#length)
    this.#bytes.set(payload, this.#length + header.length)
    this.#length += padded(length)
  }

  /** The finished packet. */
  finish(sourcePort: number, destinationPort: number, verificationTag: number): Uint8Array {
    const packet = this.#bytes.subarray(0, this.#length)
    this.#view.setUint16(0, sourcePort)
    this.#view.setUint16(2, destinationPort)
    this.#view.setUint32(4, verificationTag)
    this.#view.setUint32(8, 0)
    this.#view.setUint32(8, packetChecksum(packet), true)
    return packet
  }
}
