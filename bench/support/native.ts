// Compiles the load generator's C with plain cc against the runtime's own headers, once for each version of it, and loads it.
//
// It uses the OpenSSL inside Node, so no library has to be installed.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/runde-bench/', import.meta.url))
const FLAGS =
  '-std=gnu11 -D_GNU_SOURCE -O2 -D_FORTIFY_SOURCE=2 -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden'.split(
    ' ',
  )
/** A compiler that takes longer than this, in ms, hangs. */
const COMPILE_LIMIT_MS = 120_000

/**
 * Compiles all C files of a folder into one addon and loads it. @param shape tells the addon's functions from others
 * @throws when there is no compiler or it refuses
 */
export function loadAddon<Addon>(folder: URL, shape: (exports: unknown) => exports is Addon): Addon {
  const sources = fileURLToPath(folder)
  const files = readdirSync(sources)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
  const hash = createHash('sha256').update(`${process.version} ${process.arch} ${FLAGS.join(' ')}`)
  for (const name of files) hash.update(`\n${name}\n`).update(readFileSync(join(sources, name)))
  const path = join(CACHE, `${hash.digest('hex').slice(0, 32)}.node`)
  if (!existsSync(path))
    compile(
      files.filter((name) => name.endsWith('.c')).map((name) => join(sources, name)),
      path,
    )
  const addon: unknown = createRequire(import.meta.url)(path)
  if (!shape(addon)) throw new Error(`${path} is not the addon it should be`)
  return addon
}

function compile(sources: readonly string[], path: string): void {
  mkdirSync(CACHE, { recursive: true })
  const headers = join(dirname(dirname(process.execPath)), 'include/node')
  const unfinished = `${path}.${process.pid}`
  const parameters = [...FLAGS, `-I${headers}`, ...sources, '-o', unfinished]
  const { status, error, stderr } = spawnSync(process.env['CC'] || 'cc', parameters, {
    encoding: 'utf8',
    timeout: COMPILE_LIMIT_MS,
  })
  if (status !== 0) {
    rmSync(unfinished, { force: true })
    throw new Error(`the load generator needs a C compiler: ${error?.message ?? stderr}`)
  }
  renameSync(unfinished, path)
}
