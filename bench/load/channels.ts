// LiveKit's two data channels of a client, over the project's own SCTP; packets go through the generator's DTLS.
import { randomBytes } from 'node:crypto'
import { SctpAssociation } from '../../packages/sfu/src/transport/sctp/index.ts'

/** Milliseconds between two looks at the association's timers; they are seconds long. */
const LOOK_MS = 200

export class DataChannels {
  readonly #association = new SctpAssociation({ random: randomBytes, active: true })
  readonly #send: (packet: Uint8Array) => void
  readonly #onOpen: () => void
  #timer: NodeJS.Timeout | undefined
  #open = 0

  /** @param onOpen both channels are confirmed */
  constructor(send: (packet: Uint8Array) => void, onOpen: () => void) {
    this.#send = send
    this.#onOpen = onOpen
  }

  /** DTLS is up. The DTLS client takes the even streams (RFC 8832, 6). */
  start(isDtlsClient: boolean): void {
    this.#association.start(performance.now())
    const first = isDtlsClient ? 0 : 1
    const now = performance.now()
    this.#association.openChannel(now, { streamId: first, label: '_reliable', ordered: true })
    this.#association.openChannel(now, {
      streamId: first + 2,
      label: '_lossy',
      ordered: false,
      maxRetransmits: 0,
    })
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
    this.#drain()
  }

  handlePacket(packet: Uint8Array): void {
    this.#association.handlePacket(performance.now(), packet)
    this.#drain()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const now = performance.now()
    const deadline = this.#association.deadline()
    if (deadline === undefined || deadline > now) return
    this.#association.handleTimeout(now)
    this.#drain()
  }

  #drain(): void {
    for (let event = this.#association.next(); event; event = this.#association.next()) {
      if (event.kind === 'send') this.#send(event.packet)
      if (event.kind === 'channel-open' && ++this.#open === 2) this.#onOpen()
    }
  }
}
