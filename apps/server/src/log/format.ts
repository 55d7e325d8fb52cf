// Turns log records into lines: JSON for machines, words for a terminal.
import type { LogRecord } from './logger.ts'

/** One JSON object; the keys `level`, `time` and `event` always come first. */
export function formatJson({ level, time, event, fields }: LogRecord): string {
  return JSON.stringify({ level, time: time.toISOString(), event, ...fields })
}

/** For people at a terminal, in local time: `19:24:05 info  ready port=8080`. */
export function formatPlain({ level, time, event, fields }: LogRecord): string {
  const clock = time.toTimeString().slice(0, 8)
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`)
  return `${clock} ${level.padEnd(5)} ${event}${pairs.join('')}`
}
