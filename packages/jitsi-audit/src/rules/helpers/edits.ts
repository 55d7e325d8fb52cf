// Builds edits that a machine may apply. Everything written into config.js is ES5, because the images check it with an old engine.
import type { Edit } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'

/** Manifests, scripts and lists of variables: what they hold ends before they do, so nothing can be put behind it. */
const HOLDS_OTHERS = /\.(?:ya?ml|sh|bash|tf|toml)$|(?:^|\/)(?:postinst|preinst|install|upgrade)$|#/

/** A line behind every file: an insertion there is appended as lines of its own. */
const END_OF_FILE: { readonly line: number; readonly column: number } = {
  line: 2_147_483_647,
  column: 1,
}

/** Only what stands in a file can be edited; a default has no text of its own. */
function isWritten(origin: Origin | undefined): origin is Origin {
  return origin !== undefined && (origin.kind === 'file' || origin.kind === 'environment')
}

/** Puts `text` in the place of the value at `origin`. */
export function replaceValue(origin: Origin | undefined, text: string): readonly Edit[] {
  if (!isWritten(origin)) return []
  return [{ file: origin.file, start: startOf(origin), end: endOf(origin), text }]
}

/** Adds a whole line (or several) behind the last line of the file at `origin`. */
export function appendLine(file: string | undefined, text: string): readonly Edit[] {
  if (file === undefined) return []
  if (HOLDS_OTHERS.test(file)) return []
  return [{ file, start: END_OF_FILE, end: END_OF_FILE, text: text.endsWith('\n') ? text : `${text}\n` }]
}

/** Takes out the whole lines from the beginning to the end of `origin`. Only for formats where a line is a statement. */
export function removeLines(origin: Origin | undefined): readonly Edit[] {
  if (!isWritten(origin)) return []
  return [
    {
      file: origin.file,
      start: { line: origin.line, column: 1 },
      end: { line: origin.endLine + 1, column: 1 },
      text: '',
    },
  ]
}

/** Puts a member first into the braces at `origin` (`{ a: 1 }` becomes `{ b: 2, a: 1 }`); `separator` joins it to what follows. */
export function insertMember(origin: Origin | undefined, text: string, separator = ','): readonly Edit[] {
  if (!isWritten(origin)) return []
  const at = { line: origin.line, column: origin.column + 1 }
  return [{ file: origin.file, start: at, end: at, text: ` ${text}${separator}` }]
}

function startOf(origin: Origin): Edit['start'] {
  return { line: origin.line, column: origin.column }
}

function endOf(origin: Origin): Edit['end'] {
  return { line: origin.endLine, column: origin.endColumn }
}
