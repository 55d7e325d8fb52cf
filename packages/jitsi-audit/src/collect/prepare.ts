// Turns a heap of files into recognised ones, in the order in which they take effect, within the limits of an audit.
import type { FileReport } from '../core/installation.ts'
import { FILES_MAX, FILE_MAX_LENGTH, TOTAL_MAX_LENGTH } from '../core/limits.ts'
import type { ParseProblem, SourceFile } from '../core/source.ts'
import type { Format, Recognised } from './formats.ts'
import { recognise } from './recognise.ts'
import { APPENDED } from './scripts.ts'

/** A file with what it is. */
export interface Known extends Recognised {
  readonly file: SourceFile
}

export interface Prepared {
  readonly known: readonly Known[]
  readonly reports: readonly FileReport[]
}

/** Recognises every file; what is too large, too many or of no known format is reported as not read. */
export function prepare(files: readonly SourceFile[]): Prepared {
  const known: Known[] = []
  const reports: FileReport[] = []
  let total = 0
  for (const [index, file] of files.entries()) {
    total += file.text.length
    const refused = index >= FILES_MAX || total > TOTAL_MAX_LENGTH || file.text.length > FILE_MAX_LENGTH
    if (refused) {
      reports.push({ path: file.path, outcome: 'not-read', problems: [tooLarge(file.path)] })
      continue
    }
    const found = isPackaged(file.path, files) ? undefined : recognise(file)
    if (found === undefined) reports.push({ path: file.path, outcome: 'not-read', problems: [] })
    else known.push({ ...found, ...(isAddition(file) ? { role: 'custom' } : {}), file })
  }
  return { known, reports }
}

/** What the packages of prosody and nginx bring along for a host that nobody has. */
const PACKAGED =
  /(?:^|\/)conf\.avail\/(?:example\.com|localhost)\.cfg\.lua$|(?:^|\/)sites-available\/default$/

/** A sample that the package put there, beside the operator's own file: it is not switched on. */
function isPackaged(path: string, files: readonly SourceFile[]): boolean {
  const match = PACKAGED.exec(path)
  if (match === null) return false
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return files.some((other) => other.path.startsWith(folder) && !PACKAGED.test(other.path))
}

/** Files of one format: base ones first, customs after them, examples never. */
export function ofFormat(known: readonly Known[], format: Format): readonly Known[] {
  const wanted = known.filter((one) => one.format === format)
  return [...wanted.filter((one) => one.role === 'base'), ...wanted.filter((one) => one.role === 'custom')]
}

/** Lines that a script adds to a file that is not in the set. */
function isAddition(file: SourceFile): boolean {
  return file.path.includes(`#${APPENDED}`)
}

function tooLarge(file: string): ParseProblem {
  return {
    code: 'too-large',
    message: {
      de: 'Die Datei liegt über den Grenzen einer Prüfung und wurde nicht gelesen.',
      en: 'The file is beyond the limits of an audit and was not read.',
    },
    origin: { kind: 'file', file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  }
}
