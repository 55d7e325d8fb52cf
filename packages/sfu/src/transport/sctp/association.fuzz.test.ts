// Hostile packets in every state: captured ones, mutated and sealed again with a good checksum, so that they get past it.
import { describe, expect, it } from 'vitest'
import { SctpAssociation } from './association.ts'
import { ChunkType, decodeData, decodeInit } from './chunks.ts'
import { Inbound } from './inbound.ts'
import { MAX_BURST_PACKETS, MAX_PENDING_CONTROL, RECEIVE_BUFFER_BYTES, SEND_BUFFER_BYTES } from './limits.ts'
import { decodePacket } from './packet.ts'
import { seededNumbers, tagOf, TestLink, testMessage } from './test-link.ts'
import { Mutator, type Sequence } from './test-mutator.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
/** The nightly count needs more than the five seconds a test usually has, ms. */
const TIMEOUT_MS = 5000 + 2 * CASES
/** Hostile packets per prepared association. */
const PACKETS_PER_ROUND = 25
/** Packets one input may cause: a burst, the waiting control chunks, one answer of its own, ABORT. */
const MAX_ANSWERS = MAX_BURST_PACKETS + MAX_PENDING_CONTROL + 4
const MAX_MESSAGE_SIZE = 100_000

type Prepare = (link: TestLink) => void

function connected(link: TestLink): void {
  link.connect()
  link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
  link.b.association.openChannel(link.now, { streamId: 1, label: 'y', ordered: false, maxRetransmits: 0 })
  link.run(100)
}

/** Ways to bring `b` into each state; `a` is the stranger. */
const STATES: Readonly<Record<string, Prepare>> = {
  'before the handshake': (link) => link.b.association.start(0),
  'waiting for INIT-ACK': (link) => {
    link.b.association = new SctpAssociation({
      random: (bytes) => new Uint8Array(bytes).fill(7),
      active: true,
    })
    link.drop = () => true
    link.b.association.start(0)
    link.run(1)
  },
  'waiting for COOKIE-ACK': (link) => {
    let isEchoed = false
    link.b.association = new SctpAssociation({
      random: (bytes) => new Uint8Array(bytes).fill(7),
      active: true,
    })
    link.drop = (from, packet) => {
      if (decodePacket(packet)?.chunks[0]?.type === ChunkType.cookieEcho) isEchoed = true
      return isEchoed || (from === 'a' && decodePacket(packet)?.chunks[0]?.type === ChunkType.init)
    }
    link.b.association.start(0)
    link.a.association.start(0)
    link.runUntil(() => isEchoed, 5000)
  },
  connected: connected,
  'sending and receiving with losses': (link) => {
    connected(link)
    link.options = { ...link.options, loss: 0.3 }
    for (let index = 0; index < 10; index++) {
      link.a.association.send(link.now, 0, testMessage(index, 9000), true)
      link.b.association.send(link.now, 0, testMessage(index, 9000), true)
      link.b.association.send(link.now, 1, testMessage(index, 3000), true)
    }
    link.run(60)
  },
  'closing a channel': (link) => {
    connected(link)
    link.drop = () => true
    link.b.association.closeChannel(link.now, 0)
    link.run(1)
  },
  'shutting down with data left': (link) => {
    connected(link)
    link.drop = () => true
    link.b.association.send(link.now, 0, testMessage(1, 20_000), true)
    link.b.association.close(link.now)
    link.run(1)
  },
  'having sent SHUTDOWN': (link) => {
    connected(link)
    link.drop = () => true
    link.b.association.close(link.now)
    link.run(1)
  },
  'having sent SHUTDOWN-ACK': (link) => {
    connected(link)
    link.drop = (from) => from === 'b'
    link.a.association.close(link.now)
    link.run(20)
  },
  closed: (link) => {
    connected(link)
    link.b.association.abort(link.now)
    link.run(100)
  },
}

/** Drains the association; returns how much came out. */
function drain(association: SctpAssociation): { packets: number; bytes: number; closed: number } {
  const out = { packets: 0, bytes: 0, closed: 0 }
  for (let event = association.next(); event; event = association.next()) {
    if (event.kind === 'closed') out.closed++
    if (event.kind !== 'send') continue
    out.packets++
    out.bytes += event.packet.length
    if (!decodePacket(event.packet)) throw new Error('we sent a packet nobody can read')
  }
  return out
}

/** One round: prepares a state, throws hostile packets at it, returns what went wrong. */
function attack(prepare: Prepare, seed: number, corpus: readonly Uint8Array[]): string[] {
  const link = new TestLink({ seed, minDelay: 3 }, {}, { maxMessageSize: 9000 })
  prepare(link)
  const { association } = link.b
  const tagOfB = tagOf(link.a.sent.at(-1)) || initTagOf(link.b.sent)
  const tags = [tagOfB, tagOfB, tagOfB, tagOfB, 0, tagOf(link.b.sent.at(-1))]
  // Fresh packets of this very association: their TSNs are the right ones.
  const fresh = [...link.a.sent.slice(-12), ...link.b.sent.slice(-6)]
  const mutator = new Mutator(seed, [...corpus, ...fresh], sequenceOf(link))
  const problems: string[] = []
  let closed = 0
  for (let index = 0; index < PACKETS_PER_ROUND; index++) {
    link.now += mutator.below(4) === 0 ? mutator.below(2000) : mutator.below(20)
    const isTimeout = (association.deadline() ?? Infinity) <= link.now
    if (isTimeout) association.handleTimeout(link.now)
    else association.handlePacket(link.now, mutator.packet(tags))
    const out = drain(association)
    closed += out.closed
    if (out.packets > MAX_ANSWERS) problems.push(`${out.packets} packets in answer to one`)
    if (out.bytes > MAX_ANSWERS * 1150) problems.push(`${out.bytes} bytes in answer to one`)
    const deadline = association.deadline()
    if (isTimeout && deadline !== undefined && deadline <= link.now) problems.push('a timer is due for ever')
    if (association.heldBytes < 0 || association.heldBytes > SEND_BUFFER_BYTES) problems.push('send buffer')
    if (association.bufferedAmount(0) < 0) problems.push('buffered amount')
  }
  if (closed > 1) problems.push('closed more than once')
  return problems
}

/** Reads the sequence numbers off the packets exchanged so far. */
function sequenceOf(link: TestLink): Sequence {
  const read = (packets: readonly Uint8Array[]): { first: number; last: number } => {
    const seen = { first: 0, last: 0 }
    for (const packet of packets) {
      for (const chunk of decodePacket(packet)?.chunks ?? []) {
        const isInit = chunk.type === ChunkType.init || chunk.type === ChunkType.initAck
        const tsn = isInit ? decodeInit(chunk.value)?.initialTsn : undefined
        if (tsn !== undefined) Object.assign(seen, { first: tsn, last: tsn - 1 })
        const data = chunk.type === ChunkType.data ? decodeData(chunk.flags, chunk.value) : undefined
        if (data && data.tsn - seen.last < 10_000) seen.last = Math.max(seen.last, data.tsn)
      }
    }
    return seen
  }
  const peer = read(link.a.sent)
  const own = read(link.b.sent)
  return { peerTsn: peer.last + 1, ownTsn: own.last, peerReset: peer.first, ownReset: own.first }
}

/** Our tag as our own INIT says it. */
function initTagOf(sent: readonly Uint8Array[]): number {
  const init = sent[0]
  return init && init.length >= 20 ? new DataView(init.buffer, init.byteOffset).getUint32(16) : 0
}

/** Packets of both sides of a busy session from handshake to shutdown. */
function capture(): Uint8Array[] {
  const link = new TestLink({ seed: 61, loss: 0.1, minDelay: 5, maxDelay: 30 })
  connected(link)
  for (let index = 0; index < 6; index++) {
    link.a.association.send(link.now, 0, testMessage(index, 1 + index * 700), index % 2 === 0)
    link.b.association.send(link.now, 1, testMessage(index, 1 + index * 700), true)
    link.run(30)
  }
  link.a.association.closeChannel(link.now, 0)
  link.run(31_000)
  link.a.association.close(link.now)
  link.run(5000)
  return [...link.a.sent, ...link.b.sent]
}

describe('hostile packets', { timeout: TIMEOUT_MS }, () => {
  const corpus = capture()
  const rounds = Math.ceil(CASES / PACKETS_PER_ROUND / Object.keys(STATES).length)

  it.each(Object.entries(STATES))('do no harm %s', (name, prepare) => {
    for (let round = 0; round < rounds; round++) {
      const problems = attack(prepare, name.length * 1_000_003 + round, corpus)
      expect(problems, `${name}, round ${round}`).toEqual([])
    }
  })

  it('leave an honest peer with wrong tags alone', () => {
    const link = new TestLink({ seed: 62, minDelay: 3 })
    connected(link)
    const mutator = new Mutator(62, [...corpus, ...link.a.sent], sequenceOf(link))
    const wrongTag = tagOf(link.a.sent.at(-1)) ^ 0x5555
    for (let index = 0; index < CASES; index++) {
      link.b.association.handlePacket(link.now, mutator.packet([wrongTag]))
      drain(link.b.association)
    }
    link.a.association.send(link.now, 0, testMessage(1, 5000), true)
    link.run(1000)
    expect(link.b.messages(0)).toEqual([testMessage(1, 5000)])
    expect(link.b.association.counters.droppedPackets).toBeGreaterThan(CASES / 2)
  })
})

describe('hostile data under good tags', { timeout: TIMEOUT_MS }, () => {
  it('never fills more than the receive buffer', () => {
    const next = seededNumbers(63)
    const below = (limit: number): number => Math.floor(next() * limit)
    const inbound = new Inbound({
      initialTsn: 0xffff_ff00,
      streams: 1024,
      maxMessageSize: MAX_MESSAGE_SIZE,
      onMessage: () => {},
    })
    let highest = 0
    let lowest = 0
    for (let index = 0; index < CASES * 10; index++) {
      const ahead = below(20) === 0 ? below(9000) : below(40)
      if (below(2000) === 0) {
        const streams = Array.from({ length: below(20) }, () => ({
          streamId: below(2000),
          ssn: below(65_536),
        }))
        inbound.handleForwardTsn({ cumulativeTsn: (inbound.cumulative + ahead) >>> 0, streams })
      }
      inbound.handleData({
        tsn: (inbound.cumulative + ahead) >>> 0,
        streamId: below(3) === 0 ? below(1200) : 0,
        ssn: below(3) === 0 ? below(65_536) : below(4),
        ppid: 53,
        unordered: below(4) === 0,
        begin: below(3) === 0,
        end: below(3) === 0,
        immediate: false,
        data: new Uint8Array(1 + below(below(10) === 0 ? 1400 : 20)),
      })
      if (below(10) === 0) inbound.takeSack()
      highest = Math.max(highest, inbound.bufferedBytes)
      lowest = Math.min(lowest, inbound.bufferedBytes)
    }
    expect(lowest).toBe(0)
    expect(highest).toBeLessThanOrEqual(RECEIVE_BUFFER_BYTES + MAX_MESSAGE_SIZE)
  })
})
