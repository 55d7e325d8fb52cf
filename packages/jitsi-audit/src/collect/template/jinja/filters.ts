// The filters of Jinja, Ansible and Salt that only rearrange what is known; all others make the value unknown.
import { PLACEHOLDER } from '../../../core/placeholder.ts'
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import { FILTER_TEXT_MAX } from '../limits.ts'
import { asText, equal, flag, list, map, number, text, toJson, truth, unknown } from '../values.ts'

export interface FilterArgument {
  readonly name?: string | undefined
  readonly value: Node | undefined
}

type Filter = (of: Node, args: readonly FilterArgument[], here: Origin) => Node | undefined

/** Value of `of | name(args)`; keeps the place of the value where the filter keeps the value. */
export function applyFilter(name: string, of: Node, args: readonly FilterArgument[], here: Origin): Node {
  if (of.kind === 'unknown') return unknown(here, of.reason)
  if (of.kind === 'text' && of.value.length > FILTER_TEXT_MAX) return unknown(here, 'limit')
  if (args.some(({ value }) => value === undefined || value.kind === 'unknown')) return unknown(here)
  const short = name.slice(name.lastIndexOf('.') + 1)
  const filter = Object.hasOwn(FILTERS, short) ? FILTERS[short] : undefined
  return filter?.(of, args, here) ?? unknown(here, 'runtime')
}

function textArgument(args: readonly FilterArgument[], index: number): string | undefined {
  const value = args[index]?.value
  return value === undefined ? undefined : asText(value)
}

/** A filter from text to text. */
function onText(change: (value: string) => string): Filter {
  return (of) => {
    const value = asText(of)
    return value === undefined ? undefined : text(change(value), of.origin)
  }
}

const TRUE_WORDS = new Set(['true', 'yes', 'on', '1', 'y', 't'])

const same: Filter = (of) => of

const json: Filter = (of, _args, here) => {
  const value = toJson(of, 0, PLACEHOLDER)
  return value === undefined
    ? undefined
    : text(value, of.kind === 'list' || of.kind === 'map' ? here : of.origin)
}

const length: Filter = (of, _args, here) => {
  if (of.kind === 'list') return number(of.items.length, here)
  if (of.kind === 'map') return number(of.entries.size, here)
  return of.kind === 'text' ? number(of.value.length, here) : undefined
}

const FILTERS: Readonly<Record<string, Filter>> = {
  lower: onText((value) => value.toLowerCase()),
  upper: onText((value) => value.toUpperCase()),
  capitalize: onText((value) => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()),
  trim: onText((value) => value.trim()),
  string: onText((value) => value),
  basename: onText((value) => value.slice(value.lastIndexOf('/') + 1)),
  dirname: onText((value) => value.slice(0, Math.max(0, value.lastIndexOf('/')))),
  regex_escape: onText((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)),
  quote: onText((value) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`)),
  e: same,
  escape: same,
  safe: same,
  mandatory: same,
  indent: same,
  yaml_encode: json,
  yaml_dquote: json,
  json,
  tojson: json,
  to_json: json,
  to_nice_json: json,
  to_yaml: json,
  to_nice_yaml: json,
  length,
  count: length,
  abs: (of) => (of.kind === 'number' ? { ...of, value: Math.abs(of.value) } : undefined),
  int: (of) => {
    const value = Number.parseInt(asText(of) ?? '', 10)
    return number(Number.isFinite(value) ? value : 0, of.origin)
  },
  float: (of) => {
    const value = Number.parseFloat(asText(of) ?? '')
    return number(Number.isFinite(value) ? value : 0, of.origin)
  },
  bool: (of) =>
    flag(of.kind === 'text' ? TRUE_WORDS.has(of.value.trim().toLowerCase()) : truth(of) === true, of.origin),
  ternary: (of, args) => args[truth(of) === true ? 0 : 1]?.value,
  join: (of, args, here) => {
    const items = of.kind === 'list' ? of.items.map((item) => asText(item)) : [undefined]
    return items.includes(undefined) ? undefined : text(items.join(textArgument(args, 0) ?? ''), here)
  },
  split: (of, args, here) => {
    const value = asText(of)
    const separator = textArgument(args, 0)
    const parts = separator === undefined ? value?.trim().split(/\s+/) : value?.split(separator)
    return parts === undefined
      ? undefined
      : list(
          parts.map((part) => text(part, of.origin)),
          here,
        )
  },
  replace: (of, args) => {
    const value = asText(of)
    const from = textArgument(args, 0)
    if (value === undefined || from === undefined || from === '') return undefined
    return text(
      value.replaceAll(from, () => textArgument(args, 1) ?? ''),
      of.origin,
    )
  },
  first: (of) => (of.kind === 'list' ? of.items[0] : undefined),
  last: (of) => (of.kind === 'list' ? of.items.at(-1) : undefined),
  list: (of, _args, here) =>
    of.kind === 'list'
      ? of
      : of.kind === 'map'
        ? list(
            [...of.entries.keys()].map((key) => text(key, here)),
            here,
          )
        : undefined,
  unique: (of) =>
    of.kind === 'list'
      ? {
          ...of,
          items: of.items
            .slice(0, 1_000)
            .filter((item, index, all) => all.findIndex((other) => equal(item, other) === true) === index),
        }
      : undefined,
  sort: (of) =>
    of.kind === 'list' && of.items.every((item) => asText(item) !== undefined)
      ? { ...of, items: of.items.toSorted((a, b) => ((asText(a) ?? '') < (asText(b) ?? '') ? -1 : 1)) }
      : undefined,
  union: (of, args) => {
    const other = args[0]?.value
    return of.kind === 'list' && other?.kind === 'list'
      ? { ...of, items: [...of.items, ...other.items] }
      : undefined
  },
  items: (of, _args, here) => pairs(of, here),
  dictsort: (of, _args, here) => pairs(of, here),
  dict2items: (of, _args, here) =>
    of.kind === 'map'
      ? list(
          [...of.entries].map(([key, value]) =>
            map(
              new Map<string, Node>([
                ['key', text(key, value.origin)],
                ['value', value],
              ]),
              value.origin,
            ),
          ),
          here,
        )
      : undefined,
  combine: (of, args, here) => {
    const deep = args.some(
      ({ name, value }) => name === 'recursive' && value !== undefined && truth(value) === true,
    )
    const others = args.flatMap(({ name, value }) =>
      name === undefined && value !== undefined ? [value] : [],
    )
    let all: Node | undefined = of
    for (const other of others) all = merged(all, other, deep ? MERGE_DEPTH_MAX : 0, here)
    return all
  },
}

/** Nesting of maps that are merged into one another. */
const MERGE_DEPTH_MAX = 20

/** `lower` with the keys of `upper` over its own; maps in both are merged in turn while `depth` lasts. */
function merged(lower: Node | undefined, upper: Node, depth: number, here: Origin): Node | undefined {
  if (lower?.kind !== 'map' || upper.kind !== 'map') return undefined
  const entries = new Map(lower.entries)
  for (const [key, value] of upper.entries) {
    const below = depth > 0 ? merged(entries.get(key), value, depth - 1, here) : undefined
    entries.set(key, below ?? value)
  }
  return map(entries, here)
}

function pairs(of: Node, here: Origin): Node | undefined {
  if (of.kind !== 'map') return undefined
  return list(
    [...of.entries].map(([key, value]) => list([text(key, value.origin), value], value.origin)),
    here,
  )
}
