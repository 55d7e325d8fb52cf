// Packs one flight of messages into records and datagrams no larger than the MTU (RFC 6347 sections 4.1.1 and 4.2.3).
import { concat } from './bytes.ts'
import { fragmentHeader, HANDSHAKE_HEADER_BYTES, type HandshakeMessage } from './handshake-message.ts'
import { ContentType } from './protocol.ts'
import type { Epoch, RecordLayer } from './record-layer.ts'

/** One entry of a flight: a handshake message, or the ChangeCipherSpec that is none (RFC 5246 section 7.1). */
export type FlightItem =
  | { readonly kind: 'message'; readonly epoch: Epoch; readonly message: HandshakeMessage }
  | { readonly kind: 'change-cipher-spec' }

const CHANGE_CIPHER_SPEC_BODY = Uint8Array.of(1)

/** Rather a new datagram than a fragment with fewer bytes than this: each costs 25 bytes of headers. */
const MIN_FRAGMENT_BYTES = 32

/** The flight as datagrams with new record sequence numbers; called anew for every retransmission. */
export function packFlight(items: readonly FlightItem[], records: RecordLayer, mtu: number): Uint8Array[] {
  const packer = new DatagramPacker(records, mtu)
  for (const item of items) {
    if (item.kind === 'message') packer.addMessage(item.epoch, item.message)
    else packer.addRecord(0, ContentType.changeCipherSpec, CHANGE_CIPHER_SPEC_BODY)
  }
  return packer.finish()
}

class DatagramPacker {
  readonly #records: RecordLayer
  readonly #mtu: number
  readonly #datagrams: Uint8Array[] = []
  #open: Uint8Array[] = []
  #room: number

  constructor(records: RecordLayer, mtu: number) {
    this.#records = records
    this.#mtu = mtu
    this.#room = mtu
  }

  addMessage(epoch: Epoch, message: HandshakeMessage): void {
    const { body } = message
    const overhead = this.#records.overhead(epoch) + HANDSHAKE_HEADER_BYTES
    let offset = 0
    do {
      const rest = body.length - offset
      if (this.#room - overhead < Math.min(rest, MIN_FRAGMENT_BYTES)) this.#closeDatagram()
      const size = Math.min(rest, this.#room - overhead)
      const header = fragmentHeader(message.type, body.length, message.sequence, offset, size)
      const fragment = concat(header, body.subarray(offset, offset + size))
      this.addRecord(epoch, ContentType.handshake, fragment)
      offset += size
    } while (offset < body.length)
  }

  addRecord(epoch: Epoch, type: number, content: Uint8Array): void {
    if (this.#records.overhead(epoch) + content.length > this.#room) this.#closeDatagram()
    const record = this.#records.seal(epoch, type, content)
    this.#open.push(record)
    this.#room -= record.length
  }

  finish(): Uint8Array[] {
    if (this.#open.length > 0) this.#closeDatagram()
    return this.#datagrams
  }

  #closeDatagram(): void {
    this.#datagrams.push(concat(...this.#open))
    this.#open = []
    this.#room = this.#mtu
  }
}
