// Reads java.util.logging settings: the handlers of the root logger and every level that a file states.
import type { LoggingConfig } from '../../core/installation.ts'
import type { Assignment, Settings } from '../../core/settings.ts'
import type { Origin, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { parseProperties } from '../properties/parse-properties.ts'

/** A property that is set from elsewhere and wins over the file, such as by a flag of the start script. */
export interface Override {
  readonly key: string
  readonly node: Node
}

/** A handler with the level line that governs it; without one, the class decides. */
export interface Handler {
  readonly name: string
  readonly level?: string
  readonly origin: Origin
}

/** What a logging.properties says; `overrides` are laid over it as a stronger source, later ones win. */
export function readLogging(file: SourceFile, overrides: readonly Override[] = []): LoggingConfig {
  return loggingOf(layOver(parseProperties(file), overrides))
}

/** Levels and root handlers of settings that were read. */
function loggingOf(settings: Settings): LoggingConfig {
  const levels = new Map<string, { readonly level: string; readonly origin: Origin }>()
  for (const [key, node] of settings.root.entries) {
    if (!key.endsWith('.level') || node.kind !== 'text') continue
    levels.set(key.slice(0, -'.level'.length), { level: node.value.trim(), origin: node.origin })
  }
  return { settings, handlers: handlersAt(settings, 'handlers'), levels }
}

/** The handlers that one property attaches; classes are parted by commas and blanks. */
export function handlersAt(settings: Settings, key: string): readonly Handler[] {
  const node = settings.root.entries.get(key)
  if (node?.kind !== 'text') return []
  const names = new Set(node.value.split(/[\s,]/).filter((name) => name !== ''))
  return [...names].map((name) => {
    const level = settings.root.entries.get(`${name}.level`)
    return {
      name,
      ...(level?.kind === 'text' ? { level: level.value.trim() } : {}),
      origin: node.origin,
    }
  })
}

function layOver(settings: Settings, overrides: readonly Override[]): Settings {
  if (overrides.length === 0) return settings
  const entries = new Map(settings.root.entries)
  let assignments: readonly Assignment[] = settings.assignments
  for (const { key, node } of overrides) {
    entries.set(key, node)
    assignments = [
      ...assignments.map((one): Assignment =>
        one.lost === undefined && one.path === key
          ? { ...one, lost: { reason: 'stronger-source', to: node.origin } }
          : one,
      ),
      { path: key, keys: [key], node, origin: node.origin },
    ]
  }
  return { ...settings, root: { ...settings.root, entries }, assignments }
}
