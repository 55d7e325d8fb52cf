// Opens a UDP socket for media: buffers, no name look-ups, and errors that the caller can tell apart.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'

/**
 * Bytes asked for as the kernel's receive and send buffer. The kernel caps them at net.core.[rw]mem_max (often 208 KiB);
 * a burst of 60 viewers x 41 packets of a key frame is 2.7 MB.
 */
const SOCKET_BUFFER_BYTES = 4_194_304

export interface UdpSocketOptions {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
  readonly onDatagram: (data: Buffer, from: RemoteInfo) => void
}

/** Binds the socket; rejects with the system's error (`code` EADDRINUSE, EACCES, ...). */
export function openUdpSocket(options: UdpSocketOptions): Promise<Socket> {
  const socket = createSocket({
    type: options.family === 4 ? 'udp4' : 'udp6',
    ipv6Only: options.family === 6,
    recvBufferSize: SOCKET_BUFFER_BYTES,
    sendBufferSize: SOCKET_BUFFER_BYTES,
    // Only addresses are ever sent to: answering at once spares a resolver call and a tick for every packet.
    lookup: (hostname, _options, callback) => callback(null, hostname, options.family),
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ port: options.port, address: options.address }, () => {
      socket.off('error', reject)
      socket.on('message', options.onDatagram)
      resolve(socket)
    })
  })
}
