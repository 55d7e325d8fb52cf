// Reads and writes the messages that open a data channel, and names its payload types (RFC 8832; RFC 8831, section 8).
import { MAX_LABEL_BYTES } from './limits.ts'
import { viewOf } from './packet.ts'

/** Payload protocol identifiers of RFC 8831. 52 and 54 (partial messages) are deprecated and never accepted. */
export const Ppid = {
  dcep: 50,
  string: 51,
  binary: 53,
  stringEmpty: 56,
  binaryEmpty: 57,
} as const

/** Name and reliability of a data channel; at most one of the two limits is set. */
export interface ChannelParameters {
  readonly label: string
  readonly protocol: string
  readonly ordered: boolean
  /** Repetitions of a lost piece before its message is given up; undefined: no such limit. */
  readonly maxRetransmits: number | undefined
  /** Milliseconds after which a message is given up; undefined: no such limit. */
  readonly maxLifetimeMs: number | undefined
}

export type DcepMessage =
  | { readonly kind: 'ack' }
  | { readonly kind: 'open'; readonly parameters: ChannelParameters }
  /** An OPEN we refuse: the caller resets the stream (RFC 8832, section 6). */
  | { readonly kind: 'bad-open' }
  | { readonly kind: 'unknown' }

const TYPE_ACK = 2
const TYPE_OPEN = 3
const OPEN_HEADER_BYTES = 12
/** Channel types (RFC 8832, 5.1): the low bits name the limit, the high bit means unordered. */
const LIMIT_RETRANSMITS = 1
const LIMIT_LIFETIME = 2
const FLAG_UNORDERED = 0x80

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** DATA_CHANNEL_ACK (RFC 8832, 5.2). */
export function encodeDcepAck(): Uint8Array {
  return Uint8Array.of(TYPE_ACK)
}

/** DATA_CHANNEL_OPEN (RFC 8832, 5.1) with priority 0. Throws when label or protocol is longer than 65,535 bytes. */
export function encodeDcepOpen(parameters: ChannelParameters): Uint8Array {
  const label = encoder.encode(parameters.label)
  const protocol = encoder.encode(parameters.protocol)
  if (label.length > 0xffff || protocol.length > 0xffff) throw new RangeError('label or protocol too long')
  const message = new Uint8Array(OPEN_HEADER_BYTES + label.length + protocol.length)
  const view = viewOf(message)
  const { maxRetransmits, maxLifetimeMs } = parameters
  const limit =
    maxRetransmits !== undefined ? LIMIT_RETRANSMITS : maxLifetimeMs !== undefined ? LIMIT_LIFETIME : 0
  view.setUint8(0, TYPE_OPEN)
  view.setUint8(1, limit | (parameters.ordered ? 0 : FLAG_UNORDERED))
  view.setUint32(4, maxRetransmits ?? maxLifetimeMs ?? 0)
  view.setUint16(8, label.length)
  view.setUint16(10, protocol.length)
  message.set(label, OPEN_HEADER_BYTES)
  message.set(protocol, OPEN_HEADER_BYTES + label.length)
  return message
}

/** Reads a message with payload type 50. */
export function decodeDcep(message: Uint8Array): DcepMessage {
  if (message[0] === TYPE_ACK) return { kind: 'ack' }
  if (message[0] !== TYPE_OPEN) return { kind: 'unknown' }
  if (message.length < OPEN_HEADER_BYTES) return { kind: 'bad-open' }
  const view = viewOf(message)
  const type = view.getUint8(1)
  const limit = type & ~FLAG_UNORDERED
  const reliability = view.getUint32(4)
  const labelLength = view.getUint16(8)
  const protocolLength = view.getUint16(10)
  if (limit > LIMIT_LIFETIME || labelLength > MAX_LABEL_BYTES || protocolLength > MAX_LABEL_BYTES)
    return { kind: 'bad-open' }
  const labelEnd = OPEN_HEADER_BYTES + labelLength
  if (message.length !== labelEnd + protocolLength) return { kind: 'bad-open' }
  const label = decodeText(message.subarray(OPEN_HEADER_BYTES, labelEnd))
  const protocol = decodeText(message.subarray(labelEnd))
  if (label === undefined || protocol === undefined) return { kind: 'bad-open' }
  return {
    kind: 'open',
    parameters: {
      label,
      protocol,
      ordered: (type & FLAG_UNORDERED) === 0,
      maxRetransmits: limit === LIMIT_RETRANSMITS ? reliability : undefined,
      maxLifetimeMs: limit === LIMIT_LIFETIME ? reliability : undefined,
    },
  }
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined // Not UTF-8: TextDecoder has no other way to say so.
  }
}
