// What people type into the start page.
import { describe, expect, it } from 'vitest'
import { readCode } from './meeting-code.ts'

// Rounds of the rubbish test: enough to meet every branch, done in a blink.
const CASES = 3000

const HOST = 'runde.example:8080'
const read = (typed: string): ReturnType<typeof readCode> => readCode(typed, HOST)
const code = (fragment = ''): { kind: string; id: string; fragment: string } => ({
  kind: 'code',
  id: 'abc-defg-hij',
  fragment,
})

describe('readCode', () => {
  it('understands a code in every spelling', () => {
    for (const typed of [
      'abc-defg-hij',
      ' ABC-defg-HIJ ',
      'abcdefghij',
      'abc defg hij',
      'abc–defg–hij',
      'abc‑defg‑hij',
    ]) {
      expect(read(typed)).toEqual(code())
    }
  })

  it('understands a link to this server, with or without scheme', () => {
    expect(read('https://runde.example:8080/abc-defg-hij')).toEqual(code())
    expect(read('runde.example:8080/abc-defg-hij/')).toEqual(code())
    expect(read('http://runde.example:8080/ABC-defg-hij#geheim')).toEqual(code('#geheim'))
  })

  it('reports links to other servers instead of following them', () => {
    expect(read('https://other.example/abc-defg-hij')).toEqual({ kind: 'elsewhere', host: 'other.example' })
    expect(read('https://runde.example:8080@other.example/abc-defg-hij')).toEqual({
      kind: 'elsewhere',
      host: 'other.example',
    })
  })

  it('tells nothing from nonsense', () => {
    expect(read('   ')).toEqual({ kind: 'empty' })
    for (const typed of [
      'abc',
      'abc-defg-hi1',
      'https://runde.example:8080/desk',
      'http://',
      '///',
      'javascript:alert(1)//x',
      'äbc-defg-hij',
    ]) {
      expect(['shape', 'elsewhere']).toContain(read(typed).kind)
    }
  })

  it('never throws on pasted rubbish', () => {
    let seed = 7
    const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648)
    for (let round = 0; round < CASES; round += 1) {
      const typed = Array.from({ length: next() % 40 }, () => String.fromCharCode(next() % 0x2fff)).join('')
      expect(['code', 'empty', 'shape', 'elsewhere']).toContain(read(typed).kind)
    }
  })
})
