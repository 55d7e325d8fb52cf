import { expect, test } from 'vitest'
import { stripComments } from './strip-comments.ts'

test.each([
  ['a // Date.now()\nb', 'a              \nb'],
  ['a /* x\ny */ b', 'a     \n     b'],
  ["a = 'http://x' // y", "a = 'http://x'     "],
  ['a = `//${b}` /* c */', 'a = `//${b}`        '],
  ["a = /['\"]/ // it's", 'a = /[\'"]/        '],
  ['a = b / c // d', 'a = b / c     '],
  ["'it\\'s' // x", "'it\\'s'     "],
])('%j', (text, expected) => {
  expect(stripComments(text)).toBe(expected)
})

test('blanks strings on demand, keeping every position', () => {
  const text = "say('Date.now()', `x`) // y"
  const blanked = stripComments(text, { strings: true })
  expect(blanked).toBe("say('          ', ` `)     ")
  expect(blanked).toHaveLength(text.length)
})
