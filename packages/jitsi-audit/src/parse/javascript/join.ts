// Decides what is known of a value that depends on which branch was taken.
import { CANDIDATES_MAX, NESTING_MAX } from './limits.ts'
import { JsObject, type Place, type Slot, type Unknown, type Value, isObject, isUnknown } from './values.ts'

/** One slot for several possible ones: the same if all agree, merged objects, else an unknown that lists what it may be. */
export function joinSlots(slots: readonly (Slot | undefined)[], at: Place): Slot | undefined {
  const first = slots.find((slot) => slot !== undefined)
  if (first === undefined) return undefined
  let joined: Slot | undefined = slots[0]
  for (const slot of slots.slice(1)) joined = joinTwo(joined, slot, first, at, 0)
  return joined
}

function joinTwo(
  a: Slot | undefined,
  b: Slot | undefined,
  first: Slot,
  at: Place,
  depth: number,
): Slot | undefined {
  if (a === undefined && b === undefined) return undefined
  if (a !== undefined && b !== undefined) {
    if (sameValue(a.value, b.value, 0)) return a
    if (depth < NESTING_MAX && isPlain(a.value) && isPlain(b.value))
      return { ...a, value: joinObjects(a.value, b.value, at, depth + 1) }
  }
  return { ...first, value: either(a, b, first.at) }
}

function isPlain(value: Value): value is JsObject {
  return isObject(value) && !value.isArray
}

function joinObjects(a: JsObject, b: JsObject, at: Place, depth: number): JsObject {
  const joined = new JsObject(false, a.rest ?? b.rest)
  for (const key of new Set([...a.slots.keys(), ...b.slots.keys()])) {
    const [left, right] = [a.slots.get(key), b.slots.get(key)]
    const first = left ?? right
    if (first === undefined) continue
    const slot = joinTwo(left, right, first, at, depth)
    if (slot === undefined) continue
    joined.slots.set(key, slot)
    if (isObject(slot.value)) slot.value.settle(joined, key)
  }
  return joined
}

function either(a: Slot | undefined, b: Slot | undefined, at: Place): Unknown {
  const candidates = [...possibilities(a, at), ...possibilities(b, at)]
  const known = candidates.every(({ value }) => !isUnknown(value))
  const reason = [a?.value, b?.value].find(
    (value): value is Unknown => value !== undefined && isUnknown(value),
  )
  return {
    type: 'unknown',
    reason: reason === undefined || known ? 'branch' : reason.reason,
    at,
    ...(known && candidates.length <= CANDIDATES_MAX ? { candidates } : {}),
  }
}

function possibilities(slot: Slot | undefined, at: Place): readonly Slot[] {
  if (slot === undefined) return [{ value: undefined, at, decl: at }]
  return isUnknown(slot.value) ? (slot.value.candidates ?? [slot]) : [slot]
}

/** Equal by what they hold; bounded in depth. */
function sameValue(a: Value, b: Value, depth: number): boolean {
  if (Object.is(a, b)) return true
  if (!isObject(a) || !isObject(b) || depth > SAME_DEPTH) return false
  if (a.isArray !== b.isArray || a.items.length !== b.items.length || a.slots.size !== b.slots.size)
    return false
  if (a.rest !== undefined || b.rest !== undefined) return false
  return (
    a.items.every((item, index) => sameValue(item.value, b.items[index]?.value, depth + 1)) &&
    [...a.slots].every(
      ([key, slot]) => b.slots.has(key) && sameValue(slot.value, b.slots.get(key)?.value, depth + 1),
    )
  )
}

/** Values are compared this deep; lists of servers need three. */
const SAME_DEPTH = 6
