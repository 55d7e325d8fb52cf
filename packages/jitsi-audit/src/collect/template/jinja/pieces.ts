// Cuts a Jinja template into text, expressions, statements and comments, with white space control applied.

export interface Piece {
  readonly kind: 'text' | 'output' | 'statement'
  /** Text as it stands, or what is between the braces. */
  readonly body: string
  /** Offset of `body` in the template. */
  readonly start: number
}

const OPEN = /\{[{%#]/g

/**
 * All pieces in order. An opening brace without its end is text. With `trimBlocks` the line break after a statement
 * goes with it: Ansible sets that, Salt does not.
 */
export function piecesOf(template: string, trimBlocks: boolean): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trimNext: 'none' | 'all' | 'newline' = 'none'
  const text = (from: number, to: number, trimEnd: boolean): void => {
    let start = from
    if (trimNext === 'all') while (start < to && /\s/.test(template[start] ?? '')) start += 1
    else if (trimNext === 'newline')
      start += /^\r?\n/.exec(template.slice(from, Math.min(from + 2, to)))?.[0].length ?? 0
    const body = template.slice(start, to)
    const kept = trimEnd ? body.trimEnd() : body
    if (kept !== '') pieces.push({ kind: 'text', body: kept, start })
  }
  for (;;) {
    OPEN.lastIndex = at
    const open = OPEN.exec(template)
    const kind = open?.[0][1]
    const end = open === null ? -1 : endOf(template, open.index + 2, kind ?? '')
    if (open === null || end === -1) {
      text(at, template.length, false)
      return pieces
    }
    const control = template[open.index + 2]
    text(at, open.index, control === '-')
    const from = open.index + 2 + (control === '-' || control === '+' ? 1 : 0)
    const dash = template[end - 1] === '-' && end - 1 >= from
    const to = dash || (template[end - 1] === '+' && end - 1 >= from) ? end - 1 : end
    trimNext = dash ? 'all' : kind === '{' || !trimBlocks ? 'none' : 'newline'
    at = end + 2
    if (kind === '{') pieces.push({ kind: 'output', body: template.slice(from, to), start: from })
    if (kind === '%') {
      const body = template.slice(from, to)
      pieces.push({ kind: 'statement', body, start: from })
      if (/^\s*(?:raw|verbatim)\b/.test(body)) at = raw(template, at, pieces)
    }
  }
}

/** Offset of the closing brace pair, quotes respected; -1 when there is none. */
function endOf(template: string, from: number, kind: string): number {
  const close = kind === '{' ? '}}' : kind === '%' ? '%}' : '#}'
  if (kind === '#') return template.indexOf(close, from)
  let quote = ''
  for (let at = from; at < template.length; at += 1) {
    const letter = template[at] ?? ''
    if (quote !== '') {
      if (letter === '\\') at += 1
      else if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (template.startsWith(close, at)) return closesDict(template, at, from, close)
  }
  // An odd quote in a comment-like expression: take the plain end instead of swallowing the file.
  return template.indexOf(close, from)
}

/** `{{ {'a': 1}}}` ends one brace later than the first `}}`. */
function closesDict(template: string, at: number, from: number, close: string): number {
  if (close !== '}}' || template[at + 2] !== '}') return at
  const body = template.slice(from, at)
  return body.split('{').length > body.split('}').length ? at + 1 : at
}

function raw(template: string, at: number, pieces: Piece[]): number {
  const end = /\{%-?\s*end(?:raw|verbatim)\s*-?%\}/g
  end.lastIndex = at
  const found = end.exec(template)
  const to = found?.index ?? template.length
  pieces.pop()
  if (to > at) pieces.push({ kind: 'text', body: template.slice(at, to), start: at })
  return found === null ? template.length : to + found[0].length
}
