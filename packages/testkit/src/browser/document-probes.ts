// Looks whether a page is built like a document: for reading aloud, for moving by headings, and for paper.
import type { BrowserPage } from './browser-page.ts'

/** Faults of the structure that axe does not look for, or only as advice; an empty list means none was found. */
export async function structureFaults(page: BrowserPage): Promise<string[]> {
  return [
    ...(await page.evaluate(headingFaults)),
    ...(await page.evaluate(anchorFaults)),
    ...(await page.evaluate(tableFaults)),
    ...(await page.evaluate(contentFaults)),
  ]
}

/** The language the page says it is in. */
export async function pageLanguage(page: BrowserPage): Promise<string> {
  return await page.evaluate(() => document.documentElement.lang)
}

/** The text of all elements a selector finds. */
export async function textsOf(page: BrowserPage, selector: string): Promise<string[]> {
  return await page.evaluate(
    (wanted) => [...document.querySelectorAll(wanted)].map((element) => element.textContent),
    selector,
  )
}

/** The style rules that hold on paper only, as text. */
export async function printRules(page: BrowserPage): Promise<string> {
  return await page.evaluate(() =>
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText === 'print')
      .map(({ cssText }) => cssText)
      .join('\n'),
  )
}

function headingFaults(): string[] {
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(({ tagName }) =>
    Number(tagName.slice(1)),
  )
  const skipping = levels.flatMap((level, index) =>
    level > (levels[index - 1] ?? 0) + 1 ? [`heading ${index + 1} skips to h${level}`] : [],
  )
  return levels.filter((level) => level === 1).length === 1 ? skipping : ['not exactly one h1', ...skipping]
}

function anchorFaults(): string[] {
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`)
  const targets = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')
  const astray = targets.filter((target) => !target.startsWith('#') || !ids.includes(target.slice(1)))
  return [...twice, ...astray.map((target) => `leads nowhere: ${target}`)]
}

function tableFaults(): string[] {
  return [...document.querySelectorAll('table')].flatMap((table) => {
    const widths = new Set([...table.querySelectorAll('tr')].map((row) => row.children.length))
    return [
      ...((table.querySelector('caption')?.textContent ?? '').trim() === '' ? ['table without caption'] : []),
      ...(widths.size === 1 ? [] : [`table ${table.id} with uneven rows`]),
      ...(table.querySelector('th:not([scope])') === null
        ? []
        : [`table ${table.id} with heads without scope`]),
    ]
  })
}

function contentFaults(): string[] {
  const unnamed = [...document.querySelectorAll('section')].filter(
    (section) => document.getElementById(section.getAttribute('aria-labelledby') ?? '') === null,
  )
  const empty = [...document.querySelectorAll('h1,h2,h3,h4,p,li,dd,dt,td,th')].filter(
    ({ textContent }) => textContent.trim() === '',
  )
  return [
    ...unnamed.map(({ id }) => `section without heading ${id}`),
    ...empty.map(({ tagName, id }) => `empty ${tagName} ${id}`),
    ...(document.querySelectorAll('main').length === 1 ? [] : ['not exactly one main']),
    ...(document.querySelector('script,img,iframe,link') === null ? [] : ['loads something']),
    ...(document.title.trim() === '' ? ['no title'] : []),
  ]
}
