// Whose a host is, how strong a secret is, what a port is bound to, how articles are named.
import { describe, expect, it } from 'vitest'
import type { ComposeService, Installation } from '../../core/installation.ts'
import type { Node } from '../../core/value.ts'
import { assemble } from '../../model/assemble.ts'
import { compose, dotenv } from '../../testing/samples.ts'
import { articleInEnglish, articles } from './articles.ts'
import { findSecrets, sharedSecrets } from './found-secrets.ts'
import { hostKind, hostOf, urlKind } from './hosts.ts'
import { readIceServers } from './ice-servers.ts'
import { publishedPorts } from './ports.ts'
import { HMAC_KEY_MIN, isSecretName, secretStrength } from './secrets.ts'
import { environmentFlag } from './values.ts'

const NOTHING: Installation = assemble([])
const OWN: Installation = { ...NOTHING, ownHosts: ['meet.example.org', '198.51.100.7'] }
const ORIGIN = { kind: 'file', file: 'x', line: 1, column: 1, endLine: 1, endColumn: 1 } as const

describe('hosts', () => {
  it.each([
    ['stun:stun.l.google.com:19302', 'stun.l.google.com'],
    ['TURNS:Turn.Example.org:5349?transport=tcp', 'turn.example.org'],
    ['https://user:secret@meet.example.org:8443/path?x#y', 'meet.example.org'],
    ['//cdn.example.org/lib.js', 'cdn.example.org'],
    ['turn.example.org:443', 'turn.example.org'],
    ['stun:[2001:db8::1]:3478', '2001:db8::1'],
    ['203.0.113.9:3478', '203.0.113.9'],
    ['meet.example.org.', 'meet.example.org'],
  ])('%s names %s', (text, host) => {
    expect(hostOf(text)).toBe(host)
  })

  it.each(['', '   ', 'a b', 'stun:', '${X}', 'x'.repeat(3_000)])('names none in %j', (text) => {
    expect(hostOf(text) ?? '').toMatch(/^[a-z]?$/)
  })

  it.each([
    ['stun.l.google.com', 'google'],
    ['notgoogle.com', 'foreign'],
    ['meet-jit-si-turnrelay.jitsi.net', 'jitsi'],
    ['xmpp.meet.jitsi', 'local'],
    ['localhost', 'local'],
    ['prosody', 'local'],
    ['web.jitsi.svc.cluster.local', 'local'],
    ['192.168.1.5', 'local'],
    ['172.15.0.1', 'unknown'],
    ['203.0.113.9', 'unknown'],
    ['198.51.100.7', 'own'],
    ['turn.example.org', 'own'],
    ['example.org', 'own'],
    ['example.org.evil.net', 'foreign'],
    ['stun.nextcloud.com', 'foreign'],
  ] as const)('%s is %s', (host, kind) => {
    expect(hostKind(host, OWN)).toBe(kind)
  })

  it('owns only its own name under a suffix that strangers share', () => {
    const shared: Installation = { ...NOTHING, ownHosts: ['meet.mine.duckdns.org', 'meet.firm.co.uk'] }
    expect(hostKind('turn.mine.duckdns.org', shared)).toBe('own')
    expect(hostKind('turn.theirs.duckdns.org', shared)).toBe('foreign')
    expect(hostKind('turn.firm.co.uk', shared)).toBe('own')
    expect(hostKind('turn.other.co.uk', shared)).toBe('foreign')
  })

  it('knows nobody while nothing is declared, save the known ones', () => {
    expect(hostKind('turn.example.net', NOTHING)).toBe('unknown')
    expect(hostKind('stun.nextcloud.com', NOTHING)).toBe('foreign')
  })

  it.each([
    ['/static/x.json', 'own'],
    ['./x', 'own'],
    ['//gravatar.example.net/', 'foreign'],
    ['https://meet.example.org/x', 'own'],
    ['', 'unknown'],
  ] as const)('%s goes to %s', (url, kind) => {
    expect(urlKind(url, OWN)).toBe(kind)
  })
})

describe('lists of servers', () => {
  const text = (value: string): Node => ({ kind: 'text', value, origin: ORIGIN })

  it('are read in every notation', () => {
    const urls: Node = {
      kind: 'list',
      items: [text('stun:a.example.org'), text('turns:b.example.org')],
      origin: ORIGIN,
    }
    const entries = new Map<string, Node>([
      ['urls', urls],
      ['credential', text('never shown')],
    ])
    const list: Node = {
      kind: 'list',
      items: [
        text('c.example.org:3478'),
        { kind: 'map', entries, origin: ORIGIN },
        { kind: 'number', value: 5, origin: ORIGIN },
      ],
      origin: ORIGIN,
    }
    const { servers } = readIceServers(list, OWN)
    expect(servers.map(({ scheme, host, credential }) => [scheme, host, credential])).toEqual([
      ['stun', 'c.example.org', false],
      ['stun', 'a.example.org', true],
      ['turns', 'b.example.org', true],
      ['stun', '5', false],
    ])
  })
})

describe('secrets', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['passw0rd', 'sample'],
    ['s3cr37', 'sample'],
    ['my_jitsi_app_secret', 'sample'],
    ['ChangeMe', 'sample'],
    ['<your password>', 'sample'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'sample'],
    ['x7Kq2LmP', 'short'],
    ['kR7mZq2VtXw9LpYc4NsB', 'strong'],
    ['setQ8Zr5TnWx2LkMbV9c', 'strong'],
  ] as const)('%j is %s', (secret, strength) => {
    expect(secretStrength(secret)).toBe(strength)
  })

  it('asks more of a key', () => {
    expect(secretStrength('kR7mZq2VtXw9LpYc4NsB', HMAC_KEY_MIN)).toBe('short')
  })

  it.each([
    ['JVB_AUTH_PASSWORD', true],
    ['TURN_CREDENTIALS', true],
    ['static-auth-secret', true],
    ['JVB_AUTH_USER', false],
    ['SSL_PASSWORD_FILE', false],
    ['TURN_TTL', false],
  ])('%s: %s', (name, secret) => {
    expect(isSecretName(name)).toBe(secret)
  })

  it('tell one purpose in two files from two purposes with one secret', () => {
    const files = [
      {
        path: '.env',
        text: dotenv('TURN_CREDENTIALS=bC4vZt9RsPq2XwLk7JmYfN6d', 'LDAP_BINDPW=bC4vZt9RsPq2XwLk7JmYfN6d'),
      },
      { path: 'docker-compose.yml', text: compose() },
      { path: 'turnserver.conf', text: 'use-auth-secret\nstatic-auth-secret=bC4vZt9RsPq2XwLk7JmYfN6d\n' },
    ]
    const groups = sharedSecrets(findSecrets(assemble(files)))
    expect(groups.map((group) => [...new Set(group.map(({ purpose }) => purpose))].sort())).toEqual([
      ['ldap', 'turn'],
    ])
  })
})

describe('ports', () => {
  it('are read in both notations', () => {
    const files = [
      { path: '.env', text: dotenv() },
      {
        path: 'docker-compose.yml',
        text: compose({
          jvb: [
            'ports:',
            "    - '10000:10000/udp'",
            '    - 127.0.0.1:8080:8080',
            "    - '[::1]:8081:8081'",
            '    - target: 9090',
            '      published: 9090',
            '      host_ip: 10.0.0.5',
            '    - 5347',
          ],
        }),
      },
    ]
    const service: ComposeService | undefined = assemble(files).services.find(({ name }) => name === 'jvb')
    const ports = service === undefined ? [] : publishedPorts(service)
    expect(ports.map(({ address, container }) => [address, container])).toEqual([
      [undefined, 10_000],
      ['127.0.0.1', 8080],
      ['::1', 8081],
      ['10.0.0.5', 9090],
      [undefined, 5347],
    ])
  })
})

describe('variables', () => {
  it.each([
    ['1', true],
    ['true', true],
    ['yes', true],
    ['0', false],
    ['false', false],
    ['"0"', false],
    ['', true],
  ])('ENABLE_P2P=%s is %s where the default is true', (value, truth) => {
    const installation = assemble([{ path: '.env', text: dotenv(`ENABLE_P2P=${value}`) }])
    expect(environmentFlag(installation, 'ENABLE_P2P', true).value).toBe(truth)
  })
})

describe('articles', () => {
  it('have full names in both languages', () => {
    expect(articles('5(1)c', '25(2)', '32', 'TDDDG § 25')).toEqual([
      'DSGVO Art. 5 Abs. 1 lit. c',
      'DSGVO Art. 25 Abs. 2',
      'DSGVO Art. 32',
      'TDDDG § 25',
    ])
    expect(articles('5(1)c', '32', 'TDDDG § 25').map((one) => articleInEnglish(one))).toEqual([
      'GDPR Art. 5(1)(c)',
      'GDPR Art. 32',
      'TDDDG s. 25',
    ])
    expect(() => articles('5 Abs 1')).toThrow('not an article')
  })
})
