import { describe, expect, it } from 'vitest'
import { recognise, withoutTemplateSuffix } from './recognise.ts'

const CONFIG = "var config = {\n  hosts: { domain: 'meet.example.org' },\n  bosh: '/http-bind',\n};\n"

describe('recognise', () => {
  it.each([
    ['etc/jitsi/meet/meet.example.org-config.js', CONFIG, 'config.js', 'base'],
    ['web/custom-config.js', 'config.disableThirdPartyRequests = true;\n', 'config.js', 'custom'],
    ['somewhere/meet-settings.js', CONFIG, 'config.js', 'base'],
    [
      'usr/share/jitsi-meet/interface_config.js',
      'var interfaceConfig = {\n};\n',
      'interface_config.js',
      'base',
    ],
    [
      'web/custom-interface_config.js',
      'interfaceConfig.MOBILE_APP_PROMO = false;\n',
      'interface_config.js',
      'custom',
    ],
    ['templates/jvb.conf.j2', 'videobridge {\n}\n', 'jvb.conf', 'base'],
    ['jvb/custom-jvb.conf', 'videobridge.ice.udp.port = 1\n', 'jvb.conf', 'custom'],
    ['bridge.conf', 'videobridge {\n  ice {}\n}\n', 'jvb.conf', 'base'],
    ['conf.avail/meet.example.org.cfg.lua', 'VirtualHost "x"\n', 'prosody', 'base'],
    ['prosody-vhost.cfg.j2', 'VirtualHost "x"\n', 'prosody', 'base'],
    ['nginx/sites-available/meet.example.org', 'server {\n}\n', 'nginx', 'base'],
    ['etc/turnserver.conf', 'use-auth-secret\n', 'turnserver.conf', 'base'],
    ['.env', 'PUBLIC_URL=x\n', 'dotenv', 'base'],
    ['env.example', 'PUBLIC_URL=x\n', 'dotenv', 'example'],
    ['jitsi.yml', 'services:\n  web:\n    image: jitsi/web\n', 'compose', 'base'],
    ['etc/logrotate.d/jitsi', '/var/log/jitsi/jvb.log {\n  daily\n}\n', 'logrotate', 'base'],
    ['etc/systemd/journald.conf', '[Journal]\nMaxRetentionSec=7day\n', 'journald', 'base'],
    ['etc/docker/daemon.json', '{"log-driver": "journald"}', 'daemon.json', 'base'],
    ['examples/jvb.conf', 'videobridge {}\n', 'jvb.conf', 'example'],
    ['etc/jitsi/meet/privacy.html', '<p></p>', 'page', 'base'],
  ] as const)('%s is %s', (path, text, format, role) => {
    expect(recognise({ path, text })).toMatchObject({ format, role })
  })

  it.each([
    ['etc/jitsi/videobridge/logging.properties', '.level=INFO\n', 'jvb'],
    ['etc/jitsi/jicofo/logging.properties', '.level=INFO\n', 'jicofo'],
    ['logging.properties', 'org.jitsi.utils.logging2.JitsiLogFormatter.programname=Jicofo\n', 'jicofo'],
    ['sip-communicator.properties', 'org.jitsi.jigasi.BREWERY_ENABLED=true\n', 'jigasi'],
    ['sip-communicator.properties', 'org.ice4j.ice.harvest.x=1\n', 'jvb'],
  ] as const)('%s belongs to its program', (path, text, program) => {
    expect(recognise({ path, text })?.program).toBe(program)
  })

  it.each([
    ['README.md', CONFIG],
    ['doc/debian/jitsi-meet/config.js', CONFIG],
    ['webpack.config.js', 'const config = { hosts: 1 };\nmodule.exports = config\n'],
    ['hosts', '[jitsi]\njibri.example.org\n'],
    ['roles/logrotate/tasks/main.yml', '- name: x\n  debug: { msg: "{" }\n'],
    ['src/server.ts', 'server {\n'],
    ['notes.txt', 'VirtualHost "x"\n'],
  ])('%s is nothing to read', (path, text) => {
    expect(recognise({ path, text })).toBeUndefined()
  })

  it('takes off what only says how a file is rendered', () => {
    expect(withoutTemplateSuffix('a/jvb.conf.j2')).toBe('a/jvb.conf')
    expect(withoutTemplateSuffix('a/env.template')).toBe('a/env')
    expect(withoutTemplateSuffix('a/.j2')).toBe('a/.j2')
  })
})
