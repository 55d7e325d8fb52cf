// Builds the web client if its sources have changed since the last build; the same build `npm start` makes.
import { ROOT } from './support/project.ts'
import { WebBuildError, ensureWebBuild } from './web-build.ts'

try {
  const { built } = await ensureWebBuild(ROOT, () => undefined)
  process.stdout.write(built ? 'apps/web/dist was built\n' : 'apps/web/dist is up to date\n')
} catch (error) {
  if (!(error instanceof WebBuildError)) throw error
  process.stderr.write(`${error.output}\n`)
  process.exitCode = 1
}
