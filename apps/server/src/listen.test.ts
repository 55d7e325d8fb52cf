import { createServer } from 'node:http'
import { get as getSecure } from 'node:https'
import { createConnection, type AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, listenFailure, type Handlers } from './listen.ts'
import { StartFailure } from './start-failures.ts'
import { checkUdpPorts } from './udp-check.ts'
import { createSocket } from 'node:dgram'

const LOCAL = { host: '127.0.0.1', port: 0, tls: undefined }
const fixture = (name: string): string => fileURLToPath(new URL(`testing/fixtures/${name}`, import.meta.url))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'listen-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const handlers: Handlers = {
  request: (request, response) => response.end(`path ${request.url}`),
  upgrade(request, socket) {
    if (request.url !== '/rtc') return false
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
    return true
  },
}

async function kindOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error instanceof StartFailure ? error.kind : error
  }
  return undefined
}

/** Sends a raw request and gives what comes back until the other side is silent or closes. */
async function exchange(port: number, request: string, until: RegExp): Promise<string> {
  const socket = createConnection(port, '127.0.0.1')
  socket.write(request)
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (until.test(text)) break
  }
  socket.destroy()
  return text
}

const upgrade = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`

test('tells early visitors to come back, then serves', async () => {
  const listener = await listen(LOCAL)
  const url = `http://127.0.0.1:${listener.port}/x`
  const early = await fetch(url)
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await exchange(listener.port, upgrade('/rtc'), /\r\n\r\n/)).toMatch(/^HTTP\/1.1 404/)
  listener.serve(handlers)
  expect(await (await fetch(url)).text()).toBe('path /x')
  await listener.close(100)
})

test('hands over wanted upgrades and refuses others', async () => {
  const listener = await listen(LOCAL)
  listener.serve(handlers)
  expect(await exchange(listener.port, upgrade('/rtc'), /\r\n\r\n/)).toMatch(/^HTTP\/1.1 101/)
  expect(await exchange(listener.port, upgrade('/other'), /\r\n\r\n/)).toMatch(/^HTTP\/1.1 404/)
  await listener.close(100)
})

test('closing waits for answers on their way, but not for ever, and not for open WebSockets', async () => {
  const listener = await listen(LOCAL)
  const held = Promise.withResolvers<void>()
  listener.serve({
    ...handlers,
    request: (request, response) => {
      if (request.url === '/slow') setTimeout(() => response.end('done'), 100)
      else held.resolve()
    },
  })
  const slow = fetch(`http://127.0.0.1:${listener.port}/slow`).then((answer) => answer.text())
  const never = fetch(`http://127.0.0.1:${listener.port}/never`).then(
    () => 'answered',
    () => 'cut',
  )
  const socket = createConnection(listener.port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  socket.write(upgrade('/rtc'))
  await held.promise
  const began = performance.now()
  await listener.close(400)
  const took = performance.now() - began
  expect(took).toBeGreaterThan(300)
  expect(took).toBeLessThan(3000)
  expect(await slow).toBe('done')
  expect(await never).toBe('cut')
})

test('serves https with certificate and key', async () => {
  const tls = { certFile: fixture('one-cert.pem'), keyFile: fixture('one-key.pem') }
  const listener = await listen({ ...LOCAL, tls })
  listener.serve(handlers)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const ca = readFileSync(tls.certFile)
  getSecure(
    { port: listener.port, host: '127.0.0.1', servername: 'localhost', path: '/s', ca },
    (response) => {
      response.on('data', (chunk: Buffer) => resolve(chunk.toString()))
    },
  ).on('error', reject)
  expect(await promise).toBe('path /s')
  await listener.close(100)
})

test('names what is wrong with certificate and key', async () => {
  const certFile = fixture('one-cert.pem')
  const other = fixture('two-key.pem')
  expect(await kindOf(() => listen({ ...LOCAL, tls: { certFile, keyFile: other } }))).toEqual({
    code: 'tls_not_matching',
    cert: certFile,
    key: other,
  })
  const text = join(folder, 'text.pem')
  writeFileSync(text, 'no certificate')
  expect(await kindOf(() => listen({ ...LOCAL, tls: { certFile: text, keyFile: other } }))).toMatchObject({
    code: 'tls_not_matching',
  })
  const gone = join(folder, 'gone.pem')
  expect(await kindOf(() => listen({ ...LOCAL, tls: { certFile, keyFile: gone } }))).toEqual({
    code: 'tls_unreadable',
    file: gone,
  })
})

test('names a port that is taken and a host that is not ours', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  expect(await kindOf(() => listen({ ...LOCAL, port }))).toEqual({ code: 'port_in_use', port })
  other.close()
  // 192.0.2.0/24 is for documentation (RFC 5737) and never an address of this machine.
  expect(await kindOf(() => listen({ ...LOCAL, host: '192.0.2.1' }))).toEqual({
    code: 'host_not_available',
    host: '192.0.2.1',
  })
})

test('a port this account may not open is named; other errors stay what they are', () => {
  const config = { host: undefined, port: 443 }
  const denied = Object.assign(new Error('listen'), { code: 'EACCES' })
  expect(listenFailure(denied, config)).toMatchObject({ kind: { code: 'port_privileged', port: 443 } })
  const other = Object.assign(new Error('listen'), { code: 'EMFILE' })
  expect(listenFailure(other, config)).toBe(other)
})

test('names the UDP port that is taken, also if it is not the first one', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind({ port: 0, address: '127.0.0.1' }, resolve))
  const { port } = socket.address()
  expect(await kindOf(() => checkUdpPorts(port - 1, 2, '127.0.0.1'))).toEqual({
    code: 'udp_port_in_use',
    port,
  })
  socket.close()
  await new Promise((resolve) => socket.once('close', resolve))
  expect(await kindOf(() => checkUdpPorts(port, 1, '127.0.0.1'))).toBeUndefined()
  // Twice: the check itself must not keep the port.
  expect(await kindOf(() => checkUdpPorts(port, 1, '127.0.0.1'))).toBeUndefined()
})
