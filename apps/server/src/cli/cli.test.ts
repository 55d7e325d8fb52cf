import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { asEpochMillis } from '@runde/contract'
import { parseMeetingLink } from '@runde/meeting'
import { openSqliteStore } from '@runde/store'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorkplace, type Workplace } from '../testing/process.ts'

const PATIENCE_MS = 30_000
let place: Workplace
beforeAll(() => {
  place = createWorkplace()
})
afterAll(() => {
  place.remove()
})

const PAIR = { RUNDE_API_KEY: 'bots', RUNDE_API_SECRET: 'x'.repeat(40) }

function read(token: string, secret: string): unknown {
  const [header = '', payload = '', signature] = token.split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

test(
  'token: everything is granted unless it is taken away',
  async () => {
    const base = ['token', '--room', 'r', '--identity', 'i']
    const restricted = [
      '--name',
      'Erika',
      '--ttl',
      '10m',
      '--no-publish',
      '--no-subscribe',
      '--no-data',
      '--admin',
    ]
    const [plain, less] = await Promise.all([
      place.run(base, PAIR),
      place.run([...base, ...restricted], PAIR),
    ])
    expect([plain.code, plain.stderr, plain.stdout.split('\n').length]).toEqual([0, '', 2])
    const claims = read(plain.stdout.trim(), PAIR.RUNDE_API_SECRET)
    expect(claims).toMatchObject({
      iss: 'bots',
      sub: 'i',
      video: {
        room: 'r',
        roomJoin: true,
        roomCreate: true,
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
        canUpdateOwnMetadata: true,
      },
    })
    expect(claims).not.toHaveProperty('name')
    const other = read(less.stdout.trim(), PAIR.RUNDE_API_SECRET) as { exp: number; nbf: number }
    expect(other).toMatchObject({
      name: 'Erika',
      video: {
        canPublish: false,
        canSubscribe: false,
        canPublishData: false,
        roomAdmin: true,
        roomList: true,
      },
    })
    expect(other.exp - other.nbf).toBe(600)
  },
  PATIENCE_MS,
)

test(
  'token: without a configured pair, the one of the data folder signs, and is kept',
  async () => {
    const { code, stdout } = await place.run(['token', '--room', 'r', '--identity', 'i'])
    expect(code).toBe(0)
    const store = await openSqliteStore(join(place.folder, 'data'))
    const pair = await store.keyPairs.getOrMake(() => {
      throw new Error('no pair was kept')
    }, asEpochMillis(0))
    await store.close()
    expect(read(stdout.trim(), pair.secret.reveal())).toMatchObject({ iss: pair.key })
    expect(pair.secret.reveal().length).toBeGreaterThanOrEqual(43)
  },
  PATIENCE_MS,
)

test(
  'meeting create: prints the link alone, of a meeting that is there',
  async () => {
    const env = { RUNDE_PUBLIC_URL: 'https://runde.example' }
    const { code, stdout, stderr } = await place.run(['meeting', 'create', '--title', 'Haushalt 2027'], env)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^https:\/\/runde\.example\/[a-z]{3}-[a-z]{4}-[a-z]{3}\n$/)
    const id = parseMeetingLink(stdout)
    const store = await openSqliteStore(join(place.folder, 'data'))
    expect(id && (await store.meetings.find(id))).toMatchObject({ title: 'Haushalt 2027', organiserId: null })
    await store.close()
  },
  PATIENCE_MS,
)

test(
  'organiser link: the set-up link while nobody has set the server up',
  async () => {
    const { stdout } = await place.run(['organiser', 'link'])
    expect(stdout).toMatch(/^http:\/\/localhost:8080\/setup#[\w-]{43}\n$/)
  },
  PATIENCE_MS,
)

test(
  'help and version, in the language of the terminal',
  async () => {
    const [none, german, version] = await Promise.all([
      place.run([]),
      place.run(['--help'], { LANG: 'de_DE.UTF-8' }),
      place.run(['--version']),
    ])
    expect(none.stdout).toContain('starts the server')
    expect(german.stdout).toContain('startet den Server')
    expect(version.stdout).toBe('0.1.0\n')
    for (const command of ['runde start', 'runde meeting create', 'runde organiser link', 'runde token']) {
      expect(none.stdout).toContain(command)
      expect(german.stdout).toContain(command)
    }
  },
  PATIENCE_MS,
)

test.each([
  [['tokne'], 'There is no such command. Did you mean runde token? See runde --help for all commands.'],
  [['nothing', 'alike'], 'There is no such command. See runde --help for all commands.'],
  [['token', '--room', 'r'], 'The option --identity is missing. See runde --help for examples.'],
  [['token', '--room', 'r', '--identity', 'i', '--ttl', 'x'], 'The option --ttl is not a duration.'],
  [['token', '--rom', 'r'], 'The command does not understand these arguments. It knows: --room, --identity,'],
  [['meeting', 'create', '--title', 'x'.repeat(121)], 'This title is too long.'],
  [['organiser', 'link', 'x'], 'The command does not understand these arguments. It knows: --name.'],
])(
  '%j is refused with one sentence',
  async (args, sentence) => {
    const { code, stdout, stderr } = await place.run(args)
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1])
    expect(stderr).toContain(sentence)
  },
  PATIENCE_MS,
)

test(
  'bin/runde.js runs the command on this runtime',
  async () => {
    const bin = fileURLToPath(new URL('../../../../bin/runde.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [bin, '--version'])
    expect(stdout).toBe('0.1.0\n')
  },
  PATIENCE_MS,
)
