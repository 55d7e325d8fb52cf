// Writes the STUN messages that ICE sends (RFC 8489; attributes of RFC 8445 section 16.1).
import type { PeerAddress } from './address.ts'
import { MAX_STUN_BYTES } from './limits.ts'
import {
  ATTRIBUTE_HEADER_BYTES,
  BINDING,
  CLASSES,
  ERROR_CODE,
  FINGERPRINT,
  FINGERPRINT_BYTES,
  ICE_CONTROLLED,
  MAGIC_COOKIE,
  MESSAGE_INTEGRITY,
  PRIORITY,
  STUN_HEADER_BYTES,
  TRANSACTION_ID_BYTES,
  UNKNOWN_ATTRIBUTES,
  USERNAME,
  XOR_MAPPED_ADDRESS,
  fingerprintOf,
  integrityOf,
  type StunClass,
} from './stun-format.ts'

/** Codes this side answers with or understands in answers to its own checks. */
export type StunErrorCode = 400 | 401 | 420 | 487
const REASONS: Readonly<Record<StunErrorCode, string>> = {
  400: 'Bad Request',
  401: 'Unauthenticated',
  420: 'Unknown Attribute',
  487: 'Role Conflict',
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
