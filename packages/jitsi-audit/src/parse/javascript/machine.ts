// The state of one evaluation: budget, variables, what runs for certain, and every write to the configuration object.
import type { AnyNode, Expression } from 'acorn'
import { DEPTH_MAX } from '../../core/limits.ts'
import type { LossReason } from '../../core/settings.ts'
import type { ParseProblem } from '../../core/source.ts'
import { problem } from '../common/problem.ts'
import type { Script } from './compose.ts'
import { Heap, type Outcome } from './heap.ts'
import { joinSlots } from './join.ts'
import { GHOST_STEPS, HOMES_MAX, NESTING_MAX, STEPS } from './limits.ts'
import { type Branch, Recorder } from './record.ts'
import { type Scope, newScope } from './scope.ts'
import { Snapshot } from './snapshot.ts'
import { JsObject, type Place, type Slot, type Value, isObject, unknown } from './values.ts'

/** How a statement ended. `maybe`: in some branch it ended so, in another it went on. */
export type Completion =
  | { readonly type: 'normal' }
  | { readonly type: 'return'; readonly slot: Slot }
  | { readonly type: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly type: 'throw'; readonly thrown: Thrown }
  | { readonly type: 'maybe'; readonly abrupt: Completion }

export const NORMAL: Completion = { type: 'normal' }

/** An exception of the script. */
export class Thrown extends Error {
  readonly at: Place
  readonly value: Value

  constructor(at: Place, value: Value = unknown('runtime', at)) {
    super('the script throws')
    this.at = at
    this.value = value
  }
}

/** The budget is used up. */
export class Exhausted extends Error {}

/** Where code runs: its variables and its `this`. */
export interface Frame {
  readonly scope: Scope
  readonly self: Value
}

export interface Options {
  readonly root: 'config' | 'interfaceConfig'
  /** False when no file makes the configuration object: it may hold anything then. */
  readonly complete: boolean
}

/** The parts of the evaluator that call each other. */
export interface Evaluator {
  readonly expression: (machine: Machine, node: Expression | AnyNode, frame: Frame) => Value
  readonly call: (machine: Machine, callee: Value, self: Value, args: readonly Slot[], at: Place) => Value
}

export class Machine {
  readonly script: Script
  readonly options: Options
  readonly heap: Heap = new Heap()
  readonly recorder: Recorder = new Recorder()
  readonly problems: ParseProblem[] = []
  readonly globals: JsObject
  readonly globalScope: Scope
  /** `let` and `const` of the outermost level, which are no properties of `window`. */
  readonly lexicalScope: Scope
  readonly evaluator: Evaluator
  branch: Branch | undefined
  calls = 0
  #ghost: { readonly reason: LossReason; readonly to: Place } | undefined
  #steps = 0
  #ghostSteps = 0
  #nesting = 0
  #tooDeep = false
  readonly #reported = new Set<string>()

  constructor(script: Script, options: Options, evaluator: Evaluator) {
    this.script = script
    this.options = options
    this.evaluator = evaluator
    this.globals = new JsObject(false, unknown('runtime', { start: 0, end: 0 }))
    this.globalScope = newScope(undefined, true, this.globals)
    this.lexicalScope = newScope(this.globalScope, false)
  }

  get isGhost(): boolean {
    return this.#ghost !== undefined
  }

  /** True when something was left out because of a limit. */
  get cut(): boolean {
    return this.#tooDeep || this.#steps > STEPS || !this.recorder.hasRoom
  }

  spend(steps: number): void {
    if (this.#ghost === undefined) this.#steps += steps
    else this.#ghostSteps += steps
    const used = this.#ghost === undefined ? this.#steps > STEPS : this.#ghostSteps > GHOST_STEPS
    if (used || !this.recorder.hasRoom) throw new Exhausted()
  }

  evaluate(node: Expression | AnyNode, frame: Frame): Value {
    this.spend(1)
    if (this.#nesting >= NESTING_MAX) return this.tooDeep(node)
    this.#nesting += 1
    try {
      return this.evaluator.expression(this, node, frame)
    } finally {
      this.#nesting -= 1
    }
  }

  /** Evaluates and remembers the place; the value counts as written where this expression stands. */
  slot(node: Expression, frame: Frame, decl: Place = node): Slot {
    return { value: this.evaluate(node, frame), at: place(node), decl: place(decl) }
  }

  /** Runs a statement one level deeper, or reports that it lies too deep. */
  nest<T>(node: Place, otherwise: T, run: () => T): T {
    this.spend(1)
    if (this.#nesting >= NESTING_MAX) {
      this.tooDeep(node)
      return otherwise
    }
    this.#nesting += 1
    try {
      return run()
    } finally {
      this.#nesting -= 1
    }
  }

  tooDeep(at: Place): Value {
    if (!this.#tooDeep && !this.isGhost)
      this.report(
        'too-deep',
        at,
        'Zu tief verschachtelt für die Auswertung.',
        'Nested too deeply to be evaluated.',
      )
    this.#tooDeep = this.#tooDeep || !this.isGhost
    return unknown('limit', place(at))
  }

  report(code: ParseProblem['code'], at: Place, de: string, en: string): void {
    const id = `${code} ${at.start}`
    if (this.isGhost || this.#reported.has(id)) return
    this.#reported.add(id)
    this.problems.push(problem(code, this.script.origin(at), de, en))
  }

  /** Sets a property (the same object again changes nothing), and lists it when the object belongs to the configuration. */
  write(target: JsObject, key: string, slot: Slot): void {
    this.spend(1 + (target.isArray ? target.items.length / 8 : 0))
    const same = isObject(slot.value) && target.get(key)?.value === slot.value
    this.heap.put(target, key, same ? (target.get(key) ?? slot) : slot)
    if (same) return
    for (const path of this.pathsOf(target, key)) this.#record(path, slot)
  }

  /** Replaces the items of an array; the list counts as written anew, what stood in it before still stands. */
  writeItems(target: JsObject, items: readonly Slot[], at: Place): void {
    this.spend(1 + items.length)
    this.heap.putItems(target, items)
    for (const path of this.pathsOf(target)) this.#note(path, { value: target, at, decl: at })
  }

  /** Takes a property away. */
  remove(target: JsObject, key: string, at: Place): void {
    this.heap.put(target, key, undefined)
    for (const path of this.pathsOf(target, key)) this.#lose(path, at)
  }

  /** An assignment that has no effect, because of what stands at `to`. */
  ineffective(keys: readonly string[], slot: Slot, reason: LossReason, to: Place): void {
    const node = this.#snapshot(slot)
    const { script, recorder } = this
    const why = this.#ghost ?? { reason, to }
    if (node !== undefined)
      recorder.addLost(keys, node, script.origin(slot.decl), why.reason, script.origin(why.to))
  }

  /** Paths below the configuration object at which this object, or a property of it, can be found. */
  pathsOf(target: JsObject, key?: string): readonly (readonly string[])[] {
    const found: (readonly string[])[] = []
    const stack: { object: JsObject; path: readonly string[] }[] = [
      { object: target, path: key === undefined ? [] : [key] },
    ]
    let seen = 0
    for (let one = stack.pop(); one !== undefined && found.length < HOMES_MAX; one = stack.pop()) {
      const { object, path } = one
      seen += 1
      if (seen > DEPTH_MAX * 4) break
      if (object === this.globals || object === this.lexicalScope.variables) {
        if (path[0] === this.options.root) found.push(path.slice(1))
      } else if (path.length < DEPTH_MAX)
        for (const home of object.homes()) stack.push({ object: home.parent, path: [home.key, ...path] })
    }
    this.spend(seen)
    return found
  }

  /** Runs something only to see what it would have written; all of it is taken back. */
  ghost(reason: LossReason, to: Place, run: () => void): void {
    const before = this.#ghost
    const mark = this.heap.mark()
    this.#ghost = before ?? { reason, to }
    try {
      run()
    } catch (error) {
      if (!(error instanceof Thrown) && !(error instanceof Exhausted)) throw error
      if (error instanceof Exhausted && before !== undefined) throw error
    } finally {
      this.#ghost = before
      this.heap.rollback(mark)
    }
  }

  /** Runs one of several ways that exclude each other, and takes it back. */
  attempt<T>(run: () => T): { readonly result: T | Thrown; readonly outcome: Outcome } {
    const mark = this.heap.mark()
    const before = this.branch
    this.branch = before === undefined ? {} : { parent: before }
    let result: T | Thrown
    try {
      result = run()
    } catch (error) {
      if (!(error instanceof Thrown)) throw error
      result = error
    } finally {
      this.branch = before
    }
    return { result, outcome: this.heap.rollback(mark) }
  }

  /** One of several values, depending on what cannot be told; what each way writes is joined. */
  choose(at: Place, ways: readonly (() => Slot)[]): Value {
    const tried = ways.map((way) => this.attempt(way))
    const slots: Slot[] = []
    let thrown: Thrown | undefined
    for (const { result } of tried)
      if (result instanceof Thrown) thrown ??= result
      else slots.push(result)
    if (thrown !== undefined && slots.length === 0) throw thrown
    if (thrown !== undefined) this.mayThrow(thrown.at)
    this.join(
      tried.filter(({ result }) => !(result instanceof Thrown)).map(({ outcome }) => outcome),
      at,
    )
    return joinSlots(slots, at)?.value
  }

  /** Writes what holds whichever way was taken. */
  join(outcomes: readonly Outcome[], at: Place): void {
    this.spend(outcomes.reduce((sum, outcome) => sum + outcome.size, 0))
    this.heap.join(outcomes, at)
  }

  mayThrow(at: Place): void {
    this.report(
      'unsupported',
      at,
      'Je nach Browser oder Aufruf bricht die Ausführung hier mit einem Fehler ab.',
      'Depending on the browser or the address, execution stops here with an error.',
    )
  }

  #record(path: readonly string[], slot: Slot): void {
    if (this.#ghost === undefined) this.#lose(path, slot.decl, slot.value)
    this.#note(path, slot)
  }

  /** Lists the slot and, for an object, everything in it. */
  #note(path: readonly string[], slot: Slot, around: readonly JsObject[] = []): void {
    this.spend(1)
    const ghost = this.#ghost
    if (path.length > 0) {
      const node = this.#snapshot(slot)
      if (node === undefined) return
      if (ghost !== undefined) this.ineffective(path, slot, ghost.reason, ghost.to)
      else this.recorder.add(path, node, this.script.origin(slot.decl), this.branch)
    }
    const { value } = slot
    if (!isObject(value) || value.isArray || around.includes(value) || path.length > DEPTH_MAX) return
    for (const [key, below] of value.slots) this.#note([...path, key], below, [...around, value])
  }

  #snapshot(slot: Slot): ReturnType<Snapshot['node']> {
    const snapshot = new Snapshot((at) => this.script.origin(at))
    const node = snapshot.node(slot)
    this.spend(snapshot.count)
    return node
  }

  #lose(path: readonly string[], at: Place, successor?: Value): void {
    if (this.#ghost !== undefined) return
    const find = (below: readonly string[]): ReturnType<Script['origin']> | undefined => {
      const slot = slotWithin(successor, below)
      return slot === undefined ? undefined : this.script.origin(slot.decl)
    }
    this.spend(this.recorder.lose(path, this.script.origin(at), this.branch, find))
  }
}

function slotWithin(value: Value, keys: readonly string[]): Slot | undefined {
  let slot: Slot | undefined
  let at = value
  for (const key of keys) {
    slot = isObject(at) && !at.isArray ? at.slots.get(key) : undefined
    if (slot === undefined) return undefined
    at = slot.value
  }
  return slot
}

/** The bare offsets of a node. */
export function place({ start, end }: Place): Place {
  return { start, end }
}
