import { expect, it } from 'vitest'
import { assemble } from '../../model/assemble.ts'
import { stack, text } from '../b/fixtures/case.ts'
import { jitsiStanzas, logsToContainers, outputRetention, retentionIn, stanzaFor } from './retention.ts'
import { webService } from './web-server.ts'

function kept(...lines: readonly string[]): ReturnType<typeof retentionIn> | undefined {
  const installation = assemble([
    { path: 'etc/logrotate.d/jitsi', text: text('/var/log/jitsi/*.log {', ...lines, '}') },
  ])
  const stanza = stanzaFor(installation, '/var/log/jitsi/jvb.log')
  return stanza === undefined ? undefined : retentionIn(installation, stanza)
}

it('counts days by period, number and age', () => {
  expect(kept('daily', 'rotate 7')).toMatchObject({ kind: 'days', days: 7 })
  expect(kept('weekly', 'rotate 4')).toMatchObject({ kind: 'days', days: 28 })
  expect(kept('daily', 'rotate 30', 'maxage 7')).toMatchObject({ kind: 'days', days: 7 })
  expect(kept('hourly', 'rotate 24')).toMatchObject({ kind: 'days', days: 1 })
})

it('lets the last of period and size win', () => {
  expect(kept('hourly', 'size 100M', 'rotate 24')).toMatchObject({ kind: 'no-time-limit' })
  expect(kept('size 100M', 'daily', 'rotate 7')).toMatchObject({ kind: 'days' })
  expect(kept('daily', 'maxsize 100M', 'rotate 7')).toMatchObject({ kind: 'days' })
})

it('does not guess a period that stands elsewhere', () => {
  expect(kept('rotate 4')).toMatchObject({ kind: 'unknown' })
})

it('looks only at logs around Jitsi', () => {
  const installation = assemble([
    { path: 'etc/logrotate.d/apt', text: text('/var/log/apt/term.log {', 'size 1M', '}') },
    { path: 'etc/logrotate.d/nginx', text: text('/var/log/nginx/*.log {', 'daily', 'rotate 7', '}') },
  ])
  expect(jitsiStanzas(installation).map(({ patterns }) => patterns)).toEqual([['/var/log/nginx/*.log']])
})

it('knows what Docker keeps', () => {
  const retention = (...logging: readonly string[]): string | undefined => {
    const installation = assemble([
      { path: 'docker-compose.yml', text: stack([], { web: logging }) },
      { path: 'etc/systemd/journald.conf', text: text('[Journal]', 'MaxRetentionSec=7day') },
    ])
    expect(logsToContainers(installation)).toBe(true)
    const service = webService(installation)
    if (service === undefined) return undefined
    const found = outputRetention(installation, service)
    return found.kind === 'days' ? `${found.days} days` : found.kind
  }
  expect(retention()).toBe('no-time-limit')
  expect(retention('logging:', '    driver: none')).toBe('0 days')
  expect(retention('logging:', '    driver: journald')).toBe('7 days')
  expect(retention('logging:', '    driver: gelf')).toBe('unknown')
})
