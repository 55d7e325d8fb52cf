// Reads properties as the language does: own ones, methods of the platform, an exception on null and undefined.
import { ARRAY_METHODS } from './natives-array.ts'
import { FUNCTION_METHODS, OBJECT_METHODS } from './natives-object.ts'
import { STRING_METHODS } from './natives-string.ts'
import { type Machine, Thrown } from './machine.ts'
import { BUILTINS } from './builtins.ts'
import { type JsObject, type Place, type Value, isIndex, isPrimitive, unknown } from './values.ts'

/** The value of `target[key]`. */
export function readMember(machine: Machine, target: Value, key: string, at: Place): Value {
  if (target === null || target === undefined) throw new Thrown(at)
  if (isPrimitive(target))
    return typeof target === 'string' ? ofText(target, key, at) : ofPrimitive(target, key, at)
  switch (target.type) {
    case 'unknown':
      return unknown(target.reason, at)
    case 'object':
      return ofObject(machine, target, key, at)
    case 'native':
      return target.members?.get(key) ?? FUNCTION_METHODS.get(key) ?? unknown('runtime', at)
    case 'function':
      return FUNCTION_METHODS.get(key) ?? unknown('runtime', at)
  }
}

function ofText(text: string, key: string, at: Place): Value {
  if (key === 'length') return text.length
  if (isIndex(key)) return text[Number(key)]
  return STRING_METHODS.get(key) ?? inherited(String.prototype, key, at)
}

/** Members that the language gives but that are not modelled are unknown; any other name is undefined. */
function inherited(prototype: object, key: string, at: Place): Value {
  return key in prototype ? unknown('runtime', at) : undefined
}

function ofPrimitive(value: number | boolean, key: string, at: Place): Value {
  if (key === 'toString') return STRING_METHODS.get(key)
  return inherited(typeof value === 'number' ? Number.prototype : Boolean.prototype, key, at)
}

function ofObject(machine: Machine, target: JsObject, key: string, at: Place): Value {
  const slot = target.get(key)
  if (slot !== undefined) return slot.value
  if (target.isArray) {
    if (key === 'length') return target.rest === undefined ? target.items.length : unknown('runtime', at)
    const method = ARRAY_METHODS.get(key)
    if (method !== undefined) return method
  }
  if (target === machine.globals && BUILTINS.has(key)) return BUILTINS.get(key)
  const method = OBJECT_METHODS.get(key)
  if (method !== undefined) return method
  if (target.rest !== undefined) return unknown(target.rest.reason, at)
  return inherited(target.isArray ? Array.prototype : Object.prototype, key, at)
}
