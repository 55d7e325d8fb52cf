// The key that the load generator and the ruler share instead of a handshake; the ruler is given what it derives to.
import { createCipheriv } from 'node:crypto'

const MASTER_KEY = Buffer.alloc(16, 0x11)
const MASTER_SALT = Buffer.alloc(12, 0x22)

/** Keying material as DTLS exports it (RFC 5764 section 4.2), the same for both directions. */
export function rulerMaterial(): Uint8Array {
  return Buffer.concat([MASTER_KEY, MASTER_KEY, MASTER_SALT, MASTER_SALT])
}

/** Session key (16 bytes) and salt (12 bytes) for RTP (RFC 3711 section 4.3.1, labels 0 and 2). */
export function rulerSessionKeys(): Uint8Array {
  const derive = (label: number, length: number): Buffer => {
    const input = Buffer.alloc(16)
    MASTER_SALT.copy(input)
    input.writeUInt8(input.readUInt8(7) ^ label, 7)
    return createCipheriv('aes-128-ecb', MASTER_KEY, null)
      .setAutoPadding(false)
      .update(input)
      .subarray(0, length)
  }
  return Buffer.concat([derive(0, 16), derive(2, 12)])
}
