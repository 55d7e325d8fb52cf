// Opens the HTTP or HTTPS port, hands requests to the media server or the app, and closes everything again in time.
import { readFileSync } from 'node:fs'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createSecureContext } from 'node:tls'
import type { ServerConfig } from './config/config.ts'
import { StartFailure } from './start-failures.ts'

/** What answers once the server is ready. */
export interface Handlers {
  request(request: IncomingMessage, response: ServerResponse): void
  /** False: nobody wants this connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
}

export interface Listener {
  /** The port that was opened; differs from the wanted one only for port 0 in tests. */
  port: number
  /** Until this is called, requests are told to come back in a second. */
  serve(handlers: Handlers): void
  /** Takes no new connections from now on; resolves when the open ones have ended or `graceMs` are over. */
  close(graceMs: number): Promise<void>
}

/** Somebody who sends headers this slowly is not a browser. */
const HEADERS_TIMEOUT_MS = 10_000
/** The largest body is 16 kB; a telephone in a tunnel may need a while. */
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than proxies keep idle connections (usually 60 s), so that they are not cut while a request is on its way. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000

/** Opens the port. @throws StartFailure */
export async function listen(config: Pick<ServerConfig, 'host' | 'port' | 'tls'>): Promise<Listener> {
  const server = createServer(config.tls)
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS
  const sockets = attach(server)
  await open(server, config)
  const address = server.address()
  return {
    port: isAddress(address) ? address.port : config.port,
    serve: (handlers) => sockets.serve(handlers),
    close: (graceMs) => close(server, sockets.upgraded, graceMs),
  }
}

function createServer(tls: ServerConfig['tls']): Server {
  if (tls === undefined) return createHttpServer()
  const cert = readPem(tls.certFile)
  const key = readPem(tls.keyFile)
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new StartFailure({ code: 'tls_not_matching', cert: tls.certFile, key: tls.keyFile }, error)
  }
  return createHttpsServer({ cert, key, minVersion: 'TLSv1.2' })
}

function readPem(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new StartFailure({ code: 'tls_unreadable', file }, error)
  }
}

function attach(server: Server): { upgraded: ReadonlySet<Duplex>; serve(handlers: Handlers): void } {
  const upgraded = new Set<Duplex>()
  let handlers: Handlers | undefined
  server.on('request', (request, response) => {
    if (handlers !== undefined) handlers.request(request, response)
    else response.writeHead(503, { 'retry-after': '1' }).end()
  })
  server.on('upgrade', (request, socket, head) => {
    // A connection may break at any time; without a listener that would end the process.
    socket.on('error', () => socket.destroy())
    if (handlers?.upgrade(request, socket, head) === true) {
      upgraded.add(socket)
      socket.on('close', () => upgraded.delete(socket))
    } else {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    }
  })
  return {
    upgraded,
    serve(given) {
      handlers = given
    },
  }
}

async function open(server: Server, config: Pick<ServerConfig, 'host' | 'port'>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(
    config.host === undefined ? { port: config.port } : { port: config.port, host: config.host },
    resolve,
  )
  try {
    await promise
  } catch (error) {
    throw listenFailure(error, config)
  }
  server.off('error', reject)
}

/** Makes the errors an operator can mend sentences; gives back any other one. */
export function listenFailure(error: unknown, config: Pick<ServerConfig, 'host' | 'port'>): unknown {
  const code = errorCode(error)
  if (code === 'EADDRINUSE') return new StartFailure({ code: 'port_in_use', port: config.port }, error)
  if (code === 'EACCES') return new StartFailure({ code: 'port_privileged', port: config.port }, error)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartFailure({ code: 'host_not_available', host: config.host ?? '' }, error)
  }
  return error
}

/** The code of an error of the system, such as EADDRINUSE. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

async function close(server: Server, upgraded: ReadonlySet<Duplex>, graceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const cut = setTimeout(() => {
    server.closeAllConnections()
    for (const socket of upgraded) socket.destroy()
  }, graceMs)
  await promise
  clearTimeout(cut)
}
