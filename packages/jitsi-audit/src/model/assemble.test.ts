import { describe, expect, it } from 'vitest'
import type { Installation } from '../core/installation.ts'
import { lookup, type Settings } from '../core/settings.ts'
import type { SourceFile } from '../core/source.ts'
import { assemble } from './assemble.ts'

const COMPOSE = `services:
  web:
    image: jitsi/web:\${JITSI_IMAGE_VERSION:-stable-9909}
    environment:
      - ENABLE_P2P
      - P2P_STUN_SERVERS
      - PUBLIC_URL
      - ENABLE_AUTH
      - ENABLE_HTTP_REDIRECT
      - JAAS_APP_ID
  prosody:
    image: jitsi/prosody:\${JITSI_IMAGE_VERSION:-stable-9909}
    environment:
      - ENABLE_AUTH
      - ENABLE_LOBBY
      - TURN_HOST
      - TURN_CREDENTIALS
      - XMPP_DOMAIN
  jicofo:
    image: jitsi/jicofo:\${JITSI_IMAGE_VERSION:-stable-9909}
    environment:
      - ENABLE_AUTH
      - SENTRY_DSN="\${JICOFO_SENTRY_DSN:-0}"
      - XMPP_DOMAIN
  jvb:
    image: jitsi/jvb:\${JITSI_IMAGE_VERSION:-stable-9909}
    environment:
      - JVB_STUN_SERVERS
      - JVB_DISABLE_STUN
      - XMPP_SERVER
`

function set(files: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

function docker(env: string, more: Readonly<Record<string, string>> = {}): Installation {
  return assemble(set({ 'docker-compose.yml': COMPOSE, '.env': env, ...more }))
}

/** Value and place of a setting, in one line. */
function told(settings: Settings, path: string | readonly string[]): string {
  const found = lookup(settings, path)
  if (found.state !== 'set') return found.state
  const { node, origin } = found
  const value =
    node.kind === 'text' || node.kind === 'number' || node.kind === 'flag' ? String(node.value) : node.kind
  return `${value} @ ${origin.kind} ${origin.file}:${String(origin.line)}`
}

describe('a Docker set', () => {
  it('knows what the images do by themselves, and says that it is their default', () => {
    const installation = docker('PUBLIC_URL=https://meet.example.org\n')
    expect(installation.kind).toBe('docker')
    expect(installation.release).toMatchObject({ name: 'stable-9909', date: '2024-12-17' })
    expect(installation.ownHosts).toEqual(['meet.example.org', 'example.org'])
    expect(installation.web.completeness).toBe('complete')
    expect(told(installation.web, 'p2p.enabled')).toBe('true @ stock-default docker-compose.yml:3')
    expect(lookup(installation.web, 'p2p.stunServers').state).toBe('unset')
    expect(told(installation.web, 'localRecording.disable')).toMatch(/^false @ stock-default/)
    expect(installation.prosody.hosts.map(({ name }) => (name.kind === 'text' ? name.value : ''))).toContain(
      'lobby.meet.jitsi',
    )
    const stun = lookup(installation.jvb, 'ice4j.harvest.mapping.stun.addresses')
    expect(stun).toMatchObject({
      state: 'set',
      node: { items: [{ value: 'meet-jit-si-turnrelay.jitsi.net:443' }] },
    })
    expect(installation.logging.jvb.levels.get('')?.level).toBe('INFO')
  })

  it('names the variable that makes a setting', () => {
    const installation = docker('ENABLE_P2P=0\nENABLE_AUTH=1\nENABLE_LOBBY=0\nJVB_STUN_SERVERS=a:1,b:2\n')
    expect(told(installation.web, 'p2p.enabled')).toBe('false @ environment .env:1')
    expect(told(installation.jicofo, 'jicofo.authentication.enabled')).toBe('true @ environment .env:2')
    expect(lookup(installation.jvb, 'ice4j.harvest.mapping.stun.addresses')).toMatchObject({
      node: { items: [{ value: 'a:1' }, { value: 'b:2' }] },
      origin: { kind: 'environment', file: '.env', line: 4 },
    })
    const main = installation.prosody.hosts.find(
      ({ name }) => name.kind === 'text' && name.value === 'meet.jitsi',
    )
    expect(main === undefined ? '' : told(main.settings, 'authentication')).toBe(
      'internal_hashed @ environment .env:2',
    )
  })

  it('reads an empty variable as an unset one', () => {
    const installation = docker('ENABLE_P2P=\nJVB_STUN_SERVERS=\n')
    expect(told(installation.web, 'p2p.enabled')).toMatch(/^true @ stock-default/)
    expect(lookup(installation.jvb, 'ice4j.harvest.mapping.stun.addresses')).toMatchObject({
      node: { items: [{ value: 'meet-jit-si-turnrelay.jitsi.net:443' }] },
    })
  })

  it.each([
    ['stable-9909', 'no', 'true'],
    ['stable-6865', 'no', 'false'],
    ['stable-6865', 'yes', 'false'],
    ['stable-9909', 'false', 'false'],
  ])('reads booleans as the templates of %s do: %s is %s', (release, written, meant) => {
    const installation = docker(`JITSI_IMAGE_VERSION=${release}\nENABLE_P2P=${written}\n`)
    expect(told(installation.web, 'p2p.enabled')).toMatch(new RegExp(`^${meant} @`))
  })

  it('follows the templates of the release', () => {
    const before = docker('JITSI_IMAGE_VERSION=stable-9909\nP2P_STUN_SERVERS=stun.example.org:3478\n')
    expect(lookup(before.web, 'p2p.stunServers').state).toBe('unset')
    const since = docker('JITSI_IMAGE_VERSION=stable-9955\nP2P_STUN_SERVERS=stun.example.org:3478\n')
    expect(lookup(since.web, 'p2p.stunServers').state).toBe('set')
  })

  it('says that it cannot tell where only the release decides and nobody names it', () => {
    const files = set({
      'docker-compose.yml': COMPOSE.replaceAll(/:\$\{JITSI[^}]*\}/g, '@sha256:0123'),
      '.env': 'P2P_STUN_SERVERS=a:1\n',
    })
    const installation = assemble(files)
    expect(installation.release).toBeUndefined()
    expect(lookup(installation.web, 'p2p.stunServers').state).toBe('unknown')
    expect(told(installation.web, 'p2p.enabled')).toMatch(/^true/)
    expect(assemble(files, { assumeRelease: 'stable-9955' }).release?.date).toBe('2025-01-13')
  })

  it('takes no unset Sentry address for a set one', () => {
    expect(docker('ENABLE_P2P=1\n').logging.jicofo.handlers.map(({ name }) => name)).toEqual([
      'java.util.logging.ConsoleHandler',
    ])
    expect(docker('JICOFO_SENTRY_DSN=https://k@sentry.example.org/1\n').logging.jicofo.handlers).toHaveLength(
      2,
    )
  })

  it('lets a custom file fail where the image leaves the object undefined', () => {
    const custom = 'config.gravatar.disabled = true;\nconfig.disableThirdPartyRequests = true;\n'
    const installation = docker('ENABLE_P2P=1\n', { 'web/custom-config.js': custom })
    expect(installation.web.problems.map(({ code }) => code)).toContain('throws')
    expect(lookup(installation.web, 'disableThirdPartyRequests').state).toBe('unset')
    const other = docker('ENABLE_P2P=1\n', { 'web/custom-config.js': 'config.p2p.stunServers = [];\n' })
    expect(lookup(other.web, 'p2p.stunServers')).toMatchObject({
      origin: { file: 'web/custom-config.js', line: 1 },
    })
  })

  it('sends the whole meeting to 8x8 when JaaS is on', () => {
    expect(told(docker('JAAS_APP_ID=x\n').web, 'hosts.domain')).toMatch(/^8x8\.vc/)
  })

  it('claims nothing by silence when only an .env is there', () => {
    const installation = assemble(
      set({ '.env': 'PUBLIC_URL=https://meet.example.org\nENABLE_P2P=1\nENABLE_LOBBY=0\n' }),
    )
    expect(installation.web.completeness).toBe('fragment')
    expect(told(installation.web, 'p2p.enabled')).toBe('true @ environment .env:2')
    expect(lookup(installation.web, 'localRecording.disable').state).toBe('unknown')
    expect(installation.prosody.completeness).toBe('fragment')
  })

  it('leaves optional compose files alone until their feature is on', () => {
    const jibri =
      'services:\n  jibri:\n    image: jitsi/jibri:stable-9909\n    environment:\n      - JIBRI_WEBHOOK_SUBSCRIBERS\n      - XMPP_SERVER\n'
    expect(docker('ENABLE_P2P=1\n', { 'jibri.yml': jibri }).services.map(({ name }) => name)).not.toContain(
      'jibri',
    )
    expect(docker('ENABLE_RECORDING=1\n', { 'jibri.yml': jibri }).jibri.completeness).toBe('complete')
    expect(
      docker('COMPOSE_FILE=docker-compose.yml:jibri.yml\n', { 'jibri.yml': jibri }).services,
    ).toHaveLength(5)
  })

  it('renders the templates of a fork that builds its own images', () => {
    const template = `var config = {};\n{{ $P2P := .Env.ENABLE_P2P | default "true" | toBool }}\nconfig.p2p = { enabled: {{ $P2P }} };\n`
    const files = { 'web/rootfs/defaults/config.js': template }
    const fork = assemble(
      set({
        'docker-compose.yml': COMPOSE.replaceAll('image: jitsi/', 'image: own/jitsi-'),
        '.env': 'ENABLE_P2P=false\n',
        ...files,
      }),
    )
    expect(told(fork.web, 'p2p.enabled')).toBe('false @ file .env:1')
    expect(docker('ENABLE_P2P=false\n', files).web.files).not.toContain('web/rootfs/defaults/config.js')
  })

  it('joins a proxy in front with the nginx of the image', () => {
    const site = 'server {\n  listen 443 ssl;\n  server_name meet.example.org;\n  access_log off;\n}\n'
    const { nginx } = docker('ENABLE_HTTP_REDIRECT=1\n', { 'nginx/sites-enabled/meet.conf': site })
    const logs = nginx.scopes
      .filter(({ kind }) => kind === 'server')
      .map((scope) => scope.effective.get('access_log')?.[0]?.args[0])
    expect(logs).toEqual(['off', '/dev/stdout', '/dev/stdout'])
  })
})

describe('a Debian set', () => {
  const files = {
    'etc/jitsi/meet/meet.example.org-config.js':
      "var config = { hosts: { domain: 'meet.example.org' }, p2p: { enabled: true } };\n",
    'etc/jitsi/videobridge/jvb.conf': 'ice4j { harvest { mapping { stun { addresses = [] } } } }\n',
    'etc/jitsi/videobridge/sip-communicator.properties':
      'org.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES=stun.l.google.com:19302,b:2\n',
    'etc/jitsi/videobridge/config':
      'JAVA_SYS_PROPS="-Dconfig.file=/etc/jitsi/videobridge/jvb.conf -Dvideobridge.redact-remote-addresses=false"\n',
    'etc/prosody/conf.avail/meet.example.org.cfg.lua':
      'VirtualHost "meet.example.org"\n  authentication = "jitsi-anonymous"\n',
    'etc/nginx/sites-available/meet.example.org.conf':
      'server {\n  server_name meet.example.org;\n  access_log /var/log/nginx/meet.log;\n}\n',
    'README.md': 'VirtualHost "x"\n',
  }
  const installation = assemble(set(files))

  it('is recognised and complete', () => {
    expect(installation.kind).toBe('debian')
    expect(installation.web.completeness).toBe('complete')
    expect(installation.ownHosts).toEqual(['meet.example.org', 'example.org'])
    expect(installation.files.find(({ path }) => path === 'README.md')?.outcome).toBe('not-read')
    expect(installation.logPaths.map(({ path }) => path)).toEqual(['/var/log/nginx/meet.log'])
  })

  it('lets the old property win over HOCON and keeps what it beat', () => {
    const found = lookup(installation.jvb, 'ice4j.harvest.mapping.stun.addresses')
    expect(found).toMatchObject({
      node: { items: [{ value: 'stun.l.google.com:19302' }, { value: 'b:2' }] },
      origin: { file: 'etc/jitsi/videobridge/sip-communicator.properties' },
      lost: [{ lost: { reason: 'stronger-source' }, origin: { file: 'etc/jitsi/videobridge/jvb.conf' } }],
    })
  })

  it('reads flags of the command line as the strongest HOCON', () => {
    const found = lookup(installation.jvb, 'videobridge.redact-remote-addresses')
    expect(found).toMatchObject({ state: 'set', origin: { file: 'etc/jitsi/videobridge/config', line: 1 } })
    expect(lookup(installation.jvb, 'config.file').state).toBe('unset')
  })

  it('takes a lone custom file for a fragment', () => {
    const { web } = assemble(set({ 'custom-config.js': 'config.disableThirdPartyRequests = true;\n' }))
    expect(web.completeness).toBe('fragment')
    expect(told(web, 'disableThirdPartyRequests')).toBe('true @ file custom-config.js:1')
  })

  it('is empty for an empty set', () => {
    const nothing = assemble([])
    expect(nothing.kind).toBe('unknown')
    expect(nothing.web.completeness).toBe('absent')
  })
})
