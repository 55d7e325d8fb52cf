// One client of the ruler: a socket with a key that everybody knows, no signalling, no handshake.
import { rulerMaterial } from '../ruler/keys.ts'
import type { Generator } from './generator.ts'
import type { Media } from './participant.ts'
import { PAYLOAD_TYPES } from './sdp.ts'

const GCM = 7
/** SSRCs of the ruler's clients begin here. */
let nextSsrc = 0x1000

export class BareParticipant {
  connectedMs = 0
  firstPacketMs = Number.NaN
  readonly profile: number = GCM
  readonly #generator: Generator
  readonly #client: number
  readonly #to: string
  readonly #subscribes: boolean

  constructor(generator: Generator, to: string, publishes: readonly Media[], subscribes: boolean) {
    this.#generator = generator
    this.#to = to
    this.#subscribes = subscribes
    const began = performance.now()
    this.#client = generator.addClient('ruler', 'ruler', {
      onConnected: () => undefined,
      onRefused: () => undefined,
      onData: () => undefined,
      onFirstPacket: () => {
        this.firstPacketMs = performance.now() - began
      },
    }).client
    for (const media of publishes)
      generator.addStream(this.#client, {
        ssrc: nextSsrc++,
        payloadType: PAYLOAD_TYPES[media.kind],
        isVideo: media.kind === 'video',
        ...media,
      })
  }

  join(): Promise<void> {
    const [address = '', port] = this.#to.split(':')
    this.#generator.connectBare(this.#client, address, Number(port), rulerMaterial(), this.#subscribes)
    return Promise.resolve()
  }

  leave(): void {}
}
