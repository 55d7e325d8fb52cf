// Finds ports nobody uses. Between finding and using somebody could take one; on a test machine that is rare and fails loudly.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A free TCP port of the loopback interface. */
export async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port')
  return address.port
}

/** The first of `count` neighbouring UDP ports that are free on all interfaces. */
export async function freeUdpPort(count: number = 1): Promise<number> {
  for (;;) {
    const first = await bindUdp(0)
    const { port } = first.address()
    const others = await Promise.all(
      Array.from(
        { length: count - 1 },
        async (_, index) => await bindUdp(port + 1 + index).catch(() => undefined),
      ),
    )
    for (const socket of [first, ...others]) socket?.close()
    if (others.every((socket) => socket !== undefined)) return port
  }
}

async function bindUdp(port: number): Promise<ReturnType<typeof createSocket>> {
  const socket = createSocket('udp4')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', reject)
  socket.bind(port, resolve)
  await promise
  return socket
}
