import { hide } from '@runde/contract'
import { expect, test } from 'vitest'
import { formatJson, formatPlain } from './format.ts'
import { createLogger, type LogRecord, type Logger } from './logger.ts'
import { mediaLog } from './media-log.ts'

function collect(level: 'debug' | 'info' | 'warn' | 'error' = 'debug'): {
  log: Logger
  records: LogRecord[]
} {
  const records: LogRecord[] = []
  const log = createLogger({
    level,
    now: () => new Date('2026-11-24T19:24:05.123Z'),
    write: (record) => records.push(record),
  })
  return { log, records }
}

test('writes one JSON object a line, level, time and event first', () => {
  const { log, records } = collect()
  log.info('ready', { port: 8080, first: true, who: hide('Erika') })
  expect(records.map(formatJson)).toEqual([
    '{"level":"info","time":"2026-11-24T19:24:05.123Z","event":"ready","port":8080,"first":true,"who":"[redacted]"}',
  ])
  const clock = new Date('2026-11-24T19:24:05.123Z').toTimeString().slice(0, 8)
  expect(records.map(formatPlain)).toEqual([`${clock} info  ready port=8080 first=true who=[redacted]`])
})

test('drops what is below its level', () => {
  const { log, records } = collect('warn')
  log.debug('a')
  log.info('b')
  log.warn('c')
  log.error('d')
  expect(records.map(({ event }) => event)).toEqual(['c', 'd'])
})

test('a text that is only known at run time does not compile', () => {
  const { log, records } = collect()
  const name: string = ['Eri', 'ka'].join('')
  // @ts-expect-error a string is not a word of the source code
  log.info('joined', { name })
  // @ts-expect-error nor is it an event
  log.info(name)
  log.info('joined', { reason: 'left' })
  expect(records).toHaveLength(3)
})

test('a bug is written with kind and place, never with its message', () => {
  const { log, records } = collect()
  log.bug('failed', Object.assign(new TypeError('Erika at 203.0.113.7'), { code: 'ECONNRESET' }))
  const fields = records[0]?.fields
  expect(fields?.['kind']).toBe('TypeError ECONNRESET')
  expect(fields?.['frames']).toContain('logger.test.ts')
  expect(JSON.stringify(records)).not.toContain('Erika')
})

test('a message that looks like a stack frame is not taken for one', () => {
  const { log, records } = collect()
  const error = new Error('x\n    at Erika (203.0.113.7)')
  log.bug('failed', error)
  error.message = 'changed after the stack was taken'
  log.bug('failed', error)
  log.bug('failed', 'Erika')
  log.bug('failed', Object.assign(new Error('y'), { name: 'Erika Mustermann', code: 'Erika M' }))
  expect(JSON.stringify(records)).not.toContain('Erika')
})

test('of the media server, numbers and fixed words pass, other texts are redacted', () => {
  const { log, records } = collect()
  const write = mediaLog(log)
  write('info', 'worker_started', { worker: 1, ok: true, reason: 'client_left' })
  write('warn', 'Erika joined 203.0.113.7', {
    reason: 'abc-defg-hij',
    state: '203.0.113.7',
    name: 'Erika',
    to: 'a b',
  })
  expect(records.map(({ event, fields }) => [event, fields])).toEqual([
    ['media_worker_started', { worker: 1, ok: true, reason: 'client_left' }],
    [
      'media_unnamed_event',
      { reason: '[redacted]', state: '[redacted]', name: '[redacted]', to: '[redacted]' },
    ],
  ])
})
