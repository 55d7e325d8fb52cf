// Runs a client and a server against each other in virtual time over a link that loses, doubles and delays datagrams.
import type { DtlsServer } from '../dtls-server.ts'
import type { DtlsEvent } from '../events.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { TestClient, TestClientEvent } from './test-client.ts'

export interface LinkOptions {
  /** Chance of each datagram to be lost and to come twice. */
  readonly loss?: number
  readonly duplication?: number
  /** Milliseconds each datagram takes; drawn anew from this range for each, so that datagrams overtake. */
  readonly delay?: readonly [number, number]
  readonly random?: SeededRandom
}

/** Events of one run; the longest test has a few hundred. */
const MAX_STEPS = 100_000

interface Flying {
  readonly at: number
  readonly order: number
  readonly to: 'client' | 'server'
  readonly datagram: Uint8Array
}

/** Both ends, the time between them and everything that came out. */
export class Link {
  readonly client: TestClient
  readonly server: DtlsServer
  readonly clientEvents: TestClientEvent[] = []
  readonly serverEvents: DtlsEvent[] = []
  /** All datagrams that were sent, lost ones included. */
  readonly toClient: Uint8Array[] = []
  readonly toServer: Uint8Array[] = []
  now = 0
  readonly #options: LinkOptions
  #flying: Flying[] = []
  #order = 0

  constructor(client: TestClient, server: DtlsServer, options: LinkOptions = {}) {
    this.client = client
    this.server = server
    this.#options = options
  }

  /** Lets time pass until `done`, or nothing happens any more, or `limit` milliseconds are over. */
  run(limit: number, done: () => boolean = () => false): void {
    const end = this.now + limit
    this.#drain()
    for (let step = 0; !done(); step += 1) {
      if (step > MAX_STEPS) throw new Error('the two never come to rest')
      const next = Math.min(
        this.#flying[0]?.at ?? Infinity,
        this.client.deadline() ?? Infinity,
        this.server.deadline() ?? Infinity,
      )
      if (next > end) {
        this.now = end
        return
      }
      this.now = Math.max(this.now, next)
      this.#step()
    }
  }

  /** Brings one datagram to the server now, whoever made it. */
  inject(datagram: Uint8Array): void {
    this.#deliver('server', datagram)
  }

  #step(): void {
    while (this.#flying[0] && this.#flying[0].at <= this.now) {
      const arrived = this.#flying.shift()
      if (arrived) this.#deliver(arrived.to, arrived.datagram)
    }
    if ((this.client.deadline() ?? Infinity) <= this.now) this.client.handleTimeout(this.now)
    if ((this.server.deadline() ?? Infinity) <= this.now) this.server.handleTimeout(this.now)
    this.#drain()
  }

  /** As a socket does it: in a Buffer that is overwritten afterwards. */
  #deliver(to: Flying['to'], datagram: Uint8Array): void {
    const buffer = Buffer.from(datagram)
    if (to === 'client') this.client.handleDatagram(this.now, buffer)
    else this.server.handleDatagram(this.now, buffer)
    buffer.fill(0xee)
    this.#drain()
  }

  #drain(): void {
    for (let event = this.client.next(); event; event = this.client.next()) {
      if (event.kind === 'send') this.#send('server', event.datagram)
      else this.clientEvents.push(event)
    }
    for (let event = this.server.next(); event; event = this.server.next()) {
      if (event.kind === 'send') this.#send('client', event.datagram)
      else this.serverEvents.push(event)
    }
  }

  #send(to: Flying['to'], datagram: Uint8Array): void {
    const { loss = 0, duplication = 0, delay = [1, 1], random } = this.#options
    ;(to === 'client' ? this.toClient : this.toServer).push(datagram)
    const copies = (random?.float() ?? 1) < duplication ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      if ((random?.float() ?? 1) < loss) continue
      const at = this.now + delay[0] + (random?.float() ?? 0) * (delay[1] - delay[0])
      this.#order += 1
      this.#flying.push({ at, order: this.#order, to, datagram })
    }
    this.#flying.sort((one, other) => one.at - other.at || one.order - other.order)
  }
}
