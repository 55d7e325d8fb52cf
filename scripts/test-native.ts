// `npm run test:native`: the native sender's tests and a fuzz of its arguments, compiled with AddressSanitizer and UBSan.
import { spawnSync } from 'node:child_process'
import { ensureNativeBuild, reportNativeBuild } from './native-build.ts'
import { binScript, runStep } from './support/run-step.ts'

/** Calls with random arguments; RUNDE_FUZZ_CASES overrides the number. */
const CASES = '300000'
const LIMIT_S = 3600

/** The compiler's own runtime library of AddressSanitizer, which must be in the process before everything else. */
function sanitizerLibrary(): string {
  const { stdout } = spawnSync(process.env['CC'] || 'cc', ['-print-file-name=libasan.so'], {
    encoding: 'utf8',
  })
  return stdout.trim()
}

const build = ensureNativeBuild('sanitized')
reportNativeBuild(build)
if (build.kind === 'built' || build.kind === 'present') {
  const { ok, seconds, reason } = await runStep({
    script: binScript('vitest'),
    parameters: ['run', 'packages/sfu/src/edge/fanout/native', `--testTimeout=${LIMIT_S * 1000}`],
    environment: {
      RUNDE_NATIVE_VARIANT: 'sanitized',
      RUNDE_FUZZ_CASES: process.env['RUNDE_FUZZ_CASES'] ?? CASES,
      LD_PRELOAD: sanitizerLibrary(),
      // What Node itself leaves behind at its end is not ours to judge.
      ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1',
      UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
    },
    limit: LIMIT_S,
  })
  process.stdout.write(ok ? `native: ok (${seconds.toFixed(0)} s)\n` : `native failed: ${reason}\n`)
  if (!ok) process.exitCode = 1
} else process.exitCode = 1
