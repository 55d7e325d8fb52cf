// Reads STUN messages as ICE uses them (RFC 8489; attributes of RFC 8445 section 16.1).
import { timingSafeEqual } from 'node:crypto'
import {
  MAX_STUN_ATTRIBUTES,
  MAX_STUN_BYTES,
  MAX_STUN_USERNAME_BYTES,
  MAX_UNKNOWN_ATTRIBUTES,
} from './limits.ts'
import {
  ATTRIBUTE_HEADER_BYTES,
  BINDING,
  CLASSES,
  ERROR_CODE,
  FINGERPRINT,
  FINGERPRINT_BYTES,
  ICE_CONTROLLED,
  ICE_CONTROLLING,
  INTEGRITY_BYTES,
  MAGIC_COOKIE,
  MESSAGE_INTEGRITY,
  MESSAGE_INTEGRITY_SHA256,
  PRIORITY,
  STUN_HEADER_BYTES,
  UNKNOWN_ATTRIBUTES,
  USERNAME,
  USE_CANDIDATE,
  XOR_MAPPED_ADDRESS,
  fingerprintOf,
  integrityOf,
  type StunClass,
} from './stun-format.ts'

/** Types below this must be understood (RFC 8489 section 14). */
const FIRST_OPTIONAL_TYPE = 0x8000

/** A Binding message. Fields are present when the attribute is; nothing in it is verified but the fingerprint. */
export interface StunMessage {
  readonly class: StunClass
  readonly transactionId: Uint8Array
  readonly username: string | undefined
  readonly priority: number | undefined
  readonly useCandidate: boolean
  readonly iceControlled: bigint | undefined
  readonly iceControlling: bigint | undefined
  readonly errorCode: number | undefined
  /** Comprehension-required types that this side does not know. */
  readonly unknown: readonly number[]
  /** Offset of MESSAGE-INTEGRITY, or -1. */
  readonly integrityOffset: number
}

type Draft = { -readonly [Key in keyof StunMessage]: StunMessage[Key] } & { unknown: number[] }

/**
 * Parses a datagram as a Binding message. Returns undefined for anything else: wrong cookie, length or method, an
 * attribute that leaves the message, a wrong FINGERPRINT, more than the limits allow.
 */
export function parseStun(data: Uint8Array): StunMessage | undefined {
  if (!isStun(data)) return undefined
  const view = viewOf(data)
  const type = view.getUint16(0)
  if (methodOf(type) !== BINDING) return undefined
  const draft: Draft = {
    class: classOf(type),
    transactionId: new Uint8Array(data.subarray(8, STUN_HEADER_BYTES)),
    username: undefined,
    priority: undefined,
    useCandidate: false,
    iceControlled: undefined,
    iceControlling: undefined,
    errorCode: undefined,
    unknown: [],
    integrityOffset: -1,
  }
  return readAttributes(data, view, draft) ? draft : undefined
}

function readAttributes(data: Uint8Array, view: DataView, draft: Draft): boolean {
  let offset = STUN_HEADER_BYTES
  for (let count = 0; offset < data.length; count++) {
    if (count === MAX_STUN_ATTRIBUTES) return false
    const type = view.getUint16(offset)
    const length = view.getUint16(offset + 2)
    const value = offset + ATTRIBUTE_HEADER_BYTES
    const next = value + length + (-length & 3)
    if (next > data.length) return false
    if (type === FINGERPRINT) return next === data.length && fingerprintMatches(data, view, offset, length)
    // After MESSAGE-INTEGRITY everything but FINGERPRINT is ignored (RFC 8489 section 14.5).
    if (draft.integrityOffset === -1 && !readAttribute(view, type, value, length, draft)) return false
    offset = next
  }
  return true
}

function readAttribute(view: DataView, type: number, value: number, length: number, draft: Draft): boolean {
  switch (type) {
    case USERNAME:
      if (length > MAX_STUN_USERNAME_BYTES) return false
      draft.username ??= latin1(view, value, length)
      return true
    case MESSAGE_INTEGRITY:
      draft.integrityOffset = value - ATTRIBUTE_HEADER_BYTES
      return length === INTEGRITY_BYTES
    case PRIORITY:
      if (length !== 4) return false
      draft.priority ??= view.getUint32(value)
      return true
    case USE_CANDIDATE:
      draft.useCandidate = true
      return length === 0
    case ICE_CONTROLLED:
      if (length !== 8) return false
      draft.iceControlled ??= view.getBigUint64(value)
      return true
    case ICE_CONTROLLING:
      if (length !== 8) return false
      draft.iceControlling ??= view.getBigUint64(value)
      return true
    case ERROR_CODE:
      if (length < 4) return false
      draft.errorCode ??= (view.getUint8(value + 2) & 7) * 100 + view.getUint8(value + 3)
      return true
    case XOR_MAPPED_ADDRESS:
    case UNKNOWN_ATTRIBUTES:
    case MESSAGE_INTEGRITY_SHA256:
      return true
    default:
      if (type < FIRST_OPTIONAL_TYPE && draft.unknown.length < MAX_UNKNOWN_ATTRIBUTES)
        draft.unknown.push(type)
      return true
  }
}

/** Whether MESSAGE-INTEGRITY is there and was made with this password (RFC 8489 section 14.5, short-term credential). */
export function verifyStunIntegrity(data: Uint8Array, message: StunMessage, password: Uint8Array): boolean {
  const offset = message.integrityOffset
  if (offset === -1) return false
  const value = offset + ATTRIBUTE_HEADER_BYTES
  const expected = integrityOf(data.subarray(0, offset), password)
  return timingSafeEqual(expected, data.subarray(value, value + INTEGRITY_BYTES))
}

/** Whether a datagram has STUN's first bits, cookie and length; says nothing of its attributes. */
export function isStun(data: Uint8Array): boolean {
  if (data.length < STUN_HEADER_BYTES || data.length > MAX_STUN_BYTES) return false
  const view = viewOf(data)
  const length = view.getUint16(2)
  return (
    view.getUint8(0) < 0x40 &&
    view.getUint32(4) === MAGIC_COOKIE &&
    length === data.length - STUN_HEADER_BYTES &&
    (length & 3) === 0
  )
}

/** The class of a datagram for which `isStun` holds. */
export function stunClass(data: Uint8Array): StunClass {
  return classOf(((data[0] ?? 0) << 8) | (data[1] ?? 0))
}

/** The part of USERNAME before the colon, which is the receiver's own fragment in a check (RFC 8445 section 7.2.2). */
export function stunLocalUfrag(data: Uint8Array): string | undefined {
  const view = viewOf(data)
  let offset = STUN_HEADER_BYTES
  for (let count = 0; count < MAX_STUN_ATTRIBUTES; count++) {
    const value = offset + ATTRIBUTE_HEADER_BYTES
    if (value > data.length) return undefined
    const type = view.getUint16(offset)
    const length = view.getUint16(offset + 2)
    if (value + length > data.length) return undefined
    if (type === USERNAME) {
      if (length > MAX_STUN_USERNAME_BYTES) return undefined
      const name = latin1(view, value, length)
      const colon = name.indexOf(':')
      return colon === -1 ? undefined : name.slice(0, colon)
    }
    offset = value + length + (-length & 3)
  }
  return undefined
}

function fingerprintMatches(data: Uint8Array, view: DataView, offset: number, length: number): boolean {
  if (length !== FINGERPRINT_BYTES) return false
  return fingerprintOf(data.subarray(0, offset)) === view.getUint32(offset + ATTRIBUTE_HEADER_BYTES)
}

/** Class bits 0x0110 and method bits 0x3eef of the message type (RFC 8489 section 5). */
function classOf(type: number): StunClass {
  return CLASSES[((type >>> 7) & 2) | ((type >>> 4) & 1)] ?? 'request'
}

function methodOf(type: number): number {
  return (type & 0xf) | ((type >>> 1) & 0x70) | ((type >>> 2) & 0xf80)
}

function latin1(view: DataView, offset: number, length: number): string {
  return Buffer.from(view.buffer, view.byteOffset + offset, length).toString('latin1')
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength)
}
