// How template functions take their arguments.
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import { FILTER_TEXT_MAX } from '../limits.ts'
import { asText, flag, number, text } from '../values.ts'

/** A function of the template languages; undefined when the value cannot be told. */
export type GoFunction = (args: readonly Node[], here: Origin) => Node | undefined

/** Text of an argument; nil is empty, as sprig has it. */
export function textAt(args: readonly Node[], index: number): string | undefined {
  const node = args.at(index)
  const value = node === undefined ? undefined : asText(node)
  return value !== undefined && value.length > FILTER_TEXT_MAX ? undefined : value
}

export function numberAt(args: readonly Node[], index: number): number | undefined {
  const value = Number.parseFloat(textAt(args, index) ?? '')
  return Number.isFinite(value) ? value : undefined
}

/** Changes the last argument's text and keeps its place. */
export function onText(change: (value: string) => string): GoFunction {
  return (args) => {
    const value = textAt(args, -1)
    const origin = args.at(-1)?.origin
    return value === undefined || origin === undefined ? undefined : text(change(value), origin)
  }
}

/** Changes the last argument's text with the first one. */
export function withText(change: (value: string, first: string) => string): GoFunction {
  return (args) => {
    const first = textAt(args, 0)
    const value = textAt(args, -1)
    const origin = args.at(-1)?.origin
    return first === undefined || value === undefined || origin === undefined
      ? undefined
      : text(change(value, first), origin)
  }
}

/** Asks something of the last argument's text with the first one. */
export function asks(test: (value: string, first: string) => boolean): GoFunction {
  return (args, here) => {
    const first = textAt(args, 0)
    const value = textAt(args, -1)
    return first === undefined || value === undefined ? undefined : flag(test(value, first), here)
  }
}

export function compares(test: (a: number, b: number) => boolean): GoFunction {
  return (args, here) => {
    const a = numberAt(args, 0)
    const b = numberAt(args, 1)
    return a === undefined || b === undefined ? undefined : flag(test(a, b), here)
  }
}

export function calculates(change: (a: number, b: number) => number): GoFunction {
  return (args, here) => {
    const numbers = args.map((_arg, index) => numberAt(args, index))
    let result = numbers[0]
    for (const one of numbers.slice(1))
      result = result === undefined || one === undefined ? undefined : change(result, one)
    return result === undefined ? undefined : number(result, here)
  }
}
