// Runs the load program against one server and reads its figures. The program takes lkload's flags and prints its line.
import { spawn } from 'node:child_process'

/** One load, the same for every server. */
export interface Scenario {
  readonly name: string
  readonly flags: readonly string[]
  /** Whether packets flow; otherwise only joins are looked at. */
  readonly hasMedia: boolean
}

export interface Target {
  readonly name: string
  readonly url: string
  readonly key: string
  readonly secret: string
  readonly pid: number
}

/** What one run showed; NaN where the scenario has no such figure. */
export interface LoadFigures {
  readonly packetsPerSecond: number
  readonly delivered: number
  /** CPU microseconds of the server's processes a forwarded packet. */
  readonly microsPerPacket: number
  readonly latencyP50: number
  readonly latencyP99: number
  /** CPU milliseconds a join. */
  readonly joinMs: number
  readonly memoryMb: number
}

const LINE =
  /out=(?<pps>[\d.]+) pps delivered=(?<delivered>[\d.]+|NaN).*\| cpu=\S+ (?<micros>[\d.]+|\+Inf) us\/pkt rss=(?<rss>[\d.]+)MB.*latency p50=(?<p50>[-\d.]+) p99=(?<p99>[-\d.]+) ms.*join cpu=(?<join>[\d.]+) ms/

/** Runs a scenario once; rejects when the program prints no line of figures. */
export async function runLoad(
  program: string,
  target: Target,
  scenario: Scenario,
  room: string,
): Promise<LoadFigures> {
  const { url, key, secret, pid } = target
  const flags = [
    '-url',
    url,
    '-key',
    key,
    '-secret',
    secret,
    '-room',
    room,
    '-pid',
    String(pid),
    ...scenario.flags,
  ]
  const child = spawn(program, flags, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
  const found = LINE.exec(output)?.groups
  if (!found) throw new Error(`no figures from ${program}:\n${output.slice(-500)}`)
  const figure = (name: string): number => Number(found[name])
  const media = (name: string): number => (scenario.hasMedia ? figure(name) : Number.NaN)
  return {
    packetsPerSecond: media('pps'),
    delivered: media('delivered'),
    microsPerPacket: media('micros'),
    latencyP50: media('p50'),
    latencyP99: media('p99'),
    joinMs: figure('join'),
    memoryMb: figure('rss'),
  }
}
