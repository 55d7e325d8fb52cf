// Holds a peer's transport address so that it can be compared and sent to, but not printed by accident.
import { inspect } from 'node:util'

/** What every printing of an address shows. */
const REDACTED = '[address]'
const MAPPED_PREFIX = '::ffff:'
const COLON = 58
const IPV6_GROUPS = 8

/** An IP address and UDP port. IPv4-mapped IPv6 addresses (RFC 4291 section 2.5.5.2) are held as IPv4. */
export class PeerAddress {
  readonly family: 4 | 6
  readonly #host: string
  readonly #port: number

  private constructor(family: 4 | 6, host: string, port: number) {
    this.family = family
    this.#host = host
    this.#port = port
  }

  /** Takes address text as the operating system writes it (`RemoteInfo.address`) and a port. */
  static from(host: string, port: number): PeerAddress {
    const plain = withoutMapping(host)
    return new PeerAddress(plain.includes(':') ? 6 : 4, plain, port)
  }

  /** The address text, for sending only. */
  get host(): string {
    return this.#host
  }

  get port(): number {
    return this.#port
  }

  equals(other: PeerAddress): boolean {
    return this.#port === other.#port && this.#host === other.#host
  }

  /** Same as `equals`, without making an address of the two parts; `host` must not be IPv4-mapped. */
  is(host: string, port: number): boolean {
    return this.#port === port && this.#host === host
  }

  /** The address in network order: 4 or 16 bytes, or undefined for text that is no IP address. */
  bytes(): Uint8Array | undefined {
    return this.family === 4 ? ipv4Bytes(this.#host) : ipv6Bytes(this.#host)
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  static {
    Object.defineProperty(this.prototype, inspect.custom, { value: (): string => REDACTED })
  }
}

/** Maps addresses to values without making a key: by port first, then by comparing the few hosts that share it. */
export class AddressTable<Value> {
  readonly #byPort = new Map<number, Entry<Value>[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The value at an address as the socket reports it; makes no garbage unless the host is IPv4-mapped. */
  get(host: string, port: number): Value | undefined {
    return this.#find(host, port)?.value
  }

  /** The stored address object for what the socket reports. */
  addressOf(host: string, port: number): PeerAddress | undefined {
    return this.#find(host, port)?.address
  }

  set(address: PeerAddress, value: Value): void {
    const entry = this.#find(address.host, address.port)
    if (entry) {
      entry.value = value
      return
    }
    const bucket = this.#byPort.get(address.port)
    if (bucket) bucket.push({ address, value })
    else this.#byPort.set(address.port, [{ address, value }])
    this.#size++
  }

  delete(address: PeerAddress): boolean {
    const bucket = this.#byPort.get(address.port)
    if (!bucket) return false
    const index = bucket.findIndex((entry) => entry.address.equals(address))
    if (index === -1) return false
    bucket.splice(index, 1)
    if (bucket.length === 0) this.#byPort.delete(address.port)
    this.#size--
    return true
  }

  #find(host: string, port: number): Entry<Value> | undefined {
    const bucket = this.#byPort.get(port)
    if (!bucket) return undefined
    const plain = withoutMapping(host)
    for (const entry of bucket) if (entry.address.is(plain, port)) return entry
    return undefined
  }
}

interface Entry<Value> {
  readonly address: PeerAddress
  value: Value
}

function withoutMapping(host: string): string {
  if (host.charCodeAt(0) !== COLON || !host.includes('.')) return host
  return host.toLowerCase().startsWith(MAPPED_PREFIX) ? host.slice(MAPPED_PREFIX.length) : host
}

/** The four bytes of dotted decimal text, or undefined. */
export function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  const bytes = new Uint8Array(4)
  for (const [index, part] of parts.entries()) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined
    bytes[index] = Number(part)
  }
  return bytes
}

/** The sixteen bytes of IPv6 text (RFC 4291 section 2.2), its zone left out, or undefined. */
export function ipv6Bytes(text: string): Uint8Array | undefined {
  const [plain = ''] = text.split('%', 1)
  const halves = plain.split('::')
  if (halves.length > 2) return undefined
  const head = groups(halves[0] ?? '')
  const tail = groups(halves[1] ?? '')
  if (!head || !tail) return undefined
  const missing = IPV6_GROUPS - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const bytes = new Uint8Array(2 * IPV6_GROUPS)
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  for (const [index, group] of all.entries()) {
    bytes[2 * index] = group >>> 8
    bytes[2 * index + 1] = group & 0xff
  }
  return bytes
}

function groups(text: string): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const last = parts[parts.length - 1] ?? ''
  const result: number[] = []
  for (const part of last.includes('.') ? parts.slice(0, -1) : parts) {
    if (!/^[\da-f]{1,4}$/i.test(part)) return undefined
    result.push(Number.parseInt(part, 16))
  }
  if (!last.includes('.')) return result
  const ipv4 = ipv4Bytes(last)
  if (!ipv4) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = ipv4
  result.push(a * 256 + b, c * 256 + d)
  return result
}
