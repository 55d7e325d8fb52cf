// A whole HTTP interface in memory for tests: real store in a temporary folder, fake media, a clock that can be set.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { asEpochMillis, hide, type EpochMillis } from '@runde/contract'
import { openSqliteStore, type KeyPair, type Store } from '@runde/store'
import type { Hono } from 'hono'
import { createApp } from '../http/app.ts'
import { formatJson } from '../log/format.ts'
import { createLogger } from '../log/logger.ts'
import { makeSetUpLink, makeSignInLink } from '../one-time-links.ts'
import { createFakeMedia, type FakeMedia } from './fake-media.ts'

export const KEY_PAIR: KeyPair = { key: 'test-key', secret: hide('test-secret-of-at-least-32-letters') }

export interface TestServer {
  app: Hono
  store: Store
  /** Where the database is. */
  folder: string
  media: FakeMedia
  /** Every log line so far. */
  lines: string[]
  /** Milliseconds since 1970; may be set. */
  clock: { now: EpochMillis }
  /** Token of a fresh set-up link. */
  setUpToken(): Promise<string>
  /** Token of a fresh sign-in link. */
  signInToken(): Promise<string>
  close(): Promise<void>
}

/** What the answers look like to a test. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

export async function openTestServer(publicUrl = 'http://localhost:8080'): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  const store = await openSqliteStore(folder)
  const media = createFakeMedia()
  const lines: string[] = []
  const clock = { now: asEpochMillis(1_700_000_000_000) }
  const log = createLogger({
    level: 'debug',
    now: () => new Date(clock.now),
    write: (record) => lines.push(formatJson(record)),
  })
  const probes = { run: () => Promise.resolve([]), latest: () => [], stop: () => undefined }
  const app = createApp(
    {
      config: { publicUrl, https: publicUrl.startsWith('https:') },
      keyPair: KEY_PAIR,
      store,
      media,
      log,
      probes,
      now: () => clock.now,
      random: randomBytes,
    },
    { answer: () => Promise.resolve(new Response('page')) },
  )
  const maker = () => ({ store, publicUrl, now: clock.now, random: randomBytes })
  const tokenOf = (link: { reveal(): string } | undefined): string => link?.reveal().split('#')[1] ?? ''
  return {
    app,
    store,
    folder,
    media,
    lines,
    clock,
    setUpToken: async () => tokenOf(await makeSetUpLink(maker())),
    signInToken: async () => tokenOf(await makeSignInLink(maker())),
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A browser: keeps the cookie and sends JSON like the web client. */
export class TestBrowser {
  readonly #server: TestServer
  cookie = ''

  constructor(server: TestServer) {
    this.#server = server
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.#server.app.request(path, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const [pair] = (response.headers.get('set-cookie') ?? '').split(';')
    if (pair !== undefined && pair !== '') this.cookie = pair.endsWith('=') ? '' : pair
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : parse(text) }
  }

  /** Sets the installation up and is signed in then. */
  async setUp(name = 'Erika Mustermann', instanceName = 'Rathaus'): Promise<Answer> {
    return this.call('POST', '/api/setup', { token: await this.#server.setUpToken(), name, instanceName })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The code of an error answer. */
export function codeOf({ body }: Answer): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? at(body.error, 'code') : undefined
}

/** A property of an answer's body. */
export function at(body: unknown, ...path: readonly string[]): unknown {
  let value = body
  for (const name of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return value
}
