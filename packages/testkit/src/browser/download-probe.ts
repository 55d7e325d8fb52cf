// Catches what a page hands to the browser as a download, so that a test can read it in the page.
import type { BrowserPage } from './browser-page.ts'

/** Keeps the next file that the page hands to the browser, instead of saving it. Call before the press that downloads. */
export async function catchDownload(page: BrowserPage): Promise<void> {
  await page.evaluate(() => {
    const kept: { blob?: Blob; name?: string } = {}
    Object.assign(globalThis, { caughtDownload: kept })
    const make = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (blob: Blob) => {
      kept.blob = blob
      return make(blob)
    }
    HTMLAnchorElement.prototype.click = function click() {
      kept.name = this.download
    }
    return null
  })
}
