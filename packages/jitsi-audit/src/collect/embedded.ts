// Files that are kept inside of YAML: `content` beside `path` or `dest` (cloud-init, Ansible's copy), and scripts in Heat templates.
import type { SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { placeInBlock } from './block.ts'
import { filesWrittenBy, type Written } from './scripts.ts'
import { Output } from './template/output.ts'
import { mapOfLines, mapOfSpans, type SourceMap } from './template/source-map.ts'
import { asText } from './template/values.ts'
import { readDocuments, type YamlDocument } from './yaml.ts'

/** Files taken out of one YAML file. */
const EMBEDDED_MAX = 100
const DEPTH_MAX = 40

/** True for YAML that may hold other files. */
export function mayEmbed(file: SourceFile): boolean {
  return /\.ya?ml$/.test(file.path) && /^\s*-?\s*(?:content|template|user_data|config)\s*:/m.test(file.text)
}

/** The files that stand in it, and those that its scripts write. */
export function embeddedFiles(file: SourceFile): readonly Written[] {
  const found: Written[] = []
  for (const document of readDocuments(file)) {
    const parameters = document.root.kind === 'map' ? document.root.entries.get('parameters') : undefined
    visit(document.root, { file, document, found, parameters }, 0)
  }
  return found
}

interface Visit {
  readonly file: SourceFile
  readonly document: YamlDocument
  readonly found: Written[]
  /** Heat's parameters, with their defaults. */
  readonly parameters: Node | undefined
}

function visit(node: Node, context: Visit, depth: number): void {
  if (depth > DEPTH_MAX || context.found.length >= EMBEDDED_MAX) return
  if (node.kind === 'list') for (const item of node.items) visit(item, context, depth + 1)
  if (node.kind !== 'map') return
  const content = node.entries.get('content')
  const target = node.entries.get('path') ?? node.entries.get('dest')
  if (content?.kind === 'text' && target?.kind === 'text' && content.value.includes('\n'))
    context.found.push(cutOut(content, target.value, context))
  const given = node.entries.get('params')
  for (const [key, value] of node.entries) {
    // What a task puts into a place of a file is no file.
    if (/(?:^|\.)(?:block|line)infile$/.test(key)) continue
    if (value.kind === 'text' && /^#!\s*\//.test(value.value))
      context.found.push(...writtenBy(value, context, given?.kind === 'map' ? given.entries : new Map()))
    else visit(value, context, depth + 1)
  }
}

function cutOut(
  content: Node & { readonly kind: 'text' },
  target: string,
  { file, document }: Visit,
): Written {
  const place = placeInBlock(file, content.origin, document.scalars.get(content))
  const path = `${file.path}#${target.replaceAll(/\{\{[^{}]{0,100}\}\}/g, 'x')}`
  return { file: { path, text: content.value }, map: mapOfLines(place) }
}

/** Files that a script writes; `given` are the words that Heat replaces in it (`str_replace`). */
function writtenBy(
  script: Node & { readonly kind: 'text' },
  context: Visit,
  given: ReadonlyMap<string, Node>,
): readonly Written[] {
  const { file, document } = context
  const outer = mapOfLines(placeInBlock(file, script.origin, document.scalars.get(script)))
  const inner = { path: `${file.path}#script`, text: script.value }
  return filesWrittenBy(inner).map((written) => {
    const map: SourceMap = { place: (origin) => outer.place(written.map.place(origin).origin) }
    const path = written.file.path.replace('#script#', '#')
    return replaceWords({ path, text: written.file.text }, map, given, context)
  })
}

/** Words that one template may replace. */
const WORDS_MAX = 200

function replaceWords(
  file: SourceFile,
  outer: SourceMap,
  given: ReadonlyMap<string, Node>,
  context: Visit,
): Written {
  const words = [...given.keys()].filter((word) => /^[\w.$-]{3,80}$/.test(word)).slice(0, WORDS_MAX)
  if (words.length === 0) return { file, map: outer }
  // Longest first: one word may begin another.
  const alternatives = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[.$-]/g, String.raw`\$&`))
  const output = new Output('bare')
  let at = 0
  for (const match of file.text.matchAll(new RegExp(alternatives.join('|'), 'g'))) {
    // `NAME=name`: a variable of the file that has the word's name is not the word.
    if (file.text[match.index + match[0].length] === '=') continue
    output.copy(file.text.slice(at, match.index), at)
    at = match.index + match[0].length
    const value = defaultOf(given.get(match[0]), context.parameters)
    if (value === undefined) output.unknown(match.index)
    else output.value(asText(value) ?? '', match.index, { ...value.origin, kind: 'template-default' })
  }
  output.copy(file.text.slice(at), at)
  return { file: { ...file, text: output.text }, map: mapOfSpans(file, output.text, output.spans, outer) }
}

/** `{ get_param: x }` is the default of parameter x. */
function defaultOf(node: Node | undefined, parameters: Node | undefined): Node | undefined {
  const name = node?.kind === 'map' ? node.entries.get('get_param') : undefined
  const parameter =
    name?.kind === 'text' && parameters?.kind === 'map' ? parameters.entries.get(name.value) : undefined
  const value = parameter?.kind === 'map' ? parameter.entries.get('default') : undefined
  return value === undefined || asText(value) === undefined ? undefined : value
}
