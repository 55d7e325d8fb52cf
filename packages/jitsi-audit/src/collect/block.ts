// Places of a text that YAML keeps as an indented block.
import type { Origin, SourceFile } from '../core/source.ts'
import type { BlockScalar } from './yaml.ts'

/** Offsets of a block's text to places in the manifest: each line is indented there by the same width. */
export function placeInBlock(
  file: SourceFile,
  whole: Origin,
  scalar: BlockScalar | undefined,
): (line: number, column: number) => Origin {
  if (scalar === undefined || !scalar.literal) return () => whole
  const lines = file.text.slice(scalar.start, scalar.end).split('\n')
  const first = lines.slice(1).find((line) => line.trim() !== '') ?? ''
  const indent = first.length - first.trimStart().length
  return (line, column) => ({
    kind: 'file',
    file: file.path,
    line: whole.line + line,
    column: column + indent,
    endLine: whole.line + line,
    endColumn: column + indent,
  })
}
