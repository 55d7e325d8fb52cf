// Finds a link to an imprint or a privacy notice in a page, in one pass over its words.

const WORDS = /impressum|imprint|datenschutz|privacy|legal-?notice|rechtliches/gi

/** Words looked at in one page; a page with more of them without a link has none. */
const WORDS_MAX = 1_000

/** How far back the tag may begin that a word belongs to, in UTF-16 units. */
const BACK_MAX = 500

/** Whether a link's address or text names an imprint or a privacy notice. Comments do not count. */
export function hasLegalLink(html: string): boolean {
  let looked = 0
  for (const { index } of html.matchAll(WORDS)) {
    looked += 1
    if (looked > WORDS_MAX) return false
    const before = html.slice(Math.max(0, index - BACK_MAX), index)
    if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) continue
    const tag = before.slice(before.lastIndexOf('<'))
    const closed = tag.indexOf('>')
    const isLink = /^<a\s/i.test(tag)
    if (isLink && (closed >= 0 || /\bhref\s?=\s?["']?[^"']*$/i.test(tag))) return true
  }
  return false
}
