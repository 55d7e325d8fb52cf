import { expect, test } from 'vitest'
import { checkEngines } from './check-engines.ts'

const ENGINE = 'packages/sfu/src/media/a.ts'

test.each([
  'const now = Date.now()',
  'const now = new Date()',
  'const now = performance.now()',
  'setTimeout(run, 10)',
  'queueMicrotask(run)',
  'const x = Math.random()',
  'const x = crypto.randomUUID()',
  'const x = randomBytes(4)',
  'const pair = generateKeyPairSync("ec", options)',
  'ecdh.generateKeys()',
  'await fetch(url)',
  'console.log(1)',
  'const x = process.env',
  "import { readFileSync } from 'node:fs'",
  "import { createSocket } from 'node:dgram'",
  "import { createHash } from 'node:crypto'",
  "import { setTimeout as wait } from 'node:timers/promises'",
])('finds: %s', (text) => {
  expect(checkEngines([{ path: ENGINE, text }]).length).toBeGreaterThan(0)
})

test.each([
  [ENGINE, '// like Date.now()'],
  [ENGINE, "throw new Error('no Math.random here')"],
  [ENGINE, 'const at = new Date(now)'],
  ['packages/sfu/src/transport/a.ts', "import { createHash } from 'node:crypto'"],
  ['packages/sfu/src/wire/a.ts', "import { gunzipSync } from 'node:zlib'"],
  ['packages/sfu/src/edge/a.ts', 'const now = Date.now()'],
  ['packages/sfu/src/media/a.test.ts', 'const now = Date.now()'],
  ['apps/server/src/a.ts', 'const now = Date.now()'],
])('lets pass in %s: %s', (path, text) => {
  expect(checkEngines([{ path, text }])).toEqual([])
})
