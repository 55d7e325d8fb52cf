// Compiles the native fan-out for this runtime when its sources have changed, and only then; needs a C compiler, no network.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { say } from './support/say.ts'
import { isNativePlatform, nativeArtifact, type NativeVariant } from '@runde/sfu/native-artifact'

/** What became of it. `output` is what the compiler or the loader said. */
export type NativeBuild =
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'built'; readonly path: string; readonly milliseconds: number }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'no-compiler' }
  | { readonly kind: 'failed'; readonly output: string }

/** Results of earlier sources are of no use to anybody, but two checkouts may share one cache for a while. */
const KEPT_RESULTS = 8
/** A compiler that takes longer than this, in ms, hangs; it needs about one second. */
const COMPILE_LIMIT_MS = 120_000

/** Brings the artifact up to date; never throws. `compiler` is a command's name. */
export function ensureNativeBuild(variant: NativeVariant, compiler = process.env['CC'] || 'cc'): NativeBuild {
  if (!isNativePlatform()) return { kind: 'unsupported' }
  try {
    const artifact = nativeArtifact(variant)
    if (existsSync(artifact.path)) return { kind: 'present', path: artifact.path }
    const began = performance.now()
    const folder = dirname(artifact.path)
    mkdirSync(folder, { recursive: true })
    // Two builds at once must not load each other's halves: renaming is one step.
    const unfinished = `${artifact.path}.${process.pid}.node`
    const parameters = [...artifact.flags, ...artifact.sources, '-o', unfinished]
    const { status, error, stderr } = spawnSync(compiler, parameters, {
      encoding: 'utf8',
      timeout: COMPILE_LIMIT_MS,
    })
    if (error && 'code' in error && error.code === 'ENOENT') return { kind: 'no-compiler' }
    if (status !== 0) {
      rmSync(unfinished, { force: true })
      return { kind: 'failed', output: stderr || (error?.message ?? `the compiler ended with ${status}`) }
    }
    // What cannot be loaded must not be found by the server. The sanitizers' libraries are loaded by the tests' runner only.
    if (variant === 'release') checkLoads(unfinished)
    renameSync(unfinished, artifact.path)
    removeOld(folder, artifact.path)
    return { kind: 'built', path: artifact.path, milliseconds: performance.now() - began }
  } catch (error) {
    return { kind: 'failed', output: error instanceof Error ? error.message : String(error) }
  }
}

function checkLoads(path: string): void {
  try {
    createRequire(import.meta.url)(path)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

function removeOld(folder: string, current: string): void {
  const others = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => path !== current)
    .map((path) => ({ path, madeAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.madeAt - one.madeAt)
  for (const { path } of others.slice(KEPT_RESULTS)) rmSync(path, { force: true })
}

/** Says what became of it, and what happens without it. */
export function reportNativeBuild(result: NativeBuild): void {
  const instead = {
    de: 'Runde sendet dann mit TypeScript: Alles geht genauso, kostet nur mehr Rechenzeit.',
    en: 'Runde then sends by TypeScript: everything works the same and only takes more CPU time.',
  }
  switch (result.kind) {
    case 'present':
      return say('Der native Sender ist schon gebaut.', 'The native sender is built already.')
    case 'built': {
      const seconds = (result.milliseconds / 1000).toFixed(1)
      return say(`Der native Sender ist gebaut (${seconds} s).`, `The native sender is built (${seconds} s).`)
    }
    case 'unsupported':
      return say(
        `Hinweis: Den nativen Sender gibt es nur für Linux. ${instead.de}`,
        `Note: the native sender exists for Linux only. ${instead.en}`,
      )
    case 'no-compiler':
      return say(
        `Hinweis: Kein C-Compiler (cc) gefunden, deshalb kein nativer Sender. ${instead.de}`,
        `Note: no C compiler (cc) was found, so there is no native sender. ${instead.en}`,
      )
    case 'failed':
      process.stderr.write(`${result.output}\n`)
      return say(
        `Hinweis: Der native Sender ließ sich nicht bauen, der Grund steht darüber. ${instead.de}`,
        `Note: the native sender could not be built, the reason is above. ${instead.en}`,
      )
  }
}
