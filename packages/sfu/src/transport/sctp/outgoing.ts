// Bundles control chunks, acknowledgements and DATA into packets of at most the packet size (RFC 9260, 6.10).
import type { Connection } from './connection.ts'
import { MAX_BURST_PACKETS, MAX_PENDING_CONTROL } from './limits.ts'
import { COMMON_HEADER_BYTES, PacketWriter, padded } from './packet.ts'

/** Writes every packet of an association. */
export class Outgoing {
  readonly #mtu: number
  readonly #localPort: number
  readonly #remotePort: number
  #control: Uint8Array[] = []
  #writer: PacketWriter | undefined
  #burst = 0

  constructor(mtu: number, localPort: number, remotePort: number) {
    this.#mtu = mtu
    this.#localPort = localPort
    this.#remotePort = remotePort
  }

  /** Queues a control chunk for the next packet; dropped when too large or when the peer provokes too many. */
  pushControl(chunk: Uint8Array): void {
    const isFit = chunk.length <= this.#mtu - COMMON_HEADER_BYTES - 3
    if (isFit && this.#control.length < MAX_PENDING_CONTROL) this.#control.push(chunk)
  }

  /** Forgets control chunks that wait. */
  clear(): void {
    this.#control = []
  }

  /** Allows the next burst: called once per input. */
  refill(): void {
    this.#burst = MAX_BURST_PACKETS
  }

  /** A packet of just these chunks; larger than the packet size only if a foreign cookie is. */
  packetOf(verificationTag: number, chunks: readonly Uint8Array[]): Uint8Array {
    let length = COMMON_HEADER_BYTES
    for (const chunk of chunks) length += padded(chunk.length)
    const writer = new PacketWriter(length)
    for (const chunk of chunks) writer.add(chunk)
    return writer.finish(this.#localPort, this.#remotePort, verificationTag)
  }

  /**
   * The next packet of an established association, or undefined when there is nothing to say.
   * @param mayCarryData false once no DATA may leave any more
   * @param immediate sets the I bit: the last data before a shutdown shall be acknowledged at once
   */
  next(
    now: number,
    connection: Connection,
    mayCarryData: boolean,
    immediate: boolean,
  ): Uint8Array | undefined {
    connection.prepareReset(now)
    const maySend = mayCarryData && this.#burst > 0
    const isNeeded =
      this.#control.length > 0 || connection.hasUrgentControl || (maySend && connection.outbound.hasSendable)
    if (!isNeeded) return undefined
    // A writer that stayed empty (the peer's window is shut) is kept for the next time.
    const writer = (this.#writer ??= new PacketWriter(this.#mtu))
    this.#addControl(writer)
    if (connection.fill(now, writer, immediate, maySend)) this.#burst--
    if (writer.isEmpty) return undefined
    this.#writer = undefined
    return writer.finish(this.#localPort, this.#remotePort, connection.peer.tag)
  }

  #addControl(writer: PacketWriter): void {
    let count = 0
    for (const chunk of this.#control) {
      if (padded(chunk.length) > writer.room) break
      writer.add(chunk)
      count++
    }
    this.#control.splice(0, count)
  }
}
