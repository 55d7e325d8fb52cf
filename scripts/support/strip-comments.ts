// Blanks out comments, and on demand the contents of strings, in TypeScript, so that checks see only what runs. Positions stay.

/** Characters after which a slash begins a regular expression and not a division. */
const BEFORE_REGULAR_EXPRESSION = new Set('(,=:[!&|?{};+-*%<>~^\n')
const WORD_BEFORE_REGULAR_EXPRESSION = /\b(return|typeof|case|in|of|do|else|void|await|yield)$/

/**
 * The text with comments replaced by spaces; line breaks stay.
 * @param strings also blank what is between quotes (template literals included, with their expressions)
 */
export function stripComments(text: string, { strings = false }: { strings?: boolean } = {}): string {
  let result = ''
  let index = 0
  while (index < text.length) {
    const end = tokenEnd(text, index, result)
    const token = text.slice(index, end.at)
    result += end.kind === 'code' ? token : keep(token, end.kind, strings)
    index = end.at
  }
  return result
}

type Kind = 'code' | 'comment' | 'string' | 'expression'

function keep(token: string, kind: Kind, strings: boolean): string {
  if (kind === 'comment') return blank(token)
  if (!strings || token.length < 2) return token
  return (token[0] ?? '') + blank(token.slice(1, -1)) + (token.at(-1) ?? '')
}

function blank(token: string): string {
  return token.replace(/[^\n]/g, ' ')
}

function tokenEnd(text: string, index: number, before: string): { at: number; kind: Kind } {
  const character = text[index] ?? ''
  const pair = text.slice(index, index + 2)
  if (pair === '//') return { at: find(text, '\n', index), kind: 'comment' }
  if (pair === '/*') return { at: find(text, '*/', index + 2) + 2, kind: 'comment' }
  if (character === "'" || character === '"' || character === '`')
    return { at: closing(text, index, character), kind: 'string' }
  if (character === '/' && beginsRegularExpression(before))
    return { at: slash(text, index), kind: 'expression' }
  return { at: index + 1, kind: 'code' }
}

function find(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from)
  return index === -1 ? text.length : index
}

function closing(text: string, start: number, quote: string): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === quote) return index + 1
    else if (text[index] === '\n' && quote !== '`') return index
  }
  return text.length
}

function slash(text: string, start: number): number {
  let inClass = false
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index]
    if (character === '\\') index++
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '\n') return start + 1
    else if (character === '/' && !inClass) return index + 1
  }
  return text.length
}

function beginsRegularExpression(before: string): boolean {
  const trimmed = before.trimEnd()
  const last = trimmed.at(-1) ?? '\n'
  return BEFORE_REGULAR_EXPRESSION.has(last) || WORD_BEFORE_REGULAR_EXPRESSION.test(trimmed)
}
