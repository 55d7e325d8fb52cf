// Builds the web client when its sources have changed since the last build, and only then.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Hash of the sources the folder was built from; a dotfile, so it is never served. */
const STAMP = '.built-from'

/** Not part of what is built: results, dependencies, tests. */
const IGNORED = /(^|\/)(node_modules|dist|\..*)(\/|$)|\.test\.tsx?$|\.md$/

export interface WebBuild {
  /** Whether anything had to be done. */
  built: boolean
  milliseconds: number
}

/** The build failed; `output` is what the bundler said. */
export class WebBuildError extends Error {
  override readonly name = 'WebBuildError'
  readonly output: string

  constructor(output: string) {
    super('the web client could not be built')
    this.output = output
  }
}

/**
 * Brings `apps/web/dist` of the repository up to date.
 * @param onBuild called before a build begins, because it takes some seconds
 * @throws WebBuildError
 */
export async function ensureWebBuild(root: string, onBuild: () => void): Promise<WebBuild> {
  const folder = join(root, 'apps/web/dist')
  const wanted = hashSources(root)
  if (readStamp(folder) === wanted && existsSync(join(folder, 'index.html')))
    return { built: false, milliseconds: 0 }
  onBuild()
  const began = performance.now()
  await runVite(root)
  writeFileSync(join(folder, STAMP), wanted)
  return { built: true, milliseconds: performance.now() - began }
}

/** SHA-256 over names and contents of everything the build reads: client, own packages it uses, lock file. */
export function hashSources(root: string): string {
  const folders = [join(root, 'apps/web'), ...ownPackages(root, join(root, 'apps/web'))]
  const files = [
    ...folders.flatMap((folder) => listSources(folder)),
    join(root, 'package-lock.json'),
    join(root, 'tsconfig.base.json'),
  ]
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(file)
    // Length before content, so that no two different sets of files feed the same bytes.
    hash.update(`${relative(root, file).split(sep).join('/')}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !IGNORED.test(relative(folder, file).split(sep).join('/')))
    .sort()
}

/** Folders of the @runde packages that a package depends on, also indirectly. */
function ownPackages(root: string, folder: string, seen: Set<string> = new Set()): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const dependencies =
    typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest
      ? manifest.dependencies
      : {}
  for (const name of Object.keys(dependencies ?? {})) {
    const own = join(root, 'packages', name.replace('@runde/', ''))
    if (!name.startsWith('@runde/') || seen.has(own)) continue
    seen.add(own)
    ownPackages(root, own, seen)
  }
  return [...seen].sort()
}

function readStamp(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, STAMP), 'utf8')
  } catch {
    return undefined
  }
}

async function runVite(root: string): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: join(root, 'apps/web'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.on('error', reject)
  child.on('close', resolve)
  if ((await promise) !== 0) throw new WebBuildError(output)
}
