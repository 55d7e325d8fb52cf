// The native fan-out over real sockets on loopback: the contract, what the kernel refuses, wrong arguments.
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { FANOUT_ROW_FIELDS } from '../../media/fanout.ts'
import { PeerAddress } from '../../transport/address.ts'
import { rtpPacket } from '../../transport/srtp/testing/sealer.ts'
import { describeFanout, type FanoutUnderTest } from './fanout.contract.ts'
import type { NativeAddon } from './native-addon.ts'
import { addressParts } from './native-arguments.ts'
import { NativeFanout } from './native-fanout.ts'
import { NativeInbox } from './native-inbox.ts'
import { nativeUnderTest } from './testing/native-under-test.ts'

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const
/** Milliseconds without a datagram after which none is under way on loopback. */
const QUIET_MS = 15

/** A receiving socket and what came to it. */
interface Box {
  readonly socket: Socket
  readonly address: PeerAddress
  arrived: Uint8Array[]
  lastAt: number
}

const addon = nativeUnderTest()

/** Opens a box for what comes from one port; loopback ports are used again, and others may still send to the last owner. */
async function openBox(family: 4 | 6, from: number): Promise<Box> {
  const socket = createSocket({ type: family === 4 ? 'udp4' : 'udp6', recvBufferSize: 4_194_304 })
  await new Promise<void>((resolve) => {
    socket.bind(0, LOOPBACK[family], resolve)
  })
  const address = PeerAddress.from(LOOPBACK[family], socket.address().port)
  const box: Box = { socket, address, arrived: [], lastAt: performance.now() }
  socket.on('message', (data, { port }) => {
    if (port !== from) return
    box.arrived.push(data)
    box.lastAt = performance.now()
  })
  return box
}

/** A fan-out with a socket on loopback, and that socket's port. */
function openFanout(
  native: NativeAddon,
  family: 4 | 6,
): { fanout: NativeFanout; port: number; close: () => void } {
  const { bytes, scope } = addressParts(PeerAddress.from(LOOPBACK[family], 0))
  const state = native.create()
  const fanout = new NativeFanout(state)
  const port = new NativeInbox(
    () => undefined,
    () => undefined,
  ).open(state, bytes, 0, scope)
  const close = (): void => {
    fanout.close()
    state.close()
  }
  return { fanout, port, close }
}

function create(native: NativeAddon, family: 4 | 6): () => Promise<FanoutUnderTest> {
  return async () => {
    const { fanout, port, close } = openFanout(native, family)
    const boxes: Box[] = []
    return {
      fanout,
      newAddress: async () => {
        const box = await openBox(family, port)
        boxes.push(box)
        return box.address
      },
      received: async (address) => {
        const box = boxes.find((one) => one.address.equals(address))
        if (!box) return []
        const since = performance.now()
        do await new Promise((resolve) => setTimeout(resolve, 2))
        while (performance.now() - Math.max(since, box.lastAt) < QUIET_MS && box.arrived.length === 0)
        await new Promise(setImmediate)
        const { arrived } = box
        box.arrived = []
        return arrived
      },
      close: async () => {
        for (const box of boxes) box.socket.close()
        close()
      },
    }
  }
}

if (addon) {
  describeFanout('NativeFanout over IPv4', create(addon, 4))
  describeFanout('NativeFanout over IPv6', create(addon, 6))
}

/** Adds a target, and sends it payloads of these lengths in one turn. */
function sender(fanout: NativeFanout, address: PeerAddress): (lengths: number[]) => void {
  const target = fanout.addTarget({
    profile: 'SRTP_AEAD_AES_128_GCM',
    key: Buffer.alloc(16, 1),
    salt: Buffer.alloc(12, 2),
    address,
  })
  let sequence = 0
  return (lengths) => {
    for (const length of lengths) {
      const rows = Int32Array.of(target, 0, 12)
      fanout.send(Buffer.alloc(length), 0, length, rtpPacket(1, sequence++, Buffer.alloc(0)), rows, 1)
    }
    fanout.flush()
  }
}

describe.skipIf(!addon)('NativeFanout and the kernel', () => {
  let end: () => void = () => undefined
  afterEach(() => end())

  function fanoutTo(
    host: string,
    port: number,
  ): {
    fanout: NativeFanout
    send: (lengths: number[]) => void
    close: () => void
  } {
    if (!addon) throw new Error('not built')
    const { fanout, close } = openFanout(addon, 4)
    end = close
    const send = sender(fanout, PeerAddress.from(host, port))
    return { fanout, send, close }
  }

  it('sends equal packets to one target with one call, as segments', async () => {
    if (!addon) throw new Error('not built')
    const { fanout, port, close } = openFanout(addon, 4)
    end = close
    const box = await openBox(4, port)
    const send = sender(fanout, box.address)
    send([1_000, 1_000, 1_000, 1_000, 500, 1_000])
    const { sent, calls, segmented } = fanout.counters
    expect({ sent, calls, segmented }).toEqual({ sent: 6, calls: 1, segmented: 5 })
    await expect.poll(() => box.arrived.length).toBe(6)
    box.socket.close()
  })

  it('counts what the kernel refuses by its code, and goes on', async () => {
    const { fanout, send } = fanoutTo('255.255.255.255', 9)
    send([100])
    send([100, 100])
    expect(Object.fromEntries(fanout.errors)).toEqual({ EACCES: 3 })
    expect(fanout.counters.sent).toBe(0)
  })

  it('has no socket of the other family', () => {
    const { fanout, send } = fanoutTo('::1', 9)
    send([100, 100])
    expect(Object.fromEntries(fanout.errors)).toEqual({ EAFNOSUPPORT: 2 })
  })

  it('refuses everything after its close', () => {
    const { fanout, send, close } = fanoutTo('127.0.0.1', 9)
    send([10])
    close()
    send([10, 10])
    expect(fanout.counters).toMatchObject({ sent: 1, refused: 2 })
  })

  it('refuses rows that lie outside of what they point into', () => {
    const { fanout } = fanoutTo('127.0.0.1', 9)
    const bad = [
      [0, 20, 12],
      [0, -1, 12],
      [0, 0, -1],
      [0, 2_000_000_000, 2_000_000_000],
      [1, 0, 12],
      [-1, 0, 12],
      [2_147_483_647, 0, 12],
    ].flat()
    fanout.send(
      new Uint8Array(5),
      0,
      5,
      new Uint8Array(31),
      Int32Array.from(bad),
      bad.length / FANOUT_ROW_FIELDS,
    )
    fanout.flush()
    expect(fanout.counters).toMatchObject({ sent: 0, refused: 7 })
  })
})
