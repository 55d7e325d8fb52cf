// A small Jitsi server as a tree of files: Debian's places, with some faults and some things done right. Written by us.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The password in the set: it may appear nowhere in a result. */
export const SECRET = 'Tr0ub4dor-and-3-more-words'

/** Path to text. */
export const JITSI_FILES: Readonly<Record<string, string>> = {
  'etc/jitsi/meet/meet.verein.test-config.js': `var config = {
    hosts: { domain: 'meet.verein.test', muc: 'conference.meet.verein.test' },
    bosh: '//meet.verein.test/http-bind',
    websocket: 'wss://meet.verein.test/xmpp-websocket',
    // stunServers: [{ urls: 'stun:stun.l.google.com:19302' }],
    p2p: {
        enabled: true,
        stunServers: [
            { urls: 'stun:stun.l.google.com:19302' },
        ],
    },
    disableThirdPartyRequests: false,
    analytics: {},
    prejoinConfig: { enabled: true },
    localRecording: { disable: true },
};
config.legalUrls.privacy = 'https://verein.test/datenschutz';
`,
  'etc/jitsi/videobridge/jvb.conf': `videobridge {
  http-servers { public { port = 9090 } }
  websockets { enabled = true, domain = "meet.verein.test:443", tls = true }
}
ice4j {
  harvest {
    mapping {
      stun { addresses = ["meet-jit-si-turnrelay.jitsi.net:443"] }
      aws { enabled = false }
    }
  }
}
`,
  'etc/jitsi/videobridge/logging.properties': `handlers=java.util.logging.ConsoleHandler
.level=INFO
`,
  'etc/jitsi/jicofo/jicofo.conf': `jicofo {
  xmpp { client { xmpp-domain = "meet.verein.test", client-proxy = "focus.meet.verein.test" } }
  bridge { brewery-jid = "jvbbrewery@internal.auth.meet.verein.test" }
}
`,
  'etc/prosody/conf.avail/meet.verein.test.cfg.lua': `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
muc_mapper_domain_base = "meet.verein.test"
external_service_secret = "${SECRET}"
external_services = {
    { type = "stun", host = "meet.verein.test", port = 3478 },
    { type = "turn", host = "meet.verein.test", port = 3478, transport = "udp", secret = true, ttl = 86400, algorithm = "turn" },
}
VirtualHost "meet.verein.test"
    authentication = "jitsi-anonymous"
    ssl = { key = "/etc/prosody/certs/meet.key", certificate = "/etc/prosody/certs/meet.crt" }
    modules_enabled = { "bosh", "websocket", "external_services", "speakerstats" }
    c2s_require_encryption = false
Component "conference.meet.verein.test" "muc"
    storage = "memory"
    modules_enabled = { "muc_hide_all", "muc_meeting_id", "muc_domain_mapper" }
    admins = { "focus@auth.meet.verein.test" }
Component "internal.auth.meet.verein.test" "muc"
    storage = "memory"
VirtualHost "auth.meet.verein.test"
    authentication = "internal_hashed"
`,
  'etc/nginx/sites-available/meet.verein.test.conf': `server {
    listen 80;
    server_name meet.verein.test;
    return 301 https://$host$request_uri;
}
server {
    listen 443 ssl;
    server_name meet.verein.test;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
    root /usr/share/jitsi-meet;
    access_log /var/log/nginx/meet.log;
    location = /config.js {
        alias /etc/jitsi/meet/meet.verein.test-config.js;
    }
    location ~ ^/([^/?&:'"]+)$ {
        try_files $uri @root_path;
    }
}
`,
  'etc/turnserver.conf': `realm=meet.verein.test
no-auth
listening-port=3478
static-auth-secret=${SECRET}
syslog
`,
  'etc/logrotate.d/jitsi-videobridge': `/var/log/jitsi/jvb.log {
    hourly
    size 100M
    rotate 24
    compress
    missingok
    copytruncate
}
`,
  'notes.txt': 'Nothing to see here.\n',
}

/** A folder on disk. */
export interface JitsiFolder extends Disposable {
  readonly path: string
}

/** Writes the set into a temporary folder. */
export function jitsiFolder(files: Readonly<Record<string, string>> = JITSI_FILES): JitsiFolder {
  const path = mkdtempSync(join(tmpdir(), 'runde-jitsi-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
