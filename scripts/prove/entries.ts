// What is kept in a browser after a visit, against the declared list: whatever is found and not declared is a fault.
import { type BrowserPage, type StoredEntry, storedEntries } from '@runde/testkit/browser'
import { browserEntries } from '@runde/server/proving'

/** Entries of these pages' browsers that the list does not hold, such as `localStorage lk-x`. */
export async function undeclaredEntries(
  pages: readonly BrowserPage[],
  https: boolean,
): Promise<readonly string[]> {
  return undeclared((await Promise.all(pages.map(storedEntries))).flat(), https)
}

/** The same from what was found. */
export function undeclared(found: readonly StoredEntry[], https: boolean): readonly string[] {
  const declared = new Set(browserEntries(https).map(({ where, key }) => `${where} ${key}`))
  const named = found.map(({ where, key }) => `${where} ${key}`)
  return [...new Set(named)].filter((name) => !declared.has(name))
}
