import { describe, expect, test } from 'vitest'
import { PacketHistory, Stored } from './packet-history.ts'
import { RtpPacket } from './rtp-packet.ts'
import { incoming } from './sequence-number.ts'
import { buildPacket } from './testing/build-packet.ts'
import { seededRandom } from './testing/seeded-random.ts'

const packet = new RtpPacket()
const read = new RtpPacket()

function point(sequence: number, size = 50): RtpPacket {
  const payload = new Uint8Array(size).fill(sequence & 0xff)
  const bytes = buildPacket({ payloadType: 96, sequence: sequence & 0xffff, timestamp: 0, ssrc: 1, payload })
  packet.read(bytes, 0, bytes.length)
  return packet
}

function store(history: PacketHistory, sequence: number, now = 0, size = 50): Stored {
  return history.store(now, incoming(sequence), point(sequence, size))
}

describe('PacketHistory', () => {
  test('nothing is held before the first packet, and growth ends', () => {
    const history = new PacketHistory('video')
    expect(history.byteLength).toBe(0)
    expect(history.highest).toBe(-1)
    for (let index = 0; index < 5000; index++) store(history, 70_000 + index)
    expect(history.byteLength).toBe(512 * 1518)
  })

  test('a slow layer stays small', () => {
    const history = new PacketHistory('video')
    for (let index = 0; index < 5000; index++) store(history, 70_000 + index, index * 33)
    expect(history.byteLength).toBe(64 * 1518)
  })

  test('small audio packets take small slots until a large one comes', () => {
    const history = new PacketHistory('audio')
    for (let index = 0; index < 20; index++) store(history, 70_000 + index, index * 20)
    expect(history.byteLength).toBe(32 * (256 + 18))
    store(history, 70_020, 400, 1200)
    expect(history.byteLength).toBe(32 * 1518)
    expect(history.read(incoming(70_003), read)).toBe(true)
    expect(read.buffer[read.payloadOffset]).toBe(70_003 & 0xff)
  })

  test('duplicates and what is too old to tell are refused', () => {
    const history = new PacketHistory('video')
    expect(store(history, 70_000)).toBe(Stored.fresh)
    expect(store(history, 70_000)).toBe(Stored.duplicate)
    expect(store(history, 69_990)).toBe(Stored.fresh)
    expect(store(history, 70_100)).toBe(Stored.fresh)
    for (let index = 0; index < 600; index++) store(history, 70_101 + index)
    expect(store(history, 70_000)).toBe(Stored.tooOld)
    expect(store(history, 69_990)).toBe(Stored.tooOld)
  })

  test('growing never rewrites the bytes that a pending send refers to', () => {
    const history = new PacketHistory('video')
    store(history, 70_000)
    const { bytes } = history
    for (let index = 1; index < 64; index++) store(history, 70_000 + index)
    const before = history.bytes.slice()
    store(history, 70_064)
    expect(history.bytes).not.toBe(bytes)
    expect(bytes).toEqual(before)
  })

  test.each([1, 2, 3, 4])('behaves like a map of everything, except for age (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const history = new PacketHistory(seed % 2 === 0 ? 'audio' : 'video')
    const known = new Set<number>()
    let highest = 65_536 + 65_000
    const faults: string[] = []
    for (let step = 0; step < 20_000; step++) {
      const jump = random() < 0.01 ? Math.floor(random() * 300) : Math.floor(random() * 4)
      const sequence = random() < 0.7 ? highest + jump : highest - Math.floor(random() * 700)
      highest = Math.max(highest, sequence)
      const stored = store(history, sequence, step * 3, 20 + Math.floor(random() * 1400))
      if (stored === Stored.fresh && known.has(sequence)) faults.push('taken twice')
      if (stored === Stored.duplicate && !known.has(sequence)) faults.push('refused')
      known.add(sequence)
      if (stored !== Stored.fresh) continue
      if (!history.read(incoming(sequence), read)) faults.push('lost')
      if (read.sequenceNumber !== (sequence & 0xffff)) faults.push('wrong packet')
      if (read.buffer[read.payloadEnd - 1] !== (sequence & 0xff)) faults.push('wrong bytes')
      if (history.startOf(incoming(sequence)) !== read.start) faults.push('wrong place')
    }
    expect(faults).toEqual([])
  })
})
