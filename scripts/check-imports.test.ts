import { expect, test } from 'vitest'
import { checkImports } from './check-imports.ts'

function problem(path: string, specifier: string): string | undefined {
  return checkImports([{ path, text: `import { x } from '${specifier}'` }])[0]
}

test.each([
  ['packages/contract/src/a.ts', '@runde/sfu', 'must not know'],
  ['packages/sfu/src/room/a.ts', '@runde/meeting', 'must not know'],
  ['packages/meeting/src/a.ts', '@runde/testkit', 'must not know'],
  ['packages/new/src/a.ts', '@runde/contract', 'missing in the table'],
  ['packages/sfu/src/media/a.ts', '../wire/b.ts', 'media must not know wire'],
  ['packages/sfu/src/media/a.ts', '../room/b.ts', 'media must not know room'],
  ['packages/sfu/src/transport/dtls/a.ts', '../../media/b.ts', 'transport must not know media'],
  ['packages/sfu/src/session/a.ts', '../transport/b.ts', 'session must not know transport'],
  ['packages/sfu/src/wire/a.ts', '../sdp/b.ts', 'wire must not know sdp'],
  ['packages/sfu/src/newpart/a.ts', '../sdp/b.ts', 'missing in the table'],
  ['packages/sfu/src/room/a.ts', '../media/testing/b.ts', 'imports test code'],
  ['apps/server/src/a.ts', './b.test.ts', 'imports test code'],
  ['apps/server/src/a.ts', '../../../packages/sfu/src/index.ts', 'leaves its package'],
  ['apps/server/src/a.ts', '../../web/dist/x.js', 'generated file'],
])('%s must not import %s', (path, specifier, expected) => {
  expect(problem(path, specifier)).toContain(expected)
})

test.each([
  ['packages/sfu/src/edge/a.ts', '../media/b.ts'],
  ['packages/sfu/src/session/a.ts', '../room/b.ts'],
  ['packages/sfu/src/index.ts', './edge/b.ts'],
  ['packages/sfu/src/media/a.test.ts', '../wire/b.ts'],
  ['packages/sfu/src/media/a.test.ts', '@runde/testkit'],
  ['apps/server/src/a.ts', '@runde/sfu'],
  ['apps/server/src/a.ts', 'hono'],
  ['tests/a.test.ts', '../apps/server/src/b.ts'],
])('%s may import %s', (path, specifier) => {
  expect(problem(path, specifier)).toBeUndefined()
})
