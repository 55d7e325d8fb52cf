// The lines and blocks that tasks put into installed files, as additions to those files; what cannot be read alone is named.
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { placeInBlock } from '../block.ts'
import { recognise } from '../recognise.ts'
import { APPENDED, type Written } from '../scripts.ts'
import { renderJinja, renderValue, type Variables } from '../template/jinja/render.ts'
import { Budget } from '../template/limits.ts'
import { Output } from '../template/output.ts'
import { mapOfLines, mapOfSpans, type SourceMap } from '../template/source-map.ts'
import { asText, truth } from '../template/values.ts'
import { type Edit, findEdits } from './find-edits.ts'
import { inPlace } from './in-place.ts'

export interface Edited {
  readonly written: readonly Written[]
  readonly problems: readonly ParseProblem[]
}

/** Rounds of one task's loop. */
const ROUNDS_MAX = 50

/** Folders and names of files that an audit is about; a task for any other file is nobody's business. */
const CONCERNED =
  /jitsi|prosody|nginx|turnserver|coturn|logrotate|journald|videobridge|jicofo|jibri|jigasi|interface_config|config\.js|\.env$/i

/** Additions to installed files by one file of tasks, in their order. */
export function editedFiles(file: SourceFile, variables: Variables): Edited {
  const written: Written[] = []
  const problems: ParseProblem[] = []
  const budget = new Budget()
  for (const { edits, document } of findEdits(file))
    for (const edit of edits) {
      const holds = conditionOf(edit, variables, budget)
      if (holds === false) continue
      for (const item of roundsOf(edit.loop, variables, budget)) {
        const scope: Variables = (name) => (name === 'item' && item !== undefined ? item : variables(name))
        const target = pathOf(edit.target, scope, budget)
        if (target === undefined || !CONCERNED.test(target)) continue
        const outer = mapOfLines(placeInBlock(file, edit.text.origin, document.scalars.get(edit.text)))
        const certain = holds === true && edit.certainty === 'always'
        const made = writtenBy(edit, target, scope, {
          path: `${file.path}#${APPENDED}${written.length}/${target.replace(/^\/+/, '')}`,
          outer: certain ? outer : doubted(outer),
        })
        if (made !== undefined && recognise(made.file) !== undefined) written.push(made)
        else problems.push(notRead(edit))
      }
    }
  return { written, problems }
}

function conditionOf(edit: Edit, variables: Variables, budget: Budget): boolean | undefined {
  if (edit.condition === undefined) return true
  const parts = edit.condition.kind === 'list' ? edit.condition.items : [edit.condition]
  const answers = parts.map((part) => {
    if (part.kind === 'flag') return part.value
    if (part.kind !== 'text') return undefined
    const bare = /^\s*\{\{([^]*)\}\}\s*$/.exec(part.value)?.[1] ?? part.value
    const value = renderValue(`{{ (${bare}) }}`, part.origin, variables, budget)
    return value.kind === 'unknown' ? undefined : truth(value)
  })
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

function roundsOf(
  loop: Node | undefined,
  variables: Variables,
  budget: Budget,
): readonly (Node | undefined)[] {
  if (loop === undefined) return [undefined]
  const list = loop.kind === 'text' ? renderValue(loop.value, loop.origin, variables, budget) : loop
  // A loop over nobody knows what: one round, in which `item` is unknown.
  if (list.kind !== 'list') return [{ kind: 'unknown', reason: 'placeholder', origin: loop.origin }]
  return list.items.slice(0, ROUNDS_MAX)
}

function rendered(node: Node, scope: Variables, budget: Budget): string | undefined {
  if (node.kind !== 'text') return asText(node)
  if (!node.value.includes('{{') && !node.value.includes('{%')) return node.value
  const value = renderValue(node.value, node.origin, scope, budget)
  return asText(value)
}

/** The target's path; a host's name that only the operator knows becomes a plain word. */
function pathOf(node: Node, scope: Variables, budget: Budget): string | undefined {
  const known = rendered(node, scope, budget)
  const path =
    known ?? (node.kind === 'text' ? node.value.replaceAll(/\{\{[^{}]{0,200}\}\}/g, 'x') : undefined)
  return path === undefined || path.includes('\n') || path.length > 400 ? undefined : path.trim()
}

function writtenBy(
  edit: Edit,
  target: string,
  scope: Variables,
  { path, outer }: { readonly path: string; readonly outer: SourceMap },
): Written | undefined {
  const source = asText(edit.text)
  if (source === undefined) return undefined
  // Names of groups (`\1`) stand for text of the installed file.
  if (/\\\d|\\g</.test(source)) return undefined
  const inner = { path, text: source }
  const { text, spans } = renderJinja(inner, scope, path.endsWith('.lua') ? 'quoted' : 'bare')
  const output = new Output('bare')
  const budget = new Budget()
  if (edit.option !== undefined) {
    const option = rendered(edit.option, scope, budget)
    const section = edit.section === undefined ? '' : (rendered(edit.section, scope, budget) ?? '')
    if (option === undefined || !/^[\w.-]{1,200}$/.test(option)) return undefined
    output.copy(`${section === '' ? '' : `[${section}]\n`}${option}=`, 0)
    output.copy(text, 0)
    output.copy('\n', source.length)
  } else {
    const pattern = edit.pattern?.kind === 'text' ? edit.pattern.value : ''
    const wrapped = inPlace({ target, text, pattern })
    if (wrapped === undefined) return undefined
    output.copy(wrapped.before, wrapped.start)
    output.copy(text.slice(wrapped.start, wrapped.end), wrapped.start)
    output.copy(wrapped.after, wrapped.end)
  }
  const toText = mapOfSpans({ path, text }, output.text, output.spans)
  const toSource = mapOfSpans(inner, text, spans, outer)
  const map: SourceMap = {
    place: (origin) => {
      const first = toText.place(origin)
      const second = toSource.place({ ...first.origin, file: path })
      return { origin: second.origin, doubtful: first.doubtful || second.doubtful }
    },
  }
  return { file: { path, text: output.text }, map }
}

function doubted(map: SourceMap): SourceMap {
  return { place: (origin) => ({ ...map.place(origin), doubtful: true }) }
}

function notRead({ text: { origin } }: Edit): ParseProblem {
  return {
    code: 'unsupported',
    message: {
      de: 'Diese Aufgabe ändert eine Stelle einer installierten Datei; ohne die Datei lässt sich nicht sagen, was danach gilt. Sie wurde nicht gelesen.',
      en: 'This task changes a place in an installed file; without that file one cannot say what holds afterwards. It was not read.',
    },
    origin,
  }
}
