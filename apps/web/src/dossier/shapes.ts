// Small checks of JSON values: an answer that has another shape than expected becomes a tagged error, never a crash later on.
import { isObject } from '../app/api.ts'

/** Whether a value has a shape. */
export type Shape = (value: unknown) => boolean

export const aText: Shape = (value) => typeof value === 'string'
export const aNumber: Shape = (value) => typeof value === 'number'
export const aYesNo: Shape = (value) => typeof value === 'boolean'
export const anything: Shape = () => true

/** A list whose every entry has the shape. */
export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every((entry) => shape(entry))
}

/** An object with at least these keys; unknown keys are fine, so that an older page survives a newer server. */
export function shaped(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields)
  return (value) => isObject(value) && entries.every(([key, shape]) => shape(value[key]))
}

/** The shape, or nothing. */
export function maybe(shape: Shape): Shape {
  return (value) => value === undefined || value === null || shape(value)
}

/** One of several words. */
export function wordOf(...words: readonly string[]): Shape {
  return (value) => typeof value === 'string' && words.includes(value)
}

/** Objects told apart by their `kind`; a kind nobody knows does not fit. */
export function kinds(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    if (!isObject(value)) return false
    const shape = typeof value['kind'] === 'string' ? shapes[value['kind']] : undefined
    return shape !== undefined && shape(value)
  }
}

/** Text in both languages. */
export const bilingual: Shape = shaped({ de: aText, en: aText })
