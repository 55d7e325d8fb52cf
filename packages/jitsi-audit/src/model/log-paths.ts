// Collects where every component writes its logs.
import type { Component, Installation, LogPath } from '../core/installation.ts'
import type { Origin } from '../core/source.ts'
import type { Node } from '../core/value.ts'

type Parts = Pick<Installation, 'prosody' | 'nginx' | 'turn' | 'logging' | 'jvb'>

/** Every file path that is named as a log destination, each once for its component. */
export function findLogPaths(parts: Parts): readonly LogPath[] {
  const found = new Map<string, LogPath>()
  for (const path of [...fromNginx(parts), ...fromProsody(parts), ...fromTurn(parts), ...fromJava(parts)])
    if (!found.has(`${path.component} ${path.path}`)) found.set(`${path.component} ${path.path}`, path)
  return [...found.values()]
}

function* fromNginx({ nginx }: Parts): Generator<LogPath> {
  for (const scope of nginx.scopes)
    for (const name of ['access_log', 'error_log'])
      for (const { args, origin } of scope.effective.get(name) ?? [])
        yield* absolute(args[0], 'nginx', origin)
}

/** Only files: devices, syslog and the console keep nothing here. */
function* absolute(path: string | undefined, component: Component, origin: Origin): Generator<LogPath> {
  if (path?.startsWith('/') === true && !path.startsWith('/dev/')) yield { path, component, origin }
}

function* fromProsody({ prosody }: Parts): Generator<LogPath> {
  for (const { settings } of prosody.hosts) {
    const log = settings.root.entries.get('log')
    if (log !== undefined) yield* textsIn(log, 'prosody', 0)
  }
}

const DEPTH = 4

function* textsIn(node: Node, component: Component, depth: number): Generator<LogPath> {
  if (node.kind === 'text') yield* absolute(node.value, component, node.origin)
  if (depth >= DEPTH) return
  if (node.kind === 'list') for (const item of node.items) yield* textsIn(item, component, depth + 1)
  if (node.kind === 'map')
    for (const value of node.entries.values()) yield* textsIn(value, component, depth + 1)
}

function* fromTurn({ turn }: Parts): Generator<LogPath> {
  const node = turn.root.entries.get('log-file')
  if (node?.kind === 'text') yield* absolute(node.value, 'turn', node.origin)
}

function* fromJava({ logging }: Parts): Generator<LogPath> {
  for (const component of ['jvb', 'jicofo', 'jibri', 'jigasi'] as const)
    for (const [key, node] of logging[component].settings.root.entries)
      if (key.endsWith('.pattern') && node.kind === 'text')
        yield* absolute(node.value, component, node.origin)
}
