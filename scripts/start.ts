// `npm start`: builds the web client and the native sender if their sources have changed, then runs the server in this process.
import { fileURLToPath } from 'node:url'
import { ensureNativeBuild, reportNativeBuild } from './native-build.ts'
import { say } from './support/say.ts'
import { WebBuildError, ensureWebBuild } from './web-build.ts'

async function build(): Promise<boolean> {
  try {
    const { built, milliseconds } = await ensureWebBuild(fileURLToPath(new URL('..', import.meta.url)), () =>
      say('Die Web-Oberfläche wird gebaut ...', 'Building the web client ...'),
    )
    const seconds = (milliseconds / 1000).toFixed(1)
    if (built) say(`Die Web-Oberfläche ist gebaut (${seconds} s).`, `The web client is built (${seconds} s).`)
    return true
  } catch (error) {
    if (!(error instanceof WebBuildError)) throw error
    process.stderr.write(`${error.output}\n`)
    process.exitCode = 1
    say(
      'Die Web-Oberfläche ließ sich nicht bauen, der Grund steht darüber. Führen Sie npm ci aus, und starten Sie noch einmal.',
      'The web client could not be built, the reason is above. Run npm ci and start again.',
    )
    return false
  }
}

/** How soon the end of npm is noticed, in milliseconds; asking for the parent's number costs next to nothing. */
const PARENT_CHECK_MS = 200

/**
 * npm runs scripts in a shell, and a SIGTERM sent to npm ends that shell without reaching this process, which would
 * run on unseen and hold its ports. It shows in a new parent, and is then treated as the signal it was.
 */
function endWithNpm(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS)
  timer.unref()
}

endWithNpm()
const sender = ensureNativeBuild('release')
if (sender.kind !== 'present') reportNativeBuild(sender)
if (await build()) {
  process.argv.splice(2, 0, 'start')
  await import(new URL('../bin/runde.js', import.meta.url).href)
}
