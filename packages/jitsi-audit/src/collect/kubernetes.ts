// Kubernetes manifests: files kept in ConfigMaps, and the containers with the environment that they start with.
import type { ComposeService } from '../core/installation.ts'
import type { SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { FlatSettings } from '../parse/common/flat-settings.ts'
import { placeInBlock } from './block.ts'
import { type RenderedFile } from './helm.ts'
import { generatedBy } from './kustomize.ts'
import { mapOfLines, type SourceMap } from './template/source-map.ts'
import { asText, list, map, text, unknown } from './template/values.ts'
import { readDocuments, type YamlDocument } from './yaml.ts'

/** What the manifests of a set hold. */
export interface Cluster {
  readonly files: readonly RenderedFile[]
  readonly services: readonly ComposeService[]
}

interface Manifest {
  readonly file: SourceFile
  readonly document: YamlDocument
  readonly map: SourceMap | undefined
}

/** True for a YAML file that describes objects of Kubernetes. */
export function looksLikeManifest(file: SourceFile): boolean {
  return /\.ya?ml$/.test(file.path) && /^apiVersion\s*:/m.test(file.text) && /^kind\s*:/m.test(file.text)
}

/** Reads manifests, rendered ones with the map to their templates; `files` are all of the set, for what Kustomize generates. */
export function readCluster(
  manifests: readonly { readonly file: SourceFile; readonly map?: SourceMap }[],
  files: readonly SourceFile[],
): Cluster {
  const all = manifests.flatMap(({ file, map: outer }) =>
    readDocuments(file).map((document): Manifest => ({ file, document, map: outer })),
  )
  const data = new Map(generatedBy(files))
  for (const { document } of all) {
    const kind = textAt(document.root, 'kind')
    const name = textAt(at(document.root, 'metadata'), 'name')
    if (name === undefined) continue
    if (kind === 'ConfigMap') data.set(`config:${name}`, entriesOf(at(document.root, 'data')))
    // Only the names of a secret's keys are ever looked at.
    if (kind === 'Secret') data.set(`secret:${name}`, secretNames(document.root))
  }
  const open = all.flatMap(({ document }) => openPorts(document.root))
  return {
    files: all.flatMap((manifest) => filesOf(manifest)),
    services: patched(all.flatMap(({ document }) => servicesOf(document.root, data, open))),
  }
}

/** Containers without image are patches of Kustomize: their variables go over those of the container they name. */
function patched(services: readonly ComposeService[]): readonly ComposeService[] {
  const whole = services.filter(hasImage)
  const lone = services.filter(
    (service) => !hasImage(service) && !whole.some(({ name }) => name === service.name),
  )
  const merged = whole.map((service) => {
    const patches = services.filter((one) => !hasImage(one) && one.name === service.name)
    // Two of them belong to two overlays: nobody can say which is meant.
    const [patch] = patches
    if (patches.length !== 1 || patch === undefined) return service
    const { environment } = service
    const entries = new Map([...environment.root.entries, ...patch.environment.root.entries])
    return {
      ...service,
      environment: {
        ...environment,
        root: { ...environment.root, entries },
        assignments: [...environment.assignments, ...patch.environment.assignments],
        files: [...environment.files, ...patch.environment.files],
      },
    }
  })
  return [...merged, ...lone]
}

function hasImage({ node }: ComposeService): boolean {
  return node.kind === 'map' && node.entries.has('image')
}

function secretNames(root: Node): ReadonlyMap<string, Node> {
  const keys = [...entriesOf(at(root, 'data')), ...entriesOf(at(root, 'stringData'))]
  return new Map(keys.map(([key, value]) => [key, unknown(value.origin)]))
}

function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined
}

function textAt(node: Node | undefined, key: string): string | undefined {
  const value = at(node, key)
  return value?.kind === 'text' ? value.value : undefined
}

function entriesOf(node: Node | undefined): ReadonlyMap<string, Node> {
  return node?.kind === 'map' ? node.entries : new Map()
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : []
}

/** Keys with a dot or a line break in their value are files; the others are variables. */
function filesOf({ file, document, map: outer }: Manifest): readonly RenderedFile[] {
  if (textAt(document.root, 'kind') !== 'ConfigMap') return []
  const name = textAt(at(document.root, 'metadata'), 'name') ?? 'config'
  return [...entriesOf(at(document.root, 'data'))].flatMap(([key, value]) => {
    if (value.kind !== 'text' || !(key.includes('.') || value.value.includes('\n'))) return []
    const path = `${file.path}#${name}/${key}`
    const scalar = document.scalars.get(value)
    const place = placeInBlock(file, value.origin, scalar)
    return [{ file: { path, text: value.value }, map: mapOfLines(place, outer) }]
  })
}

const WORKLOADS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Pod',
  'ReplicaSet',
  'Job',
  'CronJob',
  'DeploymentConfig',
])

/** Ports that a Service opens to the outside, and the labels of the pods that it leads to. */
interface OpenPorts {
  readonly selector: ReadonlyMap<string, Node>
  readonly ports: readonly Node[]
}

/** Only balancers and ports of the nodes are reached from outside of the cluster. */
function openPorts(root: Node): readonly OpenPorts[] {
  const spec = at(root, 'spec')
  const type = textAt(spec, 'type')
  if (textAt(root, 'kind') !== 'Service' || (type !== 'LoadBalancer' && type !== 'NodePort')) return []
  const ports = itemsOf(at(spec, 'ports')).flatMap((port) => {
    const target = at(port, 'targetPort') ?? at(port, 'port')
    return target?.kind === 'number' ? [map(new Map<string, Node>([['target', target]]), port.origin)] : []
  })
  return [{ selector: entriesOf(at(spec, 'selector')), ports }]
}

function portsOf(pod: Node | undefined, open: readonly OpenPorts[]): readonly Node[] {
  const labels = entriesOf(at(at(pod, 'metadata'), 'labels'))
  return open.flatMap(({ selector, ports }) => {
    const fits = [...selector].every(([key, value]) => {
      const label = labels.get(key)
      return label !== undefined && asText(label) === asText(value)
    })
    return fits && selector.size > 0 ? ports : []
  })
}

function servicesOf(
  root: Node,
  data: ReadonlyMap<string, ReadonlyMap<string, Node>>,
  open: readonly OpenPorts[],
): readonly ComposeService[] {
  const kind = textAt(root, 'kind')
  if (kind === 'List') return itemsOf(at(root, 'items')).flatMap((item) => servicesOf(item, data, open))
  if (kind === undefined || !WORKLOADS.has(kind)) return []
  const spec = at(root, 'spec')
  const template =
    kind === 'CronJob' ? at(at(at(spec, 'jobTemplate'), 'spec'), 'template') : at(spec, 'template')
  const pod = kind === 'Pod' ? spec : at(template, 'spec')
  const ports = portsOf(kind === 'Pod' ? root : template, open)
  return itemsOf(at(pod, 'containers')).map((container) => {
    const service = serviceOf(container, data)
    const entries = new Map([...entriesOf(container), ['ports', list(ports, container.origin)] as const])
    return ports.length === 0 ? service : { ...service, node: map(entries, container.origin) }
  })
}

function serviceOf(container: Node, data: ReadonlyMap<string, ReadonlyMap<string, Node>>): ComposeService {
  const settings = new FlatSettings()
  let whole = true
  for (const source of itemsOf(at(container, 'envFrom'))) {
    const name = textAt(at(source, 'configMapRef'), 'name')
    const secret = textAt(at(source, 'secretRef'), 'name')
    const entries = name === undefined ? data.get(`secret:${secret ?? ''}`) : data.get(`config:${name}`)
    if (entries === undefined) whole = false
    for (const [key, value] of entries ?? []) settings.set(key, value, value.origin)
  }
  for (const variable of itemsOf(at(container, 'env'))) {
    const name = textAt(variable, 'name')
    if (name !== undefined) {
      const value = variableOf(variable, data)
      settings.set(name, value, value.origin)
    } else if (variable.kind !== 'map') whole = false
  }
  const name = textAt(container, 'name') ?? ''
  return {
    name,
    origin: container.origin,
    // A patch of Kustomize names no image: the one that it is laid over keeps its own.
    node: map(entriesOf(container), container.origin),
    environment: settings.finish(
      whole ? 'complete' : 'fragment',
      [container.origin.file],
      container.origin,
      [],
    ),
  }
}

function variableOf(variable: Node, data: ReadonlyMap<string, ReadonlyMap<string, Node>>): Node {
  const value = at(variable, 'value')
  if (value !== undefined) {
    const written = asText(value)
    return written === undefined ? unknown(value.origin) : text(written, value.origin)
  }
  const from = at(variable, 'valueFrom')
  // A name alone is the empty text, as Kubernetes has it.
  if (from === undefined) return text('', variable.origin)
  const reference = at(from, 'configMapKeyRef')
  const found = data.get(`config:${textAt(reference, 'name') ?? ''}`)?.get(textAt(reference, 'key') ?? '')
  return found ?? unknown(variable.origin)
}
