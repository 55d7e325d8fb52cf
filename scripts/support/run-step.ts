// Runs one step of a longer job as its own process: named, timed, with a limit, its output passed through.
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.ts'

/** How a step ended. */
export interface StepResult {
  ok: boolean
  seconds: number
  /** Why it failed, for people. */
  reason: string
}

/** What to run; the program is a script that Node can run. */
export interface Command {
  script: string
  parameters?: readonly string[]
  environment?: Readonly<Record<string, string>>
  /** Longest time in seconds; then the step and everything it has started are ended. */
  limit: number
}

/** Time between asking a step to end and ending it, in ms. */
const PATIENCE_MS = 5000

/** The script behind a command of an installed package, for instance `oxlint`. */
export function binScript(name: string): string {
  return realpathSync(join(ROOT, 'node_modules/.bin', name))
}

/** Runs a command in the repository's folder and waits for its end. */
export async function runStep(command: Command): Promise<StepResult> {
  const { script, parameters = [], environment = {}, limit } = command
  const began = performance.now()
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own, so that the limit also ends browsers and servers the step has started.
    detached: true,
  })
  let late = false
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // The group has ended by itself in the meantime.
    }
  }
  const limitTimer = setTimeout(() => {
    late = true
    end('SIGTERM')
    setTimeout(() => end('SIGKILL'), PATIENCE_MS).unref()
  }, limit * 1000)
  const interrupt = (): void => end('SIGTERM')
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const { promise, resolve } = Promise.withResolvers<string>()
  child.once('error', (error) => resolve(error.message))
  child.once('close', (code, signal) =>
    resolve(code === 0 ? '' : `ended with ${signal ?? `exit code ${code}`}`),
  )
  const reason = await promise
  clearTimeout(limitTimer)
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  const seconds = (performance.now() - began) / 1000
  return { ok: reason === '' && !late, seconds, reason: late ? `took longer than ${limit} s` : reason }
}
