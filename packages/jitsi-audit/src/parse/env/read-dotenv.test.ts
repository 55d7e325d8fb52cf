import { expect, test } from 'vitest'
import type { Settings } from '../../core/settings.ts'
import { losses, place, values } from '../testing/plain.ts'
import { shellBool, templateBool } from './booleans.ts'
import { readDotenv } from './read-dotenv.ts'

function read(text: string, outer?: Settings): Settings {
  return readDotenv({ path: '.env', text }, outer)
}

test('plain lines, export, colons, comments, blanks around, and values that stay empty', () => {
  const settings = read(
    '# A=0\nA=1\n export B = two words  # note\nC: 3\nD=\nE=a#b\nF= #x\n#G=1\n\nH.i-j=1\r\n',
  )
  expect(values(settings)).toEqual({ A: '1', B: 'two words', C: '3', D: '', E: 'a#b', F: '', 'H.i-j': '1' })
  expect([settings.completeness, settings.problems]).toEqual(['complete', []])
})

test('quotes: escapes in double ones, nothing in single ones, several lines, text behind them dropped', () => {
  expect(values(read(`A="x \\"y\\" \\n#z" # c\nB='$A \\n'\nC="1\n2"\nD=""\nE='it'\nF="open\nG=1`))).toEqual({
    A: 'x "y" \n#z',
    B: '$A \\n',
    C: '1\n2',
    D: '',
    E: 'it',
    F: '"open',
    G: '1',
  })
})

test('variables in values: earlier ones, outer ones, defaults, dollars that are none', () => {
  const outer = read('HOST=h.example')
  const settings = read('A=1\nB=${A}2\nC="$A-${X:-d}"\nD=$HOST\nE=a$$b\nF="\\$A"\nG=${NONE}', outer)
  expect(values(settings)).toEqual({ A: '1', B: '12', C: '1-d', D: 'h.example', E: 'a$b', F: '$A', G: '' })
  expect(place(settings.root.entries.get('C'))).toBe('template-default .env:3')
  expect(values(read('A=${NONE}x'))).toEqual({ A: '?placeholder(…x)' })
})

test('a name without value comes from outside and is not set here', () => {
  expect(values(read('A\nexport B\nC=1'))).toEqual({ C: '1' })
})

test('the last one wins', () => {
  const settings = read('A=1\nA=2')
  expect([values(settings), losses(settings)]).toEqual([{ A: '2' }, ['A:1 reassigned']])
})

test('gaps of templates are unknown, lines that set nothing are told', () => {
  const settings = read('A={{ x }}\nB=__B__\n{% if y %}\nC=1\n{% endif %}\n=5\nwhat is this\n')
  expect(values(settings)).toEqual({ A: '?placeholder(…)', B: '?placeholder(…)', C: '?branch(1)' })
  expect(settings.problems.map(({ origin }) => origin.line)).toEqual([6, 7])
})

test('places: the assignment from its name, the value with its quotes', () => {
  const settings = read('A=1\n  KEY="v"\n')
  expect(settings.assignments[1]?.origin).toMatchObject({ line: 2, column: 3, endColumn: 10 })
  expect(settings.root.entries.get('KEY')?.origin).toMatchObject({ line: 2, column: 7, endColumn: 10 })
})

test('templates of the images: Go words, quotes off, any other text is true; older programs say false, or stop', () => {
  expect(['1', 't', 'True', '"1"', 'yes', 'no', 'off', ' '].map((text) => templateBool(text))).toEqual(
    Array.from({ length: 8 }, () => true),
  )
  expect(['0', 'f', 'FALSE', '', '""', '"0"'].map((text) => templateBool(text))).toEqual(
    Array.from({ length: 6 }, () => false),
  )
  expect(['yes', '"1"', 'on', '2'].map((text) => templateBool(text, 'frep'))).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(templateBool('true', 'frep')).toBe(true)
  expect(['yes', '', '"1"', 'F'].map((text) => templateBool(text, 'tpl-1.0'))).toEqual([
    undefined,
    undefined,
    true,
    false,
  ])
})

test('scripts of the images: only the number one', () => {
  expect(['1', '01', '+1', '0x1', ' 1 '].map((text) => shellBool(text))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
  expect(['true', 'yes', '', '0', '2', '-1', '08', '1.0', '"1"'].map((text) => shellBool(text))).toEqual(
    Array.from({ length: 9 }, () => false),
  )
})
