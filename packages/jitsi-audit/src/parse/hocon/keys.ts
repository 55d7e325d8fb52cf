// Reads HOCON path expressions: `a.b`, `a."b.c".d`, `a b.c`; dots part, quotes keep, blanks inside belong to the key.
import { DEPTH_MAX } from '../../core/limits.ts'
import { type Cursor, isBlank } from './cursor.ts'

/** Characters that end a key wherever they stand outside quotes. */
const NEVER = '\n,}[]"$'

/** The keys of a path up to one of the `ends`; undefined when there is none, or an empty one between dots. The cursor stands behind it. */
export function readPath(cursor: Cursor, ends: string): readonly string[] | undefined {
  const keys: string[] = []
  let key = ''
  let quoted = false
  let whole = true
  const finish = (): void => {
    keys.push(quoted ? key : key.trim())
    whole &&= quoted || keys.at(-1) !== ''
    key = ''
    quoted = false
  }
  for (let { char } = cursor; char !== undefined; char = cursor.char) {
    if (char === '"') {
      key = (quoted ? key : key.trimStart()) + cursor.readQuoted()
      quoted = true
      continue
    }
    if (ends.includes(char) || NEVER.includes(char) || cursor.atComment) break
    cursor.at += 1
    if (char === '.') finish()
    else if (!(quoted && isBlank(char))) key += char
  }
  finish()
  return whole ? keys.slice(0, DEPTH_MAX) : undefined
}
