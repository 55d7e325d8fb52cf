// Tells what `config` (or `interfaceConfig`) holds after the scripts of a page ran, without running them.
import { type Program, parse } from 'acorn'
import type { Completeness, Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { MapNode } from '../../core/value.ts'
import { problem, startOf } from '../common/problem.ts'
import { type Include, type Script, compose } from './compose.ts'
import { evaluateExpression } from './expressions.ts'
import { callFunction } from './functions.ts'
import { type Evaluator, Exhausted, Machine } from './machine.ts'
import { makesRoot } from './root.ts'
import { Snapshot } from './snapshot.ts'
import { enterFunction, executeList } from './statements.ts'
import { JsObject, type Slot, isObject, slotOf, unknown } from './values.ts'

export interface EvaluateOptions {
  /** The variable that the page reads. */
  readonly root: 'config' | 'interfaceConfig'
  /** Finds a file of the set that a server-side include names. */
  readonly include: Include
}

const EVALUATOR: Evaluator = { expression: evaluateExpression, call: callFunction }

/**
 * The settings that `files` make when they are served as one script, in their order: the base first, custom files after it.
 * `complete` when a file makes the object and nothing is missing. An exception ends the script where it is thrown;
 * a syntax error anywhere keeps all of it from running, as browsers do. Never throws.
 */
export function evaluateConfig(files: readonly SourceFile[], options: EvaluateOptions): Settings {
  const [first] = files
  if (first === undefined) return settingsOf('absent', emptyRoot(startOf('')), [], [], [])
  const script = compose(files, options.include)
  const parsed = parseScript(script.text)
  if (parsed.program === undefined) return unparsed(files, script, options, parsed)
  const complete = makesRoot(parsed.program, options.root)
  const machine = run(script, parsed.program, options, complete)
  const slot = rootSlot(machine, options.root)
  const problems = [...script.problems, ...machine.problems]
  const whole = isObject(slot?.value) && complete && !machine.cut && !problems.some(isGap)
  const root = rootNode(machine, slot, startOf(first.path), whole)
  return settingsOf(whole ? 'complete' : 'fragment', root, machine.recorder.finish(), problems, script.files)
}

/** Problems after which silence proves nothing. */
function isGap({ code }: ParseProblem): boolean {
  return code !== 'throws' && code !== 'unsupported'
}

interface Parsed {
  readonly program?: Program
  readonly code: 'syntax' | 'too-deep'
  readonly at: number
}

function parseScript(text: string): Parsed {
  try {
    return { program: parse(text, { ecmaVersion: 'latest', sourceType: 'script' }), code: 'syntax', at: 0 }
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.startsWith('Not enough stack'))
      return { code: 'too-deep', at: 0 }
    const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
    return { code: 'syntax', at }
  }
}

function run(script: Script, program: Program, options: EvaluateOptions, complete: boolean): Machine {
  const machine = new Machine(script, { root: options.root, complete }, EVALUATOR)
  try {
    if (!complete) {
      const start = { start: 0, end: 0 }
      machine.heap.put(
        machine.globals,
        options.root,
        slotOf(new JsObject(false, unknown('include', start)), start),
      )
    }
    runProgram(machine, program)
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error
    machine.problems.push(
      problem(
        'too-many',
        script.origin({ start: 0, end: 0 }),
        'Die Auswertung wurde abgebrochen: Das Skript tut mehr, als eine Konfiguration tut.',
        'The evaluation was stopped: the script does more than a configuration does.',
      ),
    )
  }
  return machine
}

function runProgram(machine: Machine, program: Program): void {
  const frame = { scope: machine.lexicalScope, self: machine.globals }
  enterFunction(machine, program.body, machine.globalScope)
  const end = executeList(machine, program.body, frame)
  if (end.type !== 'throw') return
  machine.report(
    'throws',
    end.thrown.at,
    'Hier bricht der Browser mit einem Fehler ab: Alles, was danach kommt, wird nie wirksam.',
    'The browser stops here with an error: nothing after this place ever takes effect.',
  )
}

function rootSlot(machine: Machine, name: string): Slot | undefined {
  return machine.lexicalScope.variables.get(name) ?? machine.globals.get(name)
}

function rootNode(machine: Machine, slot: Slot | undefined, start: Origin, whole: boolean): MapNode {
  const object = slot?.value
  if (slot === undefined || !isObject(object) || object.isArray) return emptyRoot(start)
  const origin = machine.script.origin(slot.at)
  const node = new Snapshot((at) => machine.script.origin(at)).map(object, origin)
  return whole || node.rest !== undefined
    ? node
    : { ...node, rest: { kind: 'unknown', reason: 'include', origin: start } }
}

/** A script that no browser runs: nothing of it is in effect, and what could be read is listed as lost. */
function unparsed(
  files: readonly SourceFile[],
  script: Script,
  options: EvaluateOptions,
  parsed: Parsed,
): Settings {
  const at = Math.min(parsed.at, Math.max(0, script.text.length - 1))
  const origin = script.origin({ start: at, end: at + 1 })
  const found =
    parsed.code === 'too-deep'
      ? problem('too-deep', origin, 'Zu tief verschachtelt zum Lesen.', 'Nested too deeply to be read.')
      : problem(
          'syntax',
          origin,
          'Hier versteht der Browser das Skript nicht. Er führt dann gar nichts davon aus, auch nicht die Teile, die angehängt oder eingebunden sind.',
          'The browser cannot parse the script here. It then runs none of it, appended and included parts neither.',
        )
  const assignments = files.flatMap((file) => {
    const part = compose([file], options.include)
    const { program } = parseScript(part.text)
    if (program === undefined) return []
    const listed = run(part, program, options, makesRoot(program, options.root)).recorder.finish()
    return listed.map((one) => ({ ...one, lost: { reason: 'after-throw', to: origin } as const }))
  })
  return settingsOf(
    'fragment',
    emptyRoot(startOf(script.files[0] ?? '')),
    assignments,
    [...script.problems, found],
    script.files,
  )
}

function emptyRoot(origin: Origin): MapNode {
  return { kind: 'map', entries: new Map(), origin }
}

function settingsOf(
  completeness: Completeness,
  root: MapNode,
  assignments: Settings['assignments'],
  problems: readonly ParseProblem[],
  files: readonly string[],
): Settings {
  return { completeness, root, assignments, problems, files }
}
