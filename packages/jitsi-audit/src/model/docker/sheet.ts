// A configuration that an image writes at its start, line by line, each line with the setting that made it so.
import type { Origin, SourceFile } from '../../core/source.ts'
import type { SourceMap } from '../../collect/template/source-map.ts'

interface Line {
  readonly origin: Origin
  readonly doubtful: boolean
}

export class Sheet {
  readonly #path: string
  readonly #texts: string[] = []
  readonly #lines: Line[] = []

  constructor(path: string) {
    this.#path = path
  }

  /** Adds one line (line breaks inside become spaces, so that places stay right). */
  add(text: string, origin: Origin, doubtful = false): void {
    this.#texts.push(text.replaceAll(/[\r\n]+/g, ' '))
    this.#lines.push({ origin, doubtful })
  }

  get file(): SourceFile {
    return { path: this.#path, text: `${this.#texts.join('\n')}\n` }
  }

  /** Every place in a line is the place of what made it. */
  get map(): SourceMap {
    const lines = this.#lines
    const nowhere: Origin = {
      kind: 'stock-default',
      file: this.#path,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    }
    return {
      parsed: true,
      place: (origin) => {
        const line = lines[origin.line - 1] ?? { origin: nowhere, doubtful: false }
        return { origin: line.origin, doubtful: line.doubtful }
      },
    }
  }
}
