// Hands datagrams to the UDP sockets of a worker and counts what the kernel refused, by its error code.
import type { Socket } from 'node:dgram'
import type { PeerAddress } from '../../transport/address.ts'

/** The sockets of one worker, one an address family. They must have been created with a `lookup` that answers at once. */
export class DatagramSockets {
  /** Send errors by code (EMSGSIZE, ENETUNREACH, EPERM, ...). What the kernel has no room for just now waits, see `queued`. */
  readonly errors: Map<string, number> = new Map()
  readonly #sockets: [ipv4: Socket | undefined, ipv6: Socket | undefined] = [undefined, undefined]

  set(family: 4 | 6, socket: Socket): void {
    this.#sockets[family === 4 ? 0 : 1] = socket
  }

  /** Sends one datagram; without a socket of the address's family it counts as EAFNOSUPPORT. */
  send(buffer: Uint8Array, offset: number, length: number, to: PeerAddress): void {
    const socket = this.#sockets[to.family === 4 ? 0 : 1]
    if (socket) socket.send(buffer, offset, length, to.port, to.host, this.#onSent)
    else this.#count('EAFNOSUPPORT')
  }

  /** Datagrams that wait because the kernel's buffer was full (EAGAIN); their buffers must not be overwritten. */
  queued(): number {
    let count = 0
    for (const socket of this.#sockets) count += socket?.getSendQueueCount() ?? 0
    return count
  }

  /** Calls back for each open socket. */
  close(): void {
    for (const socket of this.#sockets) socket?.close()
  }

  /** One function for all datagrams, so that none is made for each. The error's text has the address in it: only the code is kept. */
  readonly #onSent = (error: Error | null): void => {
    if (error) this.#count('code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN')
  }

  #count(code: string): void {
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1)
  }
}
