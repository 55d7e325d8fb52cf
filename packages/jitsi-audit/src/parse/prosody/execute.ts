// Executes prosody's configuration files one after the other, as prosody's configmanager does, without running Lua.
import { DEPTH_MAX, INCLUDES_MAX, STEPS_MAX } from '../../core/limits.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { includeCycle, includeMissing, problem, startOf, tooMuch } from '../common/problem.ts'
import { FileRun } from './file-run.ts'
import { parseLua } from './parse-lua.ts'
import { GLOBAL, HOSTS_MAX, type Scope, hostKey, newScope } from './scopes.ts'
import type { SectionCall } from './section-call.ts'

/** Files of the set that match a path or glob, seen from the including file. */
export type IncludeMany = (pattern: string, fromFile: string) => readonly SourceFile[]

/** Problems kept; more say nothing new. */
const PROBLEMS_MAX = 200

/** One run over a set of files. */
export class Execution {
  readonly scopes: Map<string, Scope>
  readonly problems: ParseProblem[] = []
  /** Paths in the order of execution. */
  readonly read: string[] = []
  /** False once a part was left out: silence proves nothing then. */
  whole = true
  readonly global: Scope
  readonly #include: IncludeMany
  readonly #environment: Settings | undefined
  readonly #open: string[] = []
  #includes = 0
  #steps = 0

  constructor(first: string, include: IncludeMany, environment: Settings | undefined) {
    const origin = startOf(first)
    this.global = newScope('global', { kind: 'text', value: GLOBAL, origin }, origin)
    this.scopes = new Map([[GLOBAL, this.global]])
    this.#include = include
    this.#environment = environment
  }

  /** Executes one file from the global section on. */
  run(file: SourceFile): void {
    this.read.push(file.path)
    const lua = parseLua(file)
    for (const one of lua.problems) this.report(one)
    if (!lua.whole) this.whole = false
    this.#open.push(file.path)
    new FileRun(this, file.path, lua, this.#environment).run()
    this.#open.pop()
  }

  report(one: ParseProblem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(one)
  }

  spend(): boolean {
    this.#steps += 1
    if (this.#steps <= STEPS_MAX) return true
    this.whole = false
    return false
  }

  /** `Include`: each file starts in the global section again. */
  includeFiles(pattern: Node, from: string, origin: Origin): void {
    const found = pattern.kind === 'text' ? this.#include(pattern.value, from) : []
    if (found.length === 0) {
      this.whole = false
      this.report(includeMissing(origin))
    }
    for (const file of found) {
      this.#includes += 1
      if (this.#open.includes(file.path)) this.report(includeCycle(origin))
      else if (this.#includes > INCLUDES_MAX || this.#open.length > DEPTH_MAX) {
        this.whole = false
        this.report(tooMuch('too-many', origin))
        return
      } else this.run(file)
    }
  }

  /** The section of a host, made when it is new; undefined when there are too many. */
  section(call: SectionCall, name: Node, written: string, origin: Origin): Scope | undefined {
    const key = hostKey(name, written)
    const known = this.scopes.get(key)
    if (known !== undefined) {
      if (known.kind !== call.kind) this.report(clash(origin))
      return known
    }
    if (this.scopes.size > HOSTS_MAX) {
      this.whole = false
      this.report(tooMuch('too-many', origin))
      return undefined
    }
    const made = newScope(call.kind, name, origin)
    this.scopes.set(key, made)
    return made
  }
}

function clash(origin: Origin): ParseProblem {
  return problem(
    'throws',
    origin,
    'Derselbe Name steht für einen VirtualHost und eine Component; prosody startet so nicht.',
    'The same name stands for a VirtualHost and a Component; prosody does not start like this.',
  )
}
