// Functions that run inside the page and find elements by test id the way a person would: visible, enabled, uncovered.
// Each is sent as its source text, so each stands alone.

/** Where to click, or why that is impossible. */
export type Reach = { kind: 'at'; x: number; y: number } | { kind: 'blocked'; why: string }

/** Number of elements with the test id that take up space and are not hidden. */
export function countVisible(testId: string): number {
  return [...document.querySelectorAll(`[data-testid="${testId}"]`)].filter((element) =>
    element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }),
  ).length
}

/** Text or field value of the first visible element. */
export function readText(testId: string): string | undefined {
  const element = [...document.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)].find((candidate) =>
    candidate.checkVisibility({ checkVisibilityCSS: true }),
  )
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value
  return element?.innerText
}

/** Values of an attribute of all visible elements with the test id; parameters: test id, attribute. */
export function readStates([testId, attribute]: readonly [string, string]): string[] {
  return [...document.querySelectorAll(`[data-testid="${testId}"]`)]
    .filter((element) => element.checkVisibility({ checkVisibilityCSS: true }))
    .map((element) => element.getAttribute(attribute) ?? '')
}

/** Brings the first visible element into view and finds a point where a click lands on it. */
export function reachTestId(testId: string): Reach {
  const element = [...document.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)].find((candidate) =>
    candidate.checkVisibility({ checkVisibilityCSS: true }),
  )
  if (element === undefined) return { kind: 'blocked', why: 'not visible' }
  if (element.matches(':disabled, [aria-disabled="true"]')) return { kind: 'blocked', why: 'disabled' }
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  const box = element.getBoundingClientRect()
  const x = Math.round(box.left + box.width / 2)
  const y = Math.round(box.top + box.height / 2)
  const top = document.elementFromPoint(x, y)
  if (top === null) return { kind: 'blocked', why: 'outside the viewport' }
  const label = element.closest('label')
  if (element.contains(top) || top.contains(element) || label?.contains(top) === true)
    return { kind: 'at', x, y }
  return { kind: 'blocked', why: `covered by ${top.outerHTML.slice(0, 120)}` }
}

/** Puts the focus into the field and selects what is there. */
export function focusField(testId: string): null {
  const field = document.querySelector(`[data-testid="${testId}"]`)
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement))
    throw new Error(`${testId} is not a text field`)
  field.focus()
  field.select()
  return null
}
