// The media of all clients of this process: JavaScript hands over addresses and keys of signalling and reads figures;
// packets never reach it. `run` serves the sockets between two turns of Node's loop.
import { loadAddon } from '../support/native.ts'

const CONNECTED = 1
const REFUSED = 2
const DATA = 3
const FIRST_PACKET = 4

/** Buckets and steps of the latencies, as in native/load.h. */
const STEPS = 64
const BUCKETS = STEPS * 19
/** Milliseconds that the sockets are served at most before Node's timers get their turn. */
const TURN_MS = 20

/** Counters of a measurement, in the order of native/load.h. */
const COUNTERS = [
  'sent',
  'got',
  'bytes',
  'repeated',
  'lost',
  'padding',
  'unstamped',
  'checked',
  'rejected',
  'overflow',
  'keyframeRequests',
  'resent',
] as const
export type Counters = Record<(typeof COUNTERS)[number], number>

interface Addon {
  open(
    address: string,
    onEvent: (event: number, client: number, value: number, data: Uint8Array) => void,
  ): Uint8Array
  addClient(ufrag: string, password: string): number
  port(client: number): number
  connect(client: number, ufrag: string, password: string, fingerprint: Uint8Array, accepts: boolean): void
  connectBare(client: number, address: string, port: number, material: Uint8Array, says: boolean): void
  candidate(client: number, address: string, port: number): void
  addStream(
    client: number,
    ssrc: number,
    payloadType: number,
    isVideo: boolean,
    framesPerSecond: number,
    packets: number,
    bytes: number,
  ): void
  feed(on: boolean): void
  measure(on: boolean): void
  sendData(client: number, bytes: Uint8Array): void
  run(milliseconds: number): void
  figures(counters: Float64Array, arrival: Float64Array, reading: Float64Array, lateness: Float64Array): void
  clientCounts(counts: Float64Array): void
}

/** What a client hears of its transport. */
export interface ClientEvents {
  /** DTLS is up; the number of the SRTP profile (7: AEAD_AES_128_GCM, 1: AES128_CM_SHA1_80). */
  onConnected(profile: number): void
  onRefused(why: string): void
  /** An SCTP packet. */
  onData(bytes: Uint8Array): void
  onFirstPacket(): void
}

/** Latencies in ms. */
export interface Latency {
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

/** What was counted between `measure(true)` and `measure(false)`. */
export interface MediaFigures {
  readonly counters: Counters
  /** From the publisher's stamp to the kernel's at the subscriber's socket. */
  readonly arrival: Latency
  /** The same to the moment the generator read it. */
  readonly reading: Latency
  /** How late frames left. */
  readonly lateness: Latency
  /** Least and most packets of one client that received any. */
  readonly least: number
  readonly most: number
}

function isAddon(exports: unknown): exports is Addon {
  return typeof exports === 'object' && exports !== null && 'run' in exports && 'clientCounts' in exports
}

export class Generator {
  /** SHA-256 of the certificate that all clients show. */
  readonly fingerprint: Uint8Array
  readonly address: string
  readonly #addon: Addon = loadAddon(new URL('native/', import.meta.url), isAddon)
  readonly #clients: ClientEvents[] = []
  #running = true

  /** @param address IPv4 address that all clients send from */
  constructor(address: string) {
    this.address = address
    this.fingerprint = this.#addon.open(address, (event, client, value, data) => {
      const events = this.#clients[client]
      if (event === CONNECTED) events?.onConnected(value)
      else if (event === REFUSED) events?.onRefused(Buffer.from(data).toString())
      else if (event === DATA) events?.onData(data)
      else if (event === FIRST_PACKET) events?.onFirstPacket()
    })
    const turn = (): void => {
      if (!this.#running) return
      this.#addon.run(TURN_MS)
      setImmediate(turn)
    }
    setImmediate(turn)
  }

  /** Opens a socket for one more client. */
  addClient(ufrag: string, password: string, events: ClientEvents): { client: number; port: number } {
    const client = this.#addon.addClient(ufrag, password)
    this.#clients[client] = events
    return { client, port: this.#addon.port(client) }
  }

  /** Begins checks and handshake; the answer's candidates may follow. `accepts`: the server begins the handshake. */
  connect(client: number, ufrag: string, password: string, fingerprint: Uint8Array, accepts: boolean): void {
    this.#addon.connect(client, ufrag, password, fingerprint, accepts)
  }

  /** Without checks and handshake, to the ruler; `says`: lets it know where this client is. */
  connectBare(client: number, address: string, port: number, material: Uint8Array, says: boolean): void {
    this.#addon.connectBare(client, address, port, material, says)
  }

  addCandidate(client: number, address: string, port: number): void {
    this.#addon.candidate(client, address, port)
  }

  /** A stream that `client` sends once `feed(true)` is said: `packets` of `bytes` payload in each frame. */
  addStream(client: number, stream: Stream): void {
    const { ssrc, payloadType, isVideo, framesPerSecond, packets, bytes } = stream
    this.#addon.addStream(client, ssrc, payloadType, isVideo, framesPerSecond, packets, bytes)
  }

  feed(on: boolean): void {
    this.#addon.feed(on)
  }

  /** Begins and ends a measurement. Packets sent in between are counted as long as figures are not read. */
  measure(on: boolean): void {
    this.#addon.measure(on)
  }

  sendData(client: number, bytes: Uint8Array): void {
    this.#addon.sendData(client, bytes)
  }

  figures(): MediaFigures {
    const counters = new Float64Array(COUNTERS.length)
    const [arrival, reading, lateness] = [0, 0, 0].map(() => new Float64Array(BUCKETS))
    const counts = new Float64Array(this.#clients.length)
    if (!arrival || !reading || !lateness) throw new Error('three arrays were made')
    this.#addon.figures(counters, arrival, reading, lateness)
    this.#addon.clientCounts(counts)
    const receiving = counts.filter((count) => count > 0)
    const named: Partial<Counters> = {}
    for (const [index, name] of COUNTERS.entries()) named[name] = counters[index] ?? 0
    return {
      counters: named as Counters,
      arrival: latency(arrival),
      reading: latency(reading),
      lateness: latency(lateness),
      least: receiving.length > 0 ? Math.min(...receiving) : 0,
      most: receiving.length > 0 ? Math.max(...receiving) : 0,
    }
  }

  /** Ends the turns, so that the process can end. */
  close(): void {
    this.#running = false
  }
}

/** What a publisher sends. */
export interface Stream {
  readonly ssrc: number
  readonly payloadType: number
  readonly isVideo: boolean
  readonly framesPerSecond: number
  readonly packets: number
  readonly bytes: number
}

function latency(buckets: Float64Array): Latency {
  const total = buckets.reduce((sum, count) => sum + count, 0)
  const at = (share: number): number => {
    let seen = 0
    for (const [bucket, count] of buckets.entries()) {
      seen += count
      if (total > 0 && seen >= share * total) return middle(bucket) / 1000
    }
    return Number.NaN
  }
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) }
}

/** Microseconds that a bucket stands for. */
function middle(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket
  const shift = Math.floor(bucket / STEPS) - 1
  return (bucket - shift * STEPS) * 2 ** shift + 2 ** (shift - 1)
}
