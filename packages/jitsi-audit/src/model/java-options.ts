// System properties on a program's command line (`-Dkey=value` in JAVA_SYS_PROPS and the like): they win over its files.
import { LineIndex } from '../core/origin.ts'
import type { SourceFile } from '../core/source.ts'
import { Output } from '../collect/template/output.ts'
import { mapOfSpans, type SourceMap } from '../collect/template/source-map.ts'

const FLAG = /-D([\w.-]{1,200})=(?:"([^"\n]{0,1000})"|'([^'\n]{0,1000})'|([^\s"']{0,1000}))/g

/** Options that only say where files lie. */
const PLACES =
  /^(?:config\.file|java\.util\.logging\.config\.file|net\.java\.sip\.communicator\.SC_(?:HOME|LOG)\w*)$/

/** The flags of a file as HOCON, one line each, or undefined when it has none that set anything. */
export function flagsAsHocon(
  file: SourceFile,
): { readonly file: SourceFile; readonly map: SourceMap } | undefined {
  const output = new Output('bare')
  const index = new LineIndex(file.path, file.text)
  for (const line of lines(file.text)) {
    if (/^\s*#/.test(line.text)) continue
    for (const match of line.text.matchAll(FLAG)) {
      const [whole, key, double, single, bare] = match
      const value = double ?? single ?? bare ?? ''
      if (key === undefined || PLACES.test(key) || value.includes('$')) continue
      const start = line.start + match.index
      output.value(`${key} = ${JSON.stringify(value)}\n`, start, index.origin(start, start + whole.length))
    }
  }
  if (output.text === '') return undefined
  const path = `${file.path}#flags`
  return { file: { path, text: output.text }, map: mapOfSpans(file, output.text, output.spans) }
}

function* lines(text: string): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0
  for (const line of text.split('\n')) {
    yield { text: line, start }
    start += line.length + 1
  }
}
