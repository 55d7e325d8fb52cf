// Lets the media server's lines into the log; texts pass only if they are words of a fixed vocabulary.
import { Private, hide } from '@runde/contract'
import type { MediaLog } from '../media-port.ts'
import type { LogFields, Logger } from './logger.ts'

/** Fields whose texts are words of the source code (reasons, states, codecs), never something a person sent. */
const WORD_FIELDS: ReadonlySet<string> = new Set([
  'reason',
  'state',
  'kind',
  'codec',
  'code',
  'direction',
  'from',
  'to',
])

/** A word: no digit, so no address; no blank or hyphen, so no full name and no meeting id. */
const WORD = /^[A-Za-z][A-Za-z_]{0,39}$/

/** Event names of the media server, for instance `worker_started`. */
const EVENT = /^[a-z][a-z0-9_]{0,59}$/

export function mediaLog(log: Logger): MediaLog {
  return (level, event, fields) => {
    const safe: Record<string, number | boolean | Private<unknown> | 'word'> = {}
    for (const [name, value] of Object.entries(fields)) {
      const isWord = typeof value === 'string' && WORD_FIELDS.has(name) && WORD.test(value)
      safe[name] = typeof value !== 'string' ? value : isWord ? (value as 'word') : hide(value)
    }
    write(log, level, EVENT.test(event) ? event : 'unnamed_event', safe)
  }
}

function write(log: Logger, level: Parameters<MediaLog>[0], event: string, fields: LogFields<'word'>): void {
  // Checked above, so the text may stand where a word of the source code is expected.
  log[level](`media_${event}` as 'media_event', fields)
}
