import { describe, expect, it } from 'vitest'
import { lookup } from '../../core/settings.ts'
import { place } from '../testing/plain.ts'
import { passes } from './passes.ts'
import { type Override, readLogging } from './read-logging.ts'

const CONSOLE = 'java.util.logging.ConsoleHandler'

function ask(text: string, logger: string, level: string, overrides: readonly Override[] = []): string {
  const passage = passes(readLogging({ path: 'l', text }, overrides), logger, level)
  const lines = passage.origins.map(({ line }) => line).join()
  return [passage.reaches, passage.stoppedBy, lines].filter(Boolean).join(' ')
}

describe('logging.properties', () => {
  it('gives root handlers with their levels, and the levels of loggers', () => {
    const logging = readLogging({
      path: 'l',
      text: `handlers= ${CONSOLE}, x.File y.Z\n.level=INFO \n${CONSOLE}.level = ALL\norg.jitsi.level=FINE`,
    })
    expect(logging.handlers.map(({ name, level }) => [name, level])).toEqual([
      [CONSOLE, 'ALL'],
      ['x.File', undefined],
      ['y.Z', undefined],
    ])
    expect(logging.levels.get('')).toMatchObject({ level: 'INFO', origin: { line: 2 } })
    expect(logging.levels.get('org.jitsi')?.level).toBe('FINE')
  })
  it('takes overrides as the stronger source', () => {
    const origin = { kind: 'file', file: 'config', line: 3, column: 1, endLine: 3, endColumn: 9 } as const
    const logging = readLogging({ path: 'l', text: '.level=INFO' }, [
      { key: '.level', node: { kind: 'text', value: 'OFF', origin } },
    ])
    expect(logging.levels.get('')?.level).toBe('OFF')
    expect(lookup(logging.settings, ['.level'])).toMatchObject({
      state: 'set',
      lost: [{ lost: { reason: 'stronger-source' } }],
    })
    expect(place(logging.settings.assignments.at(-1))).toBe('config:3')
  })
})

describe('a record', () => {
  const STOCK = `handlers=${CONSOLE}\n.level=INFO\n${CONSOLE}.level=ALL\norg.jitsi.level=FINE\norg.jitsi.quiet.level=OFF`
  it.each([
    ['org.ice4j', 'INFO', 'yes 2,1,3'],
    ['org.ice4j', 'FINE', 'no logger 2'],
    ['org.jitsi.videobridge.X', 'FINE', 'yes 4,1,3'],
    ['org.jitsi', 'FINER', 'no logger 4'],
    ['org.jitsix', 'FINE', 'no logger 2'],
    ['org.jitsi.quiet.A', 'SEVERE', 'no logger 5'],
    ['', 'SEVERE', 'yes 2,1,3'],
    ['x', '850', 'yes 2,1,3'],
  ])('of %s at %s: %s', (logger, level, expected) => {
    expect(ask(STOCK, logger, level)).toBe(expected)
  })
  it.each([
    [
      'stops at a stricter handler',
      `handlers=${CONSOLE}\n.level=FINE\n${CONSOLE}.level=WARNING`,
      'INFO',
      'no handler 2,1,3',
    ],
    [
      'stops below INFO at a console without level',
      `handlers=${CONSOLE}\n.level=ALL`,
      'FINE',
      'no handler 2,1',
    ],
    [
      'passes a file handler without level',
      'handlers=java.util.logging.FileHandler\n.level=ALL',
      'FINE',
      'yes 2,1',
    ],
    ['goes nowhere without handlers', '.level=ALL', 'SEVERE', 'no no-handler 1'],
    ['meets the default level of the root', `handlers=${CONSOLE}`, 'FINE', 'no logger'],
    [
      'meets the default level where the stated one is none',
      `handlers=${CONSOLE}\n.level=info`,
      'INFO',
      'yes 1',
    ],
    [
      'is up to a filter',
      `handlers=${CONSOLE}\n.level=ALL\n${CONSOLE}.filter=x.Y`,
      'SEVERE',
      'unknown 2,1,3',
    ],
    [
      'is not up to a filter when a level stops it',
      `handlers=${CONSOLE}\n.level=ALL\n${CONSOLE}.level=OFF\n${CONSOLE}.filter=x.Y`,
      'SEVERE',
      'no handler 2,1,3',
    ],
    ['is up to what a template left open', `handlers=${CONSOLE}\n.level=\uE000`, 'INFO', 'unknown 2'],
    ['is up to handlers that a template left open', 'handlers=\uE000\n.level=ALL', 'INFO', 'unknown 2,1'],
  ])('%s', (_name, text, level, expected) => {
    expect(ask(text, 'a.b', level)).toBe(expected)
  })
  it('reaches handlers of its logger and of the parents, up to the one that keeps records to itself', () => {
    const text = `handlers=${CONSOLE}\n.level=ALL\n${CONSOLE}.level=ALL\ntimeseries.handlers=java.util.logging.FileHandler\ntimeseries.useParentHandlers=false`
    const inner = passes(readLogging({ path: 'l', text }), 'timeseries.x', 'FINE')
    expect(inner.handlers.map(({ name }) => name)).toEqual(['java.util.logging.FileHandler'])
    const both = passes(
      readLogging({ path: 'l', text: text.replace('false', 'true') }),
      'timeseries.x',
      'FINE',
    )
    expect(both.handlers.map(({ name }) => name)).toEqual(['java.util.logging.FileHandler', CONSOLE])
    expect(
      passes(readLogging({ path: 'l', text }), 'other', 'FINE').handlers.map(({ name }) => name),
    ).toEqual([CONSOLE])
  })
  it('is parted by jicofo’s filters of raw signalling', () => {
    const text = `handlers=${CONSOLE} org.jitsi.impl.protocol.xmpp.log.XmppPacketsFileHandler
.level=ALL
${CONSOLE}.level=ALL
${CONSOLE}.filter=org.jitsi.impl.protocol.xmpp.log.ExcludeXmppPackets`
    const names = (logger: string): readonly string[] =>
      passes(readLogging({ path: 'l', text }), logger, 'FINE').handlers.map(({ name }) =>
        name.replace(/.*\./, ''),
      )
    expect(names('org.jitsi.jicofo.X')).toEqual(['ConsoleHandler'])
    expect(names('org.jitsi.impl.protocol.xmpp.log.PacketDebugger')).toEqual(['XmppPacketsFileHandler'])
  })
})
