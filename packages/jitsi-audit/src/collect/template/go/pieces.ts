// Cuts a Go template into text and actions, with white space control applied; comments are dropped.

export interface Piece {
  readonly kind: 'text' | 'action'
  readonly body: string
  /** Offset of `body` in the template. */
  readonly start: number
}

/** All pieces in order. An opening brace pair without its end is text. */
export function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trimStart = false
  for (;;) {
    const open = template.indexOf('{{', at)
    const end = open === -1 ? -1 : endOf(template, open + 2)
    const stop = end === -1 ? template.length : open
    const trimEnd = end !== -1 && template[open + 2] === '-' && /\s/.test(template[open + 3] ?? '')
    let start = at
    if (trimStart) while (start < stop && /\s/.test(template[start] ?? '')) start += 1
    const raw = template.slice(start, stop)
    const body = trimEnd ? raw.trimEnd() : raw
    if (body !== '') pieces.push({ kind: 'text', body, start })
    if (end === -1) return pieces
    const from = open + 2 + (trimEnd ? 1 : 0)
    trimStart = template[end - 1] === '-' && /\s/.test(template[end - 2] ?? '')
    const inner = template.slice(from, trimStart ? end - 1 : end)
    if (!/^\s*\/\*/.test(inner)) pieces.push({ kind: 'action', body: inner, start: from })
    at = end + 2
  }
}

/** Offset of `}}`, with quotes respected; -1 when there is none. */
function endOf(template: string, from: number): number {
  if (/^-?\s*\/\*/.test(template.slice(from, from + 40))) {
    const close = template.indexOf('*/', from)
    return close === -1 ? -1 : template.indexOf('}}', close)
  }
  let quote = ''
  for (let at = from; at < template.length; at += 1) {
    const letter = template[at] ?? ''
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at += 1
      else if (letter === quote) quote = ''
      else if (letter === '\n' && quote !== '`') return template.indexOf('}}', from)
    } else if (letter === '"' || letter === '`') quote = letter
    else if (letter === '}' && template[at + 1] === '}') return at
  }
  return template.indexOf('}}', from)
}
