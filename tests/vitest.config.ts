// Whole-system suites: one file after the other, because servers, browsers and media share two cores.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    root: new URL('..', import.meta.url).pathname,
    fileParallelism: false,
    maxWorkers: 1,
    // A journey starts servers and browsers; single waits have their own, shorter limits that name what is missing.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // LiveKit's Node SDK logs every callback otherwise.
    env: { NODE_ENV: 'production' },
    reporters: process.env['RUNDE_TEST_JSON'] === undefined ? ['default'] : ['default', 'json'],
  },
})
