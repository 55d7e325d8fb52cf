// Reads meeting codes (abc-defg-hij) out of what people type or paste: a code, a code without dashes, or a whole link.
import { isMeetingId, parseMeetingId } from '@runde/contract'
import type { MeetingId } from '@runde/contract'

/** What someone typed into the field of the start page. */
export type CodeInput =
  | { readonly kind: 'code'; readonly id: MeetingId; readonly fragment: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'elsewhere'; readonly host: string }
  | { readonly kind: 'shape' }

function fromLink(url: URL, ownHost: string): CodeInput {
  if (url.host !== ownHost) return { kind: 'elsewhere', host: url.host }
  const id = url.pathname.slice(1).replace(/\/$/, '').toLowerCase()
  return isMeetingId(id) ? { kind: 'code', id, fragment: url.hash } : { kind: 'shape' }
}

function fromCode(text: string): CodeInput {
  // Mail programs turn hyphens into dashes and break lines; the letters are what counts.
  const id = parseMeetingId(text.replaceAll(/[\s\-–‑.]/g, ''))
  return id === undefined ? { kind: 'shape' } : { kind: 'code', id, fragment: '' }
}

/**
 * Understands a code or link.
 * @param typed what was typed or pasted; surrounding spaces, capitals and missing dashes are forgiven
 * @param ownHost host (with port) of this server; links to other hosts are reported, not followed
 */
export function readCode(typed: string, ownHost: string): CodeInput {
  const text = typed.trim()
  if (text === '') return { kind: 'empty' }
  if (!text.includes('/')) return fromCode(text)
  try {
    return fromLink(new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`), ownHost)
  } catch {
    return { kind: 'shape' }
  }
}
