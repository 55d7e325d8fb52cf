import { expect, test } from 'vitest'
import { checkPackages } from './check-packages.ts'

const DECLARED = new Map([['packages/sfu', new Set(['jose', '@livekit/protocol'])]])

function check(path: string, text: string): string[] {
  return checkPackages([{ path, text }], DECLARED)
}

test.each([
  "import { a } from 'jose'",
  "import { a } from '@livekit/protocol'",
  "import { a } from '@livekit/protocol/deep'",
  "import { a } from './near.ts'",
  "import { a } from 'node:crypto'",
])('the product may use %s', (text) => {
  expect(check('packages/sfu/src/edge/x.ts', text)).toEqual([])
})

test.each([
  ["import { DtlsClient } from 'werift'", 'werift'],
  ["import type { Room } from '@livekit/rtc-node'", '@livekit/rtc-node'],
  ["const sdk = await import('livekit-server-sdk')", 'livekit-server-sdk'],
  ["export { x } from '@runde/testkit'", '@runde/testkit'],
])('the product may not use %s', (text, name) => {
  expect(check('packages/sfu/src/edge/x.ts', `\n${text}`)).toEqual([
    `packages/sfu/src/edge/x.ts:2: ${name} is not under "dependencies" of packages/sfu/package.json`,
  ])
})

test('a workspace without dependencies may use none', () => {
  expect(check('packages/meeting/src/x.ts', "import { a } from 'jose'")).toHaveLength(1)
})

test('tests may use test partners', () => {
  const text = "import { DtlsClient } from 'werift'"
  expect(check('packages/sfu/src/transport/dtls/x.test.ts', text)).toEqual([])
  expect(check('packages/sfu/src/transport/srtp/testing/x.ts', text)).toEqual([])
  expect(check('packages/testkit/src/x.ts', text)).toEqual([])
})
