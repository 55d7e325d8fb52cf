// Takes a peer's protected packets apart in place: authenticity, replay and rollover (RFC 3711 sections 3.3 and 3.4).
import { type SrtpProfile } from '../dtls/protocol.ts'
import { MAX_RECEIVE_SSRCS, MAX_SRTP_BYTES, RTCP_REPLAY_WINDOW, RTP_REPLAY_WINDOW } from '../limits.ts'
import { KeystreamBurst } from './keystream.ts'
import { ReplayWindow } from './replay-window.ts'
import { estimateRoc, packetIndex } from './rollover.ts'
import { rtpPayloadOffset } from './rtp-header.ts'
import { newTransform } from './new-transform.ts'
import { SsrcTable } from './ssrc-table.ts'
import {
  FRAME_PREFIX_BYTES,
  FRAME_SUFFIX_BYTES,
  MAX_RTCP_INDEX,
  PacketFrame,
  RTCP_CLEAR_BYTES,
  RTCP_INDEX_BYTES,
  type SrtpOpener,
} from './transform.ts'

/** Packets that were not let through. */
export interface SrtpReceiverCounters {
  malformed: number
  replayed: number
  unauthenticated: number
}

interface Source {
  roc: number
  newest: number
  readonly window: ReplayWindow
}

/** What all receivers of a thread work in, one packet at a time. */
const frame = new PacketFrame(FRAME_PREFIX_BYTES + MAX_SRTP_BYTES + FRAME_SUFFIX_BYTES)
const burst = new KeystreamBurst()

/** The receiving side of one peer. */
export class SrtpReceiver {
  readonly counters: SrtpReceiverCounters = { malformed: 0, replayed: 0, unauthenticated: 0 }
  readonly #rtp: SrtpOpener
  readonly #rtcp: SrtpOpener
  readonly #rtcpTrailer: number
  readonly #rtcpIndexFromEnd: number
  readonly #sources = new SsrcTable<Source>(MAX_RECEIVE_SSRCS)
  readonly #rtcpSources = new SsrcTable<ReplayWindow>(MAX_RECEIVE_SSRCS)

  /** Takes the peer's master key and salt, of the profile's lengths; `opener` may do the work for both kinds of packets. */
  constructor(profile: SrtpProfile, masterKey: Uint8Array, masterSalt: Uint8Array, opener?: SrtpOpener) {
    this.#rtp = opener ?? newTransform(profile, 'rtp', masterKey, masterSalt, burst)
    this.#rtcp = opener ?? newTransform(profile, 'rtcp', masterKey, masterSalt, burst)
    const { tagLength } = this.#rtcp
    this.#rtcpTrailer = tagLength + RTCP_INDEX_BYTES
    // AES-CM: index, tag (RFC 3711 figure 2). AEAD: tag, index (RFC 7714 section 17).
    this.#rtcpIndexFromEnd =
      profile === 'SRTP_AEAD_AES_128_GCM' ? RTCP_INDEX_BYTES : tagLength + RTCP_INDEX_BYTES
  }

  /**
   * Unprotects the RTP packet `data[0, length)` in place. Returns its clear length, or -1 for a packet that is malformed,
   * forged or repeated; `data` is then as it was.
   */
  unprotectRtp(data: Uint8Array, length: number): number {
    const payload = rtpPayloadOffset(data, 0, length)
    if (payload === -1 || length > MAX_SRTP_BYTES || length < payload + this.#rtp.tagLength)
      return this.#malformed()
    const sequence = ((data[2] ?? 0) << 8) | (data[3] ?? 0)
    const ssrc = uint32(data, 8)
    const source = this.#sources.get(ssrc)
    const roc = source ? estimateRoc(source.roc, source.newest, sequence) : 0
    if (roc === -1 || (source && !source.window.isNew(packetIndex(roc, sequence)))) return this.#replayed()
    frame.bytes.set(data.subarray(0, length), FRAME_PREFIX_BYTES)
    const start = FRAME_PREFIX_BYTES
    const end = this.#rtp.openRtp(frame, start, start + payload, start + length, roc)
    if (end === -1) return this.#unauthenticated()
    data.set(frame.bytes.subarray(start + payload, end), payload)
    this.#noteRtp(ssrc, source, roc, sequence)
    return end - start
  }

  /** Unprotects the RTCP packet `data[0, length)` in place; returns as `unprotectRtp` does. */
  unprotectRtcp(data: Uint8Array, length: number): number {
    if (length < RTCP_CLEAR_BYTES + this.#rtcpTrailer || length > MAX_SRTP_BYTES || (data[0] ?? 0) >> 6 !== 2)
      return this.#malformed()
    const ssrc = uint32(data, 4)
    const index = uint32(data, length - this.#rtcpIndexFromEnd) & MAX_RTCP_INDEX
    const window = this.#rtcpSources.get(ssrc)
    if (window && !window.isNew(index)) return this.#replayed()
    frame.bytes.set(data.subarray(0, length), FRAME_PREFIX_BYTES)
    const start = FRAME_PREFIX_BYTES
    const end = this.#rtcp.openRtcp(frame, start, start + length)
    if (end === -1) return this.#unauthenticated()
    data.set(frame.bytes.subarray(start + RTCP_CLEAR_BYTES, end), RTCP_CLEAR_BYTES)
    const known = window ?? this.#rtcpSources.set(ssrc, new ReplayWindow(RTCP_REPLAY_WINDOW))
    known.accept(index)
    return end - start
  }

  /** Overwrites the keys; nothing is let through afterwards. */
  close(): void {
    this.#rtp.close()
    this.#rtcp.close()
    this.#sources.clear()
    this.#rtcpSources.clear()
    frame.bytes.fill(0)
  }

  #noteRtp(ssrc: number, source: Source | undefined, roc: number, sequence: number): void {
    const known =
      source ??
      this.#sources.set(ssrc, { roc, newest: sequence, window: new ReplayWindow(RTP_REPLAY_WINDOW) })
    const index = packetIndex(roc, sequence)
    if (index > known.window.newest) {
      known.roc = roc
      known.newest = sequence
    }
    known.window.accept(index)
  }

  #malformed(): -1 {
    this.counters.malformed++
    return -1
  }

  #replayed(): -1 {
    this.counters.replayed++
    return -1
  }

  #unauthenticated(): -1 {
    this.counters.unauthenticated++
    return -1
  }
}

function uint32(data: Uint8Array, at: number): number {
  const high = ((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16)
  return (high | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0)) >>> 0
}
