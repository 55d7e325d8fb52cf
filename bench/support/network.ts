// Where the load comes from: the loopback interface, or a network namespace of its own behind a veth pair.
//
// In the namespace the receivers' share of the kernel's work (softirq) can be moved to another CPU by receive packet
// steering; on loopback, and without it, the sender's process pays for it. Needs root and `ip`; both ends go at the end.
import { spawnSync } from 'node:child_process'
import { undoLater } from './children.ts'

export interface Network {
  readonly name: 'loopback' | 'namespace'
  /** Where servers listen, and where the load comes from. */
  readonly serverAddress: string
  readonly loadAddress: string
  /** Command in front of the load program's. */
  readonly prefix: readonly string[]
  close(): Promise<void>
}

/** Of 198.18.0.0/15, which RFC 2544 keeps for measurements: no real host has it. */
const SERVER_ADDRESS = '198.18.43.1'
const LOAD_ADDRESS = '198.18.43.2'
/** A command that takes longer than this, in ms, hangs. */
const COMMAND_LIMIT_MS = 10_000

export const LOOPBACK: Network = {
  name: 'loopback',
  serverAddress: '127.0.0.1',
  loadAddress: '127.0.0.1',
  prefix: [],
  close: () => Promise.resolve(),
}

function command(program: string, ...parameters: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, parameters, {
    encoding: 'utf8',
    timeout: COMMAND_LIMIT_MS,
  })
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${error?.message ?? stderr.trim()}`)
}

/** Makes namespace and veth pair. @param steering a mask of CPUs that take in the receivers' packets, in hexadecimal @throws where the machine does not allow it */
export function openNamespace(steering: string | undefined): Network {
  const name = `rundebench${process.pid}`
  const [outside, inside] = [`rb${process.pid}o`, `rb${process.pid}i`]
  command('ip', 'netns', 'add', name)
  // The veth pair goes with the namespace that holds one end of it.
  const close = undoLater(() => command('ip', 'netns', 'delete', name))
  try {
    command('ip', 'link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name)
    command('ip', 'address', 'add', `${SERVER_ADDRESS}/30`, 'dev', outside)
    command('ip', 'link', 'set', outside, 'up')
    for (const end of [
      ['address', 'add', `${LOAD_ADDRESS}/30`, 'dev', inside],
      ['link', 'set', inside, 'up'],
      ['link', 'set', 'lo', 'up'],
    ])
      command('ip', '-n', name, ...end)
    if (steering !== undefined)
      command(
        'ip',
        'netns',
        'exec',
        name,
        'sh',
        '-c',
        `echo ${steering} > /sys/class/net/${inside}/queues/rx-0/rps_cpus`,
      )
  } catch (error) {
    command('ip', 'netns', 'delete', name)
    throw error
  }
  return {
    name: 'namespace',
    serverAddress: SERVER_ADDRESS,
    loadAddress: LOAD_ADDRESS,
    prefix: ['ip', 'netns', 'exec', name],
    close,
  }
}
