// Joins handshake, data transfer, channels and shutdown into one SCTP association over DTLS (RFC 8831; RFC 9260, 4 and 8.5).
//
// assumes: DTLS authenticates every packet, so there is one association per instance and no address handling.
// omits: multi-homing, ECN, I-DATA, zero checksums, ABORT in answer to stray packets (the DTLS connection ends with us).
import { Channels } from './channels.ts'
import { ChunkType, encodeChunk, FLAG_REFLECTED_TAG } from './chunks.ts'
import { Closing } from './closing.ts'
import { Connection } from './connection.ts'
import { Fifo } from './fifo.ts'
import type { LocalIdentity, PeerIdentity } from './handshake.ts'
import {
  DEFAULT_MAX_MESSAGE_SIZE,
  DEFAULT_MTU,
  MAX_CHUNKS_PER_PACKET,
  MAX_LABEL_BYTES,
  MAX_PACKET_BYTES,
  MAX_REPORTED_BYTES,
  MAX_STREAMS,
  MIN_MTU,
  RTO_INITIAL_MS,
} from './limits.ts'
import { Opening } from './opening.ts'
import { Outgoing } from './outgoing.ts'
import { decodePacket, type Packet, type RawChunk, viewOf } from './packet.ts'
import { encodeParameter, ErrorCause } from './parameters.ts'
import { SendQueue } from './send-queue.ts'
import { earliest } from './timer.ts'
import type { OpenChannelOptions, SctpCloseReason, SctpCounters, SctpEvent, SctpOptions } from './types.ts'
import { isTagValid } from './verification.ts'

/** SCTP port of WebRTC (RFC 8841, 5). */
const WEBRTC_PORT = 5000
const NOTHING = new Uint8Array(0)

/**
 * One SCTP association with its data channels. After every call drain `next()` until undefined, then ask `deadline()`:
 * packets are made while draining, so that several `send` calls share them.
 */
export class SctpAssociation {
  readonly #options: SctpOptions
  readonly #localPort: number
  readonly #remotePort: number
  readonly #mtu: number
  readonly #events = new Fifo<SctpEvent>()
  readonly #opening: Opening
  readonly #closing: Closing
  readonly #outgoing: Outgoing
  #queue = new SendQueue()
  #channels: Channels
  #connection: Connection | undefined
  #now = 0
  #droppedPackets = 0
  #shutdownReason: SctpCloseReason = 'peer-shutdown'
  #isClosed = false

  /** Throws RangeError when `mtu` is not between 576 and 4096. */
  constructor(options: SctpOptions) {
    this.#options = options
    this.#localPort = options.localPort ?? WEBRTC_PORT
    this.#remotePort = options.remotePort ?? WEBRTC_PORT
    this.#mtu = options.mtu ?? DEFAULT_MTU
    if (this.#mtu < MIN_MTU || this.#mtu > MAX_PACKET_BYTES) throw new RangeError('mtu out of range')
    this.#outgoing = new Outgoing(this.#mtu, this.#localPort, this.#remotePort)
    this.#channels = this.#newChannels()
    this.#opening = new Opening({
      random: options.random,
      send: (tag, chunks) => this.#sendAlone(tag, chunks),
      onEstablished: (local, peer) => this.#connect(local, peer),
      onRestart: (local, peer) => this.#restart(local, peer),
      onFailed: (reason) => this.#fail(reason),
    })
    this.#closing = new Closing({
      sendControl: (chunk) => this.#outgoing.pushControl(chunk),
      isDrained: () => this.#connection?.isDrained ?? true,
      cumulativeTsn: () => (this.#connection?.inbound.cumulative ?? 0) >>> 0,
      rto: () => this.#connection?.outbound.roundTrip.rto ?? RTO_INITIAL_MS,
      sendComplete: () =>
        this.#sendAlone(this.#opening.peerTag, [encodeChunk(ChunkType.shutdownComplete, 0, NOTHING)]),
      onClosed: (inOrder) => (inOrder ? this.#end(this.#shutdownReason) : this.#abort(this.#shutdownReason)),
    })
  }

  /** DTLS is up: sends INIT if `active`, otherwise waits for the peer's. */
  start(now: number): void {
    this.#begin(now)
    if (this.#options.active && !this.#isClosed) this.#opening.start(now)
  }

  /** Takes one SCTP packet out of DTLS. The bytes are not kept. */
  handlePacket(now: number, bytes: Uint8Array): void {
    this.#begin(now)
    const packet = decodePacket(bytes)
    const isOurs = packet?.sourcePort === this.#remotePort && packet.destinationPort === this.#localPort
    if (!isOurs || !isTagValid(packet, this.#opening.local.tag, this.#opening.peerTag)) {
      this.#droppedPackets++
      return
    }
    if (this.#isClosed) {
      this.#answerLate(packet)
      return
    }
    for (const chunk of packet.chunks.slice(0, MAX_CHUNKS_PER_PACKET)) {
      if (!this.#handleChunk(now, chunk, packet) || this.#isClosed) break
    }
    this.#connection?.endPacket(now)
    if (!this.#isClosed) this.#closing.progress(now)
  }

  /** Lets timers that are due do their work. */
  handleTimeout(now: number): void {
    this.#begin(now)
    if (this.#isClosed) return
    this.#opening.handleTimeout(now)
    const violation = this.#connection?.handleTimeout(now)
    if (violation) return this.#fail(violation)
    this.#closing.handleTimeout(now)
    this.#closing.progress(now)
  }

  /** When `handleTimeout` is to be called, ms, or undefined. Valid once `next()` has returned undefined. */
  deadline(): number | undefined {
    if (this.#isClosed) return undefined
    return earliest([this.#opening.deadline, this.#closing.deadline, this.#connection?.deadline])
  }

  /** The next event or packet, or undefined when there is nothing left to do. */
  next(): SctpEvent | undefined {
    const event = this.#events.shift()
    if (event || !this.#connection) return event
    this.#closing.progress(this.#now)
    const { state } = this.#closing
    const mayCarryData = state === 'open' || state === 'pending' || state === 'received'
    const packet = this.#outgoing.next(this.#now, this.#connection, mayCarryData, state !== 'open')
    return packet ? { kind: 'send', packet } : undefined
  }

  /**
   * Opens a data channel; allowed before the association is connected. `channel-open` follows when the peer confirms.
   * @returns false when the stream is taken or out of range, 32 channels exist or the send buffer is full
   */
  openChannel(now: number, channel: OpenChannelOptions): boolean {
    this.#begin(now)
    const { streamId, label, protocol = '', ordered, maxRetransmits, maxLifetimeMs } = channel
    if (Buffer.byteLength(label) > MAX_LABEL_BYTES || Buffer.byteLength(protocol) > MAX_LABEL_BYTES)
      throw new RangeError('label or protocol too long')
    const limit = this.#connection?.outboundStreams ?? MAX_STREAMS
    if (this.#isClosed || this.#closing.state !== 'open' || streamId >= limit) return false
    return this.#channels.open(streamId, { label, protocol, ordered, maxRetransmits, maxLifetimeMs })
  }

  /**
   * Queues a message. `data` is kept by reference until acknowledged and must not change; several associations may share it.
   * @returns buffer-full: nothing was taken, try later or drop; not-open: no such channel, or it is closing
   */
  send(
    now: number,
    streamId: number,
    data: Uint8Array,
    binary: boolean,
  ): 'queued' | 'buffer-full' | 'not-open' {
    this.#begin(now)
    if (this.#isClosed || this.#closing.state !== 'open') return 'not-open'
    return this.#channels.send(now, streamId, data, binary)
  }

  /** Bytes of the stream's messages never sent yet (`RTCDataChannel.bufferedAmount`). */
  bufferedAmount(streamId: number): number {
    return this.#queue.unsentBytes(streamId)
  }

  /** Bytes the association holds for sending, overhead included: unsent and unacknowledged on all streams. */
  get heldBytes(): number {
    return this.#queue.heldBytes
  }

  /** Closes one channel: queued messages are delivered first. `channel-closed` follows. */
  closeChannel(now: number, streamId: number): void {
    this.#begin(now)
    this.#channels.close(streamId)
  }

  /** Ends the association in order: everything queued is delivered first, at most 15 s. */
  close(now: number): void {
    this.#begin(now)
    if (this.#isClosed) return
    if (!this.#connection) return this.#abort('local-shutdown')
    if (this.#closing.state === 'open') this.#shutdownReason = 'local-shutdown'
    this.#closing.begin(now)
  }

  /** Ends the association at once with ABORT; what is queued is lost. */
  abort(now: number): void {
    this.#begin(now)
    if (!this.#isClosed) this.#abort('local-abort')
  }

  /** What was dropped or repeated since the last handshake. */
  get counters(): SctpCounters {
    const connection = this.#connection
    return {
      droppedPackets: this.#droppedPackets,
      droppedChunks: connection?.inbound.droppedChunks ?? 0,
      droppedMessages: this.#channels.droppedMessages,
      retransmittedChunks: connection?.outbound.retransmittedChunks ?? 0,
      abandonedMessages: connection?.outbound.abandonedMessages ?? 0,
    }
  }

  /** Returns false when the rest of the packet is to be ignored. */
  #handleChunk(now: number, chunk: RawChunk, packet: Packet): boolean {
    switch (chunk.type) {
      case ChunkType.init:
        if (this.#closing.state === 'open') this.#opening.handleInit(now, chunk.value)
        return true
      case ChunkType.initAck:
        this.#opening.handleInitAck(now, chunk.value)
        return true
      case ChunkType.cookieEcho:
        if (this.#closing.state === 'open')
          this.#opening.handleCookieEcho(now, chunk.value, packet.verificationTag)
        return packet.verificationTag === this.#opening.local.tag
      case ChunkType.cookieAck:
        this.#opening.handleCookieAck()
        return true
      case ChunkType.error:
        this.#opening.handleError(now, chunk.value)
        return true
      case ChunkType.abort:
        this.#end('peer-abort')
        return false
      default:
        return this.#connection ? this.#handleTransfer(now, chunk, this.#connection) : false
    }
  }

  #handleTransfer(now: number, chunk: RawChunk, connection: Connection): boolean {
    const { state } = this.#closing
    switch (chunk.type) {
      case ChunkType.data: {
        if (state === 'received' || state === 'ack-sent') return true
        const violation = connection.handleData(chunk)
        if (violation) this.#fail(violation)
        else this.#closing.onData(now)
        return true
      }
      case ChunkType.sack:
        connection.handleSack(now, chunk)
        return true
      case ChunkType.heartbeat:
        this.#outgoing.pushControl(encodeChunk(ChunkType.heartbeatAck, 0, chunk.value))
        return true
      case ChunkType.heartbeatAck:
        connection.handleHeartbeatAck(now, chunk)
        return true
      case ChunkType.forwardTsn:
        connection.handleForwardTsn(chunk)
        return true
      case ChunkType.reconfig:
        if (state === 'open') connection.handleReconfig(now, chunk)
        return true
      case ChunkType.shutdown:
        if (chunk.value.length < 4) return true
        connection.handleCumulativeAck(now, viewOf(chunk.value).getUint32(0))
        this.#closing.handleShutdown(now)
        return true
      case ChunkType.shutdownAck:
        this.#closing.handleShutdownAck()
        return true
      case ChunkType.shutdownComplete:
        this.#closing.handleShutdownComplete()
        return true
      default:
        return this.#skipUnknown(chunk)
    }
  }

  /** The two high bits of an unknown type say whether to go on and whether to report it (RFC 9260, 3.2). */
  #skipUnknown(chunk: RawChunk): boolean {
    if ((chunk.type & 0x40) !== 0) {
      const value = encodeParameter(ErrorCause.unrecognizedChunk, chunk.raw.subarray(0, MAX_REPORTED_BYTES))
      this.#outgoing.pushControl(encodeChunk(ChunkType.error, 0, value))
    }
    return (chunk.type & 0x80) !== 0
  }

  /** The peer missed our SHUTDOWN-COMPLETE (RFC 9260, 8.5.1, rule E). */
  #answerLate(packet: Packet): void {
    if (packet.chunks[0]?.type !== ChunkType.shutdownAck) return
    const chunk = encodeChunk(ChunkType.shutdownComplete, FLAG_REFLECTED_TAG, NOTHING)
    this.#sendAlone(packet.verificationTag, [chunk])
  }

  #begin(now: number): void {
    this.#now = now
    this.#outgoing.refill()
  }

  #connect(local: LocalIdentity, peer: PeerIdentity): void {
    this.#connection = new Connection(this.#now, {
      local,
      peer,
      mtu: this.#mtu,
      maxMessageSize: this.#options.maxMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE,
      queue: this.#queue,
      random: this.#options.random,
      onMessage: (message) => this.#channels.handleMessage(message),
      onIncomingReset: (streams) => this.#channels.handleIncomingReset(streams),
      onOutgoingReset: (streamId) => this.#channels.handleOutgoingReset(streamId),
      sendControl: (chunk) => this.#outgoing.pushControl(chunk),
    })
    this.#events.push({ kind: 'connected' })
    this.#channels.closeFrom(this.#connection.outboundStreams)
  }

  /** RFC 9260, 5.2.4, action A: everything under way is lost, the channels end. */
  #restart(local: LocalIdentity, peer: PeerIdentity): void {
    this.#outgoing.clear()
    this.#channels.closeAll()
    this.#queue = new SendQueue()
    this.#channels = this.#newChannels()
    this.#connect(local, peer)
  }

  #newChannels(): Channels {
    return new Channels({
      queue: this.#queue,
      emit: (event) => this.#events.push(event),
      resetStream: (streamId) => this.#resetStream(streamId),
      isResetRequested: (streamId) => this.#connection?.isResetRequested(streamId) ?? false,
    })
  }

  /** Before the handshake the peer knows nothing of the stream: it ends at once. */
  #resetStream(streamId: number): void {
    if (this.#connection) return this.#connection.resetStream(streamId)
    this.#channels.handleOutgoingReset(streamId)
    this.#channels.handleIncomingReset([streamId])
  }

  #fail(reason: SctpCloseReason): void {
    if (!this.#isClosed) this.#abort(reason)
  }

  /** Tells the peer with ABORT, if there is one, and ends. */
  #abort(reason: SctpCloseReason): void {
    const cause = reason.startsWith('local') ? ErrorCause.userAbort : ErrorCause.protocolViolation
    const chunk = encodeChunk(ChunkType.abort, 0, encodeParameter(cause, NOTHING))
    if (this.#opening.peerTag !== 0) this.#sendAlone(this.#opening.peerTag, [chunk])
    this.#end(reason)
  }

  #end(reason: SctpCloseReason): void {
    this.#isClosed = true
    this.#opening.stop()
    this.#connection = undefined
    this.#outgoing.clear()
    this.#events.push({ kind: 'closed', reason })
  }

  #sendAlone(verificationTag: number, chunks: readonly Uint8Array[]): void {
    this.#events.push({ kind: 'send', packet: this.#outgoing.packetOf(verificationTag, chunks) })
  }
}
