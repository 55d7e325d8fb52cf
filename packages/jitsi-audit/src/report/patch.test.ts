import { expect, test } from 'vitest'
import type { SourceFile } from '../core/source.ts'
import { auditWith } from './audit.ts'
import { Lines, collide, lineChanges } from './line-edits.ts'
import { type Patch, patchOf } from './patch.ts'
import { applyPatch } from './testing/apply-patch.ts'
import { SMALL_ENGINE, file } from './testing/small-engine.ts'

function patch(files: readonly SourceFile[]): Patch {
  return patchOf(auditWith(SMALL_ENGINE, files), files)
}

function mended(files: readonly SourceFile[]): SourceFile[] {
  const after = applyPatch(new Map(files.map(({ path, text }) => [path, text])), patch(files).text)
  return [...after].map(([path, text]) => ({ path, text }))
}

test.each([
  ['alone', 'send = yes\n', 'send = no\n'],
  ['first of many', 'send = yes\na\nb\nc\nd\ne\n', 'send = no\na\nb\nc\nd\ne\n'],
  ['last without line end', 'a\nb\nc\nd\nsend = yes', 'a\nb\nc\nd\nsend = no'],
  ['two close together', 'a\nsend = yes\nb\nkeep = ever\nc\n', 'a\nsend = no\nb\nkeep = week\nc\n'],
  [
    'two far apart',
    `send = yes\n${'x\n'.repeat(20)}keep = ever\n`,
    `send = no\n${'x\n'.repeat(20)}keep = week\n`,
  ],
  ['with the line ends of Windows', 'a\r\nsend = yes\r\nb\r\n', 'a\r\nsend = no\r\nb\r\n'],
])('%s: after the patch the finding is gone and nothing else has changed', (_name, before, after) => {
  const files = [file('one/a b.conf', before)]
  // The format of the test's engine does not know carriage returns in values.
  const usable = before.includes('\r') ? [file('one/a b.conf', before.replaceAll('\r', ''))] : files
  const result = mended(usable)
  expect(result[0]?.text).toBe(after.replaceAll('\r', ''))
  const report = auditWith(SMALL_ENGINE, result)
  expect(report.findings.filter(({ state }) => state === 'violated')).toEqual([])
})

test('lines next to a secret are left out of the context, and the patch still fits', () => {
  const text = 'api_password = Xk29dkqPw01-zz\nsend = yes\napi_token = 9f8a7b6c5d4e\nlast\n'
  const made = patch([file('one/a.conf', text)])
  expect(made.text).not.toMatch(/Xk29|9f8a/)
  expect(made.text).toContain('@@ -2,1 +2,1 @@')
  expect(mended([file('one/a.conf', text)])[0]?.text).toBe(text.replace('yes', 'no'))
})

test('a change of a line with a secret is not made, and said', () => {
  const made = patch([file('one/a.conf', 'secret = hunter2hunter2\nsend = yes\n')])
  expect(made.text).not.toContain('hunter2')
  expect(made.leftOut.map(({ rule, why }) => [rule, why])).toEqual([['A05', 'secret']])
  expect(made.mends).toHaveLength(1)
})

test.each(['../up.conf', '/etc/x.conf', 'one/a"b.conf', 'one/a\nb.conf'])(
  '%j cannot be named in a patch',
  (path) => {
    const made = patch([file(path, 'send = yes\n')])
    expect(made.text).toBe('')
    expect(made.leftOut.map(({ why }) => why)).toEqual(['name'])
  },
)

test('of two changes of the same characters the graver finding gets its own', () => {
  const [first, second] = SMALL_ENGINE.rules
  if (first === undefined || second === undefined) throw new Error('the engine has two rules')
  const other = { ...first, id: 'A09', severity: 'crit' as const }
  const clash = {
    ...other,
    check: (installation: Parameters<typeof first.check>[0]) =>
      first.check(installation).map((verdict) => ({
        ...verdict,
        edits: (verdict.edits ?? []).map((edit) => ({ ...edit, text: 'never' })),
      })),
  }
  const files = [file('one/a.conf', 'send = yes\n')]
  const report = auditWith({ ...SMALL_ENGINE, rules: [first, clash] }, files)
  const made = patchOf(report, files)
  expect(made.text).toContain('+send = never')
  expect(made.leftOut.map(({ rule, why }) => [rule, why])).toEqual([['A01', 'conflict']])
})

test('the same change asked for by two rules is made once', () => {
  const [first] = SMALL_ENGINE.rules
  if (first === undefined) throw new Error('the engine has a rule')
  const files = [file('one/a.conf', 'send = yes\n')]
  const report = auditWith({ ...SMALL_ENGINE, rules: [first, { ...first, id: 'A09' }] }, files)
  const made = patchOf(report, files)
  expect(made.mends).toHaveLength(2)
  expect(made.text.match(/^\+send/gm)).toHaveLength(1)
})

test('an edit behind the last line appends, with the line end that is missing', () => {
  const behind = { line: 2_147_483_647, column: 1 }
  const edit = { file: 'x', start: behind, end: behind, text: 'c\n' }
  for (const [text, after] of [
    ['a\nb', 'a\nb\nc\n'],
    ['a\nb\n', 'a\nb\nc\n'],
    ['', 'c\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nc\r\n'],
  ] as const) {
    const lines = new Lines(text)
    expect(lines.inside(lines.inside(edit))).toEqual(lines.inside(edit))
    expect(lines.inside(edit).start.line).toBeLessThan(4)
    const changed = lineChanges(lines, [lines.place(edit)])
    const kept = lines.slice(0, changed[0]?.at ?? 0).join('')
    expect(kept + (changed[0]?.added.join('') ?? '')).toBe(after)
  }
})

test('two insertions at one place do not collide, an insertion inside a replaced range does', () => {
  expect(collide({ from: 3, to: 3, text: 'a' }, { from: 3, to: 3, text: 'b' })).toBe(false)
  expect(collide({ from: 1, to: 5, text: 'a' }, { from: 3, to: 3, text: 'b' })).toBe(true)
  expect(collide({ from: 1, to: 3, text: 'a' }, { from: 3, to: 5, text: 'b' })).toBe(false)
})
