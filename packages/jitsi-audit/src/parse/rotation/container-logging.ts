// Where a container's output goes: the service's `logging`, else Docker's daemon.json, else the driver json-file.
import type { ComposeService } from '../../core/installation.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Assignment } from '../../core/settings.ts'
import type { Origin, SourceFile } from '../../core/source.ts'
import type { MapNode, Node } from '../../core/value.ts'
import { startOf } from '../common/problem.ts'
import { readYaml } from '../common/yaml.ts'

/** Docker's daemon.json: `log-driver`, `log-opts` and the rest as they are written. */
export function readDockerDaemon(file: SourceFile): Settings {
  const { documents, problems, whole } = readYaml(file)
  const [document] = documents
  const root: MapNode =
    document?.kind === 'map' ? document : { kind: 'map', entries: new Map(), origin: startOf(file.path) }
  const assignments = [...root.entries].map(([key, node]): Assignment => ({
    path: key,
    keys: [key],
    node,
    origin: node.origin,
  }))
  return { completeness: whole ? 'complete' : 'fragment', root, assignments, problems, files: [file.path] }
}

export interface ContainerLogging {
  /** `json-file`, `journald`, `none`, ...; undefined when it cannot be told. */
  readonly driver: string | undefined
  readonly options: ReadonlyMap<string, Node>
  /** `stock-default` when neither the service nor the daemon says anything. */
  readonly origin: Origin
}

/** How a service logs. Without daemon.json in the set Docker's own default is assumed, and the origin says so. */
export function containerLogging(service: ComposeService, daemon?: Settings): ContainerLogging {
  const logging = service.node.kind === 'map' ? service.node.entries.get('logging') : undefined
  const own = logging?.kind === 'map' ? logging : undefined
  const driver = own?.entries.get('driver')
  if (own !== undefined && driver !== undefined)
    return { driver: text(driver), options: optionsOf(own.entries.get('options')), origin: driver.origin }
  if (logging?.kind === 'unknown') return { driver: undefined, options: new Map(), origin: logging.origin }
  const stock: Origin = { ...service.origin, kind: 'stock-default' }
  const set = daemon === undefined ? undefined : lookup(daemon, ['log-driver'])
  const base = set?.state === 'set' ? set.node : undefined
  const name = base === undefined ? 'json-file' : text(base)
  const shared = daemon?.root.entries.get('log-opts')
  // Options without a driver belong to the default driver.
  const options = new Map([...optionsOf(shared), ...optionsOf(own?.entries.get('options'))])
  return { driver: name, options, origin: base?.origin ?? own?.origin ?? stock }
}

function text(node: Node): string | undefined {
  return node.kind === 'text' ? node.value : undefined
}

function optionsOf(node: Node | undefined): ReadonlyMap<string, Node> {
  return node?.kind === 'map' ? node.entries : new Map()
}
