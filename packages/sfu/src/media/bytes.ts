// Reads and writes big-endian numbers in packets; what lies beyond the end reads as zero, so that no parser can throw.

/** Unsigned byte at `at`. */
export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

/** Unsigned 16-bit number at `at`. */
export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1)
}

/** Unsigned 24-bit number at `at`. */
export function u24(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 16) | (u8(bytes, at + 1) << 8) | u8(bytes, at + 2)
}

/** Unsigned 32-bit number at `at`. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0
}

/** Signed 32-bit number at `at`: a small integer to the engine, where an unsigned one may need a box. */
export function i32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) << 16) | u16(bytes, at + 2)
}

/** Writes the low 16 bits of `value`. */
export function setU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8
  bytes[at + 1] = value
}

/** Writes the low 24 bits of `value`. */
export function setU24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16
  bytes[at + 1] = value >>> 8
  bytes[at + 2] = value
}

/** Writes the low 32 bits of `value`. */
export function setU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}
