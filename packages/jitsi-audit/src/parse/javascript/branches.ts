// Runs every way that an undecidable condition leaves open, and says how they end together.
import { type Completion, type Machine, NORMAL, Thrown, place } from './machine.ts'
import { joinSlots } from './join.ts'
import type { Place } from './values.ts'

/** Each way starts from the same state; afterwards what they wrote is joined. */
export function fork(machine: Machine, at: Place, ways: readonly (() => Completion)[]): Completion {
  const tried = ways.map((way) => machine.attempt(way))
  machine.join(
    tried.map(({ outcome }) => outcome),
    place(at),
  )
  const ends = tried.map(({ result }): Completion =>
    result instanceof Thrown ? { type: 'throw', thrown: result } : result,
  )
  const thrown = ends.find((end) => end.type === 'throw')
  if (thrown?.type === 'throw' && ends.some((end) => end.type !== 'throw')) machine.mayThrow(thrown.thrown.at)
  return combine(ends)
}

/** One completion for several possible ones. */
export function combine(ends: readonly Completion[]): Completion {
  const abrupt = ends.flatMap((end) =>
    end.type === 'normal' ? [] : [end.type === 'maybe' ? end.abrupt : end],
  )
  const [first] = abrupt
  if (first === undefined) return NORMAL
  const merged = abrupt.slice(1).reduce(two, first)
  return ends.some((end) => end.type === 'normal' || end.type === 'maybe') ||
    abrupt.some((one) => one.type !== first.type)
    ? { type: 'maybe', abrupt: merged }
    : merged
}

function two(a: Completion, b: Completion): Completion {
  if (a.type !== 'return') return b.type === 'return' ? b : a
  if (b.type !== 'return') return a
  const slot = joinSlots([a.slot, b.slot], a.slot.at)
  return slot === undefined ? a : { type: 'return', slot }
}
