import { describe, expect, it, vi } from 'vitest'
import { fuzzParser } from '../parse/testing/fuzz.ts'
import { assembleAll } from './assemble-all.ts'

const FILES = {
  'docker-compose.yml':
    'services:\n  web:\n    image: jitsi/web:${V:-stable-9909}\n    environment:\n      - ENABLE_P2P\n      - PUBLIC_URL=${U:-https://x.example.org}\n  jvb:\n    image: jitsi/jvb:latest\n    environment: { JVB_STUN_SERVERS: "a:1" }\n',
  '.env': 'ENABLE_P2P=0\nPUBLIC_URL=https://m.example.org\nENABLE_AUTH=1\n',
  'web/custom-config.js': 'config.p2p.stunServers = [];\nconfig.gravatar = { disabled: true };\n',
  'roles/x/templates/jvb.conf.j2':
    'videobridge { a = {{ b | default("c") }} {% if d %} e = 1 {% endif %} }\n',
  'roles/x/defaults/main.yml': 'b: "{{ c }}"\nc: &x [1, {d: e}]\nf: *x\n',
  'Chart.yaml': 'name: c\n',
  'templates/cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata:\n  a.conf: |\n    videobridge {}\n  K: {{ .Values.k | quote }}\n',
  'values.yaml': 'k: v\n',
  'install.sh':
    '#!/bin/sh\ncat > /etc/jvb.conf <<EOF\nvideobridge { x = $Y }\nEOF\nsed -i "s/__A__/b/" x\necho "a" >> b\n',
}

const PIECES = [
  '{{',
  '}}',
  '{%',
  '%}',
  ': ',
  '\n  ',
  '- ',
  '&x',
  '*x',
  '<<',
  '|',
  '${',
  '}',
  '"',
  "'",
  '=',
  'image: ',
  'jitsi/web:',
  '__A__',
  '#',
  '!vault ',
  'EOF',
  '<<EOF',
  '\t',
  '\0',
]

vi.setConfig({ testTimeout: 900_000 })

describe('hostile sets', () => {
  it('always give an installation, whatever one of the files says', () => {
    const paths = Object.keys(FILES)
    const parse = (text: string): number => {
      const chosen = paths[text.length % paths.length]
      const files = Object.entries(FILES).map(([path, own]) => ({ path, text: path === chosen ? text : own }))
      const all = assembleAll(files)
      if (all.length === 0) throw new Error('no installation')
      return all.reduce((sum, { installation }) => sum + installation.files.length, 0)
    }
    expect(fuzzParser({ seeds: Object.values(FILES), pieces: PIECES, parse, weight: 20 })).toEqual([])
  })
})
