// Computes CRC32c (Castagnoli), the checksum of every SCTP packet (RFC 9260, 6.8 and appendix A).

/** Polynomial 0x1EDC6F41 with its bits reversed, because SCTP feeds the least significant bit first. */
const POLYNOMIAL = 0x82f63b78

const TABLE: Uint32Array = buildTable()

function buildTable(): Uint32Array {
  const table = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    table[byte] = crc >>> 0
  }
  return table
}

/** Feeds `bytes[start, end)` into a running remainder (start with 0xffffffff, invert at the end). */
function update(remainder: number, bytes: Uint8Array, start: number, end: number): number {
  let crc = remainder
  for (let at = start; at < end; at++) {
    crc = (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return crc
}

/** CRC32c of `bytes` as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  return ~update(0xffffffff, bytes, 0, bytes.length) >>> 0
}

const ZEROES = new Uint8Array(4)

/** CRC32c of an SCTP packet with its own checksum field (bytes 8 to 11) taken as zero. */
export function packetChecksum(packet: Uint8Array): number {
  let crc = update(0xffffffff, packet, 0, 8)
  crc = update(crc, ZEROES, 0, 4)
  return ~update(crc, packet, 12, packet.length) >>> 0
}
