// Maps data channels to streams: opens them by DCEP, closes them by stream reset, picks payload types and reliability
// (RFC 8831, sections 6 and 8; RFC 8832).
import { type ChannelParameters, decodeDcep, encodeDcepAck, encodeDcepOpen, Ppid } from './dcep.ts'
import { MAX_CHANNELS } from './limits.ts'
import type { IncomingMessage } from './reassembly.ts'
import type { SendQueue } from './send-queue.ts'

/** What the application hears of its channels. */
export type ChannelEvent =
  | ({ readonly kind: 'channel'; readonly streamId: number } & ChannelParameters)
  | { readonly kind: 'channel-open'; readonly streamId: number }
  | {
      readonly kind: 'message'
      readonly streamId: number
      readonly binary: boolean
      readonly data: Uint8Array
    }
  | { readonly kind: 'channel-closed'; readonly streamId: number }

export interface ChannelsOptions {
  readonly queue: SendQueue
  readonly emit: (event: ChannelEvent) => void
  /** Asks for the reset of our outgoing stream. */
  readonly resetStream: (streamId: number) => void
  /** Whether the reset of our outgoing stream is with the peer: a new channel may already use the stream. */
  readonly isResetRequested: (streamId: number) => boolean
}

interface Channel {
  readonly parameters: ChannelParameters
  /** False until the peer is known to have seen our OPEN: so long everything is sent in order (RFC 8832, 6). */
  confirmed: boolean
  /** Closing: nothing more is sent or handed out; the entry keeps the stream id from being used again. */
  closing: boolean
  outgoingReset: boolean
  incomingReset: boolean
  closedEmitted: boolean
}

/** One byte stands for an empty message, which SCTP cannot carry (RFC 8831, 6.6). */
const EMPTY_PAYLOAD = new Uint8Array(1)

/** The data channels of one association. */
export class Channels {
  readonly #options: ChannelsOptions
  readonly #channels = new Map<number, Channel>()
  #droppedMessages = 0

  constructor(options: ChannelsOptions) {
    this.#options = options
  }

  /** Messages dropped because they belonged to no channel or had an unknown payload type. */
  get droppedMessages(): number {
    return this.#droppedMessages
  }

  /** Opens a channel of ours; false when the stream is taken, the table or the send buffer full. */
  open(streamId: number, parameters: ChannelParameters): boolean {
    if (this.#channels.has(streamId) || this.#channels.size >= MAX_CHANNELS) return false
    if (!this.#push(streamId, Ppid.dcep, encodeDcepOpen(parameters))) return false
    this.#channels.set(streamId, newChannel(parameters, false))
    return true
  }

  /** Queues a user message under the channel's reliability. */
  send(
    now: number,
    streamId: number,
    data: Uint8Array,
    binary: boolean,
  ): 'queued' | 'buffer-full' | 'not-open' {
    const channel = this.#channels.get(streamId)
    if (!channel || channel.closing) return 'not-open'
    const isEmpty = data.length === 0
    const full = binary ? Ppid.binary : Ppid.string
    const empty = binary ? Ppid.binaryEmpty : Ppid.stringEmpty
    const { ordered, maxRetransmits, maxLifetimeMs } = channel.parameters
    const isQueued = this.#options.queue.push({
      streamId,
      ppid: isEmpty ? empty : full,
      data: isEmpty ? EMPTY_PAYLOAD : data,
      unordered: !ordered && channel.confirmed,
      maxRetransmits,
      expiresAt: maxLifetimeMs === undefined ? undefined : now + maxLifetimeMs,
      ssn: 0,
      firstTsn: 0,
      sent: 0,
      abandoned: false,
    })
    return isQueued ? 'queued' : 'buffer-full'
  }

  /** Closes a channel: what is queued is still sent, then the stream is reset. */
  close(streamId: number): void {
    const channel = this.#channels.get(streamId)
    if (!channel || channel.closing) return
    channel.closing = true
    this.#options.resetStream(streamId)
  }

  /** Takes a whole message from the association. */
  handleMessage(message: IncomingMessage): void {
    const { streamId, ppid, data } = message
    if (ppid === Ppid.dcep) return this.#handleDcep(streamId, data)
    const channel = this.#channels.get(streamId)
    const isEmpty = ppid === Ppid.stringEmpty || ppid === Ppid.binaryEmpty
    const isKnown = isEmpty || ppid === Ppid.string || ppid === Ppid.binary
    if (!channel || channel.incomingReset || !isKnown) {
      this.#droppedMessages++
      return
    }
    this.#confirm(streamId, channel)
    if (channel.closing) return
    const binary = ppid === Ppid.binary || ppid === Ppid.binaryEmpty
    this.#options.emit({ kind: 'message', streamId, binary, data: isEmpty ? data.subarray(0, 0) : data })
  }

  /** The peer reset its streams (empty: all): their channels close and we reset ours in return (RFC 8831, 6.7). */
  handleIncomingReset(streamIds: readonly number[]): void {
    for (const streamId of streamIds.length > 0 ? streamIds : [...this.#channels.keys()]) {
      const channel = this.#channels.get(streamId)
      if (!channel || channel.incomingReset) continue
      channel.incomingReset = true
      this.#options.queue.dropUnsent(streamId)
      if (!channel.closing) {
        channel.closing = true
        this.#options.resetStream(streamId)
      }
      this.#finish(streamId, channel)
    }
  }

  /** Our reset of the stream was answered. */
  handleOutgoingReset(streamId: number): void {
    const channel = this.#channels.get(streamId)
    if (!channel?.closing) return
    channel.outgoingReset = true
    this.#finish(streamId, channel)
  }

  /** Ends channels that were opened before the peer said how few streams it takes. */
  closeFrom(streamCount: number): void {
    for (const [streamId, channel] of this.#channels) {
      if (streamId < streamCount) continue
      this.#options.queue.dropUnsent(streamId)
      this.#channels.delete(streamId)
      this.#emitClosed(streamId, channel)
    }
  }

  /** The association is gone or began anew: every channel ends. */
  closeAll(): void {
    for (const [streamId, channel] of this.#channels) this.#emitClosed(streamId, channel)
    this.#channels.clear()
  }

  #handleDcep(streamId: number, data: Uint8Array): void {
    const message = decodeDcep(data)
    switch (message.kind) {
      case 'ack': {
        const channel = this.#channels.get(streamId)
        if (channel) this.#confirm(streamId, channel)
        return
      }
      case 'open':
        return this.#handleOpen(streamId, message.parameters)
      case 'bad-open':
        if (!this.#channels.has(streamId)) this.#refuse(streamId)
        return
      case 'unknown':
        this.#droppedMessages++
    }
  }

  #handleOpen(streamId: number, parameters: ChannelParameters): void {
    const old = this.#channels.get(streamId)
    if (old) {
      // The peer may use the stream anew as soon as both directions are reset on its side.
      if (!old.incomingReset || !this.#options.isResetRequested(streamId)) {
        this.#droppedMessages++
        return
      }
      this.#channels.delete(streamId)
    }
    const isAccepted = this.#channels.size < MAX_CHANNELS && this.#push(streamId, Ppid.dcep, encodeDcepAck())
    if (!isAccepted) return this.#refuse(streamId)
    this.#channels.set(streamId, newChannel(parameters, true))
    this.#options.emit({ kind: 'channel', streamId, ...parameters })
  }

  /** Refuses a channel by resetting its stream (RFC 8832, 6). */
  #refuse(streamId: number): void {
    this.#droppedMessages++
    this.#options.resetStream(streamId)
  }

  /** The peer has our OPEN, whether it says so by ACK or by using the channel. */
  #confirm(streamId: number, channel: Channel): void {
    if (channel.confirmed) return
    channel.confirmed = true
    if (!channel.closing) this.#options.emit({ kind: 'channel-open', streamId })
  }

  /** DCEP messages are always reliable and in order (RFC 8832, 6). */
  #push(streamId: number, ppid: number, data: Uint8Array): boolean {
    return this.#options.queue.push({
      streamId,
      ppid,
      data,
      unordered: false,
      maxRetransmits: undefined,
      expiresAt: undefined,
      ssn: 0,
      firstTsn: 0,
      sent: 0,
      abandoned: false,
    })
  }

  #finish(streamId: number, channel: Channel): void {
    this.#emitClosed(streamId, channel)
    if (channel.incomingReset && channel.outgoingReset) this.#channels.delete(streamId)
  }

  #emitClosed(streamId: number, channel: Channel): void {
    if (channel.closedEmitted) return
    channel.closedEmitted = true
    this.#options.emit({ kind: 'channel-closed', streamId })
  }
}

function newChannel(parameters: ChannelParameters, confirmed: boolean): Channel {
  return {
    parameters,
    confirmed,
    closing: false,
    outgoingReset: false,
    incomingReset: false,
    closedEmitted: false,
  }
}
