// Values of Go template pipelines, as far as the set itself gives them.
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import { flag, nothing, number, text, truth, unknown } from '../values.ts'
import { asText } from '../values.ts'
import { FUNCTIONS } from './functions.ts'
import type { Operand, Pipeline } from './pipeline.ts'
import type { GoScope } from './scope.ts'

/** Value of a pipeline; what is nil in Go is a null node. */
export function evaluatePipeline(pipeline: Pipeline, scope: GoScope): Node {
  const here = scope.origin(pipeline.start, pipeline.end)
  if (!pipeline.readable) return unknown(here, 'runtime')
  if (!scope.budget.spend()) return unknown(here, 'limit')
  return scope.budget.deeper<Node>(
    () => {
      let piped: Node | undefined
      for (const command of pipeline.commands) piped = evaluateCommand(command, piped, scope, here)
      return piped ?? nothing(here)
    },
    unknown(here, 'limit'),
  )
}

function evaluateCommand(
  command: readonly Operand[],
  piped: Node | undefined,
  scope: GoScope,
  here: Origin,
): Node {
  const [first, ...rest] = command
  if (first === undefined) return nothing(here)
  if (first.kind === 'word') return callFunction(first.name, rest, piped, scope, here)
  const isFile = first.kind === 'path' && first.keys.at(-2) === 'Files'
  if (isFile && first.keys.at(-1) === 'Get') return fileText(rest, scope, here)
  // A method with arguments, such as `.Capabilities.APIVersions.Has "x"`, is nothing that a set can answer.
  if (rest.length > 0) return unknown(here, 'runtime')
  return evaluateOperand(first, scope)
}

function evaluateOperand(operand: Operand, scope: GoScope): Node {
  const here = scope.origin(operand.start, operand.end)
  switch (operand.kind) {
    case 'text':
      return text(operand.value, here)
    case 'number':
      return number(operand.value, here)
    case 'flag':
      return flag(operand.value, here)
    case 'nil':
      return nothing(here)
    case 'word':
      return callFunction(operand.name, [], undefined, scope, here)
    case 'group':
      return follow(evaluatePipeline(operand.pipeline, scope), operand.keys, here)
    case 'path': {
      const from =
        operand.from === 'dot' ? scope.dot : operand.name === '' ? scope.root : scope.variable(operand.name)
      return follow(from ?? unknown(here), operand.keys, here)
    }
  }
}

/** Walks down the keys; a missing key is nil. */
export function follow(from: Node, keys: readonly string[], here: Origin): Node {
  let node = from
  for (const key of keys) {
    if (node.kind === 'unknown') return unknown(node.origin.file === '' ? here : node.origin)
    if (node.kind !== 'map') return nothing(here)
    node = node.entries.get(key) ?? nothing(here)
  }
  return node
}

function fileText(args: readonly Operand[], scope: GoScope, here: Origin): Node {
  const [name] = args
  const path = name === undefined ? undefined : asText(evaluateOperand(name, scope))
  const found = path === undefined ? undefined : scope.file?.(path)
  return found === undefined ? unknown(here, 'include') : text(found, here)
}

function callFunction(
  name: string,
  operands: readonly Operand[],
  piped: Node | undefined,
  scope: GoScope,
  here: Origin,
): Node {
  const args = operands.map((operand) => evaluateOperand(operand, scope))
  if (piped !== undefined) args.push(piped)
  if (name === 'and' || name === 'or') return logical(name, args, here)
  if (name === 'include') return include(args, scope, here)
  if (name === 'tpl') return renderText(args, scope, here)
  if (name === 'required') return args[1] ?? unknown(here)
  if (name === 'toBool') return toBool(args[0], scope, here)
  const wanted = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (wanted === undefined) return unknown(here, 'runtime')
  return wanted(args, here) ?? unknown(here)
}

function include(args: readonly Node[], scope: GoScope, here: Origin): Node {
  const [name, dot] = args
  const known = name === undefined ? undefined : asText(name)
  return known === undefined ? unknown(here) : scope.include(known, dot ?? nothing(here), here)
}

function renderText(args: readonly Node[], scope: GoScope, here: Origin): Node {
  const [source, dot] = args
  const known = source === undefined ? undefined : asText(source)
  return known === undefined
    ? unknown(here)
    : scope.renderText(known, dot ?? nothing(here), source?.origin ?? here)
}

/** The first value that decides, as Go has it; unknown ones only matter when no other decides alone. */
function logical(name: 'and' | 'or', args: readonly Node[], here: Origin): Node {
  const decides = name === 'or'
  const values = args.map((arg) => truth(arg))
  const at = values.indexOf(decides)
  const open = values.indexOf(undefined)
  if (open !== -1 && (at === -1 || !decides || open < at))
    return at === -1 ? unknown(here) : (args[at] ?? unknown(here))
  return (at === -1 ? args.at(-1) : args[at]) ?? nothing(here)
}

/** What Go's ParseBool takes. */
const TRUE_WORDS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE_WORDS = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False', ''])

function toBool(value: Node | undefined, scope: GoScope, here: Origin): Node {
  if (value === undefined || value.kind === 'unknown') return unknown(here)
  if (value.kind !== 'text') return flag(truth(value) === true, value.origin)
  return flag(readBoolean(value.value, scope.booleans), value.origin)
}

/** A text as the images' templates read it. */
export function readBoolean(value: string, dialect: GoScope['booleans']): boolean {
  const word = dialect === 'lenient' ? value.replaceAll(/["']/g, '') : value
  if (TRUE_WORDS.has(word)) return true
  return dialect === 'lenient' && !FALSE_WORDS.has(word)
}
