// Brings up what is compared: this server with either sender, LiveKit, and the bare forwarder.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startServer } from '@runde/testkit/server'
import { startLivekitServer } from '../../scripts/support/livekit-server.ts'
import { undoLater } from './children.ts'
import { runLoad, type Figures, type Target } from './load-run.ts'
import type { Network } from './network.ts'
import type { Kind } from './scenarios.ts'

export const NAMES: Readonly<Record<Kind, string>> = {
  native: 'ours, native',
  typescript: 'ours, TypeScript',
  livekit: 'LiveKit',
  'ruler-copy': 'ruler, no encryption',
  'ruler-gcm': 'ruler, AES-GCM',
  'ruler-gso': 'ruler, AES-GCM and GSO',
}

const RULER = fileURLToPath(new URL('../ruler/main.ts', import.meta.url))
const RULER_MODES: Partial<Record<Kind, number>> = { 'ruler-copy': 0, 'ruler-gcm': 1, 'ruler-gso': 2 }

export interface Address {
  readonly url: string
  readonly key: string
  readonly secret: string
  readonly pid: number
}

/** Something that takes loads; every run in a room of its own. */
export interface Contestant {
  readonly kind: Kind
  /** How a LiveKit client reaches it; not for the ruler. */
  readonly address?: Address
  run(load: readonly string[]): Promise<Figures>
  close(): Promise<void>
}

let rooms = 0

function server(kind: Kind, network: Network, address: Address, close: () => Promise<void>): Contestant {
  const { url, key, secret, pid } = address
  return {
    kind,
    address,
    run: async (load) => {
      const room = `bench-${++rooms}`
      const target: Target = {
        name: NAMES[kind],
        pid,
        flags: ['--url', url, '--key', key, '--secret', secret, '--room', room],
      }
      return await runLoad(network, target, load)
    },
    close,
  }
}

async function startOurs(kind: 'native' | 'typescript', network: Network): Promise<Contestant> {
  const started = await startServer({
    environment: {
      RUNDE_MEDIA_SENDER: kind,
      RUNDE_LOG_LEVEL: 'warn',
      RUNDE_ANNOUNCE: network.serverAddress,
    },
  })
  const close = undoLater(async () => await started[Symbol.asyncDispose]())
  const { key, secret, pid } = started
  const url = started.url.replace('localhost', network.serverAddress).replace('http', 'ws')
  return server(kind, network, { url, key, secret, pid }, close)
}

async function startLivekit(network: Network): Promise<Contestant> {
  const started = await startLivekitServer(network.serverAddress)
  return server(
    'livekit',
    network,
    started,
    undoLater(async () => await started.stop()),
  )
}

/** The ruler remembers its targets for ever: each run has one of its own. */
function ruler(kind: Kind, network: Network): Contestant {
  const run = async (load: readonly string[]): Promise<Figures> => {
    const mode = String(RULER_MODES[kind] ?? 0)
    const parameters = [RULER, '--bind', network.serverAddress, '--mode', mode]
    const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
    const end = undoLater(() => void child.kill('SIGKILL'))
    try {
      const ended = once(child, 'exit').then(() => [] as unknown[])
      const [port]: unknown[] = await Promise.race([once(child.stdout, 'data'), ended])
      if (!(port instanceof Buffer)) throw new Error('the ruler did not start')
      const bare = `${network.serverAddress}:${port.toString().trim()}`
      return await runLoad(network, { name: NAMES[kind], pid: child.pid ?? 0, flags: ['--bare', bare] }, load)
    } finally {
      await end()
    }
  }
  return { kind, run, close: () => Promise.resolve() }
}

/** Starts one of them. @throws when it is not installed or does not start */
export async function startContestant(kind: Kind, network: Network): Promise<Contestant> {
  switch (kind) {
    case 'native':
    case 'typescript':
      return await startOurs(kind, network)
    case 'livekit':
      return await startLivekit(network)
    case 'ruler-copy':
    case 'ruler-gcm':
    case 'ruler-gso':
      return ruler(kind, network)
  }
}
