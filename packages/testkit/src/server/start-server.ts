// Starts the server the way `npm start` does and waits for the lines it prints for people.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freeTcpPort, freeUdpPort } from './free-port.ts'

export interface ServerOptions {
  /** Environment on top of ports, data folder and language. */
  environment?: Record<string, string>
}

/** A server process under test. */
export interface RunningServer extends AsyncDisposable {
  /** Where people open it, without a slash at the end. */
  readonly url: string
  readonly key: string
  readonly secret: string
  readonly dataFolder: string
  /** The one-time link of the first start; undefined once somebody has set the installation up. */
  readonly setUpLink: string | undefined
  /** Process id, for measurements. */
  readonly pid: number
  /** Settings of this server, for commands that shall reach it. */
  readonly environment: Readonly<Record<string, string>>
  /** Everything printed so far by all its processes. */
  output(): string
  /** Asks it to end (SIGTERM) and waits. @returns the exit code */
  stop(): Promise<number | null>
  /** Ends it without warning (SIGKILL). */
  kill(): Promise<void>
  /** Starts it again on the same ports and data. */
  restart(): Promise<void>
}

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))
/** First start includes the build of the web client: some seconds on a free machine, a minute on a busy one. */
const START_LIMIT_MS = 120_000
/** Time for the link to follow the ready line, in ms: both are written at once, but may arrive apart. */
const LINK_GRACE_MS = 300
/** Key pair of test servers; bots sign with it. LiveKit asks for secrets of at least 32 characters. */
const TEST_KEY = 'testkey'
const TEST_SECRET = 'only-for-tests-only-for-tests-only-for-tests'

interface Started {
  child: ChildProcess
  url: string
  setUpLink: string | undefined
}

/** Starts a server with an empty data folder; `stop()` or disposal ends it and removes the folder. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'runde-test-'))
  const environment = {
    RUNDE_PORT: String(await freeTcpPort()),
    // Two neighbours: one port per media worker, and there is one worker per core up to two by default.
    RUNDE_UDP_PORT: String(await freeUdpPort(2)),
    RUNDE_DATA: dataFolder,
    RUNDE_API_KEY: TEST_KEY,
    RUNDE_API_SECRET: TEST_SECRET,
    LC_ALL: 'en_GB.UTF-8',
    ...options.environment,
  }
  let output = ''
  const write = (chunk: string): void => {
    output += chunk
  }
  let current = await start(environment, write, 'link')
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    const { child } = current
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  const end = async (): Promise<void> => {
    await stop('SIGTERM')
    rmSync(dataFolder, { recursive: true, force: true })
  }
  return {
    key: environment.RUNDE_API_KEY,
    secret: environment.RUNDE_API_SECRET,
    dataFolder,
    environment,
    get url() {
      return current.url
    },
    get setUpLink() {
      return current.setUpLink
    },
    get pid() {
      return current.child.pid ?? 0
    },
    output: () => output,
    stop: async () => await stop('SIGTERM'),
    kill: async () => {
      await stop('SIGKILL')
    },
    restart: async () => {
      await stop('SIGTERM')
      current = await start(environment, write, 'perhaps a link')
    },
    [Symbol.asyncDispose]: end,
  }
}

/** What is waited for: the first start prints a set-up link after the ready line, later ones only until somebody has used it. */
type Expectation = 'link' | 'perhaps a link'

async function start(
  environment: Record<string, string>,
  write: (chunk: string) => void,
  expectation: Expectation,
): Promise<Started> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'scripts/start.ts')], {
    cwd: environment['RUNDE_DATA'],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const { promise, resolve, reject } = Promise.withResolvers<Started>()
  const timers: NodeJS.Timeout[] = []
  const look = (chunk: Buffer): void => {
    output += chunk.toString()
    write(chunk.toString())
    const url = /^Runde \S+ is ready: (\S+)$/m.exec(output)?.[1]?.replace(/\/$/, '')
    const setUpLink = /^To set Runde up.*?: (\S+)$/m.exec(output)?.[1]
    if (url === undefined) return
    if (setUpLink !== undefined) resolve({ child, url, setUpLink })
    else if (expectation === 'perhaps a link')
      timers.push(setTimeout(() => resolve({ child, url, setUpLink: undefined }), LINK_GRACE_MS))
  }
  child.stdout.on('data', look)
  child.stderr.on('data', look)
  child.once('error', reject)
  child.once('exit', (code) => reject(new Error(`the server ended with ${code} at its start:\n${output}`)))
  const late = (): void => {
    child.kill('SIGKILL')
    reject(new Error(`the server was not ready after ${START_LIMIT_MS} ms:\n${output}`))
  }
  timers.push(setTimeout(late, START_LIMIT_MS))
  try {
    return await promise
  } finally {
    for (const timer of timers) clearTimeout(timer)
  }
}
