// Finds out before the media server starts whether its UDP ports can be opened, so that the message is a clear one.
import { createSocket } from 'node:dgram'
import { errorCode } from './listen.ts'
import { StartFailure } from './start-failures.ts'

/** Opens and closes every port once. @throws StartFailure naming the first one that cannot be opened */
export async function checkUdpPorts(
  firstPort: number,
  count: number,
  host: string | undefined,
): Promise<void> {
  for (let port = firstPort; port < firstPort + count; port += 1) {
    try {
      await tryPort(port, host)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EADDRINUSE') throw new StartFailure({ code: 'udp_port_in_use', port }, error)
      if (code === 'EACCES') throw new StartFailure({ code: 'udp_port_privileged', port }, error)
      throw error
    }
  }
}

async function tryPort(port: number, host: string | undefined): Promise<void> {
  const socket = createSocket('udp4')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('error', reject)
  socket.bind(
    host === undefined ? { port, exclusive: true } : { port, address: host, exclusive: true },
    resolve,
  )
  try {
    await promise
  } finally {
    const closed = Promise.withResolvers<void>()
    try {
      socket.close(() => closed.resolve())
    } catch {
      // A socket that never opened cannot be closed.
      closed.resolve()
    }
    await closed.promise
  }
}
