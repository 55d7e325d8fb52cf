import { createSocket } from 'node:dgram'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorkplace, type Running, type Workplace } from './testing/process.ts'

// Starting a process takes about half a second here, and several times that on a busy machine.
const PATIENCE_MS = 30_000

let place: Workplace
let running: Running | undefined
beforeEach(() => {
  place = createWorkplace()
})
afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.finished
  running = undefined
  place.remove()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function settings(): Promise<Record<string, string>> {
  return {
    RUNDE_HOST: '127.0.0.1',
    RUNDE_PORT: String(await freePort()),
    RUNDE_UDP_PORT: String(await freePort()),
    RUNDE_MEDIA_WORKERS: '1',
    RUNDE_ANNOUNCE: '127.0.0.1',
  }
}

test(
  'starts, greets, serves, is set up, and ends on SIGTERM with 0',
  async () => {
    const env = await settings()
    running = place.start(['start'], env)
    const origin = `http://localhost:${env['RUNDE_PORT']}`
    expect(await running.lineWith(/is ready/)).toBe(`Runde 0.1.0 is ready: ${origin}`)
    const line = await running.lineWith(/\/setup#/)
    expect(line).toMatch(
      /^To set Runde up, please open this link once \(valid for 24 hours\): http\S+\/setup#[\w-]{43}$/,
    )
    const url = `http://127.0.0.1:${env['RUNDE_PORT']}`
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', version: '0.1.0' })
    expect(await (await fetch(`${url}/desk`)).text()).toContain('<title>Runde</title>')
    expect(await (await fetch(`${url}/rtc/validate`)).text()).toBe('media')
    const answer = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: line.split('#')[1], name: 'Erika' }),
    })
    expect(await answer.json()).toEqual({ organiser: { name: 'Erika', roles: ['organiser', 'operator'] } })
    running.child.kill('SIGTERM')
    const { code, stdout, stderr } = await running.finished
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('"event":"stopped"')

    running = place.start(['start'], { ...env, LANG: 'de_DE.UTF-8' })
    expect(await running.lineWith(/bereit/)).toBe(`Runde 0.1.0 ist bereit: ${origin}`)
    running.child.kill('SIGINT')
    const second = await running.finished
    expect(second.code).toBe(0)
    expect(second.stdout).not.toContain('/setup#')
  },
  PATIENCE_MS,
)

test(
  'every line but the greeting is JSON without the set-up token',
  async () => {
    running = place.start(['start'], await settings())
    const link = await running.lineWith(/\/setup#/)
    running.child.kill('SIGTERM')
    const lines = (await running.finished).stdout.trim().split('\n')
    const log = lines.filter((line) => line.startsWith('{'))
    expect(lines.length - log.length).toBe(2)
    expect(log.length).toBeGreaterThan(2)
    for (const line of log) {
      expect(Object.keys(JSON.parse(line) as object).slice(0, 3)).toEqual(['level', 'time', 'event'])
      expect(line).not.toContain(link.split('#')[1])
    }
  },
  PATIENCE_MS,
)

test(
  'two signals at once, as npm passes Ctrl-C on, are one; a later second one ends at once',
  async () => {
    const env = await settings()
    running = place.start(['start'], env)
    await running.lineWith(/is ready/)
    // A request that never ends keeps the server from closing at once.
    const held = fetch(`http://127.0.0.1:${env['RUNDE_PORT']}/rtc/never`).catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const began = performance.now()
    running.child.kill('SIGINT')
    running.child.kill('SIGINT')
    await running.lineWith(/stopping/)
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect(running.child.exitCode).toBeNull()
    running.child.kill('SIGINT')
    expect((await running.finished).code).toBe(1)
    expect(performance.now() - began).toBeLessThan(4000)
    await held
  },
  PATIENCE_MS,
)

interface Case {
  name: string
  env?: Record<string, string>
  file?: [string, string]
  de: RegExp
  en: RegExp
}

const CASES: Case[] = [
  {
    name: 'bad YAML',
    env: { RUNDE_CONFIG: 'c.yaml' },
    file: ['c.yaml', 'port: [1'],
    de: /kein gültiges YAML, siehe c\.yaml:1:\d+\. Vergleichen/,
    en: /not valid YAML, see c\.yaml:1:\d+\. Compare/,
  },
  {
    name: 'unknown key in the file that is found by itself',
    file: ['config.yaml', '# x\nprot: 1\n'],
    de: /prot gibt es nicht \(config\.yaml:2:1\)\. Meinten Sie port\?/,
    en: /no setting prot \(config\.yaml:2:1\)\. Did you mean port\?/,
  },
  {
    name: 'no config file',
    env: { RUNDE_CONFIG: 'gone.yaml' },
    de: /lässt sich nicht lesen: gone\.yaml/,
    en: /cannot be read: gone\.yaml/,
  },
  {
    name: 'bad value',
    env: { RUNDE_PORT: 'eight' },
    de: /RUNDE_PORT passt nicht .* ganze Zahl von 1 bis 65535/,
    en: /RUNDE_PORT does not fit .* whole number from 1 to 65535/,
  },
  {
    name: 'data folder below a file',
    env: { RUNDE_DATA: 'file/data' },
    file: ['file', ''],
    de: /Datenordner lässt sich nicht schreiben: file\/data\. Geben Sie/,
    en: /data folder cannot be written to: file\/data\. Give/,
  },
  {
    name: 'no database',
    env: { RUNDE_DATA: '.' },
    file: ['runde.sqlite', 'this is not a database, but a text of some length'],
    de: /beschädigt oder nicht von Runde/,
    en: /damaged or not one of Runde's/,
  },
  {
    name: 'no certificate',
    env: { RUNDE_TLS_CERT: 'c.pem', RUNDE_TLS_KEY: 'k.pem' },
    de: /Zertifikats- oder Schlüsseldatei lässt sich nicht lesen: c\.pem/,
    en: /certificate or key file cannot be read: c\.pem/,
  },
  {
    name: 'no web client',
    env: { FAKE_WEB_FOLDER: 'nothing' },
    de: /Web-Oberfläche ist noch nicht gebaut: nothing/,
    en: /web client has not been built yet: nothing/,
  },
]

test.each(CASES)(
  'refuses to start with one sentence: $name',
  async ({ env = {}, file, de, en }) => {
    if (file !== undefined) writeFileSync(join(place.folder, file[0]), file[1])
    const base = await settings()
    const [english, german] = await Promise.all([
      place.run(['start'], { ...base, ...env }),
      place.run(['start'], { ...base, ...env, LANG: 'de_DE.UTF-8' }),
    ])
    expect(english.stderr).toMatch(en)
    expect(german.stderr).toMatch(de)
    for (const { code, stdout, stderr } of [english, german]) {
      expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1])
      expect(stderr).not.toMatch(/\bat \S+:\d+|Error/)
    }
  },
  PATIENCE_MS,
)

test(
  'names a port that is taken, HTTP before UDP, and leaves nothing running',
  async () => {
    const env = await settings()
    const http = createServer()
    await new Promise<void>((resolve) => http.listen(Number(env['RUNDE_PORT']), '127.0.0.1', resolve))
    const udp = createSocket('udp4')
    await new Promise<void>((resolve) => udp.bind(Number(env['RUNDE_UDP_PORT']), '127.0.0.1', resolve))
    const both = await place.run(['start'], env)
    expect([both.code, both.stderr]).toEqual([
      1,
      `Port ${env['RUNDE_PORT']} is already in use. Stop the other program, or choose a free port with RUNDE_PORT.\n`,
    ])
    await new Promise((resolve) => http.close(resolve))
    const one = await place.run(['start'], env)
    expect([one.code, one.stderr]).toEqual([
      1,
      `UDP port ${env['RUNDE_UDP_PORT']} for audio and video is already in use. Stop the other program, or choose a free port with RUNDE_UDP_PORT.\n`,
    ])
    udp.close()
  },
  PATIENCE_MS,
)
