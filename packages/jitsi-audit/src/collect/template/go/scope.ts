// What a Go template's expression can see.
import type { Origin } from '../../../core/source.ts'
import type { Node } from '../../../core/value.ts'
import type { Budget } from '../limits.ts'
import type { Definitions } from './blocks.ts'

/**
 * How `toBool` reads what is no plain boolean: `strict` makes it false (frep, in the images before 2022-03-11),
 * `lenient` makes any other text true, `"no"` and `"off"` included (tpl, since then).
 */
export type BooleanDialect = 'strict' | 'lenient'

export interface GoContext {
  readonly root: Node
  readonly definitions: Definitions
  readonly booleans: BooleanDialect
  /** Text of a file beside the template, for `.Files.Get`. */
  readonly file?: (path: string) => string | undefined
}

export interface GoScope extends GoContext {
  readonly dot: Node
  readonly variable: (name: string) => Node | undefined
  readonly origin: (start: number, end: number, kind?: Origin['kind']) => Origin
  readonly budget: Budget
  /** Renders a named body with the given dot; the text holds a placeholder letter for every unknown part. */
  readonly include: (name: string, dot: Node, here: Origin) => Node
  /** Renders a text as a template with the given dot, as `tpl` does. */
  readonly renderText: (source: string, dot: Node, here: Origin) => Node
}
