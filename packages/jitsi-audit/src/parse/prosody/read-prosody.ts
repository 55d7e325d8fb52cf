// Reads prosody's configuration files into the settings in effect at each host.
import type { ProsodyConfig, ProsodyHost } from '../../core/installation.ts'
import type { Assignment, Completeness, Settings } from '../../core/settings.ts'
import type { SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { startOf } from '../common/problem.ts'
import { notReached } from '../common/reached.ts'
import { Execution, type IncludeMany } from './execute.ts'
import { modulesInEffect } from './modules.ts'
import type { Scope } from './scopes.ts'

/** Options that only a main configuration sets for all hosts: with one of them the global section is there. */
const BASE_MODULES = new Set(['roster', 'saslauth', 'tls', 'disco'])

/**
 * The configuration that these files make up. `prosody.cfg.lua` runs first, with what it includes; files that nobody includes
 * run after it. `environment` answers `os.getenv`; without it a variable is unknown, or its `or "default"`.
 *
 * In `settings` of a host: own options over global ones. `modules_enabled` is the list that prosody really loads there: global
 * modules, own ones, modules loaded by themselves (origin `stock-default`), less the disabled ones. A table with numbered and
 * named entries is a map whose numbered keys are `1`, `2`, ...
 */
export function readProsody(
  files: readonly SourceFile[],
  include: IncludeMany,
  environment?: Settings,
): ProsodyConfig {
  const [first] = files
  if (first === undefined) return { completeness: 'absent', hosts: [], problems: [], files: [] }
  const ordered = [...files].sort((a, b) => Number(isMain(b)) - Number(isMain(a)))
  const execution = new Execution(ordered[0]?.path ?? first.path, include, environment)
  for (const file of ordered.filter((one) => isMain(one)))
    if (!execution.read.includes(file.path)) execution.run(file)
  const reached = new Set(execution.read)
  for (const file of notReached(ordered, reached))
    if (!execution.read.includes(file.path)) execution.run(file)
  const completeness: Completeness = execution.whole && hasBase(execution, ordered) ? 'complete' : 'fragment'
  const all = [...execution.scopes.values()].map((scope) => hostOf(scope, execution, completeness))
  const disabledHosts = all.filter((host) => isDisabled(host))
  const hosts = all.filter((host) => !isDisabled(host))
  return { completeness, hosts, disabledHosts, problems: execution.problems, files: execution.read }
}

function isDisabled({ kind, settings }: ProsodyHost): boolean {
  const enabled = settings.root.entries.get('enabled')
  return kind !== 'global' && enabled?.kind === 'flag' && !enabled.value
}

function isMain(file: SourceFile): boolean {
  return /(?:^|\/)prosody\.cfg\.lua[^/]*$/.test(file.path)
}

function hasBase(execution: Execution, files: readonly SourceFile[]): boolean {
  if (files.some((file) => isMain(file))) return true
  const modules = execution.global.own.get('modules_enabled')
  return (
    modules?.kind === 'list' &&
    modules.items.some((one) => one.kind === 'text' && BASE_MODULES.has(one.value))
  )
}

function hostOf(scope: Scope, execution: Execution, completeness: Completeness): ProsodyHost {
  const { global } = execution
  const entries = new Map<string, Node>(scope === global ? [] : global.own)
  for (const [key, node] of scope.own) entries.set(key, node)
  const silent = { ...startOf(global.origin.file), line: scope.origin.line, endLine: scope.origin.line }
  entries.set(
    'modules_enabled',
    modulesInEffect(
      scope.kind,
      { enabled: global.own.get('modules_enabled'), disabled: global.own.get('modules_disabled') },
      { enabled: scope.own.get('modules_enabled'), disabled: scope.own.get('modules_disabled') },
      { ...silent, file: scope.origin.file },
    ),
  )
  const settings: Settings = {
    completeness,
    root: { kind: 'map', entries, origin: scope.origin },
    assignments: scope === global ? scope.assignments : [...inherited(global, scope), ...scope.assignments],
    problems: execution.problems,
    files: execution.read,
  }
  const host = { kind: scope.kind, name: scope.name, settings, origin: scope.origin }
  return scope.module === undefined ? host : { ...host, module: scope.module }
}

/** Global assignments as this host sees them: lost where it has its own; module lists add up instead. */
function inherited(global: Scope, scope: Scope): readonly Assignment[] {
  return global.assignments.map((one) => {
    const index = scope.inEffect.get(one.path)
    const own = index === undefined ? undefined : scope.assignments[index]
    if (one.lost !== undefined || own === undefined || own.node.kind === 'null' || ADDED_UP.has(one.path))
      return one
    return { ...one, lost: { reason: 'stronger-source', to: own.origin } }
  })
}

const ADDED_UP = new Set(['modules_enabled', 'modules_disabled'])
