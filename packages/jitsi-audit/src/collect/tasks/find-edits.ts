// Finds the tasks of Ansible and the states of Salt that change parts of installed files: lines, blocks, replacements, keys of INI files.
import type { SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { baseName, foldersOf } from '../paths.ts'
import { readDocuments, type YamlDocument } from '../yaml.ts'

/** How sure it is that the text ends up in the file. */
export type Certainty = 'always' | 'maybe'

/** One change of a file, as written: templates are still in it. */
export interface Edit {
  /** The path of the file that it changes. */
  readonly target: Node
  /** The text that it puts there. */
  readonly text: Node
  /** Section and key, for a change of an INI file. */
  readonly section?: Node
  readonly option?: Node
  /** What stands there before, as far as it is plain text. */
  readonly pattern?: Node
  readonly certainty: Certainty
  /** `when`, to be evaluated by whoever knows the variables. */
  readonly condition?: Node
  /** Values of `item`, one edit each. */
  readonly loop?: Node
}

export interface Found {
  readonly edits: readonly Edit[]
  readonly document: YamlDocument
}

/** Edits of one file, tasks in one file, and how deep blocks lie in one another: far above real roles. */
const EDITS_MAX = 300
const DEPTH_MAX = 20

const MODULES = ['lineinfile', 'blockinfile', 'replace', 'ini_file'] as const
type Module = (typeof MODULES)[number]

const PREFIXES = ['', 'ansible.builtin.', 'community.general.', 'ansible.legacy.']
const MODULE_LINE = /(?:^|[\s.])(?:lineinfile|blockinfile|replace|ini_file)["']?\s*:/m
const STATE_LINE = /(?:^|\s)file\.(?:append|prepend|replace|blockreplace|line|keyvalue)\b/m

/** True for a file of tasks or states that may change parts of files. */
export function mayEdit(file: SourceFile): boolean {
  if (baseName(file.path).endsWith('.sls')) return STATE_LINE.test(file.text)
  return /\.ya?ml$/.test(file.path) && !foldersOf(file.path).includes('vars') && MODULE_LINE.test(file.text)
}

/** The edits of a file in their order, by document. */
export function findEdits(file: SourceFile): readonly Found[] {
  return readDocuments(file).map((document) => {
    const edits: Edit[] = []
    if (baseName(file.path).endsWith('.sls')) states(document.root, edits)
    else tasks(document.root, edits, undefined, 0)
    return { edits, document }
  })
}

const NESTED = ['block', 'rescue', 'always', 'tasks', 'pre_tasks', 'post_tasks', 'handlers']

function tasks(node: Node | undefined, edits: Edit[], outer: Node | undefined, depth: number): void {
  if (node?.kind !== 'list' || depth > DEPTH_MAX) return
  for (const task of node.items) {
    if (task.kind !== 'map' || edits.length >= EDITS_MAX) continue
    const condition = task.entries.get('when') ?? outer
    for (const key of NESTED) tasks(task.entries.get(key), edits, condition, depth + 1)
    for (const module of MODULES) {
      const given = PREFIXES.map((prefix) => task.entries.get(prefix + module)).find(
        (one) => one !== undefined,
      )
      const args = argumentsOf(given)
      const edit = args === undefined ? undefined : editOf(module, args)
      if (edit === undefined) continue
      const loop = task.entries.get('loop') ?? task.entries.get('with_items')
      edits.push({
        ...edit,
        ...(condition === undefined ? {} : { condition }),
        ...(loop === undefined ? {} : { loop }),
      })
    }
  }
}

/** `name=value name="a b"`, the older notation of arguments. */
const INLINE = /(?:^|\s)(\w{1,30})=(?:"([^"\n]{0,2000})"|'([^'\n]{0,2000})'|([^\s"'\n]{0,2000}))/g

function argumentsOf(node: Node | undefined): ReadonlyMap<string, Node> | undefined {
  if (node?.kind === 'map') return node.entries
  if (node?.kind !== 'text') return undefined
  return new Map(
    [...node.value.matchAll(INLINE)].map(([, name = '', double, single, plain]) => [
      name,
      { ...node, value: double ?? single ?? plain ?? '' },
    ]),
  )
}

function editOf(module: Module, args: ReadonlyMap<string, Node>): Edit | undefined {
  const first = (...names: readonly string[]): Node | undefined =>
    names.map((name) => args.get(name)).find((node) => node !== undefined && node.kind !== 'null')
  const target = first('path', 'dest', 'destfile', 'name')
  const state = args.get('state')
  if (target === undefined || (state?.kind === 'text' && state.value === 'absent')) return undefined
  const pattern = first('regexp', 'search_string')
  const before = pattern === undefined ? {} : { pattern }
  if (module === 'ini_file') {
    const option = first('option')
    const section = first('section')
    const value = first('value')
    if (option === undefined || value === undefined) return undefined
    return { target, text: value, option, certainty: 'always', ...(section === undefined ? {} : { section }) }
  }
  const text = module === 'lineinfile' ? first('line', 'value') : first('block', 'content', 'replace')
  if (text === undefined) return undefined
  // A replacement happens only where its pattern is found, and nobody sees the installed file.
  const certainty = module === 'replace' ? 'maybe' : 'always'
  return { target, text, certainty, ...before }
}

/** States: an id with `file.append: [{ name: ... }, { text: ... }]`; without a name the id is the path. */
function states(root: Node, edits: Edit[]): void {
  if (root.kind !== 'map') return
  for (const [id, body] of root.entries) {
    if (body.kind !== 'map') continue
    for (const [key, value] of body.entries) {
      const [, given] = /^file(?:\.(\w+))?$/.exec(key) ?? []
      const items = value.kind === 'list' ? value.items : []
      const word = items.find((item) => item.kind === 'text')
      const name = given ?? (word?.kind === 'text' ? word.value : undefined)
      if (name === undefined || edits.length >= EDITS_MAX) continue
      const args = new Map(items.flatMap((item) => (item.kind === 'map' ? [...item.entries] : [])))
      const target = args.get('name') ?? { kind: 'text', value: id, origin: body.origin }
      edits.push(...stateEdits(name, target, args))
    }
  }
}

function stateEdits(name: string, target: Node, args: ReadonlyMap<string, Node>): readonly Edit[] {
  const condition = args.has('onlyif') || args.has('unless') ? ('maybe' as const) : ('always' as const)
  if (name === 'append' || name === 'prepend') {
    const text = args.get('text') ?? args.get('source')
    const texts = text?.kind === 'list' ? text.items : text === undefined ? [] : [text]
    return texts.map((one) => ({ target, text: one, certainty: condition }))
  }
  if (name === 'keyvalue') {
    const pairs = args.get('key_values')
    const single = [args.get('key'), args.get('value')] as const
    const entries = pairs?.kind === 'map' ? [...pairs.entries] : []
    if (single[0]?.kind === 'text' && single[1] !== undefined) entries.push([single[0].value, single[1]])
    return entries.map(([key, text]) => ({
      target,
      text,
      option: { kind: 'text', value: key, origin: text.origin },
      certainty: condition,
    }))
  }
  const text = args.get(name === 'replace' ? 'repl' : 'content')
  if (text === undefined) return []
  const pattern = args.get('pattern')
  const before = pattern === undefined ? {} : { pattern }
  return [{ target, text, certainty: name === 'blockreplace' ? condition : 'maybe', ...before }]
}
