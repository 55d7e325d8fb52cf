// Builds STUN messages attribute by attribute for tests, right ones and wrong ones; shares no code with the writer.
import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'

export type StunAttribute = readonly [type: number, value: Uint8Array]

export const ATTRIBUTES = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  unknown: 0x000a,
  mapped: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlled: 0x8029,
  controlling: 0x802a,
} as const

/** Message types of Binding. */
export const TYPES = { request: 0x0001, indication: 0x0011, success: 0x0101, error: 0x0111 } as const

/** A message from raw attributes, signed if there is a password, always with a fingerprint. */
export function buildStun(
  type: number,
  transactionId: Uint8Array,
  attributes: readonly StunAttribute[],
  password?: string,
): Buffer {
  let message: Buffer = Buffer.alloc(20)
  message.writeUInt16BE(type, 0)
  message.writeUInt32BE(0x2112a442, 4)
  message.set(transactionId, 8)
  for (const attribute of attributes) message = append(message, attribute)
  if (password !== undefined) {
    message.writeUInt16BE(message.length + 4, 2)
    const digest = createHmac('sha1', password).update(message).digest()
    message = append(message, [ATTRIBUTES.integrity, digest])
  }
  message.writeUInt16BE(message.length - 12, 2)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0)
  return append(message, [ATTRIBUTES.fingerprint, checksum])
}

function append(message: Buffer, [type, value]: StunAttribute): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16BE(type, 0)
  header.writeUInt16BE(value.length, 2)
  const padding = Buffer.alloc((4 - (value.length % 4)) % 4)
  const grown = Buffer.concat([message, header, value, padding])
  grown.writeUInt16BE(grown.length - 20, 2)
  return grown
}

/** A 32-bit value in network order. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A 64-bit value in network order. */
export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
