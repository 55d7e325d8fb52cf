// Executes the statements of one configuration file: assignments, sections, includes, branches; nothing of it is run as Lua.
import type {
  AssignmentStatement,
  CallStatement,
  Expression,
  IfStatement,
  LocalStatement,
  Statement,
} from 'luaparse'
import { DEPTH_MAX } from '../../core/limits.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { isInside } from '../common/placeholder.ts'
import { includeMissing, problem } from '../common/problem.ts'
import type { Execution } from './execute.ts'
import { truth, uncertain } from './lua-operators.ts'
import { type LuaContext, LuaValues, rangeOf } from './lua-values.ts'
import type { LuaFile } from './parse-lua.ts'
import { type Scope, assign, assignDead } from './scopes.ts'
import { sectionCall } from './section-call.ts'

/** How sure it is that the current statements are executed. */
type Mode =
  | { readonly kind: 'live' }
  | { readonly kind: 'maybe' }
  | { readonly kind: 'dead'; readonly by: Origin }

/** One pass over one file; it starts in the global section. */
export class FileRun {
  readonly #execution: Execution
  readonly #path: string
  readonly #lua: LuaFile
  readonly #values: LuaValues
  /** Local variables, innermost block last. */
  readonly #blocks: Map<string, Node>[] = [new Map()]
  #current: Scope
  #mode: Mode = { kind: 'live' }
  #returned = false

  constructor(execution: Execution, path: string, lua: LuaFile, environment: Settings | undefined) {
    this.#execution = execution
    this.#path = path
    this.#lua = lua
    this.#current = execution.global
    const context: LuaContext = {
      lines: lua.lines,
      conditional: lua.conditional,
      local: (name) => this.#local(name)?.get(name),
      option: (name) => this.#current.own.get(name) ?? execution.global.own.get(name),
      environment,
      spend: () => execution.spend(),
    }
    this.#values = new LuaValues(context)
  }

  run(): void {
    this.#block(this.#lua.body, 0)
  }

  #local(name: string): Map<string, Node> | undefined {
    return this.#blocks.findLast((block) => block.has(name))
  }

  #block(body: readonly Statement[], depth: number): void {
    if (depth > DEPTH_MAX) return
    this.#blocks.push(new Map())
    for (const statement of body) {
      if (this.#returned || !this.#execution.spend()) break
      this.#statement(statement, depth)
    }
    this.#blocks.pop()
  }

  #statement(statement: Statement, depth: number): void {
    switch (statement.type) {
      case 'AssignmentStatement':
        this.#assignment(statement)
        return
      case 'LocalStatement':
        this.#locals(statement)
        return
      case 'CallStatement':
        this.#call(statement)
        return
      case 'IfStatement':
        this.#if(statement, depth)
        return
      case 'DoStatement':
        this.#block(statement.body, depth + 1)
        return
      case 'WhileStatement':
      case 'RepeatStatement':
      case 'ForNumericStatement':
      case 'ForGenericStatement':
        this.#within({ kind: 'maybe' }, () => {
          this.#block(statement.body, depth + 1)
        })
        return
      case 'FunctionDeclaration':
        if (statement.identifier?.type === 'Identifier')
          this.#blocks.at(-1)?.set(statement.identifier.name, this.#runtime(statement))
        return
      case 'ReturnStatement':
        if (this.#mode.kind === 'live') this.#returned = true
        return
      case 'BreakStatement':
      case 'GotoStatement':
      case 'LabelStatement':
        return
    }
  }

  #runtime(at: object): Node {
    return { kind: 'unknown', reason: 'runtime', origin: this.#values.origin(at) }
  }

  #within(mode: Mode, action: () => void): void {
    const outer = this.#mode
    if (outer.kind !== 'dead' && !(outer.kind === 'maybe' && mode.kind === 'live')) this.#mode = mode
    action()
    this.#mode = outer
  }

  #assignment(statement: AssignmentStatement): void {
    const open = this.#mode.kind === 'maybe' || isInside(this.#lua.conditional, rangeOf(statement)[0])
    const values = statement.init.map((one) => this.#values.evaluate(one))
    const origin = this.#values.origin(statement)
    for (const [index, target] of statement.variables.entries()) {
      const value = values[index] ?? ({ kind: 'null', origin } as const)
      if (target.type === 'Identifier')
        this.#write(target.name, open ? uncertain(value, this.#before(target.name)) : value, origin)
      else this.#writeInto(target, value, origin)
    }
  }

  /** What a name stands for before it is assigned. */
  #before(name: string): Node | undefined {
    return this.#local(name)?.get(name) ?? this.#current.own.get(name) ?? this.#execution.global.own.get(name)
  }

  #write(name: string, value: Node, origin: Origin): void {
    const block = this.#local(name)
    if (block !== undefined) {
      if (this.#mode.kind !== 'dead') block.set(name, value)
    } else if (this.#mode.kind === 'dead') assignDead(this.#current, name, value, origin, this.#mode.by)
    else assign(this.#current, name, value, origin)
  }

  /** `table.key = value`: only a local table can be changed; on an option prosody stops with an error. */
  #writeInto(
    target: Exclude<AssignmentStatement['variables'][number], { type: 'Identifier' }>,
    value: Node,
    origin: Origin,
  ): void {
    const base = target.base.type === 'Identifier' ? target.base.name : undefined
    const block = base === undefined ? undefined : this.#local(base)
    const table = base === undefined ? undefined : block?.get(base)
    if (this.#mode.kind === 'dead') return
    if (base === undefined || block === undefined || table === undefined) {
      if (base !== undefined) {
        this.#execution.report(notATable(origin))
        this.#execution.whole = false
      }
      return
    }
    const key =
      target.type === 'MemberExpression'
        ? target.identifier.name
        : plainKey(this.#values.evaluate(target.index))
    if (key === undefined || (table.kind !== 'map' && !(table.kind === 'list' && table.items.length === 0)))
      block.set(base, { kind: 'unknown', reason: 'runtime', origin })
    else {
      const entries = new Map(table.kind === 'map' ? table.entries : [])
      block.set(base, { kind: 'map', entries: entries.set(key, value), origin: table.origin })
    }
  }

  #locals(statement: LocalStatement): void {
    const values = statement.init.map((one) => this.#values.evaluate(one))
    const origin = this.#values.origin(statement)
    for (const [index, variable] of statement.variables.entries())
      this.#blocks.at(-1)?.set(variable.name, values[index] ?? { kind: 'null', origin })
  }

  #if(statement: IfStatement, depth: number): void {
    let mode: Mode = { kind: 'live' }
    for (const clause of statement.clauses) {
      const known = clause.type === 'ElseClause' ? true : truth(this.#values.evaluate(clause.condition))
      const own: Mode = known === false ? { kind: 'dead', by: this.#values.origin(statement) } : mode
      this.#within(known === undefined ? maybe(own) : own, () => {
        this.#block(clause.body, depth + 1)
      })
      if (known === undefined) mode = maybe(mode)
      else if (known) mode = { kind: 'dead', by: this.#values.origin(statement) }
    }
  }

  #call(statement: CallStatement): void {
    const call = sectionCall(statement.expression)
    const origin = this.#values.origin(statement)
    if (call === undefined) {
      this.#plainCall(statement, origin)
      return
    }
    if (this.#mode.kind === 'dead') return
    const open = this.#mode.kind === 'maybe' || isInside(this.#lua.conditional, rangeOf(statement)[0])
    const name = this.#values.evaluate(call.name)
    const written = this.#lua.text.slice(...rangeOf(call.name))
    const scope = this.#execution.section(call, open ? uncertain(name) : name, written, origin)
    if (scope === undefined) return
    if (call.module !== undefined) scope.module = this.#values.evaluate(call.module)
    this.#current = scope
    if (call.options !== undefined) this.#options(scope, call.options, open)
  }

  /** `VirtualHost "x" { a = 1 }`: sets the options and returns to the global section. */
  #options(scope: Scope, options: Expression, open: boolean): void {
    const node = this.#values.evaluate(options)
    this.#current = this.#execution.global
    if (node.kind !== 'map') return
    for (const [key, value] of node.entries) assign(scope, key, open ? uncertain(value) : value, value.origin)
  }

  #plainCall(statement: CallStatement, origin: Origin): void {
    const call = statement.expression
    const name = call.base.type === 'Identifier' ? call.base.name : undefined
    if (this.#mode.kind === 'dead' || name === undefined) return
    const argument = call.type === 'StringCallExpression' ? call.argument : firstArgument(call)
    if ((name === 'Include' || name === 'include') && argument !== undefined)
      this.#execution.includeFiles(this.#values.evaluate(argument), this.#path, origin)
    else if (name === 'RunScript') {
      this.#execution.whole = false
      this.#execution.report(includeMissing(origin))
    }
  }
}

function maybe(mode: Mode): Mode {
  return mode.kind === 'dead' ? mode : { kind: 'maybe' }
}

function firstArgument(call: CallStatement['expression']): Expression | undefined {
  return call.type === 'CallExpression' ? call.arguments[0] : undefined
}

function plainKey(node: Node): string | undefined {
  return node.kind === 'text' ? node.value : undefined
}

function notATable(origin: Origin): ParseProblem {
  return problem(
    'throws',
    origin,
    'Hier wird in eine Einstellung hineingeschrieben; prosody bricht an dieser Stelle ab.',
    'This writes into an option; prosody stops at this place.',
  )
}
