import { describe, expect, it } from 'vitest'
import type { Installation } from '../core/installation.ts'
import { lookup, type Settings } from '../core/settings.ts'
import { assemble } from '../model/assemble.ts'
import { assembleAll } from '../model/assemble-all.ts'

function read(files: Readonly<Record<string, string>>): Installation {
  return assemble(Object.entries(files).map(([path, text]) => ({ path, text })))
}

function told(settings: Settings, path: string): string {
  const found = lookup(settings, path)
  if (found.state !== 'set')
    return `${found.state} ${found.state === 'unknown' ? (found.node?.kind === 'unknown' ? found.node.reason : '') : ''}`.trim()
  const { node, origin } = found
  const value = 'value' in node ? String(node.value) : node.kind
  return `${value} @ ${origin.kind} ${origin.file}:${String(origin.line)}:${String(origin.column)}`
}

const CONFIG = `// The client.
var config = {
    hosts: { domain: '{{ jitsi_host }}' },
    p2p: { enabled: {{ jitsi_p2p | lower }} },
    disableThirdPartyRequests: {{ jitsi_quiet }},
{% if jitsi_stats %}
    analytics: { matomoEndpoint: '{{ jitsi_stats }}' },
{% endif %}
{% if jitsi_mystery %}
    prejoinConfig: { enabled: false },
{% endif %}
    defaultLanguage: '{{ jitsi_lang | default("de") }}',
};
`

describe('Ansible', () => {
  const role = {
    'roles/jitsi/tasks/main.yml': '- name: x\n',
    'roles/jitsi/templates/config.js.j2': CONFIG,
    'roles/jitsi/defaults/main.yml':
      'jitsi_host: "meet.{{ jitsi_domain }}"\njitsi_domain: example.org\njitsi_p2p: false\njitsi_stats: ""\n',
  }
  it('takes the defaults of the role, with their own place', () => {
    const { web, kind, ownHosts } = read(role)
    expect(kind).toBe('ansible')
    expect(ownHosts).toEqual(['meet.example.org', 'example.org'])
    expect(told(web, 'hosts.domain')).toBe(
      'meet.example.org @ template-default roles/jitsi/defaults/main.yml:1:13',
    )
    expect(told(web, 'p2p.enabled')).toBe('false @ template-default roles/jitsi/defaults/main.yml:3:12')
    expect(told(web, 'defaultLanguage')).toMatch(
      /^de @ template-default roles\/jitsi\/templates\/config.js.j2:12:/,
    )
  })
  it('follows conditions by the defaults and calls the others unknown', () => {
    const { web } = read(role)
    expect(told(web, 'analytics.matomoEndpoint')).toBe('unset')
    expect(told(web, 'disableThirdPartyRequests')).toBe('unknown placeholder')
    expect(told(web, 'prejoinConfig.enabled')).toBe('unknown branch')
  })
  it('lets the inventory win over defaults, and the role’s vars over both', () => {
    const inventory = {
      'group_vars/all.yml': 'jitsi_p2p: true\njitsi_quiet: "true"\n',
      'roles/jitsi/vars/main.yml': 'jitsi_quiet: "false"\n',
    }
    const { web } = read({ ...role, ...inventory })
    expect(told(web, 'p2p.enabled')).toBe('true @ file group_vars/all.yml:1:12')
    expect(told(web, 'disableThirdPartyRequests')).toBe('false @ file roles/jitsi/vars/main.yml:1:14')
  })
  it('does not choose between hosts that differ', () => {
    const hosts = { 'host_vars/a.yml': 'jitsi_p2p: true\n', 'host_vars/b.yml': 'jitsi_p2p: false\n' }
    expect(told(read({ ...role, ...hosts }).web, 'p2p.enabled')).toBe('unknown placeholder')
  })
  it('never reads a vault or an example', () => {
    const more = {
      'group_vars/all.yml': 'jitsi_quiet: !vault |\n  $ANSIBLE_VAULT;1.1\n',
      'group_vars/all.example.yml': 'jitsi_p2p: true\n',
    }
    const { web } = read({ ...role, ...more })
    expect(told(web, 'disableThirdPartyRequests')).toBe('unknown placeholder')
    expect(told(web, 'p2p.enabled')).toMatch(/^false/)
  })
  it('reads files that tasks write', () => {
    const task =
      '- name: x\n  copy:\n    dest: /etc/jitsi/videobridge/jvb.conf\n    content: |\n      videobridge {\n        ice.advertise-private-candidates = {{ private }}\n      }\n'
    const { jvb } = read({
      'roles/jitsi/tasks/main.yml': task,
      'roles/jitsi/defaults/main.yml': 'private: false\n',
    })
    expect(told(jvb, 'videobridge.ice.advertise-private-candidates')).toBe(
      'False @ template-default roles/jitsi/defaults/main.yml:1:10',
    )
  })
})

describe('Salt', () => {
  it('keeps line breaks after statements, and reads defaults and pillars', () => {
    const files = {
      'jitsi/init.sls': 'x:\n  file.managed: []\n',
      'jitsi/defaults.yaml': 'jitsi:\n  port: 10000\n  extra: false\n',
      'jitsi/files/jvb.conf.jinja':
        "videobridge {\n  a { b = 1 }\n{%- if jitsi.extra %}{# no #}\n  c { }\n{% endif %}\n  ice.udp.port = {{ jitsi.port }}\n  id = \"{{ salt['pillar.get']('jitsi:id', 'one') }}\"\n}\n",
    }
    const { jvb, kind } = read(files)
    expect(kind).toBe('salt')
    expect(jvb.problems).toEqual([])
    expect(told(jvb, 'videobridge.ice.udp.port')).toBe('10000 @ template-default jitsi/defaults.yaml:2:9')
    expect(told(jvb, 'videobridge.id')).toMatch(/^one @ template-default/)
  })
})

describe('Helm and Kubernetes', () => {
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: jitsi\n',
    'values.yaml':
      'tag: stable-9909\nstun: "stun.l.google.com:19302"\nwebConfig: |\n  config.p2p.enabled = false;\n',
    'templates/_helpers.tpl': '{{- define "jitsi.name" -}}\n{{ .Release.Name }}-web\n{{- end -}}\n',
    'templates/env.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ include "jitsi.name" . }}-env\ndata:\n  JVB_STUN_SERVERS: {{ .Values.stun | quote }}\n  XMPP_SERVER: prosody\n',
    'templates/files.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: files\ndata:\n  custom-config.js: |\n    config.disableThirdPartyRequests = true;\n    config.p2p.stunServers = [];\n',
    'templates/jvb.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: jvb\nspec:\n  template:\n    spec:\n      containers:\n        - name: jvb\n          image: "jitsi/jvb:{{ .Values.tag }}"\n          envFrom:\n            - configMapRef:\n                name: {{ include "jitsi.name" . }}-env\n            - secretRef:\n                name: keys\n        - name: web\n          image: "jitsi/web:{{ .Values.tag }}"\n          env:\n            - name: ENABLE_P2P\n              value: "1"\n            - name: JICOFO_AUTH_PASSWORD\n              valueFrom: { secretKeyRef: { name: keys, key: pw } }\n',
    'templates/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  JVB_AUTH_PASSWORD: hunter2\n',
  }
  it('renders a chart with its values and finds where each came from', () => {
    const installation = read(chart)
    expect(installation.kind).toBe('helm')
    expect(installation.release).toMatchObject({ name: 'stable-9909', date: '2024-12-17' })
    const stun = lookup(installation.jvb, 'ice4j.harvest.mapping.stun.addresses')
    expect(stun).toMatchObject({ origin: { kind: 'environment', file: 'values.yaml', line: 2 } })
    expect(told(installation.web, 'disableThirdPartyRequests')).toBe('true @ file templates/files.yaml:7:40')
    expect(told(installation.web, 'p2p.enabled')).toBe('true @ environment templates/jvb.yaml:20:22')
  })
  it('keeps the values of secrets to itself', () => {
    expect(
      JSON.stringify(read(chart).services.map(({ environment }) => [...environment.root.entries])),
    ).not.toContain('hunter2')
  })
  it('lays the operator’s values over those of the chart', () => {
    const { jvb } = read({ ...chart, 'my-values.yaml': 'stun: "stun.example.org:3478"\n' })
    expect(lookup(jvb, 'ice4j.harvest.mapping.stun.addresses')).toMatchObject({
      node: { items: [{ value: 'stun.example.org:3478' }] },
      origin: { file: 'my-values.yaml' },
    })
  })
})

describe('placeholders and scripts', () => {
  it('takes what an installer puts in by a plain text, and nothing else', () => {
    const files = {
      'manifest.toml': 'id = "jitsi"\n',
      'scripts/_common.sh': '#!/bin/bash\n',
      'scripts/install':
        '#!/bin/bash\nynh_app_setting_set_default --key=p2p --value="true"\nynh_app_setting_set_default --key=host --value=$domain\n',
      'conf/config.js': "var config = { hosts: { domain: '__HOST__' }, p2p: { enabled: __P2P__ } };\n",
    }
    const { web, kind } = read(files)
    expect(kind).toBe('yunohost')
    expect(told(web, 'p2p.enabled')).toBe('true @ template-default scripts/install:2:1')
    expect(told(web, 'hosts.domain')).toBe('unknown placeholder')
  })
  it('reads what a script writes into files', () => {
    const script =
      '#!/bin/sh\ncat > /etc/jitsi/videobridge/jvb.conf <<EOF\nvideobridge {\n  apis.rest.enabled = true\n  id = "$HOST"\n}\nEOF\necho "org.jitsi.x=1" >> /etc/jitsi/videobridge/sip-communicator.properties\n'
    const { jvb, jvbLegacy } = read({ 'entrypoint.sh': script })
    expect(told(jvb, 'videobridge.apis.rest.enabled')).toBe('true @ file entrypoint.sh:4:23')
    expect(told(jvb, 'videobridge.id')).toBe('unknown placeholder')
    expect(jvbLegacy.root.entries.get('org.jitsi.x')).toMatchObject({
      value: '1',
      origin: { file: 'entrypoint.sh', line: 8 },
    })
  })
  it('follows the parameters of a Heat template', () => {
    const stack =
      'heat_template_version: 2018-08-31\nparameters:\n  stun_servers:\n    default: stun.example.net:3478\nresources:\n  x:\n    properties:\n      user_data:\n        str_replace:\n          template: |\n            #!/bin/bash\n            echo "JVB_STUN_SERVERS=stun_servers" >> .env\n          params:\n            stun_servers: { get_param: stun_servers }\n'
    expect(told(read({ 'stack.yml': stack }).environment, 'JVB_STUN_SERVERS')).toBe(
      'stun.example.net:3478 @ template-default stack.yml:4:14',
    )
  })
})

describe('assembleAll', () => {
  const config = "var config = { hosts: { domain: 'HOST' } };\n"
  const label = (files: Readonly<Record<string, string>>): readonly string[] =>
    assembleAll(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
      (one) => `${one.label}: ${one.installation.web.files.join(' ')}`,
    )
  it('tells machines apart', () => {
    expect(
      label({
        'a/etc/jitsi/meet/a.example.org-config.js': config,
        'b/etc/jitsi/meet/b.example.org-config.js': config,
      }),
    ).toEqual(['a: a/etc/jitsi/meet/a.example.org-config.js', 'b: b/etc/jitsi/meet/b.example.org-config.js'])
  })
  it('puts roles of one installation together', () => {
    const files = {
      'roles/web/templates/config.js.j2': config,
      'roles/bridge/templates/jvb.conf.j2': 'videobridge {}\n',
      'group_vars/all.yml': 'a: 1\n',
    }
    expect(label(files)).toEqual(['roles/bridge, roles/web: roles/web/templates/config.js.j2'])
  })
  it('gives one empty installation for nothing', () => {
    expect(label({})).toEqual([': '])
  })
})
