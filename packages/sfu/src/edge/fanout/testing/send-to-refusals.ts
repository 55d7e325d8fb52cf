// Run by a test in a process whose kernel refuses: sends bursts through the native fan-out and prints what became of them.
import { createSocket } from 'node:dgram'
import { FANOUT_ROW_FIELDS } from '../../../media/fanout.ts'
import { PeerAddress } from '../../../transport/address.ts'
import { rtpPacket } from '../../../transport/srtp/testing/sealer.ts'
import { addressParts } from '../native-arguments.ts'
import { NativeFanout } from '../native-fanout.ts'
import { NativeInbox } from '../native-inbox.ts'
import { nativeUnderTest } from './native-under-test.ts'

/** Bursts, packets of each (one a target and length, so that they may leave as segments), and targets. */
const BURSTS = 40
const PACKETS = 5
const TARGETS = 8
/** Milliseconds without a datagram after which none is under way. */
const QUIET_MS = 30

const addon = nativeUnderTest()
if (!addon) throw new Error('not built')
const state = addon.create()
const fanout = new NativeFanout(state)
const ignore = (): undefined => undefined
new NativeInbox(ignore, ignore).open(state, Buffer.from([127, 0, 0, 1]), 0, 0)

const box = createSocket({ type: 'udp4', recvBufferSize: 4_194_304 })
await new Promise<void>((resolve) => {
  box.bind(0, '127.0.0.1', resolve)
})
const arrived: string[] = []
let lastAt = performance.now()
box.on('message', (data) => {
  lastAt = performance.now()
  if (data.length > 100) arrived.push(`${data.readUInt32BE(8)}/${data.readUInt16BE(2)}`)
})
const address = PeerAddress.from('127.0.0.1', box.address().port)
const keys = {
  profile: 'SRTP_AEAD_AES_128_GCM',
  key: Buffer.alloc(16, 1),
  salt: Buffer.alloc(12, 2),
} as const
const targets = Array.from({ length: TARGETS }, () => fanout.addTarget({ ...keys, address }))

for (let burst = 0; burst < BURSTS; burst++) {
  for (let packet = 0; packet < PACKETS; packet++)
    for (const target of targets) {
      const bytes = rtpPacket(1000 + target, burst * PACKETS + packet, Buffer.alloc(200, packet))
      const rows = new Int32Array(FANOUT_ROW_FIELDS)
      rows.set([target, 0, bytes.length])
      fanout.send(bytes, bytes.length, bytes.length, bytes, rows, 1)
    }
  fanout.flush()
  // STUN and the like take their turn behind what waits.
  const { bytes, port } = addressParts(address)
  state.sendPlain(Buffer.from('plain'), bytes, port, 0)
  await new Promise((resolve) => setTimeout(resolve, 2))
}
while (performance.now() - lastAt < QUIET_MS || state.flush() > 0)
  await new Promise((resolve) => setTimeout(resolve, 5))
const { counters } = fanout
process.stdout.write(
  JSON.stringify({
    offered: BURSTS * PACKETS * TARGETS,
    plain: BURSTS,
    arrived,
    counters,
    errors: [...fanout.errors],
  }),
)
fanout.close()
state.close()
box.close()
