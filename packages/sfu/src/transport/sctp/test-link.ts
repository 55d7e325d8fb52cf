// Connects two associations in virtual time over a link that loses, delays, reorders and doubles packets by seed (tests only).
import { SctpAssociation } from './association.ts'
import { MAX_PACKET_BYTES } from './limits.ts'
import { decodePacket, PacketWriter } from './packet.ts'
import type { SctpEvent, SctpOptions } from './types.ts'

/** Behaviour of the link; probabilities from 0 to 1, times in ms. */
export interface LinkOptions {
  readonly seed?: number
  readonly loss?: number
  readonly duplicates?: number
  readonly minDelay?: number
  readonly maxDelay?: number
}

/** Everything but packets. */
export type AppEvent = Exclude<SctpEvent, { readonly kind: 'send' }>

interface Transit {
  readonly at: number
  readonly order: number
  readonly to: Endpoint
  readonly packet: Uint8Array
}

/** Deterministic numbers in [0, 1) (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Deterministic stand-in for the random source of an association. */
export function seededBytes(seed: number): (bytes: number) => Uint8Array {
  const next = seededNumbers(seed)
  return (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(next() * 256))
}

/** Random source whose identity (8 bytes: tag, first TSN) starts at `initialTsn`. */
export function bytesWithTsn(seed: number, initialTsn: number): (bytes: number) => Uint8Array {
  const random = seededBytes(seed)
  return (bytes) => {
    const result = random(bytes)
    if (bytes === 8) new DataView(result.buffer).setUint32(4, initialTsn)
    return result
  }
}

/** One end of the link with all it has told the application. */
export class Endpoint {
  association: SctpAssociation
  readonly events: AppEvent[] = []
  /** Packets sent so far. */
  readonly sent: Uint8Array[] = []
  /** Called for each event while it happens. */
  onEvent: (event: AppEvent) => void = () => {}

  constructor(options: SctpOptions) {
    this.association = new SctpAssociation(options)
  }

  /** Received messages of a stream. */
  messages(streamId: number): Uint8Array[] {
    return this.events.flatMap((event) =>
      event.kind === 'message' && event.streamId === streamId ? [event.data] : [],
    )
  }

  /** Kinds of events so far, in order. */
  get kinds(): string[] {
    return this.events.map((event) => event.kind)
  }
}

/** Two endpoints and the packets between them. `a` is active unless said otherwise. */
export class TestLink {
  readonly a: Endpoint
  readonly b: Endpoint
  now = 0
  options: LinkOptions
  /** Decides by content whether a packet is lost, on top of chance. */
  drop: (from: 'a' | 'b', packet: Uint8Array) => boolean = () => false
  readonly #chance: () => number
  #transits: Transit[] = []
  #order = 0

  constructor(options: LinkOptions = {}, a: Partial<SctpOptions> = {}, b: Partial<SctpOptions> = {}) {
    const seed = options.seed ?? 1
    this.options = options
    this.#chance = seededNumbers(seed)
    this.a = new Endpoint({ random: seededBytes(seed + 1), active: true, ...a })
    this.b = new Endpoint({ random: seededBytes(seed + 2), ...b })
  }

  /** Starts both ends and runs until they are connected (10 virtual seconds at most). */
  connect(): this {
    this.a.association.start(this.now)
    this.b.association.start(this.now)
    this.runUntil(() => this.a.kinds.includes('connected') && this.b.kinds.includes('connected'), 10_000)
    return this
  }

  /** Runs for some virtual ms. */
  run(duration: number): void {
    this.runUntil(() => false, duration)
  }

  /** Runs until the condition holds or time is over; tells which. */
  runUntil(condition: () => boolean, duration: number): boolean {
    const end = this.now + duration
    for (;;) {
      this.#drain(this.a, this.b, 'a')
      this.#drain(this.b, this.a, 'b')
      if (condition()) return true
      // The condition may have sent something.
      this.#drain(this.a, this.b, 'a')
      const next = Math.min(
        this.#transits[0]?.at ?? Infinity,
        this.a.association.deadline() ?? Infinity,
        this.b.association.deadline() ?? Infinity,
      )
      if (next > end) break
      this.now = Math.max(this.now, next)
      this.#step()
    }
    this.now = end
    return false
  }

  #step(): void {
    const transit = this.#transits[0]
    if (transit && transit.at <= this.now) {
      this.#transits.shift()
      transit.to.association.handlePacket(this.now, transit.packet)
      return
    }
    this.a.association.handleTimeout(this.now)
    this.b.association.handleTimeout(this.now)
  }

  #drain(from: Endpoint, to: Endpoint, name: 'a' | 'b'): void {
    for (let event = from.association.next(); event; event = from.association.next()) {
      if (event.kind === 'send') {
        from.sent.push(event.packet)
        this.#carry(event.packet, to, name)
      } else {
        from.events.push(event)
        from.onEvent(event)
      }
    }
  }

  #carry(packet: Uint8Array, to: Endpoint, name: 'a' | 'b'): void {
    const { loss = 0, duplicates = 0, minDelay = 5, maxDelay = minDelay } = this.options
    const copies = this.#chance() < duplicates ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (this.#chance() < loss || this.drop(name, packet)) continue
      const at = this.now + minDelay + this.#chance() * (maxDelay - minDelay)
      const transit = { at, order: this.#order++, to, packet: packet.slice() }
      let index = this.#transits.length
      while (index > 0 && (this.#transits[index - 1]?.at ?? 0) > at) index--
      this.#transits.splice(index, 0, transit)
    }
  }
}

/** A message whose bytes depend on its number, so that mixed-up fragments show. */
export function testMessage(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (number * 31 + index * 7 + (index >> 8)) & 0xff)
}

/** A packet with a good checksum around hand-made chunks. */
export function packetOf(verificationTag: number, chunks: readonly Uint8Array[]): Uint8Array {
  const writer = new PacketWriter(MAX_PACKET_BYTES)
  for (const chunk of chunks) writer.add(chunk)
  return writer.finish(5000, 5000, verificationTag)
}

/** Types of the chunks in a packet. */
export function chunkTypes(packet: Uint8Array): number[] {
  return decodePacket(packet)?.chunks.map((chunk) => chunk.type) ?? []
}

/** Verification tag of a packet. */
export function tagOf(packet: Uint8Array | undefined): number {
  return packet ? new DataView(packet.buffer, packet.byteOffset).getUint32(4) : 0
}
