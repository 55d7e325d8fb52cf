// Holds messages until the window lets them out, cuts them into fragments and shares the line fairly between streams.
//
// RFC 9260, 6.9 (fragmentation); whole messages take turns, because fragments of two messages must not mix without I-DATA.
import { Fifo } from './fifo.ts'
import { MESSAGE_OVERHEAD_BYTES, MIN_FRAGMENT_BYTES, SEND_BUFFER_BYTES } from './limits.ts'

/** One user message on its way out. `data` is kept by reference until the peer has acknowledged it. */
export interface OutgoingMessage {
  readonly streamId: number
  readonly ppid: number
  readonly data: Uint8Array
  readonly unordered: boolean
  readonly maxRetransmits: number | undefined
  /** Time after which the message is given up, ms, or undefined. */
  readonly expiresAt: number | undefined
  /** Stream sequence number, given with the first fragment. */
  ssn: number
  /** Full TSN of the first fragment, given with it. The fragments of a message have consecutive TSNs. */
  firstTsn: number
  /** Bytes already cut off. */
  sent: number
  /** Given up (RFC 3758): nothing of it is sent any more. */
  abandoned: boolean
}

/** A piece of a message for one DATA chunk. */
export interface Fragment {
  readonly message: OutgoingMessage
  readonly offset: number
  readonly length: number
  readonly begin: boolean
  readonly end: boolean
}

interface StreamQueue {
  readonly streamId: number
  readonly waiting: Fifo<OutgoingMessage>
  nextSsn: number
  unsentBytes: number
  /** A reset was requested: nothing leaves until the peer has answered (RFC 6525, 5.1.2). */
  paused: boolean
}

/** All messages of an association that have not left completely. */
export class SendQueue {
  readonly #streams = new Map<number, StreamQueue>()
  /** Streams with waiting messages; the front one is next. */
  #turns: StreamQueue[] = []
  #current: OutgoingMessage | undefined
  #heldBytes = 0

  /** Takes a message, or returns false when the buffer of the association is full. */
  push(message: OutgoingMessage): boolean {
    const cost = message.data.length + MESSAGE_OVERHEAD_BYTES
    if (this.#heldBytes + cost > SEND_BUFFER_BYTES) return false
    this.#heldBytes += cost
    const stream = this.#stream(message.streamId)
    if (stream.waiting.length === 0) this.#turns.push(stream)
    stream.waiting.push(message)
    stream.unsentBytes += message.data.length
    return true
  }

  /** Payload bytes of this stream that were never sent yet. */
  unsentBytes(streamId: number): number {
    return this.#streams.get(streamId)?.unsentBytes ?? 0
  }

  /** True when nothing of this stream waits for its first transmission. */
  isDrained(streamId: number): boolean {
    return this.#current?.streamId !== streamId && (this.#streams.get(streamId)?.waiting.length ?? 0) === 0
  }

  /** True when no stream has anything to send, paused ones included. */
  get isEmpty(): boolean {
    return this.#current === undefined && this.#turns.length === 0
  }

  /** Forgets `bytes` of memory whose chunks were acknowledged or given up. */
  release(bytes: number): void {
    this.#heldBytes -= bytes
  }

  /** Bytes held, overhead included: unsent and unacknowledged. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /**
   * Cuts the next fragment that fits, or returns undefined when nothing is due or worth sending in this room.
   * @param room payload bytes left in the packet
   * @param packetRoom payload bytes of an empty packet
   */
  take(now: number, room: number, packetRoom: number): Fragment | undefined {
    const message = this.#next(now)
    if (!message) return undefined
    const rest = message.data.length - message.sent
    if (rest > room && (rest <= packetRoom || room < MIN_FRAGMENT_BYTES)) return undefined
    const length = Math.min(rest, room)
    const fragment: Fragment = {
      message,
      offset: message.sent,
      length,
      begin: message.sent === 0,
      end: length === rest,
    }
    const stream = this.#stream(message.streamId)
    if (fragment.begin && !message.unordered) {
      message.ssn = stream.nextSsn
      stream.nextSsn = (stream.nextSsn + 1) & 0xffff
    }
    message.sent += length
    stream.unsentBytes -= length
    if (fragment.end) this.#current = undefined
    return fragment
  }

  /** Payload bytes of the fragment `take` would cut, or 0: lets the caller look at the windows first. */
  peekLength(now: number, room: number): number {
    const message = this.#next(now)
    return message ? Math.min(message.data.length - message.sent, room) : 0
  }

  /** Drops what is left of a message that was given up after its first fragment; its memory is released. */
  abandonRest(message: OutgoingMessage): void {
    const rest = message.data.length - message.sent
    message.sent = message.data.length
    this.#stream(message.streamId).unsentBytes -= rest
    this.#heldBytes -= rest
    if (this.#current === message) this.#current = undefined
  }

  /** Drops the messages of a stream of which no byte has left. */
  dropUnsent(streamId: number): void {
    const stream = this.#streams.get(streamId)
    if (!stream) return
    if (this.#current?.streamId === streamId && this.#current.sent === 0) {
      this.#drop(stream, this.#current)
      this.#current = undefined
    }
    for (let message = stream.waiting.shift(); message; message = stream.waiting.shift())
      this.#drop(stream, message)
    this.#turns = this.#turns.filter((other) => other !== stream)
  }

  /** Holds the stream back until `resume`. */
  pause(streamId: number): void {
    this.#stream(streamId).paused = true
  }

  /** Lets the stream go on; after a performed reset from SSN 0. */
  resume(streamId: number, wasReset: boolean): void {
    const stream = this.#stream(streamId)
    stream.paused = false
    if (wasReset) stream.nextSsn = 0
  }

  #stream(streamId: number): StreamQueue {
    let stream = this.#streams.get(streamId)
    if (!stream) {
      stream = { streamId, waiting: new Fifo(), nextSsn: 0, unsentBytes: 0, paused: false }
      this.#streams.set(streamId, stream)
    }
    return stream
  }

  /** The message in progress, or the next one. */
  #next(now: number): OutgoingMessage | undefined {
    const current = this.#current
    if (current && current.sent === 0 && isExpired(current, now)) {
      this.#drop(this.#stream(current.streamId), current)
      this.#current = undefined
    }
    this.#current ??= this.#startNext(now)
    return this.#current
  }

  /** The next message in turn that has not expired; its stream goes to the back. */
  #startNext(now: number): OutgoingMessage | undefined {
    for (let index = 0; index < this.#turns.length;) {
      const stream = this.#turns[index]
      if (!stream) return undefined
      if (stream.paused) {
        index++
        continue
      }
      this.#turns.splice(index, 1)
      let message = stream.waiting.shift()
      while (message && isExpired(message, now)) {
        this.#drop(stream, message)
        message = stream.waiting.shift()
      }
      if (stream.waiting.length > 0) this.#turns.push(stream)
      if (message) return message
    }
    return undefined
  }

  #drop(stream: StreamQueue, message: OutgoingMessage): void {
    message.abandoned = true
    stream.unsentBytes -= message.data.length
    this.#heldBytes -= message.data.length + MESSAGE_OVERHEAD_BYTES
  }
}

function isExpired(message: OutgoingMessage, now: number): boolean {
  return message.expiresAt !== undefined && message.expiresAt <= now
}
