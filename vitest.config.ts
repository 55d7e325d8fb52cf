// Decides which unit tests run and how many at once; browser and whole-server suites have their own config.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    maxWorkers: 2,
  },
})
