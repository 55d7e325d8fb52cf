// Reads bytes of archives: bounded, and never outside of the array.

/** Little-endian number of `length` bytes; 0 beyond the end. */
export function littleEndian(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let index = length - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}

/** Text of a byte range, as UTF-8 where it is valid and as Latin-1 where it is not. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}

/** True for bytes that are no text: a zero within the first thousand. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 1_000).includes(0)
}

/** The platform's decoders, which browsers and Node have and ECMAScript does not name. */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean })
  decode(input: Uint8Array): string
}
