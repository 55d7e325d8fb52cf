// Renders a Jinja template with the values of its set: conditions follow the defaults, what cannot be told stays doubtful.
import { LineIndex } from '../../../core/origin.ts'
import { placeholderParts } from '../../../core/placeholder.ts'
import type { Origin, ParseProblem } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import { Budget, LOOP_ROUNDS_MAX } from '../limits.ts'
import { Output, type Quoting, type Span } from '../output.ts'
import { asText, flag, list, map, number, text, toJson, truth, unknown } from '../values.ts'
import { evaluate, type Scope, type Value } from './evaluate.ts'
import { type Block, parseBlocks } from './blocks.ts'

/** A rendered text with the places of its pieces. */
export interface Rendered {
  readonly text: string
  readonly spans: readonly Span[]
  readonly problems: readonly ParseProblem[]
}

/** A variable's value by name; `undefined` when the set does not define it. */
export type Variables = (name: string) => Node | undefined

/** Renders `template`; values that are templates themselves must come rendered from `variables`. */
export function renderJinja(
  template: { readonly path: string; readonly text: string },
  variables: Variables,
  quoting: Quoting,
  trimBlocks: boolean = true,
): Rendered {
  const index = new LineIndex(template.path, template.text)
  const renderer = new Renderer(index, variables, new Output(quoting), new Budget())
  const { blocks, problems } = parseBlocks(template.text, index, trimBlocks)
  renderer.blocks(blocks)
  return { text: renderer.output.text, spans: renderer.output.spans, problems }
}

/** Value of a text that may hold expressions, as Ansible's variables do: `"{{ a }}"` keeps a's type. */
export function renderValue(source: string, origin: Origin, variables: Variables, budget: Budget): Node {
  const index = new LineIndex(origin.file, source)
  const { blocks } = parseBlocks(source, index)
  const only = blocks.length === 1 ? blocks[0] : undefined
  const scope: Scope = {
    lookup: variables,
    origin: (_start, _end, kind) => ({ ...origin, kind: kind ?? origin.kind }),
    budget,
  }
  if (only?.kind === 'output') return evaluate(only.expression, scope) ?? unknown(origin)
  const renderer = new Renderer(index, variables, new Output('bare'), budget, scope.origin)
  renderer.blocks(blocks)
  const { spans, text: printed } = renderer.output
  if (spans.some((span) => span.doubtful)) return unknown(origin)
  if (!spans.some((span) => span.kind === 'unknown')) return text(printed, origin)
  // `auth.{{ domain }}` is known to begin with `auth.`, whatever the domain is.
  return { ...unknown(origin), parts: placeholderParts(printed) }
}

class Renderer {
  readonly output: Output
  readonly #budget: Budget
  readonly #origin: Scope['origin']
  #variables: Variables

  constructor(
    index: LineIndex,
    variables: Variables,
    output: Output,
    budget: Budget,
    origin?: Scope['origin'],
  ) {
    this.#origin = origin ?? ((start, end, kind) => index.origin(start, end, kind))
    this.#variables = variables
    this.output = output
    this.#budget = budget
  }

  blocks(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (!this.#budget.spend() || this.output.full) return
      this.#budget.deeper(() => this.#block(block), undefined)
    }
  }

  #block(block: Block): void {
    if (block.kind === 'text') this.output.copy(block.text, block.start)
    else if (block.kind === 'output') this.#print(this.#evaluate(block.expression), block.start)
    else if (block.kind === 'if') this.#choose(block)
    else if (block.kind === 'for') this.#loop(block)
    else if (block.kind === 'set') this.#define(block.names, this.#evaluate(block.expression))
    else if (block.kind === 'capture') this.#capture(block)
    else if (block.kind === 'group') this.blocks(block.body)
    else this.output.doubting(() => this.blocks(block.body))
  }

  #evaluate(expression: Parameters<typeof evaluate>[0]): Value {
    return evaluate(expression, {
      lookup: (name) => this.#variables(name),
      origin: this.#origin,
      budget: this.#budget,
    })
  }

  #print(value: Value, source: number): void {
    if (value === undefined || value.kind === 'unknown') {
      this.output.partly(value?.parts ?? [undefined], source, value?.origin)
      return
    }
    const printed =
      value.kind === 'flag' ? (value.value ? 'True' : 'False') : (asText(value, 'None') ?? toJson(value))
    if (printed === undefined) this.output.unknown(source, value.origin)
    else this.output.value(printed, source, value.origin)
  }

  #choose(block: Extract<Block, { kind: 'if' }>): void {
    let doubtful = false
    for (const branch of block.branches) {
      const test = branch.test === undefined ? flag(true, this.#origin(0, 0)) : this.#evaluate(branch.test)
      const taken = test === undefined ? undefined : truth(test)
      if (taken === false) continue
      if (taken === true && !doubtful) {
        this.blocks(branch.body)
        return
      }
      // Only one of these branches holds and nobody can say which: all are shown, none is certain.
      if (!doubtful || branch.balanced) this.output.doubting(() => this.blocks(branch.body))
      doubtful = true
      if (taken === true) return
    }
  }

  #loop(block: Extract<Block, { kind: 'for' }>): void {
    const over = this.#evaluate(block.over)
    const items =
      over?.kind === 'list'
        ? over.items
        : over?.kind === 'map'
          ? [...over.entries.keys()].map((key) => text(key, over.origin))
          : undefined
    const outer = this.#variables
    if (items === undefined) {
      const names = new Set(block.names)
      this.#variables = (name) =>
        names.has(name) ? unknown(this.#origin(block.start, block.start)) : outer(name)
      this.output.doubting(() => this.blocks(block.body))
      this.#variables = outer
      return
    }
    const kept = items.slice(0, LOOP_ROUNDS_MAX)
    for (const [at, item] of kept.entries()) {
      const local = new Map(bind(block.names, item))
      local.set('loop', loopOf(at, kept.length, item.origin))
      this.#variables = (name) => local.get(name) ?? outer(name)
      const guard = block.guard === undefined ? undefined : this.#evaluate(block.guard)
      const wanted = block.guard === undefined ? true : guard === undefined ? undefined : truth(guard)
      if (wanted === true) this.blocks(block.body)
      else if (wanted === undefined) this.output.doubting(() => this.blocks(block.body))
    }
    this.#variables = outer
    if (kept.length === 0) this.blocks(block.otherwise)
  }

  #define(names: readonly string[], assigned: Value): void {
    const value =
      this.output.isDoubtful && assigned !== undefined ? unknown(assigned.origin, 'branch') : assigned
    const outer = this.#variables
    const local = new Map(value === undefined ? [] : bind(names, value))
    this.#variables = (name) => local.get(name) ?? outer(name)
  }

  #capture(block: Extract<Block, { kind: 'capture' }>): void {
    const inner = new Renderer(
      new LineIndex('', ''),
      this.#variables,
      new Output('bare'),
      this.#budget,
      this.#origin,
    )
    inner.blocks(block.body)
    const origin = this.#origin(block.start, block.start)
    const certain = !inner.output.spans.some((span) => span.kind === 'unknown' || span.doubtful)
    this.#define([block.name], certain ? text(inner.output.text, origin) : unknown(origin))
  }
}

function bind(names: readonly string[], value: Node): [string, Node][] {
  const [only] = names
  if (names.length === 1 && only !== undefined) return [[only, value]]
  return names.map((name, at) => {
    const part = value.kind === 'list' ? value.items[at] : undefined
    return [name, part ?? unknown(value.origin)]
  })
}

function loopOf(at: number, count: number, origin: Origin): Node {
  return map(
    new Map<string, Node>([
      ['index', number(at + 1, origin)],
      ['index0', number(at, origin)],
      ['first', flag(at === 0, origin)],
      ['last', flag(at === count - 1, origin)],
      ['length', number(count, origin)],
      ['items', list([], origin)],
    ]),
    origin,
  )
}
