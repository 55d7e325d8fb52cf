// Brings up the real livekit-server on loopback, with settings that contact nobody, as the other side of the comparison.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freeTcpPort, freeUdpPort } from '@runde/testkit/server'

/** Newest release whose modules can all be had from the Go module proxy; later ones replace modules by forks. */
export const LIVEKIT_VERSION = '1.11.0'
const KEY = 'devkey'
const SECRET = 'only-for-comparison-only-for-comparison'
const START_LIMIT_MS = 20_000

/** The running server. */
export interface LivekitServer {
  version: string
  url: string
  key: string
  secret: string
  /** Process id, for measurements. */
  pid: number
  stop(): Promise<void>
}

/**
 * Starts livekit-server, after installing it with Go where it is missing. @param address it listens there
 * @param media it takes media there @throws when there is neither it nor Go
 */
export async function startLivekitServer(
  address: string = '127.0.0.1',
  media: string = address,
): Promise<LivekitServer> {
  const program = installLivekit()
  const folder = mkdtempSync(join(tmpdir(), 'runde-livekit-'))
  const port = await freeTcpPort()
  const settings = join(folder, 'livekit.yaml')
  writeFileSync(settings, configuration({ address, media }, port, await freeTcpPort(), await freeUdpPort()))
  const child = spawn(program, ['--config', settings], { stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = async (): Promise<void> => {
    await endProcess(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilHealthy(`http://${address}:${port}/`, child)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    version: LIVEKIT_VERSION,
    url: `ws://${address}:${port}`,
    key: KEY,
    secret: SECRET,
    pid: child.pid ?? 0,
    stop,
  }
}

function installLivekit(): string {
  const program =
    process.env['RUNDE_LIVEKIT_SERVER'] ?? join(homedir(), `.cache/livekit-${LIVEKIT_VERSION}/server`)
  if (existsSync(program)) return program
  process.stdout.write(`Installing livekit-server ${LIVEKIT_VERSION} with Go (about two minutes) ...\n`)
  mkdirSync(dirname(program), { recursive: true })
  const { status } = spawnSync(
    'go',
    ['install', `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`],
    {
      stdio: 'inherit',
      env: { ...process.env, GOBIN: dirname(program), GOFLAGS: '-buildvcs=false' },
    },
  )
  if (status !== 0) throw new Error('livekit-server could not be installed: is Go 1.25 or newer in PATH?')
  return program
}

/**
 * Own STUN entry and node address: otherwise clients and server would ask Google and Twilio. One address only: with several,
 * it takes one of their sockets by chance and names the node address for it, which then may lead to another one.
 */
function configuration(
  { address, media }: { address: string; media: string },
  port: number,
  tcpPort: number,
  udpPort: number,
): string {
  return `port: ${port}
bind_addresses: ["${address}"]
rtc:
  node_ip: ${media}
  use_external_ip: false
  use_ice_lite: true
  enable_loopback_candidate: true
  ips: {includes: ["${media}/32"]}
  stun_servers: ["127.0.0.1:3478"]
  udp_port: ${udpPort}
  tcp_port: ${tcpPort}
keys:
  ${KEY}: ${SECRET}
logging: {level: error, pion_level: error}
`
}

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const end = performance.now() + START_LIMIT_MS
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`livekit-server ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`livekit-server was not healthy after ${START_LIMIT_MS} ms`)
}

/** A second signal, because the first lets livekit-server wait for everybody to leave. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  child.kill('SIGKILL')
  await ended
}
