// Starts the `runde` command as a process of its own, with a fake media server, and listens to what it says.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('fake-main.ts', import.meta.url))

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  child: ChildProcess
  /** Resolves with the text after `marker` up to the end of its line, as soon as it is printed. */
  lineWith(marker: RegExp): Promise<string>
  finished: Promise<Finished>
}

/** A temporary working folder with a tiny web client in it. */
export interface Workplace {
  folder: string
  /**
   * Runs `runde ...args` in the folder or one below it; the environment is only what is given, and English by default.
   * @param input what comes through standard input, which is closed after it
   */
  start(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    input?: string | Uint8Array,
    below?: string,
  ): Running
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>
  remove(): void
}

export function createWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'runde-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Runde</title>')
  const start: Workplace['start'] = (args, env = {}, input, below = '.') => {
    const child = spawn(process.execPath, [ENTRY, ...args], {
      cwd: join(folder, below),
      env: { PATH: process.env['PATH'] ?? '', FAKE_WEB_FOLDER: folder, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    child.stdin?.end(input)
    return listenTo(child)
  }
  return {
    folder,
    start,
    run: (args, env) => start(args, env).finished,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function listenTo(child: ChildProcess): Running {
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    for (const check of waiting) check()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const end = Promise.withResolvers<Finished>()
  child.on('error', end.reject)
  child.on('close', (code) => end.resolve({ code, stdout, stderr }))
  return {
    child,
    finished: end.promise,
    async lineWith(marker) {
      const found = Promise.withResolvers<string>()
      const check = (): void => {
        const line = stdout
          .split('\n')
          .slice(0, -1)
          .find((text) => marker.test(text))
        if (line !== undefined) found.resolve(line)
      }
      waiting.add(check)
      check()
      void end.promise.then(
        () => found.reject(new Error(`ended before ${String(marker)}: ${stderr}`)),
        found.reject,
      )
      return found.promise.finally(() => waiting.delete(check))
    },
  }
}
