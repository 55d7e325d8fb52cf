// The lines of the set's files as they may be shown, cut once per file and only for files that are looked at.
import type { Edit } from '../core/rule.ts'
import type { Origin, SourceFile } from '../core/source.ts'
import { Lines, lineChanges } from './line-edits.ts'
import type { Masker } from './mask.ts'
import type { ShownChange, ShownLine } from './report.ts'

/** Lines shown of one place: a whole server block helps nobody. */
const SHOWN_MAX = 8

/** Lines before and after the place. */
const AROUND = 1

/** Gives lines of files, secrets masked. */
export class FileTexts {
  readonly #files: ReadonlyMap<string, SourceFile>
  readonly #lines = new Map<string, Lines>()
  readonly #masker: Masker

  constructor(files: readonly SourceFile[], masker: Masker) {
    this.#files = new Map(files.map((file) => [file.path, file]))
    this.#masker = masker
  }

  /** The place with a line around it; undefined if the file has no such line. */
  around({ file, line, endLine, endColumn }: Origin): ShownLine[] | undefined {
    const lines = this.#of(file)
    if (lines === undefined || line < 1 || line > lines.count) return undefined
    // An end in column 1 lies behind the line end before it.
    const last = Math.max(line, endColumn <= 1 ? endLine - 1 : endLine)
    const from = Math.max(1, line - AROUND)
    const to = Math.min(lines.count, last + AROUND, from + SHOWN_MAX - 1)
    return lines.slice(from - 1, to).map((text, index) => {
      const number = from + index
      return this.#shown(number, text, number >= line && number <= last)
    })
  }

  /** What edits of one file take away and put in, in whole lines. */
  changes(file: string, edits: readonly Edit[]): ShownChange[] {
    const lines = this.#of(file)
    if (lines === undefined) return []
    const placed = edits.map((edit) => lines.place(edit))
    return lineChanges(lines, placed).map(({ at, removed, added }) => {
      const shown = (texts: readonly string[]): ShownLine[] =>
        texts.slice(0, SHOWN_MAX).map((text, index) => this.#shown(at + 1 + index, text, true))
      return { file, removed: shown(removed), added: shown(added) }
    })
  }

  /** The edits with places that exist in their files; those of other files are left out. */
  inside(edits: readonly Edit[]): Edit[] {
    return edits.flatMap((edit) => this.#of(edit.file)?.inside(edit) ?? [])
  }

  #of(path: string): Lines | undefined {
    const known = this.#lines.get(path)
    if (known !== undefined) return known
    const file = this.#files.get(path)
    if (file === undefined) return undefined
    const lines = new Lines(file.text)
    this.#lines.set(path, lines)
    return lines
  }

  #shown(number: number, text: string, hit: boolean): ShownLine {
    return { number, text: this.#masker.line(text.replace(/\r?\n$/, '')), hit }
  }
}
