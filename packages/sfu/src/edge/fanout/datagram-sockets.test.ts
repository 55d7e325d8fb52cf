import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { PeerAddress } from '../../transport/address.ts'
import { DatagramSockets } from './datagram-sockets.ts'

const open: Socket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

function bound(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) })
  open.push(socket)
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve(socket))
  })
}

describe('DatagramSockets', () => {
  it('sends a part of a buffer to an address', async () => {
    const [ours, theirs] = [await bound(), await bound()]
    const sockets = new DatagramSockets()
    sockets.set(4, ours)
    const arrival = once(theirs, 'message')
    sockets.send(Buffer.from('..hello..'), 2, 5, PeerAddress.from('127.0.0.1', theirs.address().port))
    const [data] = await arrival
    expect(String(data)).toBe('hello')
    expect(sockets.queued()).toBe(0)
    expect(sockets.errors.size).toBe(0)
  })

  it('counts errors by code, without an address in them', async () => {
    const sockets = new DatagramSockets()
    sockets.set(4, await bound())
    const address = PeerAddress.from('127.0.0.1', 9)
    sockets.send(Buffer.alloc(70_000), 0, 70_000, address)
    sockets.send(Buffer.alloc(70_000), 0, 70_000, address)
    sockets.send(Buffer.alloc(1), 0, 1, PeerAddress.from('::1', 9))
    await new Promise(setImmediate)
    expect(Object.fromEntries(sockets.errors)).toEqual({ EMSGSIZE: 2, EAFNOSUPPORT: 1 })
  })
})
