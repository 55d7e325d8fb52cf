// Protects the packets for one peer, several at a time: rollover counters, SRTCP index, and the profile's transform.
import { type SrtpProfile } from '../dtls/protocol.ts'
import { MAX_SEND_SSRCS, MAX_SRTP_BYTES } from '../limits.ts'
import { BURST_PACKETS, type KeystreamBurst } from './keystream.ts'
import { newTransform } from './new-transform.ts'
import { estimateRoc } from './rollover.ts'
import { rtpPayloadOffset } from './rtp-header.ts'
import { SsrcTable } from './ssrc-table.ts'
import { MAX_RTCP_INDEX, RTCP_CLEAR_BYTES, type PacketFrame, type SrtpTransform } from './transform.ts'

/** What became of a packet that was to be planned: taken, put off until after the burst, or refused. */
export type PlanResult = 'planned' | 'full' | 'refused'

interface Source {
  roc: number
  newest: number
}

/**
 * Packets planned but not sealed, and their keystream; one serves all senders of a thread, as a burst is finished before
 * another sender begins one.
 */
export class SendBurst {
  readonly keystream: KeystreamBurst
  readonly planned: Int32Array = new Int32Array(BURST_PACKETS)
  readonly payload: Int32Array = new Int32Array(BURST_PACKETS)
  readonly roc: Uint32Array = new Uint32Array(BURST_PACKETS)
  count = 0

  constructor(keystream: KeystreamBurst) {
    this.keystream = keystream
  }
}

/** The sending side of one peer. */
export class SrtpSender {
  readonly #rtp: SrtpTransform
  readonly #rtcp: SrtpTransform
  readonly #burst: SendBurst
  readonly #sources = new SsrcTable<Source>(MAX_SEND_SSRCS)
  #rtcpIndex = 0

  /** Takes our master key and salt, of the profile's lengths. */
  constructor(profile: SrtpProfile, masterKey: Uint8Array, masterSalt: Uint8Array, burst: SendBurst) {
    this.#burst = burst
    this.#rtp = newTransform(profile, 'rtp', masterKey, masterSalt, burst.keystream)
    this.#rtcp = newTransform(profile, 'rtcp', masterKey, masterSalt, burst.keystream)
  }

  /** Begins a burst of RTP packets. */
  begin(): void {
    this.#burst.count = 0
    this.#burst.keystream.clear()
  }

  /**
   * Announces an RTP packet of `length` bytes whose whole RTP header is in `header[offset, offset + headerLength)`.
   * Its rollover counter follows from the order of these calls (RFC 3711 section 3.3.1).
   */
  plan(header: Uint8Array, offset: number, headerLength: number, length: number): PlanResult {
    const burst = this.#burst
    const payload = rtpPayloadOffset(header, offset, offset + headerLength)
    if (payload === -1 || length > MAX_SRTP_BYTES) return 'refused'
    if (burst.count === BURST_PACKETS || !this.#rtp.hasRoom(length - payload)) return 'full'
    const sequence = ((header[offset + 2] ?? 0) << 8) | (header[offset + 3] ?? 0)
    const ssrc = uint32(header, offset + 8)
    const roc = this.#rocOf(ssrc, sequence)
    if (roc === -1) return 'refused'
    const slot = burst.count++
    burst.planned[slot] = this.#rtp.plan(ssrc, roc, sequence, length - payload)
    burst.payload[slot] = payload
    burst.roc[slot] = roc
    return 'planned'
  }

  /** Ends the planning; the packets are sealed next. */
  run(): void {
    if (this.#burst.count > 0) this.#rtp.run()
  }

  /** Protects the planned packet `slot` (they count from 0), which stands clear at `frame[start, end)`; returns its new end. */
  seal(slot: number, frame: PacketFrame, start: number, end: number): number {
    const burst = this.#burst
    const payload = start + (burst.payload[slot] ?? 0)
    return this.#rtp.sealRtp(frame, burst.planned[slot] ?? 0, start, payload, end, burst.roc[slot] ?? 0)
  }

  /** Protects the RTCP packet that stands clear at `frame[start, end)`; returns its new end, or -1 when it may not be sent. */
  sealRtcp(frame: PacketFrame, start: number, end: number): number {
    const bytes = end - start - RTCP_CLEAR_BYTES
    if (bytes < 0 || this.#rtcpIndex > MAX_RTCP_INDEX) return -1
    // One index for all SSRCs: each of them sees it grow, which is all that receivers and the IV ask for.
    const index = this.#rtcpIndex++
    this.begin()
    const planned = this.#rtcp.plan(uint32(frame.bytes, start + 4), index >>> 16, index & 0xffff, bytes)
    this.#rtcp.run()
    return this.#rtcp.sealRtcp(frame, planned, start, end, index)
  }

  /** Overwrites the keys; the sender must not be used afterwards. */
  close(): void {
    this.#rtp.close()
    this.#rtcp.close()
    this.#sources.clear()
  }

  #rocOf(ssrc: number, sequence: number): number {
    const source = this.#sources.get(ssrc)
    if (!source) {
      this.#sources.set(ssrc, { roc: 0, newest: sequence })
      return 0
    }
    const roc = estimateRoc(source.roc, source.newest, sequence)
    if (roc > source.roc || (roc === source.roc && sequence > source.newest)) {
      source.roc = roc
      source.newest = sequence
    }
    return roc
  }
}

function uint32(data: Uint8Array, at: number): number {
  const high = ((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16)
  return (high | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0)) >>> 0
}
