// Decides when two names of accounts are the same: whoever signs in with a password types the name.

/** Compatibility forms, capitals and repeated blanks make no difference (Unicode NFKC, UAX 15). */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')
}
