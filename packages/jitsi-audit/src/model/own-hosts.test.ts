import { describe, expect, it } from 'vitest'
import { assemble } from './assemble.ts'
import { parentOf } from './own-hosts.ts'
import { releaseDate } from './docker/releases.ts'

describe('parentOf', () => {
  it.each([
    ['meet.example.org', 'example.org'],
    ['a.b.example.org', 'example.org'],
    ['example.org', undefined],
    ['meet.example.co.uk', 'example.co.uk'],
    ['example.co.uk', undefined],
    ['meet.duckdns.org', undefined],
    ['x.meet.duckdns.org', 'meet.duckdns.org'],
    ['localhost', undefined],
  ])('%s', (host, parent) => {
    expect(parentOf(host)).toBe(parent)
  })
})

describe('own hosts', () => {
  it('are those that the files make plain, and the declared ones', () => {
    const env =
      'PUBLIC_URL=https://Meet.Example.org:8443/\nXMPP_DOMAIN=meet.jitsi\nTURN_HOST=turn.other.net\n'
    const { ownHosts } = assemble([{ path: '.env', text: env }], { ownHosts: ['Extra.example.net '] })
    expect(ownHosts).toEqual(['extra.example.net', 'meet.example.org', 'example.org'])
  })
  it('are never addresses, container names or services of everybody', () => {
    const text = 'server {\n  server_name 192.0.2.1 _ localhost meet.jitsi web.local meet.jit.si;\n}\n'
    expect(assemble([{ path: 'nginx/a.conf', text }]).ownHosts).toEqual([])
  })
})

describe('releaseDate', () => {
  it.each([
    ['stable-9646', '2024-08-05'],
    ['stable-9646-1', '2024-08-05'],
    ['stable-9700', '2024-08-05'],
    ['9646', '2024-08-05'],
    ['stable-5142-2', '2020-12-04'],
    ['unstable-2024-09-01', '2024-09-01'],
    ['latest', undefined],
    ['stable', undefined],
    ['stable-100', undefined],
  ])('%s', (tag, date) => {
    expect(releaseDate(tag)).toBe(date)
  })
})

describe('the release', () => {
  it.each([
    [
      'var/lib/dpkg/status',
      'Package: jitsi-meet\nStatus: install ok installed\nVersion: 2.0.9646-1\n',
      'stable-9646',
    ],
    ['packages.list', 'jitsi-meet-web 2.0.9584-1\n', 'stable-9584'],
    ['README.md', 'jitsi-meet 2.0.9584-1\n', undefined],
    ['packages.list', 'jitsi-videobridge2 2.3-1\n', undefined],
    ['defaults/main.yml', 'packages:\n#  - jitsi-meet=2.0.5390-3\n  - jicofo=1.0-690-1\n', undefined],
    ['defaults/main.yml', '# jitsi_version: stable-9111\njitsi_version: stable-10978\n', 'stable-10978'],
    ['main.tf', 'locals {\n  jitsi_release = "stable-5142"\n}\n', 'stable-5142'],
  ])('is read from %s', (path, text, name) => {
    expect(assemble([{ path, text }]).release?.name).toBe(name)
  })
})
