// Writes the log: one line per event, values of safe kinds only, so that nothing about a person can get into it.
//
// Levels: error = a person loses something; warn = something unusual was handled; info = exactly one line per change
// of state; debug = the rest. Nothing above debug may appear more than once a second in normal operation.
import type { Private } from '@runde/contract'
import type { LogLevel } from '../config/config.ts'

/** A word written in the source code. A text whose value is only known at run time is not one and does not compile. */
type Word<T extends string> = string extends T ? never : T

/** What may stand in a log line: numbers, flags, words of the source code, and redactions. */
export type LogFields<T extends string> = Readonly<
  Record<string, number | boolean | Word<T> | Private<unknown>>
>

export interface Logger {
  debug<E extends string, F extends string>(event: Word<E>, fields?: LogFields<F>): void
  info<E extends string, F extends string>(event: Word<E>, fields?: LogFields<F>): void
  warn<E extends string, F extends string>(event: Word<E>, fields?: LogFields<F>): void
  error<E extends string, F extends string>(event: Word<E>, fields?: LogFields<F>): void
  /** A broken invariant: kind and place of the error are written, never its message, which may hold what was sent. */
  bug<E extends string>(event: Word<E>, error: unknown): void
}

/** One event as the writers get it. */
export interface LogRecord {
  level: LogLevel
  time: Date
  event: string
  fields: Readonly<Record<string, number | boolean | string>>
}

export interface LoggerOptions {
  level: LogLevel
  now: () => Date
  write: (record: LogRecord) => void
}

type AnyFields = Readonly<Record<string, number | boolean | string | Private<unknown>>>

/** Enough frames to find the place; the rest is the machinery that called it. */
const MAX_FRAMES = 8

/** A frame of V8's stack format: it ends with a file or a module of Node, line and column. */
const FRAME = /^\s+at .*(?:file:\/\/|node:|\/|[A-Z]:\\)\S+:\d+:\d+\)?$/

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** A logger that drops what is below its level. */
export function createLogger(options: LoggerOptions): Logger {
  const emit = (level: LogLevel, event: string, fields: AnyFields = {}): void => {
    if (RANK[level] < RANK[options.level]) return
    const plain = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'object' ? String(value) : value,
      ]),
    )
    options.write({ level, time: options.now(), event, fields: plain })
  }
  return {
    debug: (event, fields) => emit('debug', event, fields),
    info: (event, fields) => emit('info', event, fields),
    warn: (event, fields) => emit('warn', event, fields),
    error: (event, fields) => emit('error', event, fields),
    bug: (event, error) =>
      emit('error', event, { bug: true, kind: errorKind(error), frames: codeFrames(error) }),
  }
}

/** The error's class and, for errors of the system, its code: `Error ECONNRESET`. */
function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code =
    'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(error.code)
      ? error.code
      : ''
  return /^\w{1,40}$/.test(error.name) ? `${error.name} ${code}`.trim() : 'Error'
}

/** Function names and places of the stack. The lines before the first frame hold the message and are left out. */
function codeFrames(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return ''
  // Where the message ends; it stands in the first line, after the name. One that is not where it should be could look
  // like frames; then none are shown.
  const begin = error.stack.indexOf(error.message)
  if (begin < 0 || error.stack.slice(0, begin).includes('\n')) return ''
  const frames = error.stack.slice(begin + error.message.length).split('\n')
  return frames
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim().replace(/(?:file:\/\/)?\/\S*?\/(?=(?:apps|packages|node_modules)\/)/, ''))
    .join(' < ')
}
