// The receiver keeps its promises and no more: window, TSN span, gap blocks, delayed SACK, order, skipping.
import { describe, expect, it } from 'vitest'
import { type DataChunk, decodeSack, type SackChunk } from './chunks.ts'
import { Inbound } from './inbound.ts'
import {
  CHUNK_OVERHEAD_BYTES,
  MAX_GAP_BLOCKS,
  MAX_TSN_SPAN,
  RECEIVE_BUFFER_BYTES,
  SACK_DELAY_MS,
} from './limits.ts'
import type { IncomingMessage } from './reassembly.ts'

const INITIAL_TSN = 0xffff_fffe

/** A receiver whose first TSN is two before the wrap, and what it delivered. */
function receiver(maxMessageSize = 262_144): {
  readonly inbound: Inbound
  readonly messages: IncomingMessage[]
} {
  const messages: IncomingMessage[] = []
  const inbound = new Inbound({
    initialTsn: INITIAL_TSN,
    streams: 16,
    maxMessageSize,
    onMessage: (message) => messages.push(message),
  })
  return { inbound, messages }
}

/** A chunk `offset` TSNs after the first one; a whole ordered message unless said otherwise. */
function chunk(offset: number, fields: Partial<DataChunk> = {}): DataChunk {
  return {
    tsn: (INITIAL_TSN + offset) >>> 0,
    streamId: 0,
    ssn: offset,
    ppid: 53,
    unordered: false,
    begin: true,
    end: true,
    immediate: false,
    data: Uint8Array.of(offset & 0xff),
    ...fields,
  }
}

function sackOf(inbound: Inbound): SackChunk {
  const sack = decodeSack(inbound.takeSack().subarray(4))
  if (!sack) throw new Error('no SACK')
  return sack
}

function firstBytes(messages: readonly IncomingMessage[]): (number | undefined)[] {
  return messages.map((message) => message.data[0])
}

describe('SACK', () => {
  it('lists gaps and duplicates across the wrap of the TSN', () => {
    const { inbound } = receiver()
    for (const offset of [0, 2, 3, 6, 3, 0]) inbound.handleData(chunk(offset))
    expect(sackOf(inbound)).toEqual({
      cumulativeTsn: INITIAL_TSN,
      window: RECEIVE_BUFFER_BYTES - 3 * (1 + CHUNK_OVERHEAD_BYTES),
      gaps: [
        { start: 2, end: 3 },
        { start: 6, end: 6 },
      ],
      duplicates: [1, 0xffff_fffe],
    })
    for (const offset of [1, 5, 4]) inbound.handleData(chunk(offset))
    expect(sackOf(inbound)).toEqual({
      cumulativeTsn: 4,
      window: RECEIVE_BUFFER_BYTES,
      gaps: [],
      duplicates: [],
    })
  })

  it('waits for a second packet or 20 ms, but not when something is missing, doubled or urgent', () => {
    const { inbound } = receiver()
    const packet = (now: number, ...chunks: DataChunk[]): boolean => {
      for (const one of chunks) inbound.handleData(one)
      inbound.endPacket(now)
      const { isSackDue } = inbound
      if (isSackDue) inbound.takeSack()
      return isSackDue
    }
    expect(packet(0, chunk(0))).toBe(true) // the first of an association
    expect(packet(10, chunk(1), chunk(2))).toBe(false)
    expect(inbound.sackDeadline).toBe(10 + SACK_DELAY_MS)
    expect(packet(11, chunk(3))).toBe(true)
    expect(packet(12, chunk(4))).toBe(false)
    inbound.handleTimeout(12 + SACK_DELAY_MS)
    expect(inbound.isSackDue).toBe(true)
    inbound.takeSack()
    expect(packet(50, chunk(6))).toBe(true)
    expect(packet(51, chunk(5))).toBe(false)
    expect(packet(52, chunk(5))).toBe(true)
    expect(packet(53, chunk(7, { immediate: true }))).toBe(true)
  })

  it('names at most 90 gaps', () => {
    const { inbound } = receiver()
    for (let offset = 2; offset < 600; offset += 2) inbound.handleData(chunk(offset))
    expect(sackOf(inbound).gaps).toHaveLength(MAX_GAP_BLOCKS)
  })
})

describe('limits', () => {
  it('drops data beyond the window, but not what closes the first gap', () => {
    const { inbound, messages } = receiver()
    const data = new Uint8Array(1000)
    for (let offset = 1; offset < 2000; offset++) inbound.handleData(chunk(offset, { data }))
    expect(inbound.bufferedBytes).toBeLessThanOrEqual(RECEIVE_BUFFER_BYTES)
    expect(inbound.droppedChunks).toBeGreaterThan(900)
    expect(sackOf(inbound).window).toBeLessThan(1200)
    inbound.handleData(chunk(0, { data: new Uint8Array(1100) }))
    expect(messages.length).toBe(2000 - inbound.droppedChunks)
    expect(inbound.bufferedBytes).toBe(0)
    expect(sackOf(inbound).window).toBe(RECEIVE_BUFFER_BYTES)
  })

  it('counts tiny fragments with what they really cost', () => {
    const { inbound } = receiver()
    // SSN 0 never comes: every message waits for its turn, though its TSN is in sequence.
    for (let offset = 0; offset < 30_000; offset++) {
      inbound.handleData(chunk(offset, { ssn: (offset + 1) & 0x7fff, data: Uint8Array.of(1) }))
    }
    expect(inbound.bufferedBytes).toBeLessThan(RECEIVE_BUFFER_BYTES + 262_144)
    expect(inbound.droppedChunks).toBeGreaterThan(15_000)
  })

  it('drops TSNs too far ahead', () => {
    const { inbound } = receiver()
    inbound.handleData(chunk(MAX_TSN_SPAN))
    expect(inbound.droppedChunks).toBe(1)
    inbound.handleData(chunk(MAX_TSN_SPAN - 1))
    expect(inbound.droppedChunks).toBe(1)
  })

  it('names a message beyond the size limit and a stream beyond the negotiated ones', () => {
    const { inbound } = receiver(1000)
    expect(inbound.handleData(chunk(0, { data: new Uint8Array(600), end: false }))).toBe('taken')
    expect(inbound.handleData(chunk(1, { data: new Uint8Array(401), begin: false, ssn: 0 }))).toBe(
      'message-too-large',
    )
    expect(inbound.handleData(chunk(2, { streamId: 16 }))).toBe('invalid-stream')
  })
})

describe('order', () => {
  it('holds ordered messages back and lets unordered ones through', () => {
    const { inbound, messages } = receiver()
    inbound.handleData(chunk(2, { ssn: 1 }))
    inbound.handleData(chunk(3, { unordered: true }))
    expect(firstBytes(messages)).toEqual([3])
    inbound.handleData(chunk(1, { ssn: 0 }))
    expect(firstBytes(messages)).toEqual([3, 1, 2])
  })

  it('joins fragments in every order of arrival', () => {
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [0, 3, 1, 2],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
    ]
    for (const order of orders) {
      for (const unordered of [false, true]) {
        const { inbound, messages } = receiver()
        for (const offset of order) {
          inbound.handleData(chunk(offset, { ssn: 0, unordered, begin: offset === 0, end: offset === 3 }))
        }
        expect(messages.map((message) => [...message.data])).toEqual([[0, 1, 2, 3]])
        expect(inbound.bufferedBytes).toBe(0)
      }
    }
  })

  it('never joins neighbours of different messages', () => {
    const { inbound, messages } = receiver()
    inbound.handleData(chunk(0, { ssn: 0, end: false }))
    inbound.handleData(chunk(1, { ssn: 1, begin: false }))
    inbound.handleData(chunk(3, { ssn: 2, streamId: 1, begin: false }))
    inbound.handleData(chunk(2, { ssn: 2, end: false }))
    expect(messages).toEqual([])
  })

  it('keeps its own copy of the bytes', () => {
    const { inbound, messages } = receiver()
    const data = Uint8Array.of(1, 2, 3)
    inbound.handleData(chunk(0, { data }))
    data.fill(9)
    expect(messages[0]?.data).toEqual(Uint8Array.of(1, 2, 3))
  })
})

describe('FORWARD-TSN', () => {
  it('drops halves, keeps whole messages and goes on after the skipped ones', () => {
    const { inbound, messages } = receiver()
    inbound.handleData(chunk(0, { ssn: 0, end: false }))
    inbound.handleData(chunk(2, { ssn: 1 }))
    inbound.handleData(chunk(3, { ssn: 2, end: false }))
    inbound.handleData(chunk(5, { ssn: 3 }))
    inbound.handleForwardTsn({ cumulativeTsn: (INITIAL_TSN + 4) >>> 0, streams: [{ streamId: 0, ssn: 2 }] })
    expect(firstBytes(messages)).toEqual([2, 5])
    expect(inbound.bufferedBytes).toBe(0)
    expect(inbound.cumulative >>> 0).toBe((INITIAL_TSN + 5) >>> 0)
    expect(inbound.handleData(chunk(4, { begin: false }))).toBe('taken')
    expect(inbound.bufferedBytes).toBe(0)
  })

  it('drops what remains of a message whose beginning was skipped', () => {
    const { inbound, messages } = receiver()
    inbound.handleData(chunk(1, { ssn: 0, begin: false, end: false, unordered: true }))
    inbound.handleForwardTsn({ cumulativeTsn: INITIAL_TSN, streams: [] })
    inbound.handleData(chunk(2, { ssn: 0, begin: false, unordered: true }))
    expect(messages).toEqual([])
    expect(inbound.bufferedBytes).toBe(0)
  })

  it('is answered when repeated and changes nothing when old', () => {
    const { inbound } = receiver()
    inbound.handleData(chunk(0))
    inbound.endPacket(0)
    inbound.takeSack()
    inbound.handleForwardTsn({ cumulativeTsn: (INITIAL_TSN - 5) >>> 0, streams: [{ streamId: 0, ssn: 9 }] })
    expect(inbound.isSackDue).toBe(true)
    expect(inbound.cumulative).toBe(INITIAL_TSN)
  })
})
