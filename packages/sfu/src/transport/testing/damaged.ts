// Damages datagrams for hostile-input tests.
import type { SeededRandom } from '../dtls/test-support/seeded-random.ts'

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff] as const

/** A damaged copy: flipped bits, extreme bytes, a cut, an insertion, or a doubled part, one to three times. */
export function damaged(random: SeededRandom, original: Uint8Array): Uint8Array {
  let bytes = new Uint8Array(original)
  for (let count = 1 + random.below(3); count > 0; count--) {
    const at = random.below(bytes.length)
    const kind = random.below(10)
    if (kind < 5) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    else if (kind < 7) bytes[at] = EXTREMES[random.below(EXTREMES.length)] ?? 0
    else if (kind < 8) bytes = bytes.slice(0, at)
    else if (kind < 9) {
      const inserted = random.bytes(1 + random.below(8))
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at)])
    } else bytes = Uint8Array.from([...bytes, ...bytes.subarray(at, at + 64)])
  }
  return bytes
}
