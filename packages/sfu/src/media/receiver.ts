// Takes one published track in and passes each of its packets to all down-tracks with one call of the fan-out.
import { AudioLevelWindow } from './audio-level.ts'
import { CatchUp } from './catch-up.ts'
import type { Codec, MediaKind } from './codec/codec.ts'
import type { DownTrack, PacketSource } from './down-track.ts'
import { FANOUT_ROW_FIELDS, type Fanout } from './fanout.ts'
import { ReceiveLayer } from './receive-layer.ts'
import type { RoundTripTime } from './round-trip-time.ts'
import type { RtcpOutbox } from './rtcp-outbox.ts'
import type { ExtensionTable, RtpExtensions } from './rtp-extension.ts'
import { MAX_HEADER_BYTES } from './rtp-header-writer.ts'
import { UNMUTE_LAG_SECONDS } from './rtp-munger.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { incoming, NO_SEQUENCE, type IncomingSequence, type Ssrc } from './sequence-number.ts'

/** Down-tracks the arena holds at first; it doubles. */
const FIRST_ROWS = 4

/** What the receivers of one peer share. */
export interface ReceiverContext {
  readonly fanout: Fanout
  readonly outbox: RtcpOutbox
  readonly rtt: RoundTripTime
  readonly extensions: ExtensionTable
  /** CNAME under which subscribers see this peer's tracks. */
  readonly cname: Uint8Array
}

/** Figures of one received track since its beginning. */
export interface ReceiverStats {
  readonly packets: number
  readonly bytes: number
  readonly lost: number
  readonly recovered: number
  readonly duplicates: number
  readonly frames: number
  readonly keyframes: number
  readonly keyframeRequests: number
  /** Seconds. */
  readonly jitter: number
  /** Bytes of history held. */
  readonly historyBytes: number
}

/** One published track. */
export class Receiver implements PacketSource {
  readonly mid: string
  readonly kind: MediaKind
  readonly extensions: ExtensionTable
  readonly cname: Uint8Array
  /** Loudness of an audio track, for ActiveSpeakers. */
  readonly audioLevels: AudioLevelWindow = new AudioLevelWindow()
  /** Encodings, lowest first; exactly one until simulcast is negotiated, none before its SSRC is known. */
  readonly layers: ReceiveLayer[] = []
  /** What the description allows us to ask for. */
  feedback: { readonly nack: boolean; readonly pli: boolean } = { nack: false, pli: false }
  readonly #context: ReceiverContext
  readonly #downTracks: DownTrack[] = []
  readonly #catchUp: CatchUp
  #arena = new Uint8Array(FIRST_ROWS * MAX_HEADER_BYTES)
  #rows = new Int32Array(FIRST_ROWS * FANOUT_ROW_FIELDS)
  #nextLayerId = 0
  #muted = false
  #frames = 0
  #keyframes = 0

  constructor(mid: string, kind: MediaKind, context: ReceiverContext) {
    this.mid = mid
    this.kind = kind
    this.extensions = context.extensions
    this.cname = context.cname
    this.#context = context
    this.#catchUp = new CatchUp(context.fanout, context.extensions)
  }

  /** Whether the track is muted by its publisher or a moderator. */
  get muted(): boolean {
    return this.#muted
  }

  /** While muted nothing is forwarded, whatever the publisher sends. */
  setMuted(muted: boolean): void {
    if (this.#muted === muted) return
    this.#muted = muted
    for (const downTrack of this.#downTracks) downTrack.forwarder.interrupt(UNMUTE_LAG_SECONDS)
  }

  /** Makes `ssrc` the (only) encoding; subscribers go over to it at its first key frame. */
  setLayer(ssrc: Ssrc, clockRate: number): ReceiveLayer {
    const id = this.#nextLayerId++ & 0xff
    const layer = new ReceiveLayer(id, ssrc, this.kind, clockRate, this.#context.rtt)
    this.layers[0] = layer
    for (const downTrack of this.#downTracks) downTrack.setTargetLayer(layer)
    return layer
  }

  /** The layer an SSRC carries. */
  layerOf(ssrc: Ssrc): ReceiveLayer | undefined {
    return this.layers.find((layer) => layer.ssrc === ssrc)
  }

  layerById(id: number): ReceiveLayer | undefined {
    return this.layers.find((layer) => layer.id === id)
  }

  /** Adds a subscriber. */
  attach(downTrack: DownTrack): void {
    this.#downTracks.push(downTrack)
    downTrack.setTargetLayer(this.layers[0])
    const count = this.#downTracks.length
    if (count * FANOUT_ROW_FIELDS <= this.#rows.length) return
    this.#arena = new Uint8Array(count * 2 * MAX_HEADER_BYTES)
    this.#rows = new Int32Array(count * 2 * FANOUT_ROW_FIELDS)
  }

  /** Removes a subscriber; safe to call twice. */
  detach(downTrack: DownTrack): void {
    const index = this.#downTracks.indexOf(downTrack)
    if (index >= 0) this.#downTracks.splice(index, 1)
  }

  /** Ends the track: subscribers get nothing more. */
  close(): void {
    this.#downTracks.length = 0
  }

  get downTrackCount(): number {
    return this.#downTracks.length
  }

  /** Wishes for a key frame of a layer (the target of most if none is named); sent at once unless one is under way. */
  requestKeyframe(now: number, layer: ReceiveLayer | undefined): void {
    const asked = layer !== undefined && this.layers.includes(layer) ? layer : this.layers[0]
    if (!asked || this.kind !== 'video') return
    asked.keyframes.request(now)
    this.#sendKeyframeRequest(now, asked)
  }

  /** Hot path: one packet of a layer, decrypted and unwrapped; `recovered` if it came by retransmission. */
  handlePacket(
    now: number,
    layer: ReceiveLayer,
    packet: RtpPacket,
    found: RtpExtensions,
    codec: Codec,
    recovered: boolean,
  ): void {
    const isFirst = layer.history.highest < 0
    const sequence = layer.accept(now, packet, recovered)
    if (sequence === NO_SEQUENCE) {
      if (!layer.hasRestarted || !this.layers.includes(layer)) return
      const fresh = this.setLayer(layer.ssrc, layer.clockRate)
      return this.handlePacket(now, fresh, packet, found, codec, recovered)
    }
    const isEmpty = packet.payloadLength === 0
    const isBeginning =
      !isEmpty && codec.isKeyframeStart(packet.buffer, packet.payloadOffset, packet.payloadEnd)
    if (packet.marker !== 0 && !isEmpty) this.#frames++
    if (codec.hasKeyframes) {
      if (isFirst) layer.keyframes.request(now)
      if (isBeginning) {
        this.#keyframes++
        layer.keyframeBegan(now, sequence)
      }
    }
    if (this.#muted) return
    if (found.audioLevel >= 0) this.audioLevels.observe(found.audioLevel & 0x7f)
    this.#forward(now, layer, sequence, packet, found, isBeginning, codec)
    if (isBeginning && sequence < layer.history.highest) this.#payDebts(now, layer, sequence, codec)
  }

  /** Sends what is due to the publisher: NACKs and key frame requests. */
  handleTimeout(now: number): void {
    for (const layer of this.layers) {
      const count = layer.losses.collect(now, this.#context.rtt.patience)
      if (count > 0 && this.feedback.nack)
        this.#context.outbox.nack(layer.ssrc, layer.losses.requested, count)
      this.#sendKeyframeRequest(now, layer)
    }
  }

  /** When `handleTimeout` has something to do. */
  deadline(): number {
    let earliest = Infinity
    for (const layer of this.layers) {
      earliest = Math.min(earliest, layer.losses.deadline())
      if (this.feedback.pli) earliest = Math.min(earliest, layer.keyframes.deadline())
    }
    return earliest
  }

  stats(): ReceiverStats {
    const [layer] = this.layers
    return {
      packets: layer?.statistics.packets ?? 0,
      bytes: layer?.statistics.bytes ?? 0,
      lost: layer?.statistics.lost ?? 0,
      recovered: layer?.recovered ?? 0,
      duplicates: layer?.duplicates ?? 0,
      frames: this.#frames,
      keyframes: this.#keyframes,
      keyframeRequests: layer?.keyframes.sent ?? 0,
      jitter: layer?.statistics.jitterSeconds ?? 0,
      historyBytes: layer?.history.byteLength ?? 0,
    }
  }

  #forward(
    now: number,
    layer: ReceiveLayer,
    sequence: IncomingSequence,
    packet: RtpPacket,
    found: RtpExtensions,
    isBeginning: boolean,
    codec: Codec,
  ): void {
    const arena = this.#arena
    const rows = this.#rows
    let count = 0
    let at = 0
    let isKeyframeWanted = false
    for (let index = 0; index < this.#downTracks.length; index++) {
      const downTrack = this.#downTracks[index]
      if (!downTrack) continue
      const length = downTrack.forward(now, layer, sequence, packet, found, isBeginning, arena, at)
      if (length === 0) {
        if (downTrack.wantsKeyframe) isKeyframeWanted = true
        continue
      }
      const row = count++ * FANOUT_ROW_FIELDS
      rows[row] = downTrack.target ?? 0
      rows[row + 1] = at
      rows[row + 2] = length
      at += length
    }
    if (count > 0) this.#sendRows(layer, sequence, packet, count)
    if (isKeyframeWanted) this.#serveWaiting(now, layer, codec)
  }

  #sendRows(layer: ReceiveLayer, sequence: IncomingSequence, packet: RtpPacket, count: number): void {
    // The subscribers' payload is the history's copy: the packet's own buffer belongs to the caller.
    const { history } = layer
    const shift = history.startOf(sequence) - packet.start
    const { payloadOffset, payloadEnd } = packet
    const from = payloadOffset + shift
    this.#context.fanout.send(history.bytes, from, payloadEnd + shift, this.#arena, this.#rows, count)
  }

  /**
   * A key frame's first packet came after later ones. Those who began with it get the later ones now, which were dropped
   * while there was nothing to decode them with.
   */
  #payDebts(now: number, layer: ReceiveLayer, first: IncomingSequence, codec: Codec): void {
    for (const downTrack of this.#downTracks) {
      if (!downTrack.forwarder.beganWith(layer, first)) continue
      this.#catchUp.replay(now, layer, downTrack, incoming(first + 1), codec)
    }
  }

  /** Those who wait for a key frame begin at the last one, if it is still of use; else a new one is asked for. */
  #serveWaiting(now: number, layer: ReceiveLayer, codec: Codec): void {
    const first = this.#catchUp.beginning(now, layer)
    for (const downTrack of this.#downTracks) {
      if (!downTrack.wantsKeyframe) continue
      if (first !== NO_SEQUENCE && downTrack.forwarder.mayBeginAt(layer, first))
        this.#catchUp.replay(now, layer, downTrack, first, codec)
      else this.requestKeyframe(now, layer)
    }
  }

  #sendKeyframeRequest(now: number, layer: ReceiveLayer): void {
    if (this.feedback.pli && layer.keyframes.take(now, this.#context.rtt.value)) {
      this.#context.outbox.pli(layer.ssrc)
    }
  }
}
