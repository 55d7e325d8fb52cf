// Where the keyboard is, and what a screen reader would say there beyond the name.
import type { BrowserPage } from './browser-page.ts'

/** Whether the element with the focus matches a CSS selector. */
export async function focusIsOn(page: BrowserPage, selector: string): Promise<boolean> {
  return await page.evaluate((wanted: string) => document.activeElement?.matches(wanted) === true, selector)
}

/** Text of the elements that describe the one with the focus (`aria-describedby`). */
export async function focusDescription(page: BrowserPage): Promise<string> {
  return await page.evaluate(() => {
    const ids = document.activeElement?.getAttribute('aria-describedby')?.split(' ') ?? []
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
  })
}

/** Number of elements that match a CSS selector, seen or not. */
export async function countMatches(page: BrowserPage, selector: string): Promise<number> {
  return await page.evaluate((wanted: string) => document.querySelectorAll(wanted).length, selector)
}
