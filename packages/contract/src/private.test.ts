import { expect, test } from 'vitest'
import { Private, hide } from './private.ts'

const NAME = 'Erika Mustermann'

test('gives the value back only when it is asked for', () => {
  expect(hide(NAME).reveal()).toBe(NAME)
})

test('prints a redaction in every way a text is made', () => {
  const name = hide(NAME)
  const inspect = Reflect.get(name, Symbol.for('nodejs.util.inspect.custom')) as () => string
  const printed = [
    String(name),
    ['Name:', name].join(' '),
    name[Symbol.toPrimitive](),
    JSON.stringify({ name, list: [name] }),
    Object.prototype.toString.call(name),
    inspect.call(name),
    Object.entries(name).join(),
    JSON.stringify(Object.getOwnPropertyDescriptors(name)),
  ]
  for (const text of printed) expect(text).not.toContain('Erika')
  expect(printed[0]).toBe('[redacted]')
  expect(printed[3]).toBe('{"name":"[redacted]","list":["[redacted]"]}')
})

test('an error that carries one does not print it either', () => {
  const error = new Error('failed', { cause: hide(NAME) })
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Erika')
})

test('wraps anything, not only texts', () => {
  expect(new Private({ name: NAME }).reveal().name).toBe(NAME)
  expect(JSON.stringify(new Private({ name: NAME }))).toBe('"[redacted]"')
})
