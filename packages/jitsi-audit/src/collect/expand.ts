// Turns what people keep in templates, charts, manifests and scripts into the files that would stand on a server.
import type { ComposeService } from '../core/installation.ts'
import { FILE_MAX_LENGTH, FILES_MAX, TOTAL_MAX_LENGTH } from '../core/limits.ts'
import type { ParseProblem, SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { folderOf, isDocumentPath, isExamplePath } from './paths.ts'
import { embeddedFiles, mayEmbed } from './embedded.ts'
import { isChartFile, renderCharts } from './helm.ts'
import { looksLikeManifest, readCluster } from './kubernetes.ts'
import { fillPlaceholders, literalsOf, type Literals } from './placeholders.ts'
import { recognise, withoutTemplateSuffix } from './recognise.ts'
import { filesWrittenBy, isScript } from './scripts.ts'
import { editedFiles } from './tasks/edited-files.ts'
import { mayEdit } from './tasks/find-edits.ts'
import { renderGo } from './template/go/render.ts'
import type { BooleanDialect } from './template/go/scope.ts'
import { renderJinja } from './template/jinja/render.ts'
import type { Quoting } from './template/output.ts'
import { mapOfSpans, type SourceMap } from './template/source-map.ts'
import { VariableFiles } from './variables.ts'

export interface Expanded {
  readonly files: readonly SourceFile[]
  /** Maps of rendered and extracted files, by the path under which they are in `files`. */
  readonly maps: Map<string, SourceMap>
  /** Containers that Kubernetes manifests describe. */
  readonly services: readonly ComposeService[]
  /** Files that were used without being configuration themselves: charts, manifests, variables, scripts. */
  readonly used: ReadonlyMap<string, string>
  /** Tasks whose change cannot be read without the file that it is made in. */
  readonly unread: readonly ParseProblem[]
}

/** Renders everything that needs nothing but the set itself. */
export function expand(files: readonly SourceFile[]): Expanded {
  const maps = new Map<string, SourceMap>()
  const used = new Map<string, string>()
  const kept = withinLimits(files)
  const charts = renderCharts(kept)
  const chartFolders = kept.filter(({ path }) => isChartFile(path)).map(({ path }) => folderOf(path))
  const manifests = [
    ...charts.map(({ file, map }) => ({ file, map })),
    ...kept
      .filter(
        (file) =>
          looksLikeManifest(file) &&
          !isDocumentPath(file.path) &&
          !isExamplePath(file.path) &&
          !inChart(file.path, chartFolders),
      )
      .map((file) => ({ file })),
  ]
  const cluster = readCluster(manifests, kept)
  for (const { file } of manifests) used.set(file.path, 'kubernetes')
  for (const { file, map } of cluster.files) maps.set(file.path, map)
  for (const { file, map } of charts) if (map !== undefined) maps.set(file.path, map)
  const scripts = kept.filter((file) => isScript(file) && !isDocumentPath(file.path))
  const context: Context = {
    variables: new VariableFiles(kept),
    literals: literalsOf(scripts),
    salt: kept.some(({ path }) => path.endsWith('.sls')),
    ansible: kept.some(({ path }) => /(?:^|\/)(?:tasks|defaults)\/main\.ya?ml$/.test(path)),
    maps,
  }
  const plain = files
    .filter(({ path }) => !used.has(path))
    .map((file) => (inChart(file.path, chartFolders) ? file : renderOne(file, context)))
  const written = scripts.flatMap((script) => {
    const results = filesWrittenBy(script).filter(({ file }) => recognise(file) !== undefined)
    if (results.length > 0) used.set(script.path, 'script')
    for (const { file, map } of results) maps.set(file.path, map)
    return results.map(({ file }) => file)
  })
  const embedded = kept
    .filter((file) => mayEmbed(file) && !used.has(file.path) && !isDocumentPath(file.path))
    .flatMap((file) => {
      const results = embeddedFiles(file).filter((one) => recognise(one.file) !== undefined)
      if (results.length > 0) used.set(file.path, 'yaml')
      for (const one of results) maps.set(one.file.path, one.map)
      return results.map((one) => renderEmbedded(one.file, file.path, context))
    })
  const tasks = kept.filter((file) => mayEdit(file) && !isDocumentPath(file.path))
  const unread: ParseProblem[] = []
  const edited = tasks.flatMap((file) => {
    const results = editedFiles(file, context.variables.scope(file.path))
    if (results.written.length + results.problems.length > 0) used.set(file.path, 'tasks')
    unread.push(...results.problems)
    for (const one of results.written) maps.set(one.file.path, one.map)
    return results.written.map((one) => one.file)
  })
  const result = [...plain, ...cluster.files.map(({ file }) => file), ...written, ...embedded, ...edited]
  return { files: result, maps, services: cluster.services, used, unread }
}

/** Files that are worth looking into; `prepare` reports the others. */
function withinLimits(files: readonly SourceFile[]): readonly SourceFile[] {
  let total = 0
  return files.slice(0, FILES_MAX).filter(({ text }) => {
    if (text.length > FILE_MAX_LENGTH) return false
    total += text.length
    return total <= TOTAL_MAX_LENGTH
  })
}

function inChart(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder === '' ? 'templates/' : `${folder}/templates/`))
}

/** Tasks of Ansible may keep templates in their files, with the variables of their role. */
function renderEmbedded(file: SourceFile, holder: string, context: Context): SourceFile {
  if (!JINJA_MARK.test(file.text) || GO_MARK.test(file.text)) return file
  const rendered = renderJinja(
    file,
    context.variables.scope(holder),
    file.path.endsWith('.lua') ? 'quoted' : 'bare',
  )
  const outer = context.maps.get(file.path)
  context.maps.set(file.path, mapOfSpans(file, rendered.text, rendered.spans, outer))
  return { ...file, text: rendered.text }
}

interface Context {
  readonly variables: VariableFiles
  readonly literals: Literals
  readonly salt: boolean
  readonly ansible: boolean
  readonly maps: Map<string, SourceMap>
}

/** Marks of Go templates; Jinja has none of them. */
const GO_MARK = /\{\{-?\s*(?:[.$(]|(?:if|range|with|define|template|include|end|else|block)\b)/
const JINJA_MARK = /\{\{|\{%|\{#/

function renderOne(file: SourceFile, context: Context): SourceFile {
  if (file.text.length > FILE_MAX_LENGTH || isDocumentPath(file.path)) return file
  const target = recognise({ ...file, path: withoutTemplateSuffix(file.path) })
  const quoting: Quoting = /\.lua(?:\.|$)/.test(file.path) ? 'quoted' : 'bare'
  if (JINJA_MARK.test(file.text) && isJinja(file, context)) {
    const rendered = renderJinja(file, context.variables.scope(file.path), quoting, !context.salt)
    context.maps.set(file.path, mapOfSpans(file, rendered.text, rendered.spans))
    return { ...file, text: rendered.text }
  }
  if (target === undefined || GO_MARK.test(file.text)) return file
  const shell =
    target.format === 'nginx' ||
    target.format === 'prosody' ||
    target.format === 'turnserver.conf' ||
    target.format === 'config.js'
  const filled = fillPlaceholders(file, context.literals, {
    shell: shell && !file.text.includes('`'),
    quoting,
  })
  if (filled === undefined) return file
  context.maps.set(file.path, filled.map)
  return filled.file
}

function isJinja(file: SourceFile, context: Context): boolean {
  if (/\.(?:j2|jinja2?)$/.test(file.path)) return true
  if (GO_MARK.test(file.text)) return false
  if (file.text.includes('{%')) return /\{%-?\s*(?:if|for|set|endif|from|import|raw|else)/.test(file.text)
  return (context.ansible || context.salt) && /(?:^|\/)(?:templates|files)\//.test(file.path)
}

/** A template of the images themselves, in a fork that builds its own. */
export function isImageTemplate(file: SourceFile): boolean {
  return /\{\{[^{}]{0,300}\.Env\b/.test(file.text) && !/\{%/.test(file.text)
}

/** Renders a template of the images with a container's environment. */
export function renderImageTemplate(
  file: SourceFile,
  environment: ReadonlyMap<string, Node>,
  booleans: BooleanDialect,
): { readonly file: SourceFile; readonly map: SourceMap } {
  const origin = { kind: 'file', file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } as const
  const root: Node = {
    kind: 'map',
    entries: new Map<string, Node>([['Env', { kind: 'map', entries: environment, origin }]]),
    origin,
  }
  const quoting: Quoting = /\.lua(?:\.|$)/.test(file.path) ? 'quoted' : 'bare'
  const rendered = renderGo(file, { root, definitions: new Map(), booleans }, quoting)
  return { file: { ...file, text: rendered.text }, map: mapOfSpans(file, rendered.text, rendered.spans) }
}
