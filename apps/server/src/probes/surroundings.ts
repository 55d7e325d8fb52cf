// Probes that look at the server from outside: its headers, its connections, its deadlines, its public certificate.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:tls'
import { outlivedBackups } from '../backups/folder.ts'
import { leftoverFiles } from '../diagnostics/log-files.ts'
import { securityHeaders } from '../http/security-headers.ts'
import { send } from './canary.ts'
import type { Outcome, Probe, ProbeTarget } from './probe.ts'

/** Every answer carries the security headers, word for word, and no cookie goes to a stranger. */
export const headersProbe: Probe = {
  id: 'probe.headers',
  async run(target) {
    const wanted = securityHeaders(target.publicUrl.startsWith('https:'))
    const found: string[] = []
    for (const path of ['/', '/abc-defg-hij', '/api/instance', '/healthz', '/no/such/page.js']) {
      const { headers } = await send(target, undefined, { method: 'GET', path })
      for (const [name, value] of wanted) if (headers[name] !== value) found.push(`${path}: ${name}`)
      if (headers['set-cookie'] !== undefined) found.push(`${path}: set-cookie`)
    }
    return { measured: true, value: found.length === 0, passed: found.length === 0, found }
  },
}

/** Rows that should have gone by now: housekeeping comes once an hour, so two hours are a fault. */
const OVERDUE_MS = 2 * 3_600_000

/** Old copies go when a new one is made, once a night; a night may be missed. */
const BACKUP_GRACE_MS = 48 * 3_600_000

/** Nothing in the database, no diagnostic log and no backup is older than its class may be. */
export const retentionProbe: Probe = {
  id: 'probe.retention',
  async run({ store, now, dataFolder, backup }) {
    const overdue = await store.overdue(now(), OVERDUE_MS)
    const files = await leftoverFiles(dataFolder, await store.diagnostics.current(), now())
    const copies =
      backup.folder === undefined
        ? []
        : outlivedBackups({ folder: backup.folder, days: backup.days }, now(), BACKUP_GRACE_MS)
    const found = [
      ...overdue.map(({ table, count }) => `${table}: ${count}`),
      ...(files.length === 0 ? [] : [`debugLog: ${files.length}`]),
      ...(copies.length === 0 ? [] : [`backups: ${copies.length}`]),
    ]
    return { measured: true, value: found.length === 0, passed: found.length === 0, found }
  },
}

/** Connections of this process that it opened itself, by the kernel's own tables; none is declared, so none may be there. */
export const outboundProbe: Probe = {
  id: 'probe.outbound',
  run(target) {
    const sockets = ownSockets()
    if (sockets === undefined)
      return Promise.resolve({
        measured: false,
        reason: {
          de: 'Auf diesem Betriebssystem lassen sich die eigenen Verbindungen nicht auflisten.',
          en: 'On this operating system the own connections cannot be listed.',
        },
      })
    const outbound = sockets.filter((socket) => isOutbound(socket, target))
    // Not the address: whom the server talks to is for its operator to look up, not for a page.
    const found = outbound.map(({ remotePort }) => `TCP port ${remotePort}`)
    return Promise.resolve({ measured: true, value: outbound.length, passed: outbound.length === 0, found })
  },
}

interface TcpSocket {
  readonly localPort: number
  readonly remoteIsLoopback: boolean
  readonly remotePort: number
}

/** Established TCP connections of this process; undefined where there is no /proc. */
function ownSockets(): TcpSocket[] | undefined {
  try {
    const inodes = new Set(
      readdirSync('/proc/self/fd').flatMap((fd) => {
        const match = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/self/fd/${fd}`))
        return match?.[1] === undefined ? [] : [match[1]]
      }),
    )
    return ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1)
        .flatMap((line) => {
          const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/)
          return state === ESTABLISHED && inodes.has(inode) ? [toSocket(local, remote)] : []
        }),
    )
  } catch {
    return undefined
  }
}

/** TCP_ESTABLISHED of include/net/tcp_states.h. */
const ESTABLISHED = '01'

function toSocket(local: string, remote: string): TcpSocket {
  const [address = '', port = ''] = remote.split(':')
  return {
    localPort: Number.parseInt(local.split(':')[1] ?? '', 16),
    remotePort: Number.parseInt(port, 16),
    // 127.x in the machine's byte order, plain, mapped into IPv6, and ::1.
    remoteIsLoopback:
      /^(?:0{16}FFFF0000)?[0-9A-F]{6}7F$/.test(address) || address === '00000000000000000000000001000000',
  }
}

/** Whoever comes to us comes to our port. */
function isOutbound({ localPort, remoteIsLoopback }: TcpSocket, { port }: ProbeTarget): boolean {
  return localPort !== port && !remoteIsLoopback
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** A handshake with the own public address takes a second at most. */
const TLS_TIMEOUT_MS = 5_000

/** What a browser meets at the public address: protocol, cipher, and a certificate that holds. */
export const tlsProbe: Probe = {
  id: 'probe.tls',
  run({ publicUrl }) {
    const url = new URL(publicUrl)
    if (url.protocol !== 'https:')
      return Promise.resolve({
        measured: false,
        reason: {
          de: 'Die öffentliche Adresse ist unverschlüsselt (http).',
          en: 'The public address is unencrypted (http).',
        },
      })
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const socket = connect(
      {
        host: url.hostname,
        port: url.port === '' ? 443 : Number(url.port),
        servername: url.hostname,
        rejectUnauthorized: false,
        timeout: TLS_TIMEOUT_MS,
      },
      () => {
        // As the documents write it: TLS 1.3. Anything behind that makes the sentence a warning.
        const protocol = (socket.getProtocol() ?? '').replace('TLSv', 'TLS ')
        const passed = socket.authorized && (protocol === 'TLS 1.3' || protocol === 'TLS 1.2')
        resolve({
          measured: true,
          value: socket.authorized ? protocol : `${protocol}, ${faultOf(socket.authorizationError)}`,
          passed,
          found: socket.authorized ? [] : ['certificate'],
        })
        socket.destroy()
      },
    )
    const failed = (): void => {
      socket.destroy()
      resolve({
        measured: false,
        reason: {
          de: 'Die öffentliche Adresse antwortet von hier aus nicht.',
          en: 'The public address does not answer from here.',
        },
      })
    }
    socket.on('error', failed)
    socket.on('timeout', failed)
    return promise
  },
}

/** OpenSSL's word for what is wrong with a certificate, such as CERT_HAS_EXPIRED; messages may repeat names, codes do not. */
function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'CERT_REJECTED'
}
