// The files of the servers in a hardened installation from packages.
import { STRONG } from '../samples.ts'
import { CSP } from './client.ts'

export const PROSODY_MAIN: string = `pidfile = "/run/prosody/prosody.pid"
modules_enabled = {
    "roster"; "saslauth"; "tls"; "disco"; "private"; "version"; "time"; "ping"; "posix"; "limits";
}
modules_disabled = {
    "s2s"; "offline"; "register";
}
allow_registration = false
s2s_secure_auth = true
c2s_require_encryption = true
c2s_interfaces = { "127.0.0.1", "::1" }
http_interfaces = { "127.0.0.1", "::1" }
https_ports = { }
component_ports = { }
authentication = "internal_hashed"
storage = "internal"
log = {
    warn = "/var/log/prosody/prosody.log";
    error = "/var/log/prosody/prosody.err";
}
ssl = { protocol = "tlsv1_2+" }
Include "conf.d/*.cfg.lua"
`

export const PROSODY_HOST: string = `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
muc_mapper_domain_base = "meet.example.org"
external_service_secret = "${STRONG.turn}"
external_services = {
    { type = "stun", host = "meet.example.org", port = 3478 },
    { type = "turn", host = "meet.example.org", port = 3478, transport = "udp", secret = true, ttl = 86400, algorithm = "turn" },
    { type = "turns", host = "meet.example.org", port = 5349, transport = "tcp", secret = true, ttl = 86400, algorithm = "turn" }
}
cross_domain_bosh = false
consider_bosh_secure = true
unlimited_jids = { "focus@auth.meet.example.org", "jvb@auth.meet.example.org" }

VirtualHost "meet.example.org"
    authentication = "internal_hashed"
    ssl = {
        key = "/etc/prosody/certs/meet.example.org.key";
        certificate = "/etc/prosody/certs/meet.example.org.crt";
    }
    modules_enabled = {
        "bosh"; "websocket"; "smacks"; "external_services"; "conference_duration"; "muc_lobby_rooms"; "muc_breakout_rooms"; "av_moderation";
    }
    c2s_require_encryption = true
    lobby_muc = "lobby.meet.example.org"
    main_muc = "conference.meet.example.org"

Component "conference.meet.example.org" "muc"
    restrict_room_creation = true
    storage = "memory"
    modules_enabled = {
        "muc_hide_all"; "muc_meeting_id"; "muc_domain_mapper"; "polls"; "muc_max_occupants"; "lobby_autostart";
    }
    admins = { "focus@auth.meet.example.org" }
    muc_max_occupants = 75
    muc_access_whitelist = { "focus@auth.meet.example.org" }
    muc_room_locking = false
    muc_room_default_public_jids = true

Component "internal.auth.meet.example.org" "muc"
    storage = "memory"
    modules_enabled = { "muc_hide_all"; "ping"; }
    admins = { "focus@auth.meet.example.org", "jvb@auth.meet.example.org" }
    muc_room_locking = false
    muc_room_default_public_jids = true

VirtualHost "auth.meet.example.org"
    authentication = "internal_hashed"
    modules_enabled = { "limits_exception"; "smacks"; }

Component "lobby.meet.example.org" "muc"
    storage = "memory"
    restrict_room_creation = true
    muc_room_locking = false
    muc_room_default_public_jids = true
    modules_enabled = { "muc_hide_all"; }

Component "breakout.meet.example.org" "muc"
    storage = "memory"
    restrict_room_creation = true
    modules_enabled = { "muc_hide_all"; "muc_meeting_id"; }

Component "focus.meet.example.org" "client_proxy"
    target_address = "focus@auth.meet.example.org"
`

export const JICOFO: string = `jicofo {
  authentication {
    enabled = true
    type = XMPP
    login-url = "meet.example.org"
  }
  conference.enable-auto-owner = false
  shared-document.use-random-name = true
  xmpp {
    client {
      hostname = "localhost"
      xmpp-domain = "meet.example.org"
      domain = "auth.meet.example.org"
      username = "focus"
      password = "${STRONG.jicofo}"
      client-proxy = "focus.meet.example.org"
    }
    trusted-domains = [ ]
  }
  bridge.brewery-jid = "jvbbrewery@internal.auth.meet.example.org"
}
`

export const BRIDGE: string = `videobridge {
  apis.xmpp-client.configs {
    shard {
      HOSTNAME = localhost
      DOMAIN = "auth.meet.example.org"
      USERNAME = jvb
      PASSWORD = "${STRONG.jvb}"
      MUC_JIDS = "jvbbrewery@internal.auth.meet.example.org"
      MUC_NICKNAME = bridge-1
    }
  }
  ice.advertise-private-candidates = false
  redact-remote-addresses = true
  rest.shutdown.enabled = false
  websockets {
    enabled = true
    domain = "meet.example.org"
    tls = true
  }
}
ice4j.harvest.mapping {
  aws.enabled = false
  stun.addresses = []
  static-mappings = [
    { local-address = "10.0.0.5", public-address = "203.0.113.5", name = "ip-0" }
  ]
}
`

export const JAVA_LOGGING: string = `handlers = java.util.logging.ConsoleHandler
java.util.logging.ConsoleHandler.level = WARNING
java.util.logging.ConsoleHandler.formatter = org.jitsi.utils.logging2.JitsiLogFormatter
.level = WARNING
`

export const NGINX_MAIN: string = `user www-data;
worker_processes auto;
events {
    worker_connections 768;
}
http {
    server_tokens off;
    ssl_protocols TLSv1.2 TLSv1.3;
    access_log off;
    error_log /var/log/nginx/error.log crit;
    include /etc/nginx/sites-enabled/*;
}
`

export const NGINX_SITE: string = `server {
    listen 80;
    listen [::]:80;
    server_name meet.example.org;
    access_log off;
    location ^~ /.well-known/acme-challenge/ {
        default_type "text/plain";
        root /usr/share/jitsi-meet;
    }
    location / {
        return 301 https://$host$request_uri;
    }
}
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    http2 on;
    server_name meet.example.org;
    access_log off;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384;
    ssl_certificate /etc/ssl/meet.example.org.crt;
    ssl_certificate_key /etc/ssl/meet.example.org.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    add_header Content-Security-Policy "${CSP}" always;
    root /usr/share/jitsi-meet;
    ssi on;
    ssi_types application/x-javascript application/javascript;
    index index.html;
    location = /config.js {
        alias /etc/jitsi/meet/meet.example.org-config.js;
    }
    location ~ ^/(libs|css|static|images|fonts|lang|sounds|.well-known)/(.*)$ {
        alias /usr/share/jitsi-meet/$1/$2;
    }
    location = /http-bind {
        proxy_pass http://127.0.0.1:5280/http-bind?prefix=$prefix&$args;
        proxy_set_header Host meet.example.org;
    }
    location = /xmpp-websocket {
        proxy_pass http://127.0.0.1:5280/xmpp-websocket?prefix=$prefix&$args;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_set_header Host meet.example.org;
    }
    location ~ ^/colibri-ws/default-id/(.*) {
        proxy_pass http://127.0.0.1:9090/colibri-ws/default-id/$1$is_args$args;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
    }
    location ~ ^/([^/?&:'"]+)$ {
        set $roomname "$1";
        try_files $uri @root_path;
    }
    location @root_path {
        rewrite ^/(.*)$ / break;
    }
}
`

export const TURN: string = `listening-port=3478
tls-listening-port=5349
fingerprint
use-auth-secret
static-auth-secret=${STRONG.turn}
realm=meet.example.org
cert=/etc/ssl/meet.example.org.crt
pkey=/etc/ssl/meet.example.org.key
no-cli
no-multicast-peers
no-tlsv1
no-tlsv1_1
syslog
denied-peer-ip=0.0.0.0-0.255.255.255
denied-peer-ip=10.0.0.0-10.255.255.255
denied-peer-ip=100.64.0.0-100.127.255.255
denied-peer-ip=127.0.0.0-127.255.255.255
denied-peer-ip=169.254.0.0-169.254.255.255
denied-peer-ip=172.16.0.0-172.31.255.255
denied-peer-ip=192.168.0.0-192.168.255.255
`

/** One stanza for each of these log files. */
export const ROTATION: string = `/var/log/jitsi/*.log /var/log/prosody/*.log /var/log/prosody/*.err /var/log/nginx/*.log {
    daily
    maxsize 100M
    rotate 7
    maxage 7
    missingok
    notifempty
    compress
    copytruncate
}
`

export const JOURNALD: string = `[Journal]
Storage=persistent
MaxRetentionSec=7day
SystemMaxUse=500M
`
