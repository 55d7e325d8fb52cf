// What sets taught that nobody had seen before: tasks that edit files, images built on the project's, old images, ports of a cluster.
import { describe, expect, it } from 'vitest'
import { audit } from '../audit.ts'
import { lookup } from '../core/settings.ts'
import { assemble } from './assemble.ts'

type Files = Readonly<Record<string, string>>

function filesOf(files: Files): { path: string; text: string }[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

function stateOf(files: Files, rule: string): readonly string[] {
  return audit(filesOf(files)).findings.flatMap((one) => (one.rule === rule ? [one.state] : []))
}

const TASKS = 'roles/meet/tasks/main.yml'

describe('tasks that edit installed files', () => {
  it('give the value of a line, with its place, and nothing about the rest of the file', () => {
    const files = {
      [TASKS]: `- lineinfile:
    path: /usr/share/jitsi-meet/interface_config.js
    regexp: '^ *RECENT_LIST_ENABLED'
    line: "    RECENT_LIST_ENABLED: {{ 'true' if recent else 'false' }},"
`,
      'roles/meet/defaults/main.yml': 'recent: no\n',
    }
    const { interfaceConfig } = assemble(filesOf(files))
    const found = lookup(interfaceConfig, 'RECENT_LIST_ENABLED')
    expect(found.state === 'set' && found.node).toMatchObject({ kind: 'flag', value: false })
    expect(found.state === 'set' && [found.origin.file, found.origin.line]).toEqual([TASKS, 4])
    expect(interfaceConfig.completeness).toBe('fragment')
  })

  it('go over the file that the same role brings', () => {
    const files = {
      'etc/turnserver.conf': 'use-auth-secret\nstatic-auth-secret=abcdefghijklmnop1234\n',
      'tasks/main.yml': '- blockinfile:\n    path: /etc/turnserver.conf\n    block: |\n      verbose\n',
    }
    expect(stateOf(files, 'C17')).toEqual(['violated'])
    expect(stateOf({ 'etc/turnserver.conf': files['etc/turnserver.conf'] }, 'C17')).toEqual(['met'])
  })

  it('are doubtful where a pattern or a condition decides', () => {
    const replace = (when: string): Files => ({
      [TASKS]: `- lineinfile:\n    path: /etc/turnserver.conf\n    line: verbose\n  when: ${when}\n`,
    })
    expect(stateOf(replace('true'), 'C17')).toEqual(['violated'])
    expect(stateOf(replace('ansible_x is defined'), 'C17')).toEqual(['undecidable'])
    expect(stateOf(replace('false'), 'C17')).toEqual(['undecidable'])
  })

  it('are named where they cannot be read without the file', () => {
    const files = {
      [TASKS]: '- lineinfile:\n    path: /etc/jitsi/meet/x-config.js\n    line: "        enabled: false,"\n',
    }
    const report = assemble(filesOf(files)).files.find(({ path }) => path === TASKS)
    expect(report?.outcome).toBe('partly')
    expect(report?.problems.map(({ code, origin }) => [code, origin.line])).toEqual([['unsupported', 3]])
  })

  it('are read as states of Salt, too', () => {
    const files = { 'turn/init.sls': '/etc/turnserver.conf:\n  file.append:\n    - text:\n      - verbose\n' }
    expect(stateOf(files, 'C17')).toEqual(['violated'])
  })
})

const COMPOSE = (web: string, extra = ''): string =>
  `services:\n  web:\n${web}    ports: ['443:443']\n    environment:\n      - PUBLIC_URL=https://meet.example.org\n      - XMPP_DOMAIN=meet.jitsi\n${extra}`

describe('images', () => {
  it('built on one of the project count as that one', () => {
    const files = {
      'docker-compose.yml': COMPOSE('    build: .\n'),
      Dockerfile: 'ARG V=stable-10888\nFROM jitsi/web:${V}\nCOPY logo.svg /usr/share/jitsi-meet/images/\n',
    }
    expect(stateOf(files, 'A03')).toEqual(['violated'])
    expect(assemble(filesOf(files)).release?.name).toBe('stable-10888')
  })

  it('that replace what the image starts with stay unknown, and so do those of another base', () => {
    const with_ = (dockerfile: string): Files => ({
      'docker-compose.yml': COMPOSE('    build: .\n'),
      Dockerfile: dockerfile,
    })
    expect(stateOf(with_('FROM jitsi/web:stable-10888\nCOPY x /defaults/config.js\n'), 'A03')).toEqual([
      'undecidable',
    ])
    expect(stateOf(with_('FROM nginx:1\n'), 'A03')).toEqual(['undecidable'])
  })

  it('do not read a custom file that is copied to where they do not look', () => {
    const files = {
      'docker-compose.yml': COMPOSE('    build: .\n'),
      Dockerfile: 'FROM jitsi/web:stable-10888\nCOPY custom-config.js /defaults/custom-config.js\n',
      'custom-config.js': 'config.disableThirdPartyRequests = true;\n',
    }
    expect(stateOf(files, 'B01')).toEqual(['violated'])
  })

  it('overwrite a config.js that is laid over their own', () => {
    const files = (tag: string): Files => ({
      'docker-compose.yml': COMPOSE(
        `    image: jitsi/web:${tag}\n    volumes: ['./config.js:/config/config.js']\n`,
      ),
      'config.js':
        "var config = { hosts: {}, p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.l.google.com:1' }] } };\n",
    })
    expect(stateOf(files('stable-10888'), 'A01')).toEqual(['met'])
    expect(stateOf(files('stable-4627'), 'A01')).toEqual(['violated'])
  })

  it('of 2019 name Google, those of summer 2020 name 8x8, and in between nobody knows', () => {
    const of = (tag: string): Files => ({ 'docker-compose.yml': COMPOSE(`    image: jitsi/web:${tag}\n`) })
    expect([stateOf(of('stable-4101'), 'A01'), stateOf(of('stable-4101'), 'A02')]).toEqual([
      ['violated'],
      ['met'],
    ])
    expect([stateOf(of('stable-4857'), 'A01'), stateOf(of('stable-4857'), 'A02')]).toEqual([
      ['met'],
      ['violated'],
    ])
    expect(stateOf(of('stable-4416'), 'A01')).toEqual(['undecidable'])
    expect(stateOf(of('stable-4101'), 'B01')).toEqual(['violated'])
  })
})

describe('a server that includes a file which is not in the set', () => {
  it('may get its headers there', () => {
    const site = (include: string): Files => ({
      'etc/nginx/nginx.conf': 'http {\n  access_log off;\n  include sites-enabled/*;\n}\n',
      'etc/nginx/sites-enabled/meet.conf': `server {\n  listen 443 ssl;\n${include}  add_header A b;\n  root /usr/share/jitsi-meet;\n}\n`,
    })
    expect(stateOf(site(''), 'B31')).toEqual(['violated'])
    expect(stateOf(site('  include headers/*.inc;\n'), 'B31')).toEqual(['undecidable'])
  })
})

describe('a cluster', () => {
  const manifests = (type: string): Files => ({
    'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: meet }
spec:
  template:
    metadata: { labels: { app: meet } }
    spec:
      containers:
        - name: prosody
          image: jitsi/prosody:stable-10888
          env: [{ name: PROSODY_C2S_REQUIRE_ENCRYPTION, value: "0" }]
---
apiVersion: v1
kind: Service
metadata: { name: meet }
spec:
  type: ${type}
  selector: { app: meet }
  ports: [{ port: 5222, targetPort: 5222 }]
`,
  })

  it('opens a port by a balancer, not by a service of its own', () => {
    expect(stateOf(manifests('LoadBalancer'), 'E18')).toContain('violated')
    expect(stateOf(manifests('ClusterIP'), 'E18')).toEqual(['met'])
  })
})
