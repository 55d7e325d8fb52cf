// `node bench/audit.ts [FILES] [MEGABYTES]`: time and memory of auditing a generated tree of roles, charts and servers.
import { audit, patchOf, toHtml, toJson, toSarif } from '@runde/jitsi-audit'

const FILES = Number(process.argv[2] ?? '5000')
const BYTES = Number(process.argv[3] ?? '50') * 1_000_000

/** Files of one machine: what an operator has, in the syntax of the real files. */
const MACHINE: readonly (readonly [string, string])[] = [
  [
    'etc/jitsi/meet/HOST-config.js',
    "var config = { hosts: { domain: 'HOST', muc: 'conference.HOST' }, bosh: '//HOST/http-bind', p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.l.google.com:19302' }] }, disableThirdPartyRequests: false };\n",
  ],
  ['etc/jitsi/videobridge/jvb.conf', 'videobridge { websockets { enabled = true, domain = "HOST:443" } }\n'],
  ['etc/jitsi/videobridge/logging.properties', 'handlers=java.util.logging.ConsoleHandler\n.level=INFO\n'],
  ['etc/jitsi/jicofo/jicofo.conf', 'jicofo { xmpp { client { xmpp-domain = "HOST" } } }\n'],
  [
    'etc/prosody/conf.avail/HOST.cfg.lua',
    'VirtualHost "HOST"\n    authentication = "jitsi-anonymous"\nComponent "conference.HOST" "muc"\n    storage = "memory"\n',
  ],
  [
    'etc/nginx/sites-available/HOST.conf',
    'server {\n    listen 443 ssl;\n    server_name HOST;\n    access_log /var/log/nginx/meet.log;\n}\n',
  ],
  ['etc/turnserver.conf', 'realm=HOST\nuse-auth-secret\nstatic-auth-secret=abcdefghijklmnop123456\n'],
  [
    'etc/logrotate.d/jitsi-videobridge',
    '/var/log/jitsi/jvb.log {\n    hourly\n    size 100M\n    rotate 24\n}\n',
  ],
]

/** A comment that every format of the set knows how to skip. */
function filler(path: string, length: number): string {
  const sign = path.endsWith('.js') ? '//' : path.endsWith('.lua') ? '--' : '#'
  const line = `${sign} ${'x'.repeat(77)}\n`
  return line.repeat(Math.max(0, Math.ceil(length / line.length)))
}

function tree(): { path: string; text: string }[] {
  const each = BYTES / FILES
  return Array.from({ length: FILES }, (_, index) => {
    const [path, text] = MACHINE[index % MACHINE.length] ?? ['', '']
    const host = `meet${Math.floor(index / MACHINE.length)}.test`
    const name = `hosts/${host}/${path.replaceAll('HOST', host)}`
    return { path: name, text: text.replaceAll('HOST', host) + filler(path, each - text.length) }
  })
}

function measure<Result>(what: string, run: () => Result): Result {
  const began = performance.now()
  const result = run()
  const seconds = ((performance.now() - began) / 1000).toFixed(2)
  const megabytes = (process.memoryUsage.rss() / 1_000_000).toFixed(0)
  process.stdout.write(`${what.padEnd(28)} ${seconds.padStart(7)} s ${megabytes.padStart(6)} MB in use\n`)
  return result
}

const files = measure(`${FILES} files, ${BYTES / 1_000_000} MB`, tree)
const report = measure('audit', () => audit(files))
const json = measure('JSON', () => toJson(report, 'en'))
measure('SARIF', () => toSarif(report, 'en', '0'))
measure('HTML', () => toHtml(report, 'en'))
measure('patch', () => patchOf(report, files))
process.stdout.write(
  `${report.installations.length} installations, ${report.findings.length} findings, ${(json.length / 1_000_000).toFixed(1)} MB of JSON\n`,
)
