// Measures what the fan-out costs a forwarded packet, with and without a socket: `node bench/fanout.ts [packets]`.
//
// The sinks belong to a child process that never reads, so that their work is not charged here; the kernel drops what
// does not fit. Loopback still charges the receiver's softirq to the sender: compare ratios.
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import {
  DatagramSockets,
  loadNativeAddon,
  NativeFanout,
  NativeInbox,
  TsFanout,
  type Fanout,
  type FanoutTargets,
  type SendDatagram,
} from '../packages/sfu/src/edge/fanout/index.ts'
import { FANOUT_ROW_FIELDS, type TargetIndex } from '../packages/sfu/src/media/fanout.ts'
import { PeerAddress } from '../packages/sfu/src/transport/address.ts'
import type { SrtpProfile } from '../packages/sfu/src/transport/srtp/index.ts'
import { printRow } from './measure.ts'

const SUBSCRIBERS = 60
const HEADER_BYTES = 32
const SINK = 'sink'
const PACKETS = Number(process.argv[2] ?? '150000')

interface Load {
  readonly profile: SrtpProfile
  readonly bytes: number
  /** Packets of the source that arrive in one turn. */
  readonly burst: number
  /** Flush after each of them instead of at the end of the turn. */
  readonly atOnce: boolean
}

async function runSink(): Promise<void> {
  const ports: number[] = []
  for (let count = 0; count < SUBSCRIBERS; count++) {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    ports.push(socket.address().port)
  }
  process.send?.(ports)
  // Sleeps without reading; the parent ends this process.
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 200)
}

function openSocket(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) })
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve(socket))
  })
}

function addTargets(fanout: FanoutTargets, profile: SrtpProfile, ports: readonly number[]): TargetIndex[] {
  return ports.map((port) =>
    fanout.addTarget({
      profile,
      key: randomBytes(16),
      salt: randomBytes(profile === 'SRTP_AEAD_AES_128_GCM' ? 12 : 14),
      address: PeerAddress.from('127.0.0.1', port),
    }),
  )
}

/** CPU microseconds a forwarded packet. */
async function measure(
  fanout: Fanout & FanoutTargets,
  ports: readonly number[],
  load: Load,
): Promise<number> {
  const targets = addTargets(fanout, load.profile, ports)
  const payload = randomBytes(1_500)
  const arena = Buffer.alloc(SUBSCRIBERS * HEADER_BYTES)
  const rows = new Int32Array(SUBSCRIBERS * FANOUT_ROW_FIELDS)
  let sequence = 0
  const turn = (): void => {
    for (let count = 0; count < load.burst; count++, sequence++) {
      for (const [index, target] of targets.entries()) {
        const at = index * HEADER_BYTES
        arena[at] = 0x90
        arena.writeUInt16BE(sequence & 0xffff, at + 2)
        arena.writeUInt32BE(index, at + 8)
        arena.writeUInt16BE(4, at + 14)
        rows[index * FANOUT_ROW_FIELDS] = target
        rows[index * FANOUT_ROW_FIELDS + 1] = at
        rows[index * FANOUT_ROW_FIELDS + 2] = HEADER_BYTES
      }
      fanout.send(payload, 20, 20 + load.bytes - HEADER_BYTES, arena, rows, SUBSCRIBERS)
      if (load.atOnce) fanout.flush()
    }
    fanout.flush()
  }
  const turns = Math.ceil(PACKETS / (SUBSCRIBERS * load.burst))
  const run = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      turn()
      await new Promise(setImmediate)
    }
  }
  await run(Math.ceil(turns / 5))
  const before = process.cpuUsage()
  await run(turns)
  const used = process.cpuUsage(before)
  return (used.user + used.system) / (turns * SUBSCRIBERS * load.burst)
}

/** The same by the native sender, where it was built. */
async function measureNative(ports: readonly number[], load: Load): Promise<void> {
  const addon = loadNativeAddon()
  if (typeof addon === 'string') return
  const state = addon.create()
  const inbox = new NativeInbox(
    () => undefined,
    () => undefined,
  )
  inbox.open(state, Buffer.from([127, 0, 0, 1]), 0, 0)
  const fanout = new NativeFanout(state)
  const micros = await measure(fanout, ports, load)
  const when = load.atOnce ? 'at once' : 'collected'
  printRow(`${load.profile.slice(5, 15)} ${load.bytes} B, bursts of ${load.burst} ${when}, native`, micros)
  fanout.close()
  state.close()
}

async function main(): Promise<void> {
  const sink = fork(import.meta.filename, [SINK])
  const [ports]: number[][] = await once(sink, 'message')
  await new Promise((resolve) => setTimeout(resolve, 500))
  if (!ports) throw new Error('the sinks did not open')
  const socket = await openSocket()
  const sockets = new DatagramSockets()
  sockets.set(4, socket)
  const senders: readonly (readonly [string, SendDatagram])[] = [
    ['no socket', (): void => {}],
    [
      'dgram, no callback',
      (buffer, offset, length, to) => socket.send(buffer, offset, length, to.port, to.host),
    ],
    ['DatagramSockets', (buffer, offset, length, to) => sockets.send(buffer, offset, length, to)],
  ]
  for (const profile of ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM'] as const) {
    for (const bytes of [1_116, 160]) {
      for (const [burst, atOnce] of [
        [1, false],
        [2, false],
        [8, true],
        [8, false],
      ] as const) {
        for (const [name, send] of senders) {
          const fanout = new TsFanout(send, { queued: () => sockets.queued() })
          const micros = await measure(fanout, ports, { profile, bytes, burst, atOnce })
          const when = atOnce ? 'at once' : 'collected'
          printRow(`${profile.slice(5, 15)} ${bytes} B, bursts of ${burst} ${when}, ${name}`, micros)
        }
        await measureNative(ports, { profile, bytes, burst, atOnce })
      }
    }
  }
  sink.kill('SIGKILL')
  socket.close()
}

await (process.argv[2] === SINK ? runSink() : main())
