// `npm run fuzz`: every hostile-input suite with many more cases than in the unit tests. RUNDE_FUZZ_CASES overrides the number.
import { binScript, runStep } from './support/run-step.ts'

/** Cases per suite: a night's worth for all suites is millions; this number ends within about half an hour on two cores. */
const CASES = '100000'
const LIMIT_S = 6 * 3600

const { ok, seconds, reason } = await runStep({
  script: binScript('vitest'),
  parameters: ['run', '.fuzz.test.ts', `--testTimeout=${LIMIT_S * 1000}`],
  environment: { RUNDE_FUZZ_CASES: process.env['RUNDE_FUZZ_CASES'] ?? CASES },
  limit: LIMIT_S,
})
process.stdout.write(ok ? `fuzz: ok (${seconds.toFixed(0)} s)\n` : `fuzz failed: ${reason}\n`)
if (!ok) process.exitCode = 1
