// How a rendered template carries what it cannot know through parsers that only see text.

/** One private-use letter stands for a value that no default gives; nothing else in a configuration uses it. */
export const PLACEHOLDER = '\uE000'

/** What people and rules see instead, wherever a place can only hold text. */
export const PLACEHOLDER_TEXT = '{{?}}'

/** True for a text with a part that only the operator knows. */
export function hasPlaceholder(text: string): boolean {
  return text.includes(PLACEHOLDER)
}

/** The known parts of a text around its placeholders, `undefined` where one stood. */
export function placeholderParts(text: string): readonly (string | undefined)[] {
  const parts: (string | undefined)[] = []
  for (const [index, part] of text.split(PLACEHOLDER).entries()) {
    if (index > 0) parts.push(undefined)
    if (part !== '') parts.push(part)
  }
  return parts
}
