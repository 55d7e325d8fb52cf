// Reads the numbers of snapshots and comments out of an address.

/** A number as SQLite hands them out; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}
