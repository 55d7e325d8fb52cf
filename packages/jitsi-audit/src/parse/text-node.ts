// Turns a text of a configuration into a value; one with a gap that a template left is unknown, not wrong.
import { hasPlaceholder, placeholderParts } from '../core/placeholder.ts'
import type { Origin } from '../core/source.ts'
import type { TextNode, UnknownNode } from '../core/value.ts'

/** The text as a value, or what is known of it around its placeholders. */
export function textNode(value: string, origin: Origin): TextNode | UnknownNode {
  return hasPlaceholder(value)
    ? { kind: 'unknown', reason: 'placeholder', origin, parts: placeholderParts(value) }
    : { kind: 'text', value, origin }
}
