// Keeps every change to objects and variables, so that a branch can be tried and taken back, and joins what branches left behind.
import { joinSlots } from './join.ts'
import {
  type JsObject,
  type Place,
  type Slot,
  type Unknown,
  isIndex,
  isObject,
  slotOf,
  unknown,
} from './values.ts'

interface Cell {
  slots: Map<string, Slot | undefined>
  items?: readonly Slot[]
  rest?: { readonly value: Unknown | undefined }
}

/** What a branch wrote: for each object the last state of what it touched. */
export type Outcome = ReadonlyMap<JsObject, Cell>

interface Change {
  readonly target: JsObject
  readonly key: string
  readonly kind: 'slot' | 'items' | 'rest'
  readonly undo: () => void
}

export class Heap {
  readonly #journal: Change[] = []

  /** Sets or removes one property or variable. */
  put(target: JsObject, key: string, slot: Slot | undefined): void {
    if (target.isArray && isIndex(key)) {
      this.putItems(target, withItem(target.items, Number(key), slot))
      return
    }
    const before = target.slots.get(key)
    this.#journal.push({ target, key, kind: 'slot', undo: () => set(target, key, before) })
    set(target, key, slot)
  }

  /** Replaces the items of an array. */
  putItems(target: JsObject, items: readonly Slot[]): void {
    const before = target.items
    this.#journal.push({ target, key: 'items', kind: 'items', undo: () => (target.items = before) })
    target.items = items
    for (const [index, { value }] of items.entries()) if (isObject(value)) value.settle(target, String(index))
  }

  /** Says that an object may have more properties than are known. */
  putRest(target: JsObject, rest: Unknown | undefined): void {
    const before = target.rest
    this.#journal.push({ target, key: 'rest', kind: 'rest', undo: () => (target.rest = before) })
    target.rest = rest
  }

  /** A point to go back to. */
  mark(): number {
    return this.#journal.length
  }

  /** Takes back everything since the mark and tells what it had led to. */
  rollback(mark: number): Outcome {
    const outcome = new Map<JsObject, Cell>()
    const changes = this.#journal.splice(mark)
    for (const { target, key, kind } of changes) {
      const cell: Cell = outcome.get(target) ?? { slots: new Map() }
      outcome.set(target, cell)
      if (kind === 'slot') cell.slots.set(key, target.slots.get(key))
      else if (kind === 'items') cell.items = target.items
      else cell.rest = { value: target.rest }
    }
    for (const { undo } of changes.reverse()) undo()
    return outcome
  }

  /** Writes what holds after one of several branches, whichever was taken. */
  join(outcomes: readonly Outcome[], at: Place): void {
    for (const target of new Set(outcomes.flatMap((one) => [...one.keys()]))) {
      const cells = outcomes.map((one) => one.get(target))
      const keys = new Set(cells.flatMap((cell) => [...(cell?.slots.keys() ?? [])]))
      for (const key of keys) this.put(target, key, this.#joined(cells, target, key, at))
      if (cells.some((cell) => cell?.items !== undefined)) this.#joinItems(target, cells, at)
      const rest = cells.find((cell) => cell?.rest?.value !== undefined)?.rest
      if (rest !== undefined) this.putRest(target, rest.value)
    }
  }

  #joined(cells: readonly (Cell | undefined)[], target: JsObject, key: string, at: Place): Slot | undefined {
    const written: (Slot | undefined)[] = []
    const kept: (Slot | undefined)[] = []
    for (const cell of cells)
      if (cell?.slots.has(key) === true) written.push(cell.slots.get(key))
      else kept.push(target.slots.get(key) ?? absent(target, at))
    return joinSlots([...written, ...kept], at)
  }

  #joinItems(target: JsObject, cells: readonly (Cell | undefined)[], at: Place): void {
    const lists = cells.map((cell) => cell?.items ?? target.items)
    const length = Math.max(...lists.map((list) => list.length))
    const items: Slot[] = []
    for (let index = 0; index < length; index += 1) {
      const item = joinSlots(
        lists.map((list) => list[index]),
        at,
      )
      if (item !== undefined) items.push(item)
    }
    this.putItems(target, items)
  }
}

/** A property that is not there may be there all the same, when more may be in the object than is known. */
function absent(target: JsObject, at: Place): Slot | undefined {
  return target.rest === undefined ? undefined : slotOf(unknown(target.rest.reason, at), at)
}

function set(target: JsObject, key: string, slot: Slot | undefined): void {
  if (slot === undefined) {
    target.slots.delete(key)
    return
  }
  target.slots.set(key, slot)
  if (isObject(slot.value)) slot.value.settle(target, key)
}

/** Largest gap that an assignment by index may leave in an array. */
const GAP_MAX = 1000

function withItem(items: readonly Slot[], index: number, slot: Slot | undefined): readonly Slot[] {
  const copy = [...items]
  if (slot === undefined || index > items.length + GAP_MAX) return copy
  while (copy.length < index) copy.push({ ...slot, value: undefined })
  copy[index] = slot
  return copy
}
