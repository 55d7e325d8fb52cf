// What of an outer block is in effect in an inner one: nginx replaces a directive as a group as soon as the inner block has one of it.
import type { NginxDirective } from '../../core/installation.ts'

/** Directives that work only where they stand (handlers, rewriting, the block's own identity). */
const OWN_ONLY = new Set([
  'listen',
  'server_name',
  'return',
  'rewrite',
  'set',
  'break',
  'internal',
  'try_files',
  'alias',
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'stub_status',
  'empty_gif',
  'include',
])

/** Directives that replace each other although their names differ. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  allow: ['allow', 'deny'],
  deny: ['allow', 'deny'],
}

/** `add_header_inherit merge` (nginx 1.29.3) adds to the outer headers instead of replacing them. */
const MERGED: Readonly<Record<string, string>> = {
  add_header: 'add_header_inherit',
  add_trailer: 'add_trailer_inherit',
}

/** The directives in effect in a block whose own ones are `own`. */
export function effectiveOf(
  own: readonly NginxDirective[],
  outer: ReadonlyMap<string, readonly NginxDirective[]> | undefined,
): ReadonlyMap<string, readonly NginxDirective[]> {
  const here = new Map<string, NginxDirective[]>()
  for (const one of own) {
    if (one.children !== undefined) continue
    const group = here.get(one.name)
    if (group === undefined) here.set(one.name, [one])
    else group.push(one)
  }
  const effective = new Map<string, readonly NginxDirective[]>(here)
  for (const [name, group] of outer ?? []) {
    if (OWN_ONLY.has(name)) continue
    const mine = here.get(name)
    if (mine !== undefined) {
      if (inherits(name, here, outer) === 'merge') effective.set(name, [...group, ...mine])
      continue
    }
    if (inherits(name, here, outer) === 'off') continue
    if (!(FAMILIES[name] ?? []).some((sibling) => here.has(sibling))) effective.set(name, group)
  }
  return effective
}

function inherits(
  name: string,
  here: ReadonlyMap<string, readonly NginxDirective[]>,
  outer: ReadonlyMap<string, readonly NginxDirective[]> | undefined,
): string | undefined {
  const by = MERGED[name]
  return by === undefined ? undefined : (here.get(by) ?? outer?.get(by))?.[0]?.args[0]
}
