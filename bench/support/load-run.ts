// Runs the load generator, in a process of its own, against one server and reads the figures it prints.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { undoLater } from './children.ts'
import type { Network } from './network.ts'

/** A server or ruler under load. */
export interface Target {
  readonly name: string
  /** The process whose tree is measured. */
  readonly pid: number
  /** How the generator reaches it. */
  readonly flags: readonly string[]
}

/** What the generator prints (bench/load/main.ts); null where there is no such figure. */
export type Figures = Readonly<Record<string, number | string | null>>

const PROGRAM = fileURLToPath(new URL('../load/main.ts', import.meta.url))
/** A run that takes longer than this, in ms, hangs. */
const RUN_LIMIT_MS = 120_000

/** Runs one load. @throws when the generator ends without figures */
export async function runLoad(network: Network, target: Target, load: readonly string[]): Promise<Figures> {
  const parameters = [
    PROGRAM,
    '--bind',
    network.loadAddress,
    '--pid',
    String(target.pid),
    ...target.flags,
    ...load,
  ]
  const { output, errors } = await runProgram([...network.prefix, process.execPath, ...parameters])
  const line = output.split('\n').findLast((one) => one.startsWith('{'))
  if (line === undefined) throw new Error(`no figures from ${target.name}: ${errors.slice(-500)}`)
  const figures: Figures = JSON.parse(line)
  return figures
}

/** Runs a program to its end; it is killed when this run ends before. */
export async function runProgram(
  command: readonly string[],
): Promise<{ readonly output: string; readonly errors: string }> {
  const [program = '', ...parameters] = command
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = undoLater(() => void child.kill('SIGKILL'))
  const late = setTimeout(() => child.kill('SIGKILL'), RUN_LIMIT_MS)
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  try {
    await once(child, 'close')
  } finally {
    clearTimeout(late)
    await kill()
  }
  return { output, errors }
}

/** A figure, NaN where there is none. */
export function figure(figures: Figures, name: string): number {
  const value = figures[name]
  return typeof value === 'number' ? value : Number.NaN
}
