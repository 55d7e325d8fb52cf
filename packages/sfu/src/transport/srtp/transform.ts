// Names what an SRTP profile does to packets, and the buffer in which it does it.
import { HMAC_PREFIX_BYTES } from './hmac-sha1.ts'

/** Bytes that must be free in front of a packet in a frame. */
export const FRAME_PREFIX_BYTES: number = HMAC_PREFIX_BYTES
/** Bytes that must be free behind a clear packet: SRTCP index and the longest tag, which is GCM's. */
export const FRAME_SUFFIX_BYTES = 20

/** Memory in which packets are protected; packets begin at a multiple of four, so that payloads can be worked on by words. */
export class PacketFrame {
  readonly bytes: Buffer
  readonly words: Int32Array

  constructor(size: number) {
    const memory = new ArrayBuffer(size)
    this.bytes = Buffer.from(memory)
    this.words = new Int32Array(memory)
  }
}

/** The opening half of a transform, which alone takes part in receiving. */
export interface SrtpOpener {
  /** Bytes that protection added to an RTP packet. */
  readonly tagLength: number
  /** Checks and decrypts an RTP packet in the frame, `end` with the tag; returns its new end, or -1. */
  openRtp(frame: PacketFrame, start: number, payload: number, end: number, roc: number): number
  /** Checks and decrypts an RTCP packet, `end` with index and tag; returns its new end, or -1. */
  openRtcp(frame: PacketFrame, start: number, end: number): number
  /** Overwrites the key. */
  close(): void
}

/**
 * One session key of one profile. Offsets are bytes in the frame: the packet begins at `start`, its encrypted part at
 * `payload` (both multiples of four), and ends before `end`.
 *
 * Encrypting goes in three steps, so that the work for several packets can be done at once: `plan` each, `run`, `seal`
 * each in the same order.
 */
export interface SrtpTransform extends SrtpOpener {
  /** Whether a packet with so many bytes to encrypt can still be planned before the next `run`. */
  hasRoom(bytes: number): boolean
  /** Announces a packet; the number returned is handed to `seal...`. */
  plan(ssrc: number, indexHigh: number, indexLow: number, bytes: number): number
  /** Does what can be done for all planned packets at once. */
  run(): void
  /** Encrypts and signs a planned RTP packet; returns its new end. */
  sealRtp(
    frame: PacketFrame,
    planned: number,
    start: number,
    payload: number,
    end: number,
    roc: number,
  ): number
  /** Encrypts and signs a planned RTCP packet and adds the index; returns its new end. */
  sealRtcp(frame: PacketFrame, planned: number, start: number, end: number, index: number): number
}

/** Bytes of an RTCP packet that stay clear: the first header and its SSRC (RFC 3711 section 3.4). */
export const RTCP_CLEAR_BYTES = 8
/** Bytes of the SRTCP index with the E flag in front. */
export const RTCP_INDEX_BYTES = 4
/** The E flag: this packet is encrypted. */
export const RTCP_ENCRYPTED_FLAG = 0x8000_0000
/** Largest SRTCP index (31 bits); a key that has used it up must not be used any more (RFC 3711 section 9.2). */
export const MAX_RTCP_INDEX = 0x7fff_ffff
