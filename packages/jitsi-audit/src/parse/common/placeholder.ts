// Finds what a template left open in a text, so that a value with a gap is unknown instead of wrong.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'
import type { TextNode, UnknownNode } from '../../core/value.ts'

/** Stands for one character of a masked template expression; a rendered template has one of it for a whole value. */
export const MASK: string = PLACEHOLDER

/** `{{ ... }}` masked, `__NAME__` and `___NAME___` (packages and YunoHost), `<% ... %>` (ERB). */
const GAP = /\u{E000}+|__+[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__+|<%[^%]*%>/gu

/** The same and `${NAME}` (envsubst), for formats in which a dollar means nothing. */
const GAP_OR_VARIABLE = new RegExp(`${GAP.source}|\\$\\{[^{}]*\\}`, 'gu')

/** Everything inside braces that steers the template instead of printing a value. */
export const CONTROL: RegExp =
  /^[-~+]?\s*(?:(?:if|else|end|range|with)\b|(?:define|block|template)\s+"|\$\w+\s*:?=|\/\*|#)/

/** Words that open and close a conditional or repeated part. */
export const OPENS: RegExp = /^[-~+]?\s*(?:if|range|with|for)\b/
export const CLOSES: RegExp = /^[-~+]?\s*(?:end|endif|endfor)\b/

export interface Masked {
  /** As long as the original, so that positions hold: values became MASK, control tags became spaces. */
  readonly text: string
  /** Parts `[start, end)` whose presence depends on a condition that nobody evaluated; outermost ones, in order. */
  readonly conditional: readonly (readonly [number, number])[]
  /** True when there was anything to mask. */
  readonly found: boolean
}

/** Longest `{% ... %}` over several lines. */
const TAG_MAX_LENGTH = 20_000

/** Masks `{{ ... }}` on one line, and `{% ... %}` and `{# ... #}` also over several. */
export function maskTemplates(text: string): Masked {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('{#'))
    return { text, conditional: [], found: false }
  const regions = new Regions()
  let out = ''
  let from = 0
  for (const tag of tagsOf(text)) {
    out += text.slice(from, tag.start)
    const control = tag.mark !== '{' || CONTROL.test(tag.inside)
    if (control) regions.see(tag)
    out += (control ? ' ' : MASK).repeat(tag.end - tag.start)
    from = tag.end
  }
  return { text: out + text.slice(from), conditional: regions.finish(text.length), found: from > 0 }
}

export interface Tag {
  readonly start: number
  readonly end: number
  /** The character after the first brace: `{`, `%` or `#`. */
  readonly mark: '{' | '%' | '#'
  readonly inside: string
}

/** The template tags of a text in order; each closing mark is looked for once, so the time is linear. */
export function* tagsOf(text: string): Generator<Tag, void, undefined> {
  const closings = { '{': -2, '%': -2, '#': -2 }
  let lineEnd = -1
  for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at)) {
    const mark = text[at + 1]
    if (mark !== '{' && mark !== '%' && mark !== '#') {
      at += 1
      continue
    }
    if (lineEnd < at) {
      lineEnd = text.indexOf('\n', at)
      if (lineEnd === -1) lineEnd = text.length
    }
    const close = mark === '{' ? '}}' : `${mark}}`
    if (closings[mark] !== -1 && closings[mark] < at + 2) closings[mark] = text.indexOf(close, at + 2)
    const end = closings[mark]
    // `{{` also opens a table within a table, so its end has to be near; the other two mean nothing else anywhere.
    if (end === -1 || (end > lineEnd && (mark === '{' || end - at > TAG_MAX_LENGTH))) {
      at += 1
      continue
    }
    yield { start: at, end: end + 2, mark, inside: text.slice(at + 2, end) }
    at = end + 2
  }
}

/** Collects the outermost conditional parts while tags are seen in order. */
export class Regions {
  readonly #done: (readonly [number, number])[] = []
  #depth = 0
  #start = 0

  see(tag: Tag): void {
    if (tag.mark === '#') return
    if (OPENS.test(tag.inside)) {
      if (this.#depth === 0) this.#start = tag.start
      this.#depth += 1
    } else if (CLOSES.test(tag.inside) && this.#depth > 0) {
      this.#depth -= 1
      if (this.#depth === 0) this.#done.push([this.#start, tag.end])
    }
  }

  finish(length: number): readonly (readonly [number, number])[] {
    if (this.#depth > 0) this.#done.push([this.#start, length])
    return this.#done
  }
}

/** True when the offset lies in one of the ordered parts. */
export function isInside(parts: readonly (readonly [number, number])[], offset: number): boolean {
  let low = 0
  let high = parts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const part = parts[middle]
    if (part === undefined) return false
    if (offset < part[0]) high = middle - 1
    else if (offset >= part[1]) low = middle + 1
    else return true
  }
  return false
}

/** The text as a value; unknown, with its known parts, where a template left a gap. */
export function textNode(value: string, origin: Origin): TextNode | UnknownNode {
  return withGaps(value, origin, GAP)
}

/** As textNode, for formats that have no `${NAME}` of their own. */
export function textNodeOfTemplate(value: string, origin: Origin): TextNode | UnknownNode {
  return withGaps(value, origin, GAP_OR_VARIABLE)
}

function withGaps(value: string, origin: Origin, gap: RegExp): TextNode | UnknownNode {
  if (value.search(gap) === -1) return { kind: 'text', value, origin }
  const parts: (string | undefined)[] = []
  for (const [index, known] of value.split(gap).entries()) {
    if (index > 0) parts.push(undefined)
    if (known !== '') parts.push(known)
  }
  return { kind: 'unknown', reason: 'placeholder', origin, parts }
}
