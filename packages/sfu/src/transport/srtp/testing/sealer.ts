// Protects single packets for tests, the way the fan-out protects many.
import { KeystreamBurst } from '../keystream.ts'
import { SendBurst, SrtpSender } from '../srtp-sender.ts'
import { FRAME_PREFIX_BYTES, FRAME_SUFFIX_BYTES, PacketFrame } from '../transform.ts'
import type { SrtpProfile } from '../../dtls/protocol.ts'

/** Bytes before the payload of the packets made here. */
export const TEST_HEADER_BYTES = 12

/** An RTP packet without CSRCs or extension. */
export function rtpPacket(ssrc: number, sequence: number, payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(TEST_HEADER_BYTES + payload.length)
  packet[0] = 0x80
  packet[1] = 96
  packet.writeUInt16BE(sequence & 0xffff, 2)
  packet.writeUInt32BE(sequence * 90, 4)
  packet.writeUInt32BE(ssrc, 8)
  packet.set(payload, TEST_HEADER_BYTES)
  return packet
}

/** A receiver report about nobody with a number in its place for extensions. */
export function rtcpPacket(ssrc: number, number: number): Buffer {
  const packet = Buffer.alloc(12)
  packet[0] = 0x80
  packet[1] = 201
  packet.writeUInt16BE(2, 2)
  packet.writeUInt32BE(ssrc, 4)
  packet.writeUInt32BE(number, 8)
  return packet
}

/** One sender with memory of its own. */
export class Sealer {
  readonly sender: SrtpSender
  readonly #frame = new PacketFrame(FRAME_PREFIX_BYTES + 2_048 + FRAME_SUFFIX_BYTES)

  constructor(profile: SrtpProfile, key: Uint8Array, salt: Uint8Array) {
    this.sender = new SrtpSender(profile, key, salt, new SendBurst(new KeystreamBurst()))
  }

  /** The protected packet, or undefined when it was refused. */
  rtp(packet: Uint8Array): Buffer | undefined {
    this.sender.begin()
    const result = this.sender.plan(packet, 0, packet.length, packet.length)
    if (result !== 'planned') return undefined
    this.sender.run()
    const end = this.sender.seal(
      0,
      this.#load(packet),
      FRAME_PREFIX_BYTES,
      FRAME_PREFIX_BYTES + packet.length,
    )
    return Buffer.from(this.#frame.bytes.subarray(FRAME_PREFIX_BYTES, end))
  }

  /** The protected packet; throws when it was refused. */
  rtcp(packet: Uint8Array): Buffer {
    const end = this.sender.sealRtcp(
      this.#load(packet),
      FRAME_PREFIX_BYTES,
      FRAME_PREFIX_BYTES + packet.length,
    )
    if (end === -1) throw new RangeError('the sender refused the packet')
    return Buffer.from(this.#frame.bytes.subarray(FRAME_PREFIX_BYTES, end))
  }

  #load(packet: Uint8Array): PacketFrame {
    this.#frame.bytes.set(packet, FRAME_PREFIX_BYTES)
    return this.#frame
  }
}
