// Small configurations in the syntax of the real files, from which fixtures are put together.

/** Paths as the Debian packages use them. */
export const DEBIAN = {
  web: 'etc/jitsi/meet/meet.example.org-config.js',
  prosody: 'etc/prosody/conf.avail/meet.example.org.cfg.lua',
  prosodyMain: 'etc/prosody/prosody.cfg.lua',
  jicofo: 'etc/jitsi/jicofo/jicofo.conf',
  jvb: 'etc/jitsi/videobridge/jvb.conf',
  jvbLegacy: 'etc/jitsi/videobridge/sip-communicator.properties',
  jibri: 'etc/jitsi/jibri/jibri.conf',
  nginx: 'etc/nginx/nginx.conf',
  site: 'etc/nginx/sites-available/meet.example.org.conf',
  turn: 'etc/turnserver.conf',
} as const

/** A config.js of a packaged installation with `lines` in its object. */
export function webConfig(...lines: readonly string[]): string {
  return [
    'var config = {',
    '    hosts: {',
    "        domain: 'meet.example.org',",
    "        muc: 'conference.meet.example.org'",
    '    },',
    "    bosh: '//meet.example.org/http-bind',",
    ...lines.map((line) => `    ${line}`),
    '};',
    '',
  ].join('\n')
}

/** The line of the first own line of `webConfig`. */
export const WEB_LINE = 7

/** What a host of prosody says in a sample. */
interface ProsodySample {
  readonly global?: readonly string[]
  readonly main?: readonly string[]
  readonly modules?: readonly string[]
  readonly rooms?: readonly string[]
  readonly roomModules?: readonly string[]
  readonly more?: readonly string[]
}

/** One whole prosody configuration with a users' host, a service host and the rooms. */
export function prosodyConfig(sample: ProsodySample): string {
  return [
    'modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "posix"; }',
    'modules_disabled = { "s2s"; }',
    ...(sample.global ?? []),
    'VirtualHost "meet.example.org"',
    ...(sample.main ?? ['authentication = "internal_hashed"']).map((line) => `    ${line}`),
    `    modules_enabled = { ${(sample.modules ?? ['bosh', 'muc_lobby_rooms']).map((name) => `"${name}";`).join(' ')} }`,
    'VirtualHost "auth.meet.example.org"',
    '    authentication = "internal_hashed"',
    'Component "conference.meet.example.org" "muc"',
    ...(sample.rooms ?? ['storage = "memory"']).map((line) => `    ${line}`),
    `    modules_enabled = { ${(sample.roomModules ?? ['muc_hide_all', 'muc_meeting_id']).map((name) => `"${name}";`).join(' ')} }`,
    'Component "internal.auth.meet.example.org" "muc"',
    '    storage = "memory"',
    ...(sample.more ?? []),
    '',
  ].join('\n')
}

/** Passwords of the samples: random to the eye, so that no rule complains about them; none of them may ever be printed. */
export const STRONG = {
  jicofo: 'kR7mZq2VtXw9LpYc4NsB',
  jvb: 'Hd3fTg6QyUj8WnEa5KxM',
  turn: 'bC4vZt9RsPq2XwLk7JmYfN6d',
  tokens: 'uV8nQz5TyKp3RmXw7LcBd2GhJs6FtAe9',
} as const

/** `.env` of the Docker set. */
export function dotenv(...lines: readonly string[]): string {
  return [
    'CONFIG=/srv/jitsi',
    'HTTP_PORT=8000',
    'HTTPS_PORT=8443',
    'PUBLIC_URL=https://meet.example.org',
    'JITSI_IMAGE_VERSION=stable-10888',
    `JICOFO_AUTH_PASSWORD=${STRONG.jicofo}`,
    `JVB_AUTH_PASSWORD=${STRONG.jvb}`,
    ...lines,
    '',
  ].join('\n')
}

/** The line of the first own line of `dotenv`. */
export const ENV_LINE = 8

/** A compose file of the Docker set in short; every variable that the samples use is passed on. */
export function compose(services: Readonly<Record<string, readonly string[]>> = {}): string {
  const passed: Readonly<Record<string, readonly string[]>> = {
    web: [
      'ENABLE_P2P',
      'P2P_STUN_SERVERS',
      'ENABLE_AUTH',
      'ENABLE_GUESTS',
      'PUBLIC_URL',
      'NGINX_RESOLVER',
      'ENABLE_TRANSCRIPTIONS',
      'XMPP_DOMAIN',
      'XMPP_GUEST_DOMAIN',
      'XMPP_MUC_DOMAIN',
    ],
    prosody: [
      'AUTH_TYPE',
      'ENABLE_AUTH',
      'ENABLE_GUESTS',
      'ENABLE_LOBBY',
      'JICOFO_AUTH_PASSWORD',
      'JVB_AUTH_PASSWORD',
      'JWT_APP_ID',
      'JWT_APP_SECRET',
      'JWT_ALLOW_EMPTY',
      'JWT_ASAP_KEYSERVER',
      'LDAP_URL',
      'LDAP_USE_TLS',
      'LDAP_START_TLS',
      'LDAP_TLS_CHECK_PEER',
      'MAX_PARTICIPANTS',
      'STUN_HOST',
      'TURN_HOST',
      'TURNS_HOST',
      'TURN_CREDENTIALS',
      'XMPP_MUC_MODULES',
      'XMPP_MODULES',
      'XMPP_DOMAIN',
      'XMPP_GUEST_DOMAIN',
      'XMPP_MUC_DOMAIN',
    ],
    jicofo: ['AUTH_TYPE', 'ENABLE_AUTH', 'ENABLE_AUTO_OWNER', 'JICOFO_AUTH_PASSWORD'],
    jvb: [
      'JVB_AUTH_PASSWORD',
      'JVB_ADVERTISE_IPS',
      'JVB_ADVERTISE_PRIVATE_CANDIDATES',
      'JVB_DISABLE_STUN',
      'JVB_STUN_SERVERS',
      'DISABLE_AWS_HARVESTER',
      'SHUTDOWN_REST_ENABLED',
      'PUBLIC_URL',
    ],
  }
  const lines = ['services:']
  for (const [name, variables] of Object.entries(passed)) {
    lines.push(`    ${name}:`, `        image: ghcr.io/jitsi/${name}:\${JITSI_IMAGE_VERSION:-unstable}`)
    lines.push(...(services[name] ?? []).map((line) => `        ${line}`))
    lines.push('        environment:', ...variables.map((variable) => `            - ${variable}`))
  }
  for (const [name, own] of Object.entries(services))
    if (!(name in passed)) lines.push(`    ${name}:`, ...own.map((line) => `        ${line}`))
  return `${lines.join('\n')}\n`
}

/** jvb.conf of a packaged installation with `lines` at its end. */
export function bridgeConfig(...lines: readonly string[]): string {
  return [
    'videobridge {',
    '    apis.xmpp-client.configs {',
    '        shard {',
    '            HOSTNAME=localhost',
    '            DOMAIN="auth.meet.example.org"',
    '            USERNAME=jvb',
    `            PASSWORD="${STRONG.jvb}"`,
    '            MUC_JIDS="jvbbrewery@internal.auth.meet.example.org"',
    '        }',
    '    }',
    '}',
    ...lines,
    '',
  ].join('\n')
}

/** The line of the first own line of `bridgeConfig`. */
export const BRIDGE_LINE = 12

/** jicofo.conf of a packaged installation with `lines` in its object. */
export function focusConfig(...lines: readonly string[]): string {
  return [
    'jicofo {',
    '  xmpp: {',
    '    client: {',
    '      xmpp-domain: "meet.example.org"',
    '      domain: "auth.meet.example.org"',
    '      username: "focus"',
    `      password: "${STRONG.jicofo}"`,
    '    }',
    '  }',
    ...lines.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n')
}

/** The line of the first own line of `focusConfig`. */
export const FOCUS_LINE = 10

/** nginx.conf with one site of Jitsi in it; `lines` stand in the server block. */
export function nginxConfig(...lines: readonly string[]): string {
  return [
    'http {',
    '    access_log off;',
    '    server {',
    '        listen 443 ssl;',
    '        server_name meet.example.org;',
    ...lines.map((line) => `        ${line}`),
    '    }',
    '}',
    '',
  ].join('\n')
}

/** The line of the first own line of `nginxConfig`. */
export const NGINX_LINE = 6
