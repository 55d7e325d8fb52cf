// Takes datagrams from a native socket: they lie in a ring and are read in place, all that came together in one turn.
import { SocketAddress } from 'node:net'
import { SLOT_BYTES, SLOT_FIELDS, SLOTS, type NativeState } from './native-addon.ts'

/** Texts of addresses that are kept: more than peers of one worker, each a few dozen bytes. */
const MAX_TEXTS = 4_096
/** Bits of an IPv4 address; its text is found by its number. */
const IPV4_BYTES = [24, 16, 8, 0] as const

/** `data` is valid during the call only. The address is the text that dgram would give. */
export type OnDatagram = (data: Uint8Array, host: string, port: number) => void

/** One socket's datagrams. */
export class NativeInbox {
  readonly #ring = new Uint8Array(SLOTS * SLOT_BYTES)
  readonly #slots = new Int32Array(SLOTS * SLOT_FIELDS)
  readonly #texts = new Map<number | string, string>()
  readonly #onDatagram: OnDatagram
  readonly #onTurnEnd: () => void

  constructor(onDatagram: OnDatagram, onTurnEnd: () => void) {
    this.#onDatagram = onDatagram
    this.#onTurnEnd = onTurnEnd
  }

  /** Opens the socket; its port, or a negative errno. */
  open(state: NativeState, address: Uint8Array, port: number, scope: number): number {
    return state.open(address, port, scope, this.#ring, this.#slots, (count, isLast) => {
      this.#take(count)
      if (isLast) this.#onTurnEnd()
    })
  }

  #take(count: number): void {
    const slots = this.#slots
    for (let slot = 0; slot < count; slot++) {
      const at = slot * SLOT_FIELDS
      const length = slots[at] ?? 0
      if (length === 0) continue
      const host = slots[at + 1] === 4 ? this.#ipv4Text(slots[at + 3] ?? 0) : this.#ipv6Text(at + 3)
      const start = slot * SLOT_BYTES
      this.#onDatagram(this.#ring.subarray(start, start + length), host, slots[at + 2] ?? 0)
    }
  }

  #ipv4Text(address: number): string {
    return (
      this.#texts.get(address) ??
      this.#keep(address, IPV4_BYTES.map((shift) => (address >>> shift) & 0xff).join('.'))
    )
  }

  #ipv6Text(at: number): string {
    const words = this.#slots.subarray(at, at + 5)
    const key = words.join()
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const groups = [...words.subarray(0, 4)].flatMap((word) => [word >>> 16, word & 0xffff])
    const plain = groups.map((group) => group.toString(16)).join(':')
    const { address } = new SocketAddress({ address: plain, family: 'ipv6' })
    const zone = words[4] ?? 0
    return this.#keep(key, zone === 0 ? address : `${address}%${zone}`)
  }

  #keep(key: number | string, text: string): string {
    if (this.#texts.size >= MAX_TEXTS) this.#texts.clear()
    this.#texts.set(key, text)
    return text
  }
}
