// What people do with approvals, as one step each, through the interface: quicker than the pages where the pages are not the point.
import type { BrowserPage } from '@runde/testkit/browser'

/** Approves every document that nothing blocks, as whoever is signed in. @returns their ids */
export async function approveAll(page: BrowserPage): Promise<string[]> {
  return await page.evaluate(async () => {
    const send = async (path: string, body: object): Promise<number> => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status
    }
    const { approvals } = JSON.parse(await (await fetch('/api/approvals')).text())
    const done: string[] = []
    for (const { document, blockers } of approvals) {
      if (blockers > 0) continue
      const { edition } = JSON.parse(await (await fetch(`/api/approvals/${document}`)).text())
      const status = await send(`/api/approvals/${document}`, {
        language: 'de',
        edition,
        reviewOn: '2030-01-01',
      })
      if (status === 201) done.push(document)
    }
    return done
  })
}

/** A document that nothing blocks. */
export async function unblocked(page: BrowserPage): Promise<string> {
  return await page.evaluate(async () => {
    const { approvals } = JSON.parse(await (await fetch('/api/approvals')).text())
    const free: string[] = []
    for (const { document, blockers } of approvals) if (blockers === 0) free.push(document)
    return free[0] ?? ''
  })
}

/** Writes a comment. */
export async function comment(page: BrowserPage, document: string, text: string): Promise<void> {
  const status = await page.evaluate(
    async ({ path, body }: { path: string; body: string }) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path, { method: 'POST', headers, body })).status
    },
    { path: `/api/approvals/${document}/comments`, body: JSON.stringify({ text }) },
  )
  if (status !== 201) throw new Error(`the comment was answered with ${status}`)
}

/** States one fact. */
export async function state(page: BrowserPage, fact: string, value: string): Promise<void> {
  const status = await page.evaluate(
    async ({ path, body }: { path: string; body: string }) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path, { method: 'PUT', headers, body })).status
    },
    { path: `/api/dossier/facts/${fact}`, body: JSON.stringify({ value }) },
  )
  if (status !== 204) throw new Error(`the fact was answered with ${status}`)
}

/** What a downloaded bundle turned out to be. */
export interface BundleCheck {
  readonly name: string
  readonly files: string[]
  /** Files whose content is not what SHA256SUMS says. */
  readonly wrong: string[]
  readonly approvals: number
}

/** Reads the caught bundle like any ZIP reader and compares every file with the list of hashes in it. */
export async function checkBundle(page: BrowserPage): Promise<BundleCheck> {
  return await page.evaluate(async () => {
    const caught: unknown = Reflect.get(globalThis, 'caughtDownload')
    const isCaught = (value: unknown): value is { blob: Blob; name: string } =>
      typeof value === 'object' && value !== null && 'blob' in value && 'name' in value
    if (!isCaught(caught)) return { name: '', files: [], wrong: ['nothing was downloaded'], approvals: 0 }
    const bytes = new Uint8Array(await caught.blob.arrayBuffer())
    const view = new DataView(bytes.buffer)
    const text = new TextDecoder()
    const contents = new Map<string, Uint8Array<ArrayBuffer>>()
    // End of the central directory: the last 22 bytes, as there is no comment (APPNOTE 4.3.16).
    const end = bytes.length - 22
    let entry = view.getUint32(end + 16, true)
    for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
      const size = view.getUint32(entry + 20, true)
      const length = view.getUint16(entry + 28, true)
      const start = view.getUint32(entry + 42, true) + 30 + length
      contents.set(
        text.decode(bytes.subarray(entry + 46, entry + 46 + length)),
        bytes.slice(start, start + size),
      )
      entry += 46 + length
    }
    const wrong: string[] = []
    const lines = text.decode(contents.get('SHA256SUMS')).trimEnd().split('\n')
    for (const line of lines) {
      const [hash = '', path = ''] = line.split('  ')
      const digest = await crypto.subtle.digest('SHA-256', contents.get(path) ?? new Uint8Array())
      const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      if (hex !== hash) wrong.push(path)
    }
    const { approvals, brokenAt } = JSON.parse(text.decode(contents.get('approvals.json')))
    if (brokenAt !== null) wrong.push('approvals.json')
    if (lines.length !== contents.size - 1) wrong.push('SHA256SUMS')
    return { name: caught.name, files: [...contents.keys()], wrong, approvals: approvals.length }
  })
}
