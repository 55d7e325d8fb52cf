// Builds RTP packets for tests and benchmarks from the meaning of their fields.
import { setU16, setU32 } from '../bytes.ts'

/** Fields of a packet; what is left out is zero or empty. */
export interface PacketFields {
  readonly payloadType: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly marker?: boolean
  /** Values by extension id. */
  readonly extensions?: ReadonlyMap<number, Uint8Array>
  readonly twoByteExtensions?: boolean
  readonly payload?: Uint8Array
  /** Bytes of padding behind the payload. */
  readonly padding?: number
}

/** The packet in bytes. */
export function buildPacket(fields: PacketFields): Uint8Array {
  const block = buildExtensions(fields.extensions ?? new Map(), fields.twoByteExtensions ?? false)
  const payload = fields.payload ?? new Uint8Array(0)
  const padding = fields.padding ?? 0
  const packet = new Uint8Array(12 + block.length + payload.length + padding)
  packet[0] = 0x80 | (block.length > 0 ? 0x10 : 0) | (padding > 0 ? 0x20 : 0)
  packet[1] = fields.payloadType | (fields.marker === true ? 0x80 : 0)
  setU16(packet, 2, fields.sequence)
  setU32(packet, 4, fields.timestamp)
  setU32(packet, 8, fields.ssrc)
  packet.set(block, 12)
  packet.set(payload, 12 + block.length)
  if (padding > 0) packet[packet.length - 1] = padding
  return packet
}

function buildExtensions(values: ReadonlyMap<number, Uint8Array>, twoByte: boolean): Uint8Array {
  if (values.size === 0) return new Uint8Array(0)
  const bytes: number[] = []
  for (const [id, value] of values) {
    if (twoByte) bytes.push(id, value.length)
    else bytes.push((id << 4) | (value.length - 1))
    bytes.push(...value)
  }
  while (bytes.length % 4 !== 0) bytes.push(0)
  const head = twoByte ? [0x10, 0x00] : [0xbe, 0xde]
  return Uint8Array.from([...head, 0, bytes.length / 4, ...bytes])
}

/** A VP8 payload of `length` bytes: descriptor with S bit at a frame's first packet, then payload header with P bit. */
export function vp8Payload(length: number, isFirst: boolean, isKey: boolean, fill = 0): Uint8Array {
  const payload = new Uint8Array(length).fill(fill)
  payload[0] = 0x80 | (isFirst ? 0x10 : 0)
  payload[1] = 0x80
  payload[2] = 0x80
  payload[3] = 0x01
  payload[4] = isKey && isFirst ? 0x00 : 0x01
  return payload
}
