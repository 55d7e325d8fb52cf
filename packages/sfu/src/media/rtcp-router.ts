// Passes what a peer's RTCP says to the stream or down-track it is about.
import type { DownTrack } from './down-track.ts'
import type { RoundTripTime } from './round-trip-time.ts'
import { readRtcp, type RtcpSink } from './rtcp/read-rtcp.ts'
import type { StreamTable } from './stream-table.ts'

/** Routes the RTCP of one peer. */
export class RtcpRouter implements RtcpSink {
  readonly #streams: StreamTable
  /** By media SSRC as signed number. */
  readonly #downTracks: ReadonlyMap<number, DownTrack>
  readonly #rtt: RoundTripTime
  #now = 0
  /** Last REMB, bits per second, 0 without one: what an allocator of layers would divide. */
  estimate = 0

  constructor(streams: StreamTable, downTracks: ReadonlyMap<number, DownTrack>, rtt: RoundTripTime) {
    this.#streams = streams
    this.#downTracks = downTracks
    this.#rtt = rtt
  }

  /** Takes a decrypted compound; false if part of it is malformed. */
  handle(now: number, packet: Uint8Array, length: number): boolean {
    this.#now = now
    return readRtcp(packet, length, this)
  }

  senderReport(ssrc: number, ntpHigh: number, ntpLow: number, rtp: number): void {
    this.#streams.layerOf(this.#streams.find(ssrc))?.clock.report(this.#now, ntpHigh, ntpLow, rtp)
  }

  reportBlock(
    ssrc: number,
    fractionLost: number,
    cumulativeLost: number,
    _highest: number,
    jitter: number,
    lastReport: number,
    delay: number,
  ): void {
    const downTrack = this.#downTracks.get(ssrc | 0)
    if (!downTrack) return
    const rtt = downTrack.handleReport(this.#now, fractionLost, cumulativeLost, jitter, lastReport, delay)
    if (rtt >= 0) this.#rtt.measured(rtt)
  }

  nack(ssrc: number, sequenceNumber: number): void {
    this.#downTracks.get(ssrc | 0)?.handleNack(this.#now, sequenceNumber)
  }

  keyframeRequest(ssrc: number): void {
    this.#downTracks.get(ssrc | 0)?.handleKeyframeRequest(this.#now)
  }

  bye(ssrc: number): void {
    this.#streams.forget(ssrc)
  }

  bandwidthEstimate(bitsPerSecond: number): void {
    this.estimate = bitsPerSecond
  }
}
