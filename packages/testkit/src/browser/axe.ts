// Accessibility rules of WCAG 2.2 A and AA that a machine can decide, run by axe-core inside the page.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserPage } from './browser-page.ts'

/** One broken rule with the places that break it. */
export interface AccessibilityViolation {
  rule: string
  help: string
  places: string[]
}

/** The conformance levels EN 301 549 and BITV ask for, and the two of WCAG 2.2 on top. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let source: string | undefined

/** All violations on the page as it is now; an empty list means none was found, not that there is none. */
export async function findViolations(page: BrowserPage): Promise<AccessibilityViolation[]> {
  source ??= readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  await page.runScript(source)
  return await page.evaluate(runAxe, TAGS)
}

declare const axe: {
  run(
    context: Document,
    options: { runOnly: { type: 'tag'; values: readonly string[] }; resultTypes: ['violations'] },
  ): Promise<{
    violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
  }>
}

async function runAxe(tags: readonly string[]): Promise<AccessibilityViolation[]> {
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
  })
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    places: nodes.map(({ html, failureSummary = '' }) => `${html.slice(0, 160)} ${failureSummary}`),
  }))
}
