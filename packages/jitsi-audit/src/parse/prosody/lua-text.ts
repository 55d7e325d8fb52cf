// Decodes Lua's string literals (Lua 5.3 reference manual, 3.1); luaparse leaves that to its user when text is Unicode.

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u{7}',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '\n': '\n',
}
/** One escape sequence: decimal, hexadecimal, code point, skipped white space, or any single character. */
const ESCAPE = /\\(?:(\d{1,3})|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}|(z)\s*|([\s\S]))/g

/** The text that a literal as written in the source stands for. */
export function decodeLuaText(raw: string): string {
  if (raw.startsWith('[')) {
    const open = raw.indexOf('[', 1) + 1
    const inside = raw.slice(open, raw.length - open)
    return inside.startsWith('\n') ? inside.slice(1) : inside
  }
  const inside = raw.slice(1, -1)
  if (!inside.includes('\\')) return inside
  return inside.replace(ESCAPE, (_all, decimal, hexadecimal, point, skip, single) => {
    if (typeof decimal === 'string') return String.fromCharCode(Number(decimal))
    if (typeof hexadecimal === 'string') return String.fromCharCode(Number.parseInt(hexadecimal, 16))
    if (typeof point === 'string') return codePoint(Number.parseInt(point, 16))
    if (typeof skip === 'string') return ''
    return SIMPLE[String(single)] ?? String(single)
  })
}

function codePoint(value: number): string {
  return value > 0x10_ff_ff ? '' : String.fromCodePoint(value)
}
