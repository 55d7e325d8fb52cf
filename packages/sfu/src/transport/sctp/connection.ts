// Runs an association between handshake and shutdown: sorts chunks into the two halves, arms T3-rtx and the reset timer,
// fills packets (RFC 9260, sections 6 and 8; RFC 6525).
import { ChunkType, decodeData, decodeForwardTsn, decodeSack, encodeChunk } from './chunks.ts'
import type { LocalIdentity, PeerIdentity } from './handshake.ts'
import { Inbound } from './inbound.ts'
import { MAX_DUPLICATE_TSNS, MAX_FORWARDED_STREAMS, MAX_GAP_BLOCKS, MAX_STREAMS } from './limits.ts'
import { Liveness } from './liveness.ts'
import { type AckResult, Outbound } from './outbound.ts'
import { type PacketWriter, type RawChunk, viewOf } from './packet.ts'
import { decodeParameters, encodeParameter, ErrorCause } from './parameters.ts'
import type { IncomingMessage } from './reassembly.ts'
import { StreamReset } from './reconfig.ts'
import type { SendQueue } from './send-queue.ts'
import { earliest, Timer } from './timer.ts'

export interface ConnectionOptions {
  readonly local: LocalIdentity
  readonly peer: PeerIdentity
  readonly mtu: number
  readonly maxMessageSize: number
  readonly queue: SendQueue
  readonly random: (bytes: number) => Uint8Array
  readonly onMessage: (message: IncomingMessage) => void
  /** The peer reset these streams (empty: all). */
  readonly onIncomingReset: (streams: readonly number[]) => void
  /** The peer answered our reset of this stream, or does not know resets. */
  readonly onOutgoingReset: (streamId: number) => void
  /** Queues a control chunk for the next packet. */
  readonly sendControl: (chunk: Uint8Array) => void
}

const MAX_SACK_BYTES = 16 + 4 * (MAX_GAP_BLOCKS + MAX_DUPLICATE_TSNS)
const MAX_FORWARD_TSN_BYTES = 8 + 4 * MAX_FORWARDED_STREAMS

/** Why the association must be aborted. */
export type Violation = 'protocol-violation' | 'message-too-large' | 'retransmission-limit'

/** State of an established association. */
export class Connection {
  readonly local: LocalIdentity
  readonly peer: PeerIdentity
  readonly outbound: Outbound
  readonly inbound: Inbound
  readonly #options: ConnectionOptions
  readonly #reset: StreamReset
  readonly #liveness: Liveness
  readonly #retransmission = new Timer()
  readonly #resetTimer = new Timer()
  #sackSeen = false
  #forwardSeen = false

  constructor(now: number, options: ConnectionOptions) {
    const { local, peer } = options
    this.#options = options
    this.local = local
    this.peer = peer
    this.inbound = new Inbound({
      initialTsn: peer.initialTsn,
      streams: Math.min(MAX_STREAMS, peer.outboundStreams),
      maxMessageSize: options.maxMessageSize,
      onMessage: options.onMessage,
    })
    this.outbound = new Outbound({
      mtu: options.mtu,
      queue: options.queue,
      initialTsn: local.initialTsn,
      peerWindow: peer.window,
      partialReliability: peer.forwardTsn,
    })
    this.#reset = new StreamReset(local.initialTsn, peer.initialTsn, {
      onOutgoing: (streams, performed) => this.#onOutgoingReset(streams, performed),
      onIncoming: (streams) => {
        this.inbound.resetStreams(streams)
        options.onIncomingReset(streams)
      },
      send: options.sendControl,
    })
    this.#liveness = new Liveness(now, options.random)
  }

  /** Streams we may send on: ids below this. */
  get outboundStreams(): number {
    return Math.min(MAX_STREAMS, this.peer.inboundStreams)
  }

  /** True when everything queued was sent and acknowledged. */
  get isDrained(): boolean {
    return this.#options.queue.isEmpty && !this.outbound.wantsTimer
  }

  /** Smallest of all timers. */
  get deadline(): number | undefined {
    return earliest([
      this.#retransmission.deadline,
      this.#resetTimer.deadline,
      this.#liveness.deadline,
      this.inbound.sackDeadline,
    ])
  }

  /** DATA chunk. */
  handleData(chunk: RawChunk): Violation | undefined {
    const data = decodeData(chunk.flags, chunk.value)
    // An empty DATA chunk is a violation of its own (RFC 9260, 6.2, "No User Data").
    if (!data || data.data.length === 0) return 'protocol-violation'
    const verdict = this.inbound.handleData(data)
    if (verdict === 'message-too-large') return verdict
    if (verdict === 'invalid-stream') {
      const cause = new Uint8Array(4)
      viewOf(cause).setUint16(0, data.streamId)
      const value = encodeParameter(ErrorCause.invalidStream, cause)
      this.#options.sendControl(encodeChunk(ChunkType.error, 0, value))
    }
    return undefined
  }

  /** SACK chunk. Only the first of a packet counts: each costs a pass over all chunks in flight. */
  handleSack(now: number, chunk: RawChunk): void {
    const sack = this.#sackSeen ? undefined : decodeSack(chunk.value)
    if (!sack) return
    this.#sackSeen = true
    this.#onAck(now, this.outbound.handleSack(now, sack))
  }

  /** The cumulative TSN inside a SHUTDOWN chunk. */
  handleCumulativeAck(now: number, cumulativeTsn: number): void {
    this.#onAck(now, this.outbound.handleCumulativeAck(now, cumulativeTsn))
  }

  /** FORWARD-TSN chunk; one per packet, for the same reason. */
  handleForwardTsn(chunk: RawChunk): void {
    const forward = this.#forwardSeen ? undefined : decodeForwardTsn(chunk.value)
    if (!forward) return
    this.#forwardSeen = true
    this.inbound.handleForwardTsn(forward)
  }

  /** RE-CONFIG chunk. */
  handleReconfig(now: number, chunk: RawChunk): void {
    const parameters = decodeParameters(chunk.value)
    if (!parameters || !this.#reset.handle(parameters, this.inbound.cumulative)) return
    this.#liveness.onSignOfLife(now)
    this.#resetTimer.stop()
    if (this.#reset.isWaiting) this.#resetTimer.start(now, this.outbound.roundTrip.rto)
  }

  handleHeartbeatAck(now: number, chunk: RawChunk): void {
    const roundTrip = this.#liveness.handleAck(now, chunk.value)
    if (roundTrip !== undefined) this.outbound.roundTrip.measure(roundTrip)
  }

  /** Called after the last chunk of a packet. */
  endPacket(now: number): void {
    this.#sackSeen = false
    this.#forwardSeen = false
    this.inbound.endPacket(now)
    this.#reset.onProgress(this.inbound.cumulative)
  }

  /** Lets every timer that is due do its work. */
  handleTimeout(now: number): Violation | undefined {
    this.inbound.handleTimeout(now)
    if (this.#retransmission.expired(now)) {
      this.#liveness.onTimeout()
      this.outbound.handleTimeout(now)
      const probe = this.#liveness.probe(now)
      if (probe) this.#options.sendControl(probe)
      if (this.outbound.wantsTimer) this.#retransmission.start(now, this.outbound.roundTrip.rto)
    }
    if (this.#resetTimer.expired(now)) {
      this.#liveness.onTimeout()
      this.#reset.repeat()
      this.#resetTimer.start(now, this.outbound.roundTrip.rto)
    }
    const heartbeat = this.#liveness.handleTimeout(now)
    if (heartbeat) this.#options.sendControl(heartbeat)
    return this.#liveness.isLost ? 'retransmission-limit' : undefined
  }

  /** Asks for the reset of one of our streams once it is drained; without RE-CONFIG it ends at once. */
  resetStream(streamId: number): void {
    if (this.peer.reconfig) return this.#reset.want(streamId)
    this.#options.onOutgoingReset(streamId)
    this.#options.onIncomingReset([streamId])
  }

  /** True when our reset of the stream is on its way to the peer. */
  isResetRequested(streamId: number): boolean {
    return this.#reset.isRequested(streamId)
  }

  /** Queues the next reset request if one is ready; called before a packet is filled. */
  prepareReset(now: number): void {
    const { queue } = this.#options
    const streams = this.#reset.sendRequest(this.outbound.lastTsn, (streamId) => queue.isDrained(streamId))
    for (const streamId of streams) queue.pause(streamId)
    if (streams.length > 0) this.#resetTimer.start(now, this.outbound.roundTrip.rto)
  }

  /** True when a packet must leave although it carries no DATA. */
  get hasUrgentControl(): boolean {
    return this.inbound.isSackDue || this.outbound.hasForwardTsn
  }

  /**
   * Adds SACK, FORWARD-TSN and DATA to a packet.
   * @param immediate asks the peer not to delay its SACK
   * @param mayBurst whether new packets of DATA are still allowed in this turn
   * @returns true when DATA was added
   */
  fill(now: number, writer: PacketWriter, immediate: boolean, mayBurst: boolean): boolean {
    const isSackWanted =
      this.inbound.isSackDue || (this.inbound.isSackPending && mayBurst && this.outbound.hasSendable)
    if (isSackWanted && writer.room >= MAX_SACK_BYTES) writer.add(this.inbound.takeSack())
    if (this.outbound.hasForwardTsn && writer.room >= MAX_FORWARD_TSN_BYTES) {
      const forward = this.outbound.takeForwardTsn(now)
      if (forward) writer.add(forward)
      this.#armRetransmission(now)
    }
    if (!mayBurst) return false
    const added = this.outbound.fill(now, writer, immediate)
    if (added === 'oldest') this.#retransmission.start(now, this.outbound.roundTrip.rto)
    else if (added === 'some') this.#armRetransmission(now)
    return added !== 'none'
  }

  #armRetransmission(now: number): void {
    if (this.#retransmission.deadline === undefined)
      this.#retransmission.start(now, this.outbound.roundTrip.rto)
  }

  #onAck(now: number, result: AckResult): void {
    if (result === 'stale') return
    this.#liveness.onSignOfLife(now)
    if (!this.outbound.wantsTimer) this.#retransmission.stop()
    else if (result === 'advanced') {
      // RFC 9260, 6.3.3 keeps the doubled RTO until a new measurement; ours comes from the heartbeat sent with the timeout.
      this.#retransmission.reset()
      this.#retransmission.start(now, this.outbound.roundTrip.rto)
    }
  }

  #onOutgoingReset(streams: readonly number[], performed: boolean): void {
    for (const streamId of streams) {
      this.#options.queue.resume(streamId, performed)
      this.#options.onOutgoingReset(streamId)
    }
  }
}
