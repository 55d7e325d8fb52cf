// Finds the parts of a text that must not be hyphenated: addresses of people and machines, and hashes.

/** E-mail addresses, web addresses, and 20 or more hexadecimal digits in a row. */
const AS_IS = /[^\s,;:()<>"]+@[^\s,;()<>"]+|https?:\/\/[^\s,;()<>"]+|\b[0-9a-f]{20,}\b/gu

export interface TextPart {
  text: string
  asIs: boolean
}

/** The text in parts, in order; joined they give the text again. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const found of text.matchAll(AS_IS)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), asIs: false })
    parts.push({ text: found[0], asIs: true })
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), asIs: false })
  return parts
}
