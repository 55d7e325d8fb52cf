// Turns injected random bytes into letters, every letter equally likely.

/** A source of random bytes; the edge passes the operating system's, tests a seeded one. */
export type RandomBytes = (count: number) => Uint8Array

/**
 * Draws `count` letters of `alphabet` (2 to 256 letters), each with the same probability: bytes beyond the largest
 * multiple of the alphabet's length are thrown away, because taking them modulo would prefer the first letters.
 */
export function randomLetters(random: RandomBytes, alphabet: string, count: number): string {
  const usable = 256 - (256 % alphabet.length)
  let letters = ''
  while (letters.length < count) {
    for (const byte of random(count - letters.length)) {
      if (byte < usable) letters += alphabet.charAt(byte % alphabet.length)
    }
  }
  return letters
}
