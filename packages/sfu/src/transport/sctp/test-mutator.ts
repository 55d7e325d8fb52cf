// Makes hostile SCTP packets by seed, sealed with a good checksum so that they get past it (tests only).
import { ChunkType, encodeChunk, encodeDataHeader, encodeForwardTsn, encodeSack } from './chunks.ts'
import { packetChecksum } from './crc32c.ts'
import { encodeDcepOpen } from './dcep.ts'
import { concatBytes, encodeParameter, ErrorCause } from './parameters.ts'
import { packetOf, seededNumbers } from './test-link.ts'

/** Values that tend to break comparisons and lengths. */
const EDGES: readonly number[] = [0, 1, 2, 3, 4, 5, 12, 16, 20, 0x7f, 0x80, 0xc0, 0x82, 0xfe, 0xff]

/** Chunks that matter in one state only and are too rarely met by chance. */
const LONERS: readonly Uint8Array[] = [
  encodeChunk(ChunkType.cookieAck, 0, new Uint8Array(0)),
  encodeChunk(ChunkType.shutdownComplete, 0, new Uint8Array(0)),
  encodeChunk(ChunkType.error, 0, encodeParameter(ErrorCause.staleCookie, new Uint8Array(4))),
]

/** Where the sequence numbers of the attacked association stand, wire values. */
export interface Sequence {
  /** Next TSN of the stranger, as the association expects it. */
  readonly peerTsn: number
  /** Last TSN the association sent. */
  readonly ownTsn: number
  /** First numbers of reset requests (RFC 6525, 4.1): the initial TSNs. */
  readonly peerReset: number
  readonly ownReset: number
}

/** Makes hostile packets: captured ones changed, and chunks of its own that nearly fit the state. */
export class Mutator {
  readonly #next: () => number
  readonly #corpus: readonly Uint8Array[]

  readonly #sequence: Sequence
  #peerTsn: number
  #resets = 0

  constructor(seed: number, corpus: readonly Uint8Array[], sequence: Sequence) {
    this.#next = seededNumbers(seed)
    this.#corpus = corpus
    this.#sequence = sequence
    this.#peerTsn = sequence.peerTsn
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit)
  }

  /** A hostile packet under one of the tags the association listens to. */
  packet(tags: readonly number[]): Uint8Array {
    const kind = this.below(10)
    const bytes = kind < 4 ? this.#mutated() : kind < 5 ? this.#invented() : this.#crafted()
    if (bytes.length < 12) return bytes
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (this.below(20) > 0) {
      view.setUint16(0, 5000)
      view.setUint16(2, 5000)
    }
    view.setUint32(4, tags[this.below(tags.length)] ?? 0)
    if (this.below(50) > 0) view.setUint32(8, packetChecksum(bytes), true)
    return bytes
  }

  #pick(): Uint8Array {
    return this.#corpus[this.below(this.#corpus.length)] ?? new Uint8Array(16)
  }

  #mutated(): Uint8Array {
    let bytes: Uint8Array = this.#pick().slice()
    for (let round = this.below(6); round >= 0; round--) {
      const at = 12 + this.below(Math.max(1, Math.min(bytes.length, 60) - 12))
      switch (this.below(6)) {
        case 0:
          bytes[at] = this.below(256)
          break
        case 1:
          bytes[at] = EDGES[this.below(EDGES.length)] ?? 0
          break
        case 2:
          bytes.copyWithin(at, 12 + this.below(bytes.length))
          break
        case 3:
          bytes = bytes.slice(0, Math.max(12, at & ~3))
          break
        case 4:
          bytes = joinPackets(bytes, this.#pick())
          break
        case 5:
          bytes = joinPackets(bytes.subarray(0, 12 + ((at - 12) & ~3)), bytes)
          break
      }
    }
    return bytes.length > 4096 ? bytes.slice(0, 4096) : bytes
  }

  /** Chunks whose sequence numbers are right or nearly so, and whose content is not. */
  #crafted(): Uint8Array {
    const chunks = Array.from({ length: 1 + this.below(5) }, () => {
      switch (this.below(8)) {
        case 0:
          return this.#sack()
        case 1:
          return encodeForwardTsn({
            cumulativeTsn: (this.#peerTsn + this.below(6) - 2) >>> 0,
            streams: Array.from({ length: this.below(4) }, () => ({
              streamId: this.below(4),
              ssn: this.below(6),
            })),
          })
        case 2:
          return this.#reconfig()
        default:
          return this.#data()
      }
    })
    return packetOf(0, chunks)
  }

  #data(): Uint8Array {
    const isDcep = this.below(8) === 0
    const label = 'x'.repeat(this.below(300))
    const limits = { maxRetransmits: undefined, maxLifetimeMs: this.below(9) }
    const open = encodeDcepOpen({ label, protocol: '', ordered: this.below(2) === 0, ...limits })
    const data = isDcep ? open : new Uint8Array(1 + this.below(this.below(6) === 0 ? 700 : 30))
    const near = this.below(3)
    const tsn = (near > 0 ? this.#peerTsn++ : this.#peerTsn + this.below(20) - 6) >>> 0
    const header = encodeDataHeader({
      tsn,
      streamId: this.below(10) === 0 ? this.below(1100) : this.below(4),
      ssn: this.below(4),
      ppid: isDcep ? 50 : 50 + this.below(9),
      unordered: this.below(3) === 0,
      begin: this.below(3) > 0,
      end: this.below(3) > 0,
      immediate: this.below(4) === 0,
      data,
    })
    return concatBytes([header, data])
  }

  #sack(): Uint8Array {
    const start = 1 + this.below(6)
    return encodeSack({
      cumulativeTsn: (this.#sequence.ownTsn - this.below(12)) >>> 0,
      window: EDGES[this.below(EDGES.length)] ?? 0,
      gaps: this.below(2) === 0 ? [] : [{ start, end: start + this.below(6) }],
      duplicates: [],
    })
  }

  #reconfig(): Uint8Array {
    const isResponse = this.below(3) === 0
    const value = new Uint8Array(isResponse ? 8 : 12 + 2 * this.below(4))
    const view = new DataView(value.buffer)
    if (isResponse) {
      view.setUint32(0, this.#sequence.ownReset + this.below(2))
      view.setUint32(4, this.below(8))
    } else {
      view.setUint32(
        0,
        this.#sequence.peerReset + this.#resets + (this.below(4) === 0 ? this.below(3) - 1 : 0),
      )
      view.setUint32(8, this.#peerTsn + this.below(8) - 6)
      for (let at = 12; at < value.length; at += 2) view.setUint16(at, this.below(4))
      this.#resets++
    }
    return encodeChunk(
      ChunkType.reconfig,
      0,
      encodeParameter(isResponse ? 16 : 13 + this.below(6) * this.below(2), value),
    )
  }

  /** Well-formed chunks of any type around noise, many of them small. */
  #invented(): Uint8Array {
    if (this.below(3) === 0) return packetOf(0, [LONERS[this.below(LONERS.length)] ?? new Uint8Array(4)])
    // Nothing that ends the association at once: the mutated packets do that often enough.
    const types = [0, 1, 3, 4, 5, 9, 10, 11, 64, 65, 0x82, 0xbf, 0xc0, 0xff]
    const chunks = Array.from({ length: 1 + this.below(40) }, () => {
      const length = this.below(4) === 0 ? this.below(60) : 4 * this.below(6)
      const value = Uint8Array.from({ length }, () =>
        this.below(2) ? (EDGES[this.below(EDGES.length)] ?? 0) : this.below(256),
      )
      return encodeChunk(types[this.below(types.length)] ?? 0, this.below(16), value)
    })
    return packetOf(0, chunks)
  }
}

/** The chunks of both packets behind the header of the first. */
function joinPackets(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + Math.max(0, second.length - 12))
  joined.set(first)
  joined.set(second.subarray(12), first.length)
  return joined
}
