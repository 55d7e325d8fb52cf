// Keeps the few choices a person makes for this browser; a browser that refuses storage simply forgets them.

/** Everything the client may store; all of it by an act of the person. */
export type StoredKey = 'runde.lang' | 'runde.scheme' | 'runde.name' | 'runde.keys'

/** Stored value, or null when there is none or storage is blocked. */
export function recall(key: StoredKey): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Stores a value, or removes it with null. Never throws. */
export function remember(key: StoredKey, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
