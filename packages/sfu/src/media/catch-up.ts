// Lets a down-track begin at a key frame that has gone by: from the history it gets that frame and all that followed.
//
// Without it a newcomer waits until the publisher may be asked again (half a second), and everyone pays for one more key frame.
import type { Codec } from './codec/codec.ts'
import type { DownTrack } from './down-track.ts'
import { FANOUT_ROW_FIELDS, type Fanout } from './fanout.ts'
import type { ReceiveLayer } from './receive-layer.ts'
import { RtpExtensions, type ExtensionTable } from './rtp-extension.ts'
import { MAX_HEADER_BYTES } from './rtp-header-writer.ts'
import { RtpPacket } from './rtp-packet.ts'
import { incoming, NO_SEQUENCE, type IncomingSequence } from './sequence-number.ts'

/**
 * A key frame older than this, ms, is not worth catching up from: the viewer's decoder would need longer for all those frames
 * than the publisher for a new key frame. It spans the time in which no new one may be asked for, and a round trip.
 */
export const CATCH_UP_MAX_AGE_MS = 700

/** Most packets sent at once to one viewer: 256 of 1,200 bytes pass a 10 Mbit/s line in a quarter of a second. */
export const CATCH_UP_MAX_PACKETS = 256

/** Replays stored packets of one receiver to one down-track at a time. */
export class CatchUp {
  readonly #fanout: Fanout
  readonly #extensions: ExtensionTable
  readonly #packet = new RtpPacket()
  readonly #found = new RtpExtensions()
  readonly #header = new Uint8Array(MAX_HEADER_BYTES)
  readonly #row = new Int32Array(FANOUT_ROW_FIELDS)

  constructor(fanout: Fanout, extensions: ExtensionTable) {
    this.#fanout = fanout
    this.#extensions = extensions
  }

  /** The first packet of a key frame from which everything is here, young enough and not too much; else NO_SEQUENCE. */
  beginning(now: number, layer: ReceiveLayer): IncomingSequence {
    const first = layer.keyframeStart
    const { history } = layer
    if (first < 0 || now - layer.keyframeStartedAt > CATCH_UP_MAX_AGE_MS) return incoming(NO_SEQUENCE)
    if (history.highest - first >= CATCH_UP_MAX_PACKETS) return incoming(NO_SEQUENCE)
    for (let sequence = first; sequence <= history.highest; sequence = incoming(sequence + 1)) {
      if (!history.has(sequence)) return incoming(NO_SEQUENCE)
    }
    return first
  }

  /** Sends the stored packets from `first` on, as if they came now. */
  replay(
    now: number,
    layer: ReceiveLayer,
    downTrack: DownTrack,
    first: IncomingSequence,
    codec: Codec,
  ): void {
    const { history } = layer
    for (let sequence = first; sequence <= history.highest; sequence = incoming(sequence + 1)) {
      if (history.read(sequence, this.#packet)) this.#send(now, layer, downTrack, sequence, codec)
    }
  }

  #send(
    now: number,
    layer: ReceiveLayer,
    downTrack: DownTrack,
    sequence: IncomingSequence,
    codec: Codec,
  ): void {
    const packet = this.#packet
    const found = this.#found
    found.read(packet, this.#extensions)
    const { buffer, payloadOffset, payloadEnd } = packet
    const isBeginning = packet.payloadLength > 0 && codec.isKeyframeStart(buffer, payloadOffset, payloadEnd)
    const length = downTrack.forward(now, layer, sequence, packet, found, isBeginning, this.#header, 0)
    if (length === 0) return
    this.#row[0] = downTrack.target ?? 0
    this.#row[1] = 0
    this.#row[2] = length
    this.#fanout.send(buffer, payloadOffset, payloadEnd, this.#header, this.#row, 1)
  }
}
