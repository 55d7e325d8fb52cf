// Run by npm after `npm ci`, and by `npm test`: compiles the native sender; where that is not possible, a notice and no error.
// `--strict` fails when there is a compiler and it fails; `--sanitized` makes the build that looks for faults.
import { ensureNativeBuild, reportNativeBuild } from './native-build.ts'

const build = ensureNativeBuild(process.argv.includes('--sanitized') ? 'sanitized' : 'release')
reportNativeBuild(build)
if (process.argv.includes('--strict') && build.kind === 'failed') process.exitCode = 1
