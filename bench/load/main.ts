// `node bench/load/main.ts`: puts a load on any LiveKit-compatible server and prints one line of JSON with what came through,
// how late, and what it cost the server (`--pid`) and this program.
//
// `--bare address:port` names the ruler instead, which knows no signalling.
// Participants join one after the other: those that publish, then those that subscribe, or `--members` that do both.
import { parseArgs } from 'node:util'
import { mintAccessToken } from '../../packages/testkit/src/bot/access-token.ts'
import { cpuSeconds, cpuTimes, machineTimes, processTree, proportionalMb } from '../support/process-tree.ts'
import { BareParticipant } from './bare-participant.ts'
import { Generator } from './generator.ts'
import { Participant, type Media } from './participant.ts'

const TEXT = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    url: { ...TEXT, default: 'ws://127.0.0.1:7880' },
    key: { ...TEXT, default: 'devkey' },
    secret: { ...TEXT, default: '' },
    room: { ...TEXT, default: 'load' },
    pid: { ...TEXT, default: '0' },
    bare: { ...TEXT, default: '' },
    bind: { ...TEXT, default: '127.0.0.1' },
    videos: { ...TEXT, default: '0' },
    audios: { ...TEXT, default: '0' },
    subscribers: { ...TEXT, default: '0' },
    members: { ...TEXT, default: '0' },
    fps: { ...TEXT, default: '30' },
    packets: { ...TEXT, default: '8' },
    bytes: { ...TEXT, default: '1100' },
    warm: { ...TEXT, default: '3' },
    seconds: { ...TEXT, default: '8' },
    gap: { ...TEXT, default: '50' },
  },
})
const options = {
  ...values,
  ...numbers([
    'pid',
    'videos',
    'audios',
    'subscribers',
    'members',
    'fps',
    'packets',
    'bytes',
    'warm',
    'seconds',
    'gap',
  ]),
}

/** Milliseconds in which the last packets of a measurement arrive. */
const DRAIN_MS = 700
const VIDEO: Media = {
  kind: 'video',
  framesPerSecond: options.fps,
  packets: options.packets,
  bytes: options.bytes,
}
const AUDIO: Media = { kind: 'audio', framesPerSecond: 50, packets: 1, bytes: 100 }

function numbers<Name extends keyof typeof values>(names: readonly Name[]): Record<Name, number> {
  const entries = names.map((name) => [name, Number(values[name])] as const)
  const wrong = entries.find(([, value]) => !Number.isFinite(value) || value < 0)
  if (wrong) throw new Error(`--${wrong[0]} is no number`)
  return Object.fromEntries(entries) as Record<Name, number>
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

const generator = new Generator(options.bind)
const all: (Participant | BareParticipant)[] = []

async function add(
  identity: string,
  publishes: readonly Media[],
  subscribes: boolean,
): Promise<Participant | BareParticipant> {
  const { url, key, secret, room, bare } = options
  if (bare !== '') {
    const participant = new BareParticipant(generator, bare, publishes, subscribes)
    all.push(participant)
    return participant
  }
  const token = await mintAccessToken(key, secret, { room, identity })
  const participant = new Participant(generator, { url, token, publishes, subscribes })
  all.push(participant)
  return participant
}

/** Subscribers join `gap` ms after each other, without waiting for the one before. */
async function joinAll(
  count: number,
  publishes: readonly Media[],
  name: string,
): Promise<(Participant | BareParticipant)[]> {
  const joins: Promise<void>[] = []
  const joined: (Participant | BareParticipant)[] = []
  for (let index = 0; index < count; index++) {
    const participant = await add(`${name}${index}`, publishes, true)
    joined.push(participant)
    const join = participant.join()
    // Waited for below; until then a refusal must not end the program.
    join.catch(() => undefined)
    joins.push(join)
    await pause(options.gap)
  }
  await Promise.all(joins)
  return joined
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.filter((one) => !Number.isNaN(one)).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * 1e5) / 1e5 : null
  return value
}

async function run(): Promise<object> {
  for (let index = 0; index < options.videos + options.audios; index++)
    await (await add(`p${index}`, [index < options.videos ? VIDEO : AUDIO], false)).join()
  generator.feed(true)
  await pause(300)
  const pssBefore = proportionalMb(options.pid)
  const joinBefore = cpuTimes(processTree(options.pid))
  const viewers = [
    ...(await joinAll(options.subscribers, [], 's')),
    ...(await joinAll(options.members, [VIDEO, AUDIO], 'm')),
  ]
  const joinCpu = cpuSeconds(joinBefore, cpuTimes(processTree(options.pid)))
  // Those who publish and subscribe did not have all streams in the first round of phases.
  if (options.members > 0) generator.feed(true)
  await pause(options.warm * 1000)
  const pids = processTree(options.pid)
  const machine = machineTimes()
  const ownBefore = process.cpuUsage()
  generator.measure(true)
  const cpuBefore = cpuTimes(pids)
  const began = performance.now()
  await pause(options.seconds * 1000)
  const cpu = cpuSeconds(cpuBefore, cpuTimes(pids))
  generator.measure(false)
  const seconds = (performance.now() - began) / 1000
  const own = process.cpuUsage(ownBefore)
  const machineAfter = machineTimes()
  await pause(DRAIN_MS)
  const media = generator.figures()
  if (media.counters.rejected > 0)
    throw new Error(`${media.counters.rejected} packets could not be opened with the keys of the handshake`)
  // Each packet goes to everybody who subscribes, but for its own sender.
  const { counters } = media
  const expected = counters.sent * (options.subscribers + Math.max(0, options.members - 1))
  const ticks = machineAfter.total - machine.total
  const perPacket = (value: number): number => (counters.got > 0 ? (value * 1e6) / counters.got : Number.NaN)
  return {
    participants: all.length,
    profile: viewers[0]?.profile === 7 ? 'GCM' : 'CM-SHA1',
    packetsIn: counters.sent / seconds,
    packetsOut: counters.got / seconds,
    delivered: counters.got / expected,
    microsPerPacket: perPacket(cpu),
    cores: cpu / seconds,
    ownMicrosPerPacket: perPacket((own.user + own.system) / 1e6),
    ownCores: (own.user + own.system) / 1e6 / seconds,
    latencyP50: media.arrival.p50,
    latencyP99: media.arrival.p99,
    latencyP999: media.arrival.p999,
    readP50: media.reading.p50,
    readP99: media.reading.p99,
    lateP99: media.lateness.p99,
    joinMs: viewers.length > 0 ? (joinCpu * 1000) / viewers.length : Number.NaN,
    connectedMs: median(viewers.map(({ connectedMs }) => connectedMs)),
    firstPacketMs: median(viewers.map(({ firstPacketMs }) => firstPacketMs)),
    memoryMb: proportionalMb(options.pid),
    memoryPerParticipantMb: (proportionalMb(options.pid) - pssBefore) / Math.max(1, viewers.length),
    machineBusy: (machineAfter.busy - machine.busy) / ticks,
    stolen: (machineAfter.stolen - machine.stolen) / ticks,
    leastOfAClient: media.least,
    mostOfAClient: media.most,
    ...counters,
  }
}

try {
  const figures = await run()
  const printed = Object.entries(figures).map(([name, value]) => [name, rounded(value)])
  process.stdout.write(`${JSON.stringify(Object.fromEntries(printed))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
for (const participant of all) participant.leave()
// The servers hear of the leaving; what then still is open does not keep this program.
setTimeout(() => process.exit(), 500)
