// Reads and writes STUN messages as ICE uses them (RFC 8489; attributes of RFC 8445 section 16.1).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { PeerAddress } from './address.ts'
import {
  MAX_STUN_ATTRIBUTES,
  MAX_STUN_BYTES,
  MAX_STUN_USERNAME_BYTES,
  MAX_UNKNOWN_ATTRIBUTES,
} from './limits.ts'

export const STUN_HEADER_BYTES = 20
export const TRANSACTION_ID_BYTES = 12
const MAGIC_COOKIE = 0x2112a442
const BINDING = 0x001
/** XORed onto the CRC so that FINGERPRINT differs from other protocols' checksums (RFC 8489 section 14.7). */
const FINGERPRINT_XOR = 0x5354554e
const INTEGRITY_BYTES = 20
const FINGERPRINT_BYTES = 4
const ATTRIBUTE_HEADER_BYTES = 4
/** Types below this must be understood (RFC 8489 section 14). */
const FIRST_OPTIONAL_TYPE = 0x8000

const USERNAME = 0x0006
const MESSAGE_INTEGRITY = 0x0008
const ERROR_CODE = 0x0009
const UNKNOWN_ATTRIBUTES = 0x000a
const MESSAGE_INTEGRITY_SHA256 = 0x001c
const XOR_MAPPED_ADDRESS = 0x0020
const PRIORITY = 0x0024
const USE_CANDIDATE = 0x0025
const FINGERPRINT = 0x8028
const ICE_CONTROLLED = 0x8029
const ICE_CONTROLLING = 0x802a

export type StunClass = 'request' | 'indication' | 'success' | 'error'
const CLASSES: readonly StunClass[] = ['request', 'indication', 'success', 'error']

/** Codes this side answers with or understands in answers to its own checks. */
export type StunErrorCode = 400 | 401 | 420 | 487
const REASONS: Readonly<Record<StunErrorCode, string>> = {
  400: 'Bad Request',
  401: 'Unauthenticated',
  420: 'Unknown Attribute',
  487: 'Role Conflict',
}

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

export interface BindingRequest {
  readonly transactionId: Uint8Array
  readonly username: string
  readonly priority: number
  /** The controlled side's tie-breaker (RFC 8445 section 7.1.3). */
  readonly iceControlled: bigint
  readonly password: Uint8Array
}

/** A connectivity or consent check of the controlled side. */
export function writeBindingRequest(request: BindingRequest): Uint8Array {
  const writer = new StunWriter('request', request.transactionId)
  writer.bytes(USERNAME, Buffer.from(request.username, 'latin1'))
  writer.uint32(PRIORITY, request.priority)
  writer.uint64(ICE_CONTROLLED, request.iceControlled)
  return writer.finish(request.password)
}

/** A success answer that tells the peer the address it was seen from; undefined if that is no IP address. */
export function writeBindingSuccess(
  transactionId: Uint8Array,
  mapped: PeerAddress,
  password: Uint8Array,
): Uint8Array | undefined {
  const address = mapped.bytes()
  if (!address) return undefined
  const writer = new StunWriter('success', transactionId)
  writer.bytes(XOR_MAPPED_ADDRESS, xorAddress(address, mapped.port, transactionId))
  return writer.finish(password)
}

/** An error answer, signed when a password is given; `unknown` lists the types of a 420. */
export function writeBindingError(
  transactionId: Uint8Array,
  code: StunErrorCode,
  password: Uint8Array | undefined,
  unknown: readonly number[] = [],
): Uint8Array {
  const writer = new StunWriter('error', transactionId)
  const reason = Buffer.from(REASONS[code], 'latin1')
  writer.bytes(ERROR_CODE, Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), reason]))
  if (code === 420) {
    const types = Buffer.alloc(2 * unknown.length)
    for (const [index, type] of unknown.entries()) types.writeUInt16BE(type, 2 * index)
    writer.bytes(UNKNOWN_ATTRIBUTES, types)
  }
  return writer.finish(password)
}

class StunWriter {
  readonly #buffer = Buffer.alloc(MAX_STUN_BYTES)
  #length = STUN_HEADER_BYTES

  constructor(stunClass: StunClass, transactionId: Uint8Array) {
    const bits = CLASSES.indexOf(stunClass)
    this.#buffer.writeUInt16BE(BINDING | ((bits & 2) << 7) | ((bits & 1) << 4), 0)
    this.#buffer.writeUInt32BE(MAGIC_COOKIE, 4)
    this.#buffer.set(transactionId, 8)
  }

  bytes(type: number, value: Uint8Array): void {
    this.#buffer.writeUInt16BE(type, this.#length)
    this.#buffer.writeUInt16BE(value.length, this.#length + 2)
    this.#buffer.set(value, this.#length + ATTRIBUTE_HEADER_BYTES)
    this.#length += ATTRIBUTE_HEADER_BYTES + value.length + (-value.length & 3)
  }

  uint32(type: number, value: number): void {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    this.bytes(type, bytes)
  }

  uint64(type: number, value: bigint): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(value)
    this.bytes(type, bytes)
  }

  /** Adds MESSAGE-INTEGRITY if there is a password, and FINGERPRINT. */
  finish(password: Uint8Array | undefined): Uint8Array {
    if (password) this.bytes(MESSAGE_INTEGRITY, integrityOf(this.#buffer.subarray(0, this.#length), password))
    const end = this.#length
    this.#buffer.writeUInt16BE(end + ATTRIBUTE_HEADER_BYTES + FINGERPRINT_BYTES - STUN_HEADER_BYTES, 2)
    this.uint32(FINGERPRINT, fingerprintOf(this.#buffer.subarray(0, end)))
    return this.#buffer.subarray(0, this.#length)
  }
}

/** HMAC-SHA1 over what precedes MESSAGE-INTEGRITY, with the header's length reaching to its end. */
function integrityOf(before: Uint8Array, password: Uint8Array): Uint8Array {
  const header = Buffer.from(before.subarray(0, STUN_HEADER_BYTES))
  header.writeUInt16BE(before.length + ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES - STUN_HEADER_BYTES, 2)
  return createHmac('sha1', password).update(header).update(before.subarray(STUN_HEADER_BYTES)).digest()
}

function fingerprintOf(before: Uint8Array): number {
  return (crc32(before) ^ FINGERPRINT_XOR) >>> 0
}

function fingerprintMatches(data: Uint8Array, view: DataView, offset: number, length: number): boolean {
  if (length !== FINGERPRINT_BYTES) return false
  return fingerprintOf(data.subarray(0, offset)) === view.getUint32(offset + ATTRIBUTE_HEADER_BYTES)
}

/** XOR-MAPPED-ADDRESS (RFC 8489 section 14.2): the port under the cookie, the address under cookie and transaction id. */
function xorAddress(address: Uint8Array, port: number, transactionId: Uint8Array): Uint8Array {
  const mask = Buffer.alloc(4 + TRANSACTION_ID_BYTES)
  mask.writeUInt32BE(MAGIC_COOKIE)
  mask.set(transactionId, 4)
  const value = Buffer.alloc(4 + address.length)
  value[1] = address.length === 4 ? 1 : 2
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2)
  for (const [index, byte] of address.entries()) value[4 + index] = byte ^ (mask[index] ?? 0)
  return value
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
