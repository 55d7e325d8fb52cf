// Answers the NACKs of one subscriber from the publisher's history, by RTX where it is agreed (RFC 4588 section 4).
import { setU16 } from './bytes.ts'
import type { MediaKind } from './codec/codec.ts'
import { FANOUT_ROW_FIELDS, type Fanout, type TargetIndex } from './fanout.ts'
import type { ReceiveLayer } from './receive-layer.ts'
import { RetransmissionBudget } from './retransmission-budget.ts'
import { MAX_HEADER_BYTES, type RtpHeaderWriter } from './rtp-header-writer.ts'
import { RtpExtensions, type ExtensionTable } from './rtp-extension.ts'
import { RtpPacket } from './rtp-packet.ts'
import { OSN_BYTES } from './rtx.ts'
import { extendSent, Sequencer } from './sequencer.ts'
import type { IncomingSequence, OutgoingSequence, Ssrc } from './sequence-number.ts'

/** Where the originals are. */
export interface StoredPackets {
  readonly extensions: ExtensionTable
  /** A layer by its id, if it is still received. */
  layerById(id: number): ReceiveLayer | undefined
}

/** How the repeated packets go out. */
export interface RetransmissionStream {
  readonly ssrc: Ssrc
  readonly payloadType: number
  /** Whether that is an RTX stream of its own; otherwise it is the media stream, and numbers stay. */
  readonly isRtx: boolean
  /** First sequence number of the RTX stream. */
  readonly firstSequence: number
}

// Retransmissions are rare and `send` copies headers: one set of scratch objects serves all.
const stored = new RtpPacket()
const found = new RtpExtensions()
const arena = new Uint8Array(MAX_HEADER_BYTES)
const row = new Int32Array(FANOUT_ROW_FIELDS)

/** The retransmissions of one down-track. */
export class Retransmitter {
  readonly #source: StoredPackets
  readonly #stream: RetransmissionStream
  readonly #headers: RtpHeaderWriter
  readonly #fanout: Fanout
  readonly #sequencer: Sequencer
  readonly #budget = new RetransmissionBudget()
  #nextSequence: number
  /** Packets repeated. */
  sent = 0

  constructor(
    source: StoredPackets,
    kind: MediaKind,
    stream: RetransmissionStream,
    headers: RtpHeaderWriter,
    fanout: Fanout,
  ) {
    this.#source = source
    this.#stream = stream
    this.#headers = headers
    this.#fanout = fanout
    this.#sequencer = new Sequencer(kind)
    this.#nextSequence = stream.firstSequence
  }

  /** Notes a packet that goes out. */
  remember(sent: OutgoingSequence, source: IncomingSequence, layerId: number, timestamp: number): void {
    this.#sequencer.push(sent, source, layerId, timestamp)
  }

  /** Repeats the packet with this 16-bit number if it is known, due and within the limits; `rtt` in ms. */
  repeat(
    now: number,
    sequenceNumber: number,
    newest: OutgoingSequence,
    rtt: number,
    target: TargetIndex,
  ): void {
    if (!this.#budget.has(now)) return
    const sequencer = this.#sequencer
    if (!sequencer.take(now, extendSent(newest, sequenceNumber), rtt)) return
    const layer = this.#source.layerById(sequencer.layerId)
    // What is lost upstream as well is asked for there already, and passes through when it comes.
    if (!layer?.history.read(sequencer.source(layer.history.highest), stored)) return
    this.#budget.take()
    this.sent++
    this.#send(now, sequenceNumber, target)
  }

  /** Bytes that grow with traffic. */
  get byteLength(): number {
    return this.#sequencer.byteLength
  }

  #send(now: number, sequenceNumber: number, target: TargetIndex): void {
    const { ssrc, payloadType, isRtx } = this.#stream
    const number = isRtx ? this.#nextSequence++ & 0xffff : sequenceNumber
    const { timestamp } = this.#sequencer
    found.read(stored, this.#source.extensions)
    let end = this.#headers.write(now, arena, 0, stored, found, payloadType, number, timestamp, ssrc)
    if (isRtx) {
      setU16(arena, end, sequenceNumber)
      end += OSN_BYTES
    }
    row[0] = target
    row[1] = 0
    row[2] = end
    this.#fanout.send(stored.buffer, stored.payloadOffset, stored.payloadEnd, arena, row, 1)
  }
}
