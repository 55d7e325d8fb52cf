import { readFileSync } from 'node:fs'
import { type ServerResponse, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Workplace, createWorkplace } from '../testing/process.ts'

const PATIENCE_MS = 30_000

let place: Workplace
beforeAll(() => {
  place = createWorkplace()
})
afterAll(() => {
  place.remove()
})

test(
  'the check from outside reads config.js and headers, and follows no redirect to another host',
  async () => {
    const asked: string[] = []
    const folder = new URL('../testing/fixtures/', import.meta.url)
    const [cert, key] = ['one-cert.pem', 'one-key.pem'].map((name) => readFileSync(new URL(name, folder)))
    const server = createTlsServer({ cert, key }, (request, answer) => {
      asked.push(request.url ?? '')
      if (request.url === '/config.js')
        answer.end(
          "var config = { hosts: { domain: 'localhost' }, p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.l.google.com:19302' }] } };",
        )
      else if (request.url === '/interface_config.js')
        answer.writeHead(302, { location: 'https://other.invalid/x' }).end()
      else answer.end('<!doctype html>')
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const trusted = { NODE_EXTRA_CA_CERTS: fileURLToPath(new URL('one-cert.pem', folder)) }
    const { stdout, stderr } = await place.run(
      ['audit-jitsi', '--json', '--live', `https://localhost:${port}`, '--yes'],
      trusted,
    )
    server.close()
    expect(stderr).toBe('')
    const json = JSON.parse(stdout) as { findings: { rule: string; state: string }[] }
    expect(asked).toEqual(['/', '/config.js', '/interface_config.js'])
    expect(json.findings.find(({ rule }) => rule === 'A01')?.state).toBe('violated')
    expect(json.findings.find(({ rule }) => rule === 'E16')?.state).toBe('violated')
    // What a visitor cannot see is not judged.
    expect(json.findings.some(({ rule }) => rule === 'C01')).toBe(false)
  },
  PATIENCE_MS,
)

test(
  'the check from outside asks nobody but the host that was named',
  async () => {
    let asked = 0
    const server = createServer((_request, answer) => {
      asked++
      answer.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    // The server speaks no TLS, so nothing of a request gets through to it.
    const { code, stderr } = await place.run(['audit-jitsi', '--live', `https://127.0.0.1:${port}`, '--yes'])
    server.close()
    expect(code).toBe(2)
    expect(stderr).toContain('It does not answer.')
    expect(asked).toBe(0)
  },
  PATIENCE_MS,
)

/** What goes wrong, and how the server behaves then. */
const REFUSED: readonly (readonly [
  what: string,
  config: (answer: ServerResponse) => unknown,
  trusted: boolean,
  sentence: string,
])[] = [
  [
    'a certificate that nobody vouches for',
    (answer) => answer.end('var config = {};'),
    false,
    'certificate is not valid',
  ],
  [
    'a redirect to another host',
    (answer) => answer.writeHead(302, { location: 'https://other.invalid/config.js' }).end(),
    true,
    'redirects to another host',
  ],
  [
    'an answer without end',
    (answer) => answer.end(`var config = {};${' '.repeat(2_100_000)}`),
    true,
    'too large',
  ],
  ['no config.js', (answer) => answer.writeHead(404).end(), true, 'has no config.js'],
]

test.each(REFUSED)(
  '%s is refused with its reason',
  async (_what, config, trusted, sentence) => {
    const asked: string[] = []
    const folder = new URL('../testing/fixtures/', import.meta.url)
    const [cert, key] = ['one-cert.pem', 'one-key.pem'].map((name) => readFileSync(new URL(name, folder)))
    const server = createTlsServer({ cert, key }, (request, answer) => {
      asked.push(request.url ?? '')
      if (request.url === '/config.js') config(answer)
      else answer.end('<!doctype html>')
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const { code, stderr, stdout } = await place.run(
      ['audit-jitsi', '--live', `https://localhost:${port}`, '--yes'],
      trusted ? { NODE_EXTRA_CA_CERTS: fileURLToPath(new URL('one-cert.pem', folder)) } : {},
    )
    server.close()
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
    expect(stderr).toContain(sentence)
    // Without a certificate that holds, not even a request is sent.
    expect(asked).toEqual(trusted ? ['/', '/config.js'] : [])
  },
  PATIENCE_MS,
)
