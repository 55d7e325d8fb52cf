import { expect, test } from 'vitest'
import { checkFileSize } from './check-file-size.ts'

const file = (path: string, lines: number): { path: string; text: string } => ({
  path,
  text: 'x\n'.repeat(lines),
})

test('500 lines pass, 501 do not, unless exempt with need', () => {
  const files = [file('a.ts', 500), file('b.ts', 501), file('c.ts', 900)]
  expect(checkFileSize(files, { 'c.ts': 'a table' })).toEqual(['b.ts: 501 lines, at most 500'])
  expect(checkFileSize([file('a.ts', 1)], { 'a.ts': 'a table' })[0]).toContain('without need')
})
