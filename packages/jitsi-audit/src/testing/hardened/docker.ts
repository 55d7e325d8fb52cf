// The Docker set behind the operator's own nginx, with every variable and custom file that closes what its defaults leave open.
import { STRONG } from '../samples.ts'
import { CSP, INTERFACE_CONFIG, WELCOME_PAGE } from './client.ts'
import { JAVA_LOGGING, JOURNALD, NGINX_MAIN, ROTATION } from './servers.ts'

const ENVIRONMENT = `CONFIG=.
HTTP_PORT=8000
HTTPS_PORT=8443
TZ=Europe/Berlin
PUBLIC_URL=https://meet.example.org
JITSI_IMAGE_VERSION=stable-10888
DISABLE_HTTPS=1
CSP_HEADER="${CSP}"
CORS_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN=https://meet.example.org
ENABLE_AUTH=1
AUTH_TYPE=internal
ENABLE_GUESTS=0
ENABLE_AUTO_OWNER=0
ENABLE_LOBBY=1
MAX_PARTICIPANTS=75
ENABLE_P2P=0
JVB_DISABLE_STUN=1
JVB_ADVERTISE_IPS=203.0.113.5
JVB_ADVERTISE_PRIVATE_CANDIDATES=0
DISABLE_AWS_HARVESTER=true
DISABLE_LOCAL_RECORDING=true
ENABLE_PREJOIN_PAGE=1
DISABLE_DEEP_LINKING=true
ENABLE_SHARED_DOCUMENT_RANDOM_NAME=1
LOG_LEVEL=warn
TURN_HOST=meet.example.org
TURN_PORT=3478
TURN_TRANSPORT=udp
TURN_CREDENTIALS=${STRONG.turn}
JICOFO_AUTH_PASSWORD=${STRONG.jicofo}
JVB_AUTH_PASSWORD=${STRONG.jvb}
`

const PROXY = `server {
    listen 80;
    server_name meet.example.org;
    access_log off;
    return 301 https://$host$request_uri;
}
server {
    listen 443 ssl;
    http2 on;
    server_name meet.example.org;
    access_log off;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256;
    ssl_certificate /etc/ssl/meet.example.org.crt;
    ssl_certificate_key /etc/ssl/meet.example.org.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
    add_header Content-Security-Policy "${CSP}" always;
    location / {
        proxy_pass http://127.0.0.1:8000;
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_set_header X-Forwarded-For $remote_addr;
    }
}
`

const PASSED: Readonly<Record<string, readonly string[]>> = {
  web: [
    'CORS_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN',
    'CSP_HEADER',
    'DISABLE_DEEP_LINKING',
    'DISABLE_LOCAL_RECORDING',
    'ENABLE_AUTH',
    'ENABLE_GUESTS',
    'DISABLE_HTTPS',
    'ENABLE_P2P',
    'ENABLE_PREJOIN_PAGE',
    'PUBLIC_URL',
    'TZ',
  ],
  prosody: [
    'AUTH_TYPE',
    'ENABLE_AUTH',
    'ENABLE_GUESTS',
    'ENABLE_LOBBY',
    'JICOFO_AUTH_PASSWORD',
    'JVB_AUTH_PASSWORD',
    'LOG_LEVEL',
    'MAX_PARTICIPANTS',
    'PUBLIC_URL',
    'TURN_CREDENTIALS',
    'TURN_HOST',
    'TURN_PORT',
    'TURN_TRANSPORT',
    'TZ',
  ],
  jicofo: [
    'AUTH_TYPE',
    'ENABLE_AUTH',
    'ENABLE_AUTO_OWNER',
    'ENABLE_SHARED_DOCUMENT_RANDOM_NAME',
    'JICOFO_AUTH_PASSWORD',
    'TZ',
  ],
  jvb: [
    'DISABLE_AWS_HARVESTER',
    'JVB_ADVERTISE_IPS',
    'JVB_ADVERTISE_PRIVATE_CANDIDATES',
    'JVB_AUTH_PASSWORD',
    'JVB_DISABLE_STUN',
    'PUBLIC_URL',
    'TZ',
  ],
}

const PORTS: Readonly<Record<string, readonly string[]>> = {
  web: ["'127.0.0.1:${HTTP_PORT}:80'"],
  prosody: [],
  jicofo: ["'127.0.0.1:8888:8888'"],
  jvb: ["'10000:10000/udp'", "'127.0.0.1:8080:8080'"],
}

const MOUNTS: Readonly<Record<string, string>> = {
  web: '${CONFIG}/web:/config:Z',
  prosody: '${CONFIG}/prosody/config:/config:Z',
  jicofo: '${CONFIG}/jicofo:/config:Z',
  jvb: '${CONFIG}/jvb:/config:Z',
}

function service(name: string): string {
  const list = (key: string, values: readonly string[]): string =>
    values.length === 0
      ? ''
      : `        ${key}:\n${values.map((value) => `            - ${value}\n`).join('')}`
  return `    ${name}:
        image: \${JITSI_IMAGE_REPO:-ghcr.io/jitsi}/${name}:\${JITSI_IMAGE_VERSION:-stable-10888}
        restart: unless-stopped
        logging:
            driver: journald
${list('ports', PORTS[name] ?? [])}${list('volumes', [MOUNTS[name] ?? ''])}${list('environment', PASSED[name] ?? [])}`
}

const LATE = `config.disableThirdPartyRequests = true;
config.gravatar = { disabled: true };
config.analytics = { disabled: true, rtcstatsEnabled: false };
config.enableDisplayNameInStats = false;
config.enableEmailInStats = false;
config.p2p.stunServers = [];
config.enableInsecureRoomNameWarning = true;
config.doNotStoreRoom = true;
config.deeplinking = { disabled: true };
config.recordings = { showPrejoinWarning: true };
config.legalUrls = {
    privacy: 'https://meet.example.org/static/datenschutz.html',
    terms: 'https://meet.example.org/static/nutzung.html'
};
config.toolbarButtons = [ 'microphone', 'camera', 'desktop', 'chat', 'raisehand', 'participants-pane', 'tileview', 'security', 'settings', 'hangup' ];
`

export const HARDENED_DOCKER: Readonly<Record<string, string>> = {
  '.env': ENVIRONMENT,
  'docker-compose.yml': `services:\n${Object.keys(PASSED)
    .map((name) => service(name))
    .join('')}`,
  'web/custom-config.js': LATE,
  'web/custom-interface_config.js': INTERFACE_CONFIG.replace(
    'var interfaceConfig = {',
    'interfaceConfig = {',
  ),
  'web/static/welcomePageAdditionalContent.html': WELCOME_PAGE,
  'web/nginx-custom/privacy.conf': 'access_log off;\nerror_log /dev/stderr crit;\n',
  'jvb/logging.properties': JAVA_LOGGING,
  'jicofo/logging.properties': JAVA_LOGGING,
  'etc/nginx/nginx.conf': NGINX_MAIN,
  'etc/nginx/sites-enabled/meet.example.org.conf': PROXY,
  'etc/logrotate.d/meet': ROTATION,
  'etc/systemd/journald.conf': JOURNALD,
}
