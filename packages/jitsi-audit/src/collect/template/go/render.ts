// Renders a Go template (Helm, frep, tpl) with the values of its set; what cannot be told stays unknown or doubtful.
import { LineIndex } from '../../../core/origin.ts'
import { hasPlaceholder, PLACEHOLDER } from '../../../core/placeholder.ts'
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import { Budget, LOOP_ROUNDS_MAX } from '../limits.ts'
import { Output, type Quoting, type Span } from '../output.ts'
import { asText, flag, nothing, number, text, toJson, truth, unknown } from '../values.ts'
import { type Block, parseBlocks } from './blocks.ts'
import { evaluatePipeline } from './evaluate.ts'
import type { Pipeline } from './pipeline.ts'
import type { GoContext, GoScope } from './scope.ts'

export interface RenderedGo {
  readonly text: string
  readonly spans: readonly Span[]
}

/** Renders the template with `context.root` as its dot. */
export function renderGo(
  template: { readonly path: string; readonly text: string },
  context: GoContext,
  quoting: Quoting,
  budget: Budget = new Budget(),
): RenderedGo {
  const index = new LineIndex(template.path, template.text)
  const output = new Output(quoting)
  const renderer = new Renderer(context, budget, output, (start, end, kind) => index.origin(start, end, kind))
  renderer.render(parseBlocks(template.text, context.definitions), context.root)
  return { text: output.text, spans: output.spans }
}

type Place = (start: number, end: number, kind?: Origin['kind']) => Origin

class Renderer {
  readonly #context: GoContext
  readonly #budget: Budget
  readonly #output: Output
  readonly #place: Place
  #variables: ReadonlyMap<string, Node>[] = [new Map()]
  #dot: Node

  constructor(context: GoContext, budget: Budget, output: Output, place: Place) {
    this.#context = context
    this.#budget = budget
    this.#output = output
    this.#place = place
    this.#dot = context.root
  }

  render(blocks: readonly Block[], dot: Node): void {
    const outer = this.#dot
    const depth = this.#variables.length
    this.#dot = dot
    this.#variables.push(new Map())
    for (const block of blocks) {
      if (!this.#budget.spend() || this.#output.full) break
      this.#budget.deeper(() => this.#block(block), undefined)
    }
    this.#variables.length = depth
    this.#dot = outer
  }

  #block(block: Block): void {
    if (block.kind === 'text') this.#output.copy(block.text, block.start)
    else if (block.kind === 'output') this.#print(this.#evaluate(block.pipeline), block.start)
    else if (block.kind === 'if' || block.kind === 'with') this.#choose(block)
    else if (block.kind === 'range') this.#loop(block)
    else if (block.kind === 'assign') this.#assign(block.name, this.#evaluate(block.pipeline))
    else {
      const dot =
        block.argument.commands.length === 0
          ? nothing(this.#place(block.start, block.start))
          : this.#evaluate(block.argument)
      this.#print(this.#include(block.name, dot, this.#place(block.start, block.start)), block.start)
    }
  }

  #evaluate(pipeline: Pipeline): Node {
    const scope: GoScope = {
      ...this.#context,
      dot: this.#dot,
      variable: (name) => this.#variable(name),
      origin: this.#place,
      budget: this.#budget,
      include: (name, dot, here) => this.#include(name, dot, here),
      renderText: (source, dot, here) =>
        this.#inner(parseBlocks(source, this.#context.definitions), dot, here),
    }
    return evaluatePipeline(pipeline, scope)
  }

  #variable(name: string): Node | undefined {
    return this.#variables.findLast((scope) => scope.has(name))?.get(name)
  }

  /** A new variable belongs to the innermost block; an existing one changes where it is, even with `:=` in a branch. */
  #assign(name: string, assigned: Node): void {
    const value = this.#output.isDoubtful ? unknown(assigned.origin, 'branch') : assigned
    const at = this.#variables.findLastIndex((scope) => scope.has(name))
    const index = at === -1 ? this.#variables.length - 1 : at
    this.#variables[index] = new Map([...(this.#variables[index] ?? []), [name, value]])
  }

  #include(name: string, dot: Node, here: Origin): Node {
    const body = this.#context.definitions.get(name)
    if (body === undefined) return unknown(here, 'include')
    return this.#inner(body, dot, here)
  }

  /** Text of blocks that stand elsewhere: every place in it is the place of the call. */
  #inner(blocks: readonly Block[], dot: Node, here: Origin): Node {
    const output = new Output('bare')
    const inner = new Renderer(this.#context, this.#budget, output, () => here)
    return this.#budget.deeper<Node>(
      () => {
        inner.render(blocks, dot)
        return output.spans.some((span) => span.doubtful) ? unknown(here, 'branch') : text(output.text, here)
      },
      unknown(here, 'limit'),
    )
  }

  #print(value: Node, source: number): void {
    if (value.kind === 'unknown') {
      this.#output.unknown(source, value.origin)
      return
    }
    // A nil prints nothing in Helm; frep and tpl print "<no value>", which no image relies on.
    const printed = asText(value) ?? toJson(value)
    if (printed === undefined || printed === PLACEHOLDER) this.#output.unknown(source, value.origin)
    else if (hasPlaceholder(printed)) this.#output.value(printed, source)
    else this.#output.value(printed, source, value.origin)
  }

  #choose(block: Extract<Block, { kind: 'if' | 'with' }>): void {
    let doubtful = false
    for (const branch of block.branches) {
      const test =
        branch.test === undefined
          ? flag(true, this.#place(block.start, block.start))
          : this.#evaluate(branch.test)
      const taken = truth(test)
      if (taken === false) continue
      const dot = block.kind === 'with' && branch.test !== undefined ? test : this.#dot
      const show = (): void => {
        if (branch.variable === undefined) this.render(branch.body, dot)
        else this.#bound(new Map([[branch.variable, test]]), branch.body, dot)
      }
      if (taken === true && !doubtful) {
        show()
        return
      }
      // Only one of these branches holds and nobody can say which: all are shown, none is certain.
      if (!doubtful || branch.balanced) this.#output.doubting(show)
      doubtful = true
      if (taken === true) return
    }
  }

  #bound(variables: ReadonlyMap<string, Node>, body: readonly Block[], dot: Node): void {
    const depth = this.#variables.length
    this.#variables.push(variables)
    this.render(body, dot)
    this.#variables.length = depth
  }

  #loop(block: Extract<Block, { kind: 'range' }>): void {
    const over = this.#evaluate(block.over)
    const here = this.#place(block.start, block.start)
    const entries = entriesOf(over)
    if (entries === undefined) {
      const names = new Map(block.names.map((name) => [name, unknown(here) as Node]))
      this.#output.doubting(() => this.#bound(names, block.body, unknown(here)))
      return
    }
    for (const [key, value] of entries.slice(0, LOOP_ROUNDS_MAX)) {
      const [first, second] = block.names
      const names = new Map<string, Node>()
      if (first !== undefined) names.set(first, second === undefined ? value : key)
      if (second !== undefined) names.set(second, value)
      this.#bound(names, block.body, value)
    }
    if (entries.length === 0) this.render(block.otherwise, this.#dot)
  }
}

/** What `range` visits: items with their index, entries by sorted key, or the numbers below a number. */
function entriesOf(over: Node): readonly (readonly [Node, Node])[] | undefined {
  if (over.kind === 'unknown') return undefined
  if (over.kind === 'list') return over.items.map((item, index) => [number(index, item.origin), item])
  if (over.kind !== 'map') return []
  return [...over.entries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [text(key, value.origin), value])
}
