// `npm run test:differential`: the contract suites against the real livekit-server first, then against ours, side by side.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLivekitServer } from './support/livekit-server.ts'
import { binScript, runStep } from './support/run-step.ts'
import { type TestOutcome, readOutcomes } from './support/vitest-results.ts'

const SUITES = ['tests/server-sdk.test.ts', 'tests/rtc-node.test.ts']
const LIMIT_S = 600

/** Tests that only one of the two passes on purpose, each with its reason. */
const EXPECTED_DIFFERENCES: Readonly<Record<string, string>> = {
  'an unknown track is not found':
    'livekit-server answers with an empty result; a caller that mistyped a track deserves to hear it',
}

/** One row of the comparison. */
export interface Row {
  name: string
  theirs: boolean | undefined
  ours: boolean | undefined
  verdict: 'same' | 'expected' | 'difference'
}

/** Compares test by test. A failure of ours is never "the same", even when theirs fails as well. */
export function compare(
  theirs: readonly TestOutcome[],
  ours: readonly TestOutcome[],
  expected: Readonly<Record<string, string>> = EXPECTED_DIFFERENCES,
): Row[] {
  const names = new Set([...theirs, ...ours].map(({ name }) => name))
  return [...names].map((name) => {
    const their = theirs.find((outcome) => outcome.name === name)?.passed
    const our = ours.find((outcome) => outcome.name === name)?.passed
    if (their === true && our === true) return { name, theirs: their, ours: our, verdict: 'same' }
    return { name, theirs: their, ours: our, verdict: name in expected ? 'expected' : 'difference' }
  })
}

/** The table for people. */
export function formatTable(rows: readonly Row[]): string {
  const word = (passed: boolean | undefined): string =>
    passed === undefined ? '-' : passed ? 'pass' : 'FAIL'
  const lines = rows.map(
    ({ name, theirs, ours, verdict }) =>
      `${word(theirs).padEnd(8)} ${word(ours).padEnd(6)} ${verdict.padEnd(11)} ${name}`,
  )
  return ['livekit  runde  verdict     test', ...lines].join('\n')
}

async function runSuites(environment: Record<string, string>, report: string): Promise<TestOutcome[]> {
  await runStep({
    script: binScript('vitest'),
    parameters: [
      'run',
      '--config',
      'tests/vitest.config.ts',
      ...SUITES,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    environment,
    limit: LIMIT_S,
  })
  return readOutcomes(report)
}

async function differential(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'runde-differential-'))
  const livekit = await startLivekitServer()
  process.stdout.write(`\nlivekit-server ${livekit.version}\n`)
  let theirs: TestOutcome[] = []
  try {
    theirs = await runSuites(
      {
        RUNDE_TARGET_NAME: 'livekit',
        RUNDE_TARGET_URL: livekit.url,
        RUNDE_TARGET_KEY: livekit.key,
        RUNDE_TARGET_SECRET: livekit.secret,
      },
      join(folder, 'theirs.json'),
    )
  } finally {
    await livekit.stop()
  }
  process.stdout.write('\nrunde\n')
  const ours = await runSuites({}, join(folder, 'ours.json'))
  rmSync(folder, { recursive: true })
  const rows = compare(theirs, ours)
  process.stdout.write(`\n${formatTable(rows)}\n\n`)
  for (const { name } of rows.filter(({ verdict }) => verdict === 'expected'))
    process.stdout.write(`expected: ${name}: ${EXPECTED_DIFFERENCES[name]}\n`)
  const wrong = rows.filter(({ verdict }) => verdict === 'difference').length
  process.stdout.write(`${rows.length} tests on both servers, ${wrong} unexpected differences\n`)
  if (wrong > 0 || rows.length === 0) process.exitCode = 1
}

if (import.meta.main) await differential()
