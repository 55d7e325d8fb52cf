// Damages packets in the ways that break parsers: flipped and extreme bytes, cuts, insertions, doubled parts.

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff]

/** A damaged copy; one to four damages. */
export function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  let bytes: Uint8Array = seed.slice()
  const below = (limit: number): number => Math.floor(random() * limit)
  for (let count = 1 + below(4); count > 0; count--) {
    const at = below(bytes.length)
    const choice = random()
    if (choice < 0.45) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    else if (choice < 0.7) bytes[at] = EXTREMES[below(EXTREMES.length)] ?? 0
    else if (choice < 0.8) bytes = bytes.slice(0, at)
    else if (choice < 0.9) {
      const inserted = Uint8Array.from({ length: 1 + below(8) }, () => below(256))
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at)])
    } else bytes = Uint8Array.from([...bytes, ...bytes.subarray(at, at + 64)])
  }
  return bytes
}
