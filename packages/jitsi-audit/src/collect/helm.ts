// Helm charts: renders the templates of a chart with its values, and the operator's values over them where a set has them.
import type { Origin, SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { baseName, folderOf, isDocumentPath } from './paths.ts'
import { type Definitions, parseBlocks } from './template/go/blocks.ts'
import { renderGo } from './template/go/render.ts'
import { mapOfSpans, type SourceMap } from './template/source-map.ts'
import { map, text, unknown } from './template/values.ts'
import { readDocuments } from './yaml.ts'

export interface RenderedFile {
  readonly file: SourceFile
  readonly map: SourceMap
}

interface Chart {
  readonly folder: string
  readonly name: string
  readonly meta: Node
  readonly values: Node
}

/** True for a chart's own description. */
export function isChartFile(path: string): boolean {
  return /^chart\.ya?ml$/i.test(baseName(path))
}

/** Every template of every chart, rendered; subcharts see their part of the parent's values. */
export function renderCharts(files: readonly SourceFile[]): readonly RenderedFile[] {
  const charts = files.filter(({ path }) => isChartFile(path) && !isDocumentPath(path))
  const folders = charts.map(({ path }) => folderOf(path))
  const tops = charts.filter(({ path }) => !folders.some((other) => inCharts(folderOf(path), other)))
  return tops.flatMap((chart) => renderChart(chart, files, folders, undefined))
}

function inCharts(folder: string, parent: string): boolean {
  return folder !== parent && folder.startsWith(parent === '' ? 'charts/' : `${parent}/charts/`)
}

function under(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

function renderChart(
  chartFile: SourceFile,
  files: readonly SourceFile[],
  folders: readonly string[],
  given: Node | undefined,
): readonly RenderedFile[] {
  const folder = folderOf(chartFile.path)
  const meta = readDocuments(chartFile)[0]?.root ?? map(new Map(), startOf(chartFile.path))
  const name = meta.kind === 'map' ? textOf(meta.entries.get('name')) : undefined
  const inner = folders.filter((other) => inCharts(other, folder))
  const own = files.filter(({ path }) => under(path, folder) && !inner.some((other) => under(path, other)))
  const stock = valuesOf(
    own.find(({ path }) => /^values\.ya?ml$/.test(path.slice(folder === '' ? 0 : folder.length + 1))),
    'template-default',
  )
  const values = overlay(stock, given ?? operatorValues(files, folder, folders))
  const chart: Chart = { folder, name: name ?? baseName(folder), meta, values }
  const children = inner
    .filter((other) => !inner.some((between) => inCharts(other, between)))
    .flatMap((other) => renderSubchart(other, chart, files, folders))
  return [...renderTemplates(chart, own, files), ...children]
}

function renderSubchart(
  folder: string,
  parent: Chart,
  files: readonly SourceFile[],
  folders: readonly string[],
): readonly RenderedFile[] {
  const file = files.find(({ path }) => isChartFile(path) && folderOf(path) === folder)
  if (file === undefined || parent.values.kind !== 'map') return []
  const values = parent.values.entries.get(baseName(folder))
  const global = parent.values.entries.get('global')
  const given = new Map(values?.kind === 'map' ? values.entries : [])
  if (global !== undefined) given.set('global', global)
  return renderChart(file, files, folders, map(given, parent.values.origin))
}

/** Values files beside the charts: the operator's own, when there is just one that is no example. */
function operatorValues(
  files: readonly SourceFile[],
  folder: string,
  folders: readonly string[],
): Node | undefined {
  const candidates = files.filter(({ path }) => {
    const name = baseName(path).toLowerCase()
    const isValues = /values[\w.-]*\.ya?ml$/.test(name) && !/example|sample|test|ci-|schema/.test(name)
    const stock = folders.some(
      (other) => path === (other === '' ? name : `${other}/${name}`) && /^values\.ya?ml$/.test(name),
    )
    const inTemplates = /(?:^|\/)(?:templates|ci|charts|examples?)\//.test(path.slice(folder.length))
    return isValues && !stock && !inTemplates && !isDocumentPath(path)
  })
  return candidates.length === 1 ? valuesOf(candidates[0], 'file') : undefined
}

function valuesOf(file: SourceFile | undefined, kind: Origin['kind']): Node {
  const root = file === undefined ? undefined : readDocuments(file)[0]?.root
  if (file === undefined || root?.kind !== 'map') return map(new Map(), startOf(file?.path ?? ''))
  return kind === 'file' ? root : marked(root, kind)
}

/** The same value, said to be a default. */
function marked(node: Node, kind: Origin['kind']): Node {
  const origin = { ...node.origin, kind }
  if (node.kind === 'map')
    return {
      ...node,
      entries: new Map([...node.entries].map(([key, value]) => [key, marked(value, kind)])),
      origin,
    }
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => marked(item, kind)), origin }
  return { ...node, origin }
}

/** Maps are merged key by key, everything else is replaced. */
function overlay(base: Node, over: Node | undefined): Node {
  if (over === undefined) return base
  if (base.kind !== 'map' || over.kind !== 'map') return over
  const entries = new Map(base.entries)
  for (const [key, value] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below === undefined ? value : overlay(below, value))
  }
  return map(entries, over.origin)
}

function renderTemplates(
  chart: Chart,
  own: readonly SourceFile[],
  files: readonly SourceFile[],
): readonly RenderedFile[] {
  const prefix = chart.folder === '' ? 'templates/' : `${chart.folder}/templates/`
  const templates = own.filter(({ path }) => path.startsWith(prefix))
  const definitions: Definitions = new Map()
  // Helpers are shared by all charts of a release.
  for (const { path, text: body } of files)
    if (/\/templates\/[^\n]*\.tpl$/.test(`/${path}`)) parseBlocks(body, definitions)
  const root = rootOf(chart)
  const file = (path: string): string | undefined =>
    own.find((one) => one.path === (chart.folder === '' ? path : `${chart.folder}/${path}`))?.text
  return templates
    .filter(({ path }) => /\.ya?ml$/.test(path) && !/\/tests?\//.test(path))
    .map((template) => {
      const rendered = renderGo(template, { root, definitions, booleans: 'strict', file }, 'bare')
      return {
        file: { path: template.path, text: rendered.text },
        map: mapOfSpans(template, rendered.text, rendered.spans),
      }
    })
}

/** What a template's dot holds. */
function rootOf(chart: Chart): Node {
  const here = chart.meta.origin
  const meta = chart.meta.kind === 'map' ? chart.meta.entries : new Map<string, Node>()
  const release = new Map<string, Node>([
    ['Name', text(chart.name, here)],
    ['Namespace', text('default', here)],
    ['Service', text('Helm', here)],
  ])
  const upper = new Map(
    [...meta].map(([key, value]) => [key.slice(0, 1).toUpperCase() + key.slice(1), value] as const),
  )
  return map(
    new Map<string, Node>([
      ['Values', chart.values],
      ['Chart', map(upper, here)],
      ['Release', map(release, here)],
      ['Capabilities', unknown(here)],
      [
        'Template',
        map(
          new Map<string, Node>([
            ['BasePath', text('templates', here)],
            ['Name', text('template', here)],
          ]),
          here,
        ),
      ],
      ['Files', unknown(here)],
    ]),
    here,
  )
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'text' ? node.value : undefined
}

function startOf(file: string): Origin {
  return { kind: 'file', file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}
