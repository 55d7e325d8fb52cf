// The page as rendered: sideways scrolling (WCAG 1.4.10), controls that something else lies on, and what is announced.
import type { BrowserPage } from './browser-page.ts'

/** Elements that make the page wider than the viewport, as short descriptions; empty when nothing scrolls sideways. */
export async function sidewaysScroll(page: BrowserPage): Promise<string[]> {
  return await page.evaluate(findWideElements)
}

/** Interactive elements inside `selector` whose middle is covered by something else or lies outside the viewport. */
export async function coveredControls(page: BrowserPage, selector: string): Promise<string[]> {
  return await page.evaluate(findCovered, selector)
}

/** What the page says in its alert regions, joined; empty while it says nothing. */
export async function alertText(page: BrowserPage): Promise<string> {
  return await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="alert"]')]
      .map(({ innerText }) => innerText.trim())
      .join(' '),
  )
}

/** Everything in the document as markup, hidden parts and values of attributes included. */
export async function markupOf(page: BrowserPage): Promise<string> {
  return await page.evaluate(() => document.documentElement.outerHTML)
}

/** Opens every part of the page that can be unfolded. */
export async function unfoldAll(page: BrowserPage): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true
    return null
  })
}

function findWideElements(): string[] {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const wide = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5,
  )
  const described = wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))
  return [`${root.scrollWidth} px in ${root.clientWidth} px`, ...described]
}

function findCovered(selector: string): string[] {
  const controls = document.querySelectorAll<HTMLElement>(`${selector} :is(button, a[href], input, select)`)
  const problems: string[] = []
  for (const control of controls) {
    if (!control.checkVisibility({ checkVisibilityCSS: true })) continue
    const box = control.getBoundingClientRect()
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    const name = control.dataset['testid'] ?? control.outerHTML.slice(0, 120)
    if (top === null) problems.push(`${name} lies outside the viewport`)
    else if (!control.contains(top) && !top.contains(control))
      problems.push(`${name} is covered by ${top.outerHTML.slice(0, 120)}`)
  }
  return problems
}
