// The same installation as a role: names and passwords are variables, names have defaults, passwords have none.
import { STRONG } from '../samples.ts'
import { HARDENED_DEBIAN } from './debian.ts'

/** Where the role keeps each file. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'etc/jitsi/meet/meet.example.org-config.js': 'config.js.j2',
  'usr/share/jitsi-meet/interface_config.js': 'interface_config.js.j2',
  'usr/share/jitsi-meet/static/welcomePageAdditionalContent.html': 'welcomePageAdditionalContent.html.j2',
  'etc/prosody/prosody.cfg.lua': 'prosody.cfg.lua.j2',
  'etc/prosody/conf.d/meet.example.org.cfg.lua': 'jitsi-meet.cfg.lua.j2',
  'etc/jitsi/jicofo/jicofo.conf': 'jicofo.conf.j2',
  'etc/jitsi/jicofo/logging.properties': 'jicofo-logging.properties.j2',
  'etc/jitsi/videobridge/jvb.conf': 'jvb.conf.j2',
  'etc/jitsi/videobridge/logging.properties': 'jvb-logging.properties.j2',
  'etc/nginx/nginx.conf': 'nginx.conf.j2',
  'etc/nginx/sites-enabled/meet.example.org.conf': 'nginx-site.conf.j2',
  'etc/turnserver.conf': 'turnserver.conf.j2',
  'etc/logrotate.d/meet': 'logrotate.j2',
  'etc/systemd/journald.conf': 'journald.conf.j2',
}

function templated(text: string): string {
  return text
    .replaceAll('meet.example.org', '{{ jitsi_domain }}')
    .replaceAll('203.0.113.5', '{{ jitsi_public_address }}')
    .replaceAll(STRONG.jicofo, '{{ jitsi_jicofo_password }}')
    .replaceAll(STRONG.jvb, '{{ jitsi_jvb_password }}')
    .replaceAll(STRONG.turn, '{{ jitsi_turn_secret }}')
    .replaceAll('muc_max_occupants = 75', 'muc_max_occupants = {{ jitsi_max_participants }}')
}

export const HARDENED_ANSIBLE: Readonly<Record<string, string>> = {
  'roles/jitsi/defaults/main.yml': `---
jitsi_domain: meet.example.org
jitsi_public_address: 203.0.113.5
jitsi_max_participants: 75
`,
  'roles/jitsi/tasks/main.yml': `---
- name: Configuration
  ansible.builtin.template:
    src: "{{ item.src }}"
    dest: "{{ item.dest }}"
    mode: "0640"
  loop:
${Object.entries(TEMPLATES)
  .map(
    ([path, name]) =>
      `    - { src: ${name}, dest: "/${path.replaceAll('meet.example.org', '{{ jitsi_domain }}')}" }`,
  )
  .join('\n')}
`,
  ...Object.fromEntries(
    Object.entries(HARDENED_DEBIAN).map(([path, text]) => [
      `roles/jitsi/templates/${TEMPLATES[path] ?? path}`,
      templated(text),
    ]),
  ),
}
