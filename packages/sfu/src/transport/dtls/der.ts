// Writes and reads the few DER forms that X.509 certificates need (ITU-T X.690 sections 8 and 10).
import { concat, uint } from './bytes.ts'

export const DerTag = {
  integer: 0x02,
  bitString: 0x03,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** [0] EXPLICIT, the version field of a certificate. */
  context0: 0xa0,
} as const

/** Object identifiers in their encoded form, named as their RFCs name them. */
export const Oid: Readonly<
  Record<'ecPublicKey' | 'prime256v1' | 'ecdsaWithSha256' | 'rsaEncryption' | 'commonName', Uint8Array>
> = {
  /** 1.2.840.10045.2.1 */
  ecPublicKey: Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01),
  /** 1.2.840.10045.3.1.7 */
  prime256v1: Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07),
  /** 1.2.840.10045.4.3.2 */
  ecdsaWithSha256: Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02),
  /** 1.2.840.113549.1.1.1 */
  rsaEncryption: Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01),
  /** 2.5.4.3 */
  commonName: Uint8Array.of(0x55, 0x04, 0x03),
}

/** One element: tag, length and the parts as content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts)
  return concat(Uint8Array.of(tag), derLength(content.length), content)
}

/** A bit string without unused bits. */
export function derBitString(bytes: Uint8Array): Uint8Array {
  return der(DerTag.bitString, Uint8Array.of(0), bytes)
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  return length < 0x100 ? Uint8Array.of(0x81, length) : concat(Uint8Array.of(0x82), uint(length, 2))
}

/** One element found in foreign bytes. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content together. */
  readonly whole: Uint8Array
}

/** Lengths above two bytes cannot occur: a Certificate message is limited to 32 kB. */
const MAX_LENGTH_BYTES = 2

/** The elements that stand one behind the other in `bytes`, at most `limit`; undefined when one does not fit. */
export function readDer(bytes: Uint8Array, limit: number): DerElement[] | undefined {
  const elements: DerElement[] = []
  let offset = 0
  while (offset < bytes.length && elements.length < limit) {
    const element = readElement(bytes, offset)
    if (!element) return undefined
    elements.push(element)
    offset += element.whole.length
  }
  return elements
}

function readElement(bytes: Uint8Array, offset: number): DerElement | undefined {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined) return undefined
  let start = offset + 2
  let length = first
  if (first >= 0x80) {
    const lengthBytes = first & 0x7f
    if (lengthBytes === 0 || lengthBytes > MAX_LENGTH_BYTES) return undefined
    length = 0
    for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (bytes[start + index] ?? 0)
    start += lengthBytes
  }
  const end = start + length
  if (end > bytes.length) return undefined
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(offset, end) }
}
