// What a page's browser keeps of its visit, by kind of storage: cookies, storages, databases, caches, service workers.
import type { BrowserPage } from './browser-page.ts'

/** An entry that outlives the page. */
export interface StoredEntry {
  /** `cookie`, `localStorage`, `sessionStorage`, `indexedDB`, `cacheStorage` or `serviceWorker`. */
  readonly where: string
  readonly key: string
}

/** Everything the browser keeps for the origin of the open page, and all cookies of its person. */
export async function storedEntries(page: BrowserPage): Promise<readonly StoredEntry[]> {
  const cookies = (await page.cookieNames()).map((key) => ({ where: 'cookie', key }))
  const stored = Object.entries(await page.evaluate(readStorage))
  return [...cookies, ...stored.flatMap(([where, keys]) => keys.map((key) => ({ where, key })))]
}

/** Sent as source text: stands alone. */
async function readStorage(): Promise<{ [where: string]: string[] }> {
  const databases = await indexedDB.databases()
  const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : []
  return {
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    indexedDB: databases.map(({ name }) => name ?? ''),
    cacheStorage: 'caches' in window ? await caches.keys() : [],
    serviceWorker: workers.map(({ scope }) => scope),
  }
}
