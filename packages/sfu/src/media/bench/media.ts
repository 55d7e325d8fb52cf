// Measures the cost of one forwarded packet in decisions and headers alone: one publisher, 60 subscribers, a fan-out that does nothing.
//
// node packages/sfu/src/media/bench/media.ts [packets]
import { getHeapStatistics } from 'node:v8'
import type { Fanout, TargetIndex } from '../fanout.ts'
import { PeerMedia } from '../peer-media.ts'
import { ssrc } from '../sequence-number.ts'
import { buildPacket, vp8Payload } from '../testing/build-packet.ts'
import { seededBytes } from '../testing/seeded-random.ts'
import { setU16, setU32 } from '../bytes.ts'

const SUBSCRIBERS = 60
/** Payload as in performance.md section 8. */
const PAYLOAD_BYTES = 1090
const MS_PER_PACKET = 4

let sentRows = 0
const nullFanout: Fanout = {
  send(_payload, _tailOffset, _tailEnd, _arena, _rows, rowCount) {
    sentRows += rowCount
  },
  sendRtcp() {},
  flush() {},
}

function peer(cname: string): PeerMedia {
  return new PeerMedia({
    fanout: nullFanout,
    target: 0 as TargetIndex,
    random: seededBytes(1),
    cname,
    localSsrc: ssrc(1),
  })
}

const publisher = peer('publisher')
publisher.setReceiveSections([
  {
    mid: '0',
    kind: 'video',
    codecs: [
      {
        payloadType: 96,
        codec: 'vp8',
        clockRate: 90_000,
        rtxPayloadType: 97,
        nack: true,
        pli: true,
        transportCc: true,
      },
    ],
    extensions: { mid: 4, twcc: 3 },
    ssrcs: [{ ssrc: ssrc(0xaaaa0001), rtxSsrc: ssrc(0xaaaa0002) }],
  },
])
const receiver = publisher.addReceiver('0', { kind: 'video' })
if (!receiver) throw new Error('no receiver')
for (let index = 0; index < SUBSCRIBERS; index++) {
  peer(`subscriber ${index}`).addDownTrack(receiver, {
    mid: '1',
    ssrc: ssrc(0xbbbb0000 + index * 2),
    rtxSsrc: ssrc(0xbbbb0001 + index * 2),
    payloadType: 96,
    rtxPayloadType: 97,
    clockRate: 90_000,
    extensions: { mid: 4, absSendTime: 2 },
  })
}

const packets = Number(process.argv[2] ?? '100000')
const key = buildPacket({
  payloadType: 96,
  sequence: 0,
  timestamp: 0,
  ssrc: 0xaaaa0001,
  extensions: new Map([[3, Uint8Array.of(0, 0)]]),
  payload: vp8Payload(PAYLOAD_BYTES, true, true),
})
const delta = Uint8Array.from(key)
delta[key.length - PAYLOAD_BYTES + 4] = 1

function run(from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const packet = index === 0 ? key : delta
    setU16(packet, 2, index)
    setU32(packet, 4, Math.floor(index / 8) * 3000 + 0xf0000000)
    setU16(packet, 17, index)
    const now = 1.7e12 + index * MS_PER_PACKET
    publisher.handleRtp(now, packet, packet.length)
    if (index % 5 === 0) publisher.handleTimeout(now)
  }
}

run(0, 10_000)
sentRows = 0
const allocated = (): number => getHeapStatistics().total_allocated_bytes
const bytesBefore = allocated()
const cpuBefore = process.cpuUsage()
run(10_000, 10_000 + packets)
const cpu = process.cpuUsage(cpuBefore)
const bytes = allocated() - bytesBefore
const nanoseconds = ((cpu.user + cpu.system) * 1000) / sentRows
process.stdout.write(
  `${sentRows} forwarded packets: ${nanoseconds.toFixed(0)} ns CPU and ${(bytes / sentRows).toFixed(2)} B allocated each\n`,
)
