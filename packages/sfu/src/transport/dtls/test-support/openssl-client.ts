// Runs `openssl s_client` as a DTLS client against a server on a loopback socket: a foreign implementation as judge.
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import type { DtlsServer } from '../dtls-server.ts'
import type { DtlsEvent } from '../events.ts'

/** What `openssl version` prints, undefined without the program. */
export function opensslVersion(): string | undefined {
  const result = spawnSync('openssl', ['version'], { encoding: 'utf8' })
  return result.status === 0 ? result.stdout.trim() : undefined
}

/** A key and a self-signed certificate made by openssl. */
export interface OpensslIdentity {
  readonly directory: string
  readonly certificate: string
  readonly key: string
  readonly fingerprint: string
}

/** Makes an identity in a new temporary directory; `kind` is what `openssl req -newkey` takes. */
export function createOpensslIdentity(...kind: readonly string[]): OpensslIdentity {
  const directory = mkdtempSync(join(tmpdir(), 'dtls-test-'))
  const certificate = join(directory, 'certificate.pem')
  const key = join(directory, 'key.pem')
  openssl(
    'req',
    '-x509',
    '-newkey',
    ...kind,
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=test',
  )
  const printed = openssl('x509', '-in', certificate, '-noout', '-fingerprint', '-sha256')
  return { directory, certificate, key, fingerprint: printed.trim().split('=')[1] ?? '' }
}

export function removeOpensslIdentity(identity: OpensslIdentity): void {
  rmSync(identity.directory, { recursive: true })
}

function openssl(...parameters: readonly string[]): string {
  const result = spawnSync('openssl', parameters, { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`openssl failed: ${result.stderr}`)
  return result.stdout
}

interface OpensslRun {
  readonly events: readonly DtlsEvent[]
  /** What s_client printed. */
  readonly output: string
}

/** How long s_client may take; a handshake on loopback takes milliseconds, its start some more. */
const RUN_LIMIT_MS = 10_000

/**
 * Connects s_client to the server; it sends 'question', gets 'answer' and closes. Ends when the association does.
 * Every datagram that `lose` picks is lost on its way to the server.
 */
export async function runOpensslClient(
  server: DtlsServer,
  identity: OpensslIdentity,
  parameters: readonly string[],
  lose: (index: number) => boolean = () => false,
): Promise<OpensslRun> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const address = `127.0.0.1:${socket.address().port}`
  const child = spawn(
    'openssl',
    [
      's_client',
      '-dtls1_2',
      '-connect',
      address,
      '-cert',
      identity.certificate,
      '-key',
      identity.key,
      ...parameters,
    ],
    { timeout: RUN_LIMIT_MS },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('latin1')))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('latin1')))
  const events: DtlsEvent[] = []
  let peerPort = 0
  const drain = (): void => {
    for (let event = server.next(); event; event = server.next()) {
      if (event.kind === 'send') {
        socket.send(event.datagram, peerPort, '127.0.0.1')
        continue
      }
      events.push(event)
      if (event.kind === 'connected') child.stdin.write('question\n')
      if (event.kind === 'data') {
        server.send(Buffer.from('answer\n'))
        // A line with Q makes s_client say close_notify and leave.
        setTimeout(() => child.stdin.end('Q\n'), 100)
      }
      if (event.kind === 'closed') setTimeout(() => child.stdin.end(), 100)
    }
  }
  let index = 0
  socket.on('message', (datagram, remote) => {
    peerPort = remote.port
    if (!lose(index)) server.handleDatagram(performance.now(), datagram)
    index += 1
    drain()
  })
  const timer = setInterval(() => {
    server.handleTimeout(performance.now())
    drain()
  }, 20)
  await once(child, 'close')
  clearInterval(timer)
  socket.close()
  return { events, output }
}
