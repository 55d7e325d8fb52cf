// `npm test`: everything that decides whether this state of the project is good, fast steps first, stopping at the first failure.
// `--quick` leaves out what needs browsers: the system tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './support/project.ts'
import { type Command, type StepResult, binScript, runStep } from './support/run-step.ts'
import { type TestCounts, readCounts } from './support/vitest-results.ts'

interface Step extends Command {
  name: string
  /** Left out by `--quick`. */
  slow?: boolean
  /** Where the step's test runner writes its counts. */
  report?: string
}

const reports = mkdtempSync(join(tmpdir(), 'runde-npm-test-'))

/** Looks at the sources only; run before anything is built. */
const SOURCE_CHECKS = ['imports', 'packages', 'file-size', 'engines', 'dependencies', 'docs-map']
/** Looks at the built web client. */
const BUILD_CHECKS = ['foreign-hosts', 'bundle-size']

/** Only what hangs shall run into it: some engine tests compute for seconds, and cores may be shared. */
const UNIT_TIMEOUT_MS = 60_000

/** Limits end what hangs; they are several times what a free machine with two cores needs, which is about six minutes in all. */
const ALL_STEPS: readonly Step[] = [
  // First, because installing may fail, and nobody should wait minutes to hear that.
  { name: 'browsers', script: 'scripts/ensure-browsers.ts', limit: 300, slow: true },
  { name: 'format', script: binScript('oxfmt'), parameters: ['--check', '.'], limit: 30 },
  { name: 'lint', script: binScript('oxlint'), parameters: ['--type-aware', '--quiet'], limit: 180 },
  { name: 'types', script: binScript('tsc'), parameters: ['-b'], limit: 120 },
  { name: 'unused code', script: binScript('knip'), limit: 90 },
  ...SOURCE_CHECKS.map(check),
  // Strict: where a compiler is, the native sender must compile.
  { name: 'native sender', script: 'scripts/build-native.ts', parameters: ['--strict'], limit: 150 },
  tests('unit tests', 'vitest.config.ts', 600, `--testTimeout=${UNIT_TIMEOUT_MS}`),
  { name: 'web build', script: 'scripts/build-web.ts', limit: 120 },
  ...BUILD_CHECKS.map(check),
  { ...tests('system tests', 'tests/vitest.config.ts', 900), slow: true },
]

const quick = process.argv.includes('--quick')
const STEPS = ALL_STEPS.filter(({ slow }) => !(quick && slow === true))

function check(name: string): Step {
  return { name: `check ${name}`, script: `scripts/check-${name}.ts`, limit: 30 }
}

function tests(name: string, config: string, limit: number, ...more: string[]): Step {
  const report = join(reports, `${config.replaceAll('/', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const parameters = ['run', '--config', config, ...reporters, ...more]
  return { name, script: binScript('vitest'), parameters, report, limit }
}

/** Runs the steps in order. @returns the name of the step that failed, if any, and the sums of all test runners */
async function runAll(): Promise<{ failedAt: string | undefined; counts: TestCounts }> {
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0 }
  for (const [index, step] of STEPS.entries()) {
    process.stdout.write(`\n[${index + 1}/${STEPS.length}] ${step.name}\n`)
    const result = judge(step, await runStep(step), counts)
    process.stdout.write(
      `${step.name}: ${result.ok ? 'ok' : result.reason} (${result.seconds.toFixed(1)} s)\n`,
    )
    if (!result.ok) return { failedAt: step.name, counts }
  }
  return { failedAt: undefined, counts }
}

/** Adds the step's counts; a test runner that ran nothing has failed, whatever its exit code says. */
function judge(step: Step, result: StepResult, sum: TestCounts): StepResult {
  if (step.report === undefined) return result
  const counts = readCounts(step.report)
  sum.passed += counts?.passed ?? 0
  sum.failed += counts?.failed ?? 0
  sum.skipped += counts?.skipped ?? 0
  if (result.ok && (counts === undefined || counts.passed === 0))
    return { ...result, ok: false, reason: 'ran no test' }
  return result
}

const began = performance.now()
const { failedAt, counts } = await runAll()
rmSync(reports, { recursive: true, force: true })
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
if (counts.skipped > 0) process.stdout.write(`\n${counts.skipped} tests were skipped\n`)
process.stdout.write(`\n${ROOT}: ${minutes} minutes\n`)
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
if (failedAt !== undefined) {
  process.exitCode = 1
  process.stdout.write(`npm test failed at: ${failedAt}\n`)
}
