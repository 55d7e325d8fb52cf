// Decides whether a text people typed may be shown to others as a name or a title.
import { COMMENT_MAX_LENGTH, NAME_MAX_LENGTH, TITLE_MAX_LENGTH, type ErrorCode } from '@runde/contract'

/** An accepted text in the form it is kept in, or why it was refused. */
export type TextDecision = { ok: true; text: string } | { ok: false; code: ErrorCode }

type Fault = 'missing' | 'too_long' | 'not_allowed'

/**
 * Control characters, line and paragraph separators, lone surrogates, unassigned code points, and the marks that turn
 * the writing direction: they can hide text, break a line or make one name look like another.
 */
const NOT_ALLOWED = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u

/** Characters without a picture of their own (joiners inside a word are fine, a name of nothing else is not). */
const INVISIBLE = /[\p{Cf}\p{Z}\p{Mn}\u115F\u1160\u2800\u3164\uFFA0]/gu

/** A name that others see; `missing` when it is empty after trimming. */
export function decideName(input: string): TextDecision {
  const decided = decideText(input, NAME_MAX_LENGTH)
  return decided.ok ? decided : { ok: false, code: `name_${decided.fault}` }
}

/** A name that may be left out: an empty one is undefined, and the page shows a guest. */
export function decideOptionalName(
  input: string | undefined,
): { ok: true; text: string | undefined } | { ok: false; code: ErrorCode } {
  if (input === undefined) return { ok: true, text: undefined }
  const decided = decideName(input)
  return !decided.ok && decided.code === 'name_missing' ? { ok: true, text: undefined } : decided
}

/** A meeting's title. */
export function decideTitle(input: string): TextDecision {
  const decided = decideText(input, TITLE_MAX_LENGTH)
  return decided.ok ? decided : { ok: false, code: `title_${decided.fault}` }
}

/** A comment on a document: lines may be broken, everything else is as in a title. */
export function decideComment(input: string): TextDecision {
  const refused: TextDecision = { ok: false, code: 'comment_unfit' }
  if (input.length > COMMENT_MAX_LENGTH * 16) return refused
  const text = input.replaceAll('\r\n', '\n').trim().normalize('NFC')
  if (NOT_ALLOWED.test(text.replaceAll('\n', ''))) return refused
  if (text.replaceAll('\n', '').replace(INVISIBLE, '') === '') return refused
  return Array.from(text).length > COMMENT_MAX_LENGTH ? refused : { ok: true, text }
}

function decideText(
  input: string,
  maxLength: number,
): { ok: true; text: string } | { ok: false; fault: Fault } {
  // A code point is at most two code units and composes from few others; far longer input is not worth normalising.
  if (input.length > maxLength * 16) return { ok: false, fault: 'too_long' }
  const text = input.trim().normalize('NFC')
  if (NOT_ALLOWED.test(text)) return { ok: false, fault: 'not_allowed' }
  if (text.replace(INVISIBLE, '') === '') return { ok: false, fault: 'missing' }
  // Unicode code points, so that letters outside the first plane count once.
  if (Array.from(text).length > maxLength) return { ok: false, fault: 'too_long' }
  return { ok: true, text }
}
