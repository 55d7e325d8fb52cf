// Runs the `runde` command as an operator would, against a running test server.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const COMMAND = fileURLToPath(new URL('../../../../bin/runde.js', import.meta.url))
const run = promisify(execFile)

/** What the command needs to know about the server. */
interface CommandTarget {
  readonly environment: Readonly<Record<string, string>>
}

/** Standard output of `runde ...` without the last line break. @throws with the command's own words when it fails */
export async function runCommand(server: CommandTarget, parameters: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(COMMAND), ...parameters], {
    env: { ...process.env, ...server.environment },
  })
  return stdout.trimEnd()
}

/** A token for the server under test, printed by `runde token`. */
export async function mintToken(
  server: CommandTarget,
  room: string,
  identity: string,
  options: readonly string[] = [],
): Promise<string> {
  return await runCommand(server, ['token', '--room', room, '--identity', identity, ...options])
}
