import { describe, expect, it } from 'vitest'
import { FANOUT_ROW_FIELDS } from '../../media/fanout.ts'
import { PeerAddress } from '../../transport/address.ts'
import { rtpPacket } from '../../transport/srtp/testing/sealer.ts'
import { describeFanout, type FanoutUnderTest } from './fanout.contract.ts'
import { MAX_QUEUED_DATAGRAMS } from './send-ring.ts'
import { TsFanout } from './ts-fanout.ts'

/** A network that keeps copies by port. */
class Mailboxes {
  readonly #boxes = new Map<number, Uint8Array[]>()

  newAddress(): PeerAddress {
    const port = 10_000 + this.#boxes.size
    this.#boxes.set(port, [])
    return PeerAddress.from('192.0.2.1', port)
  }

  deliver(buffer: Uint8Array, offset: number, length: number, to: PeerAddress): void {
    this.#boxes.get(to.port)?.push(new Uint8Array(buffer.subarray(offset, offset + length)))
  }

  empty(address: PeerAddress): Uint8Array[] {
    return this.#boxes.get(address.port)?.splice(0) ?? []
  }
}

async function create(): Promise<FanoutUnderTest> {
  const boxes = new Mailboxes()
  const fanout = new TsFanout((buffer, offset, length, to) => boxes.deliver(buffer, offset, length, to))
  return {
    fanout,
    newAddress: async () => boxes.newAddress(),
    received: async (address) => boxes.empty(address),
    close: async () => {
      // Nothing is open.
    },
  }
}

describeFanout('TsFanout', create)

describe('TsFanout and a socket that holds datagrams back', () => {
  const ADDRESS = PeerAddress.from('192.0.2.1', 1)

  function fill(fanout: TsFanout, packets: number): void {
    const target = fanout.addTarget({
      profile: 'SRTP_AES128_CM_HMAC_SHA1_80',
      key: Buffer.alloc(16, 1),
      salt: Buffer.alloc(14, 2),
      address: ADDRESS,
    })
    const rows = new Int32Array(FANOUT_ROW_FIELDS)
    rows.set([target, 0, 12])
    for (let sequence = 0; sequence < packets; sequence++) {
      fanout.send(Buffer.alloc(50), 0, 50, rtpPacket(1, sequence, Buffer.alloc(0)), rows, 1)
    }
    fanout.flush()
  }

  it('does not overwrite what waits', () => {
    const waiting: { readonly view: Uint8Array; readonly copy: Uint8Array }[] = []
    const keep = (buffer: Uint8Array, offset: number, length: number): void => {
      const view = buffer.subarray(offset, offset + length)
      waiting.push({ view, copy: Buffer.from(view) })
    }
    const fanout = new TsFanout(keep, { queued: () => waiting.length })
    fill(fanout, 200)
    expect(waiting).toHaveLength(200)
    for (const { view, copy } of waiting) expect(view).toEqual(copy)
  })

  it('uses the same memory again when nothing waits', () => {
    const memories = new Set<ArrayBufferLike>()
    fill(new TsFanout((buffer) => void memories.add(buffer.buffer), { queued: () => 0 }), 200)
    expect(memories.size).toBe(1)
  })

  it('gives packets up while too many wait, and goes on when they have left', () => {
    let queued = 0
    let sent = 0
    const fanout = new TsFanout(() => void sent++, { queued: () => queued })
    queued = MAX_QUEUED_DATAGRAMS + 1
    fill(fanout, 200)
    const first = sent
    expect(first).toBeLessThan(20)
    expect(fanout.counters.backlogged).toBe(200 - first)
    queued = 0
    fill(fanout, 200)
    expect(sent).toBe(first + 200)
  })
})

describe('TsFanout and keys', () => {
  it('leaves neither key material nor packets in its memory when a target goes', () => {
    let memory: Uint8Array = new Uint8Array(0)
    const fanout = new TsFanout((buffer) => void (memory = buffer))
    const target = fanout.addTarget({
      profile: 'SRTP_AES128_CM_HMAC_SHA1_80',
      key: Buffer.alloc(16, 1),
      salt: Buffer.alloc(14, 2),
      address: PeerAddress.from('192.0.2.1', 1),
    })
    fanout.sendRtcp(target, Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1]), 8)
    expect(memory.some((byte) => byte !== 0)).toBe(true)
    fanout.removeTarget(target)
    expect(memory.every((byte) => byte === 0)).toBe(true)
  })
})
