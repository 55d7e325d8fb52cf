// Sets with plain placeholders (`__DOMAIN__`, `___HOST___`, `%%NAME%%`, `@@NAME@@`, `${NAME}`, Heat): each stands for what an installer puts in.
import { LineIndex } from '../core/origin.ts'
import { PLACEHOLDER } from '../core/placeholder.ts'
import type { Origin, SourceFile } from '../core/source.ts'
import { Output, type Quoting } from './template/output.ts'
import { mapOfSpans, type SourceMap } from './template/source-map.ts'

/** Names in capitals between doubled signs; `__proto__` and the like are not in capitals. */
const SIGNS = /_{2,3}[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_{2,3}|%%[A-Za-z][\w.-]{0,60}%%|@@?[A-Z][A-Z0-9_]{1,60}@@?/g
/** Shell-like names; lower-case ones are nginx's and HOCON's own. */
const SHELL = /\$\{[A-Z][A-Z0-9_]{0,60}(?::?[-?][^{}\n]{0,200})?\}/g

export interface Literal {
  readonly text: string
  readonly origin: Origin
}

/** What installers of the set put in for a placeholder, where they do so by a plain text. */
export type Literals = ReadonlyMap<string, Literal>

/** The file with its placeholders filled or marked; undefined when it has none. */
export function fillPlaceholders(
  file: SourceFile,
  literals: Literals,
  options: { readonly shell: boolean; readonly quoting: Quoting },
): { readonly file: SourceFile; readonly map: SourceMap } | undefined {
  const found = [...file.text.matchAll(SIGNS), ...(options.shell ? file.text.matchAll(SHELL) : [])].toSorted(
    (a, b) => a.index - b.index,
  )
  if (found.length === 0 || file.text.includes(PLACEHOLDER)) return undefined
  const output = new Output(options.quoting)
  const index = new LineIndex(file.path, file.text)
  let at = 0
  for (const match of found) {
    if (match.index < at) continue
    output.copy(file.text.slice(at, match.index), at)
    at = match.index + match[0].length
    const literal = literals.get(match[0])
    const fallback = /^\$\{\w+:?-([^{}]*)\}$/.exec(match[0])?.[1]
    if (literal !== undefined) output.value(literal.text, match.index, literal.origin)
    else if (fallback !== undefined)
      output.value(fallback, match.index, index.origin(match.index, at, 'template-default'))
    else output.unknown(match.index)
  }
  output.copy(file.text.slice(at), at)
  return {
    file: { ...file, text: output.text },
    map: mapOfSpans(file, output.text, output.spans),
  }
}

/** `sed` commands with a placeholder on the left and a plain text on the right. */
const SED =
  /\bs([/|#,@])((?:_{2,3}|%%|@@?)[A-Za-z][\w.-]{0,60}(?:_{2,3}|%%|@@?))\1([^\n/|#,@"'$`\\]{0,200})\1/g

/** YunoHost's defaults for the settings that become placeholders. */
const YUNOHOST =
  /\bynh_app_setting_set_default\b[^\n]{0,60}?--key=["']?(\w{1,60})["']?[ \t]+--value=(?:"([^"\n]{0,300})"|'([^'\n]{0,300})'|([^\s"']{0,300}))/g

/** Literal replacements in the set's shell scripts. */
export function literalsOf(scripts: readonly SourceFile[]): Literals {
  const literals = new Map<string, Literal>()
  for (const script of scripts) {
    const index = new LineIndex(script.path, script.text)
    for (const match of script.text.matchAll(SED)) {
      const [whole, , name, value] = match
      if (name === undefined || value === undefined || value.includes('{')) continue
      literals.set(name, { text: value, origin: index.origin(match.index, match.index + whole.length) })
    }
    for (const match of script.text.matchAll(YUNOHOST)) {
      const [whole, key, double, single, bare] = match
      const value = double ?? single ?? bare
      if (key === undefined || value === undefined || value.includes('$')) continue
      const origin = index.origin(match.index, match.index + whole.length, 'template-default')
      literals.set(`__${key.toUpperCase()}__`, { text: value, origin })
    }
  }
  return literals
}
