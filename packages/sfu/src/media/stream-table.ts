// Decides which track and encoding a received SSRC belongs to: by the description, else by the mid extension (RFC 8843 section 9.2).
import { MAX_SSRCS_PER_PEER, SSRC_TAKEOVER_SILENCE_MS } from './limits.ts'
import { payloadEntries, type PayloadEntry, type ReceiveSection } from './receive-section.ts'
import type { ReceiveLayer } from './receive-layer.ts'
import type { Receiver } from './receiver.ts'
import { ExtensionTable, type RtpExtensions } from './rtp-extension.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { ssrc as toSsrc, type Ssrc } from './sequence-number.ts'

/** A section and the track that lives in it; either may come first. */
interface Stream {
  section: ReceiveSection | undefined
  entries: readonly (PayloadEntry | undefined)[]
  receiver: Receiver | undefined
}

/** What one SSRC is. */
export interface StreamBinding {
  readonly stream: Readonly<Stream>
  readonly ssrc: Ssrc
  readonly isRtx: boolean
  /** Named by the description, so that it stays whatever happens to others. */
  readonly isDeclared: boolean
}

const decoder = new TextDecoder('latin1')

/** The SSRCs of one peer. */
export class StreamTable {
  readonly extensions: ExtensionTable = new ExtensionTable()
  readonly #streams = new Map<string, Stream>()
  /** Keyed by the SSRC as signed number: those are small integers to the engine, and hashed without a box. */
  readonly #bindings = new Map<number, StreamBinding>()

  /** Takes all sections of the current description; sections no longer named end. */
  setSections(sections: readonly ReceiveSection[]): void {
    this.extensions.clear()
    const named = new Set<string>()
    for (const section of sections) {
      named.add(section.mid)
      const usesFeedback = section.codecs.some((codec) => codec.transportCc)
      this.extensions.add({ ...section.extensions, twcc: usesFeedback ? section.extensions.twcc : undefined })
      const stream = this.#stream(section.mid)
      const before = stream.section?.ssrcs[0]
      stream.section = section
      stream.entries = payloadEntries(section)
      const now = section.ssrcs[0]
      const isSame = before?.ssrc === now?.ssrc && before?.rtxSsrc === now?.rtxSsrc
      if (isSame) this.#applyFeedback(stream)
      else this.#bindDeclared(stream)
    }
    for (const [mid, stream] of this.#streams) {
      if (named.has(mid)) continue
      this.#unbindAll(stream)
      stream.section = undefined
      stream.entries = []
      if (!stream.receiver) this.#streams.delete(mid)
    }
  }

  /** Puts a track into its section. */
  addReceiver(receiver: Receiver): void {
    const stream = this.#stream(receiver.mid)
    this.#unbindAll(stream)
    stream.receiver = receiver
    this.#bindDeclared(stream)
  }

  /** Takes a track out of its section. */
  removeReceiver(receiver: Receiver): void {
    const stream = this.#streams.get(receiver.mid)
    if (stream?.receiver !== receiver) return
    this.#unbindAll(stream)
    stream.receiver = undefined
    if (!stream.section) this.#streams.delete(receiver.mid)
  }

  /** What an SSRC is, if it is known. */
  find(ssrc: number): StreamBinding | undefined {
    return this.#bindings.get(ssrc | 0)
  }

  /** The encoding an SSRC carries; that of an RTX SSRC is the section's current one. */
  layerOf(binding: StreamBinding | undefined): ReceiveLayer | undefined {
    const receiver = binding?.stream.receiver
    if (!binding || !receiver) return undefined
    return binding.isRtx ? receiver.layers[0] : receiver.layerOf(binding.ssrc)
  }

  /** Learns an unknown SSRC from the packet's mid, if the section has a place for it. */
  learn(now: number, packet: RtpPacket, found: RtpExtensions): StreamBinding | undefined {
    if (found.midLength === 0 || this.#bindings.size >= MAX_SSRCS_PER_PEER) return undefined
    const { midOffset, midLength } = found
    const stream = this.#streams.get(decoder.decode(packet.buffer.subarray(midOffset, midOffset + midLength)))
    const entry = stream?.entries[packet.payloadType]
    if (!stream?.receiver || !entry) return undefined
    const ssrc = toSsrc(packet.ssrc)
    if (entry.isRtx) {
      this.#unbind(stream, true)
      return this.#bind(ssrc, stream, true, false)
    }
    const [current] = stream.receiver.layers
    if (current && now - current.lastArrival < SSRC_TAKEOVER_SILENCE_MS) return undefined
    this.#unbind(stream, false)
    stream.receiver.setLayer(ssrc, entry.clockRate)
    return this.#bind(ssrc, stream, false, false)
  }

  /** Forgets a learned SSRC that said good-bye; a declared one may come back without a word. */
  forget(ssrc: number): void {
    const binding = this.find(ssrc)
    if (binding && !binding.isDeclared) this.#bindings.delete(ssrc | 0)
  }

  get size(): number {
    return this.#bindings.size
  }

  #stream(mid: string): Stream {
    const present = this.#streams.get(mid)
    if (present) return present
    const stream: Stream = { section: undefined, entries: [], receiver: undefined }
    this.#streams.set(mid, stream)
    return stream
  }

  #bindDeclared(stream: Stream): void {
    this.#applyFeedback(stream)
    const { section, receiver } = stream
    const declared = section?.ssrcs[0]
    const clockRate = section?.codecs[0]?.clockRate
    if (!receiver || !declared || clockRate === undefined) return
    if (this.find(declared.ssrc) || this.#bindings.size + 2 > MAX_SSRCS_PER_PEER) return
    this.#unbindAll(stream)
    receiver.setLayer(declared.ssrc, clockRate)
    this.#bind(declared.ssrc, stream, false, true)
    if (declared.rtxSsrc !== undefined && !this.find(declared.rtxSsrc)) {
      this.#bind(declared.rtxSsrc, stream, true, true)
    }
  }

  #applyFeedback(stream: Stream): void {
    const codecs = stream.section?.codecs ?? []
    if (!stream.receiver) return
    stream.receiver.feedback = {
      nack: codecs.some((codec) => codec.nack),
      pli: codecs.some((codec) => codec.pli),
    }
  }

  #bind(ssrc: Ssrc, stream: Stream, isRtx: boolean, isDeclared: boolean): StreamBinding {
    const binding: StreamBinding = { stream, ssrc, isRtx, isDeclared }
    this.#bindings.set(ssrc | 0, binding)
    return binding
  }

  #unbindAll(stream: Stream): void {
    this.#unbind(stream, true)
    this.#unbind(stream, false)
  }

  #unbind(stream: Stream, isRtx: boolean): void {
    for (const [ssrc, binding] of this.#bindings) {
      if (binding.stream === stream && binding.isRtx === isRtx) this.#bindings.delete(ssrc)
    }
  }
}
