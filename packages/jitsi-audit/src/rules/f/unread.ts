// F12: settings that look as if they did something, in a spelling that no program reads.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { member, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const F12: Rule = {
  id: 'F12',
  name: 'KEY-UNREAD',
  concern: 'client',
  severity: 'med',
  components: ['jicofo', 'jvb', 'environment'],
  title: both(
    'Eine Einstellung hat keine Wirkung, weil niemand sie liest',
    'A setting has no effect because nobody reads it',
  ),
  why: both(
    'Ein falsch geschriebener Schlüssel, ein Name aus einer anderen Fassung oder ein leerer Wert, der „Standard“ heißt: Man glaubt, etwas sei eingestellt, und es ist nicht so.',
    'A misspelt key, a name of another release, or an empty value that means “default”: something is believed to be set, and it is not.',
  ),
  mend: both('Den richtigen Schlüssel setzen (siehe Befund).', 'Set the right key (see the finding).'),
  articles: articles('5(2)'),
  source: 'real installations; reference.conf of jicofo and jitsi-videobridge',
  paperwork: [],
  check: checkUnread,
}

/** Objects whose keys are all known: path, keys that are read, and what people write instead. */
const OBJECTS: readonly {
  readonly path: string
  readonly known: ReadonlySet<string>
  readonly instead: Readonly<Record<string, string>>
}[] = [
  ...['jicofo.xmpp.client', 'jicofo.xmpp.service'].map((path) => ({
    path,
    known: new Set([
      'enabled',
      'hostname',
      'port',
      'domain',
      'xmpp-domain',
      'username',
      'resource',
      'password',
      'reply-timeout',
      'conference-muc-jid',
      'disable-certificate-verification',
      'client-proxy',
      'use-tls',
    ]),
    instead: {
      user: 'username',
      host: 'hostname',
      secret: 'password',
      'user-name': 'username',
      pass: 'password',
      server: 'hostname',
    },
  })),
  {
    path: 'jicofo.authentication',
    known: new Set([
      'enabled',
      'type',
      'login-url',
      'logout-url',
      'authentication-lifetime',
      'enable-auto-login',
    ]),
    instead: {
      url: 'login-url',
      'auth-url': 'login-url',
      enable: 'enabled',
      lifetime: 'authentication-lifetime',
    },
  },
]

/** What people write in a shard of the bridge; it takes any key, in capitals or not, and ignores what it does not know. */
const SHARD_INSTEAD: Readonly<Record<string, string>> = {
  USER: 'USERNAME',
  HOST: 'HOSTNAME',
  SECRET: 'PASSWORD',
  NICKNAME: 'MUC_NICKNAME',
  MUC_JID: 'MUC_JIDS',
}

/** Variables that no release of the image reads, and what is meant. */
const VARIABLES: Readonly<Record<string, string>> = {
  TURN_TLL: 'TURN_TTL',
  JVB_STUN_SERVER: 'JVB_STUN_SERVERS',
  P2P_STUN_SERVER: 'P2P_STUN_SERVERS',
  JVB_ADVERTISED_IPS: 'JVB_ADVERTISE_IPS',
  JVB_ADVERTISE_IP: 'JVB_ADVERTISE_IPS',
  DISABLE_STUN: 'JVB_DISABLE_STUN',
  JVB_STUN_DISABLED: 'JVB_DISABLE_STUN',
  ENABLE_PREJOIN: 'ENABLE_PREJOIN_PAGE',
  DISABLE_P2P: 'ENABLE_P2P',
  ENABLE_GUEST: 'ENABLE_GUESTS',
  JWT_SECRET: 'JWT_APP_SECRET',
  MAX_OCCUPANTS: 'MAX_PARTICIPANTS',
  DISABLE_DEEPLINKING: 'DISABLE_DEEP_LINKING',
}

/** Variables of which an empty value silently means the default of the image. */
const EMPTY_IS_DEFAULT: Readonly<Record<string, readonly [de: string, en: string]>> = {
  P2P_STUN_SERVERS: [
    'der Server von 8x8; leer wird die Liste nur in custom-config.js',
    'the server of 8x8; only custom-config.js makes the list empty',
  ],
  JVB_STUN_SERVERS: [
    'der Server von 8x8; aus ist es mit `JVB_DISABLE_STUN=1`',
    'the server of 8x8; `JVB_DISABLE_STUN=1` switches it off',
  ],
  ENABLE_P2P: ['ein; aus ist es mit `0`', 'on; `0` switches it off'],
  JVB_ADVERTISE_PRIVATE_CANDIDATES: ['ein; aus ist es mit `0`', 'on; `0` switches it off'],
}

function checkUnread(installation: Installation): readonly Verdict[] {
  const { jicofo, jvb, environment } = installation
  const verdicts = [...unreadObjects(jicofo), ...unreadShards(jvb), ...unreadVariables(environment)]
  if (verdicts.length > 0) return verdicts
  const read = [jicofo, jvb, environment].filter(({ completeness }) => completeness === 'complete')
  if (read.length === 0) return [undecidable(fileStart(jicofo.files), missing('jicofo.conf, jvb.conf, .env'))]
  return [met(fileStart(read.flatMap(({ files }) => files)))]
}

function unreadObjects(jicofo: Settings): readonly Verdict[] {
  return OBJECTS.flatMap(({ path, known, instead }) => {
    const found = lookup(jicofo, path)
    if (found.state !== 'set' || found.node.kind !== 'map') return []
    return keysOf(found.node).flatMap(([key, origin]) =>
      known.has(key) ? [] : [unread(origin, `${path}.${key}`, instead[key])],
    )
  })
}

function unreadShards(jvb: Settings): readonly Verdict[] {
  const configs = lookup(jvb, 'videobridge.apis.xmpp-client.configs')
  if (configs.state !== 'set' || configs.node.kind !== 'map') return []
  return [...configs.node.entries.values()].flatMap((shard) =>
    keysOf(shard).flatMap(([key, origin]) => {
      const meant = SHARD_INSTEAD[key.toUpperCase()]
      return meant === undefined ? [] : [unread(origin, key, meant)]
    }),
  )
}

function unreadVariables(environment: Settings): readonly Verdict[] {
  return keysOf(environment.root).flatMap(([name, origin]) => {
    const meant = VARIABLES[name]
    // An example may be that of another program of the same tree, which reads the variable.
    if (origin.kind === 'template-default') return []
    if (meant !== undefined) return [unread(origin, name, meant)]
    const empty = EMPTY_IS_DEFAULT[name]
    const node = member(environment.root, name)
    if (empty === undefined || node === undefined || (node.kind !== 'null' && text(node) !== '')) return []
    return [
      violated(origin, {
        detail: both(
          `${name} ist leer, und leer heißt: ${empty[0]}.`,
          `${name} is empty, and empty means: ${empty[1]}.`,
        ),
      }),
    ]
  })
}

function unread(origin: Origin, key: string, meant: string | undefined): Verdict {
  return violated(origin, {
    detail:
      meant === undefined
        ? both(`\`${key}\` liest niemand.`, `Nobody reads \`${key}\`.`)
        : both(
            `\`${key}\` liest niemand; gemeint ist wohl \`${meant}\`.`,
            `Nobody reads \`${key}\`; \`${meant}\` is probably meant.`,
          ),
  })
}

function keysOf(node: Node): readonly (readonly [string, Origin])[] {
  return node.kind === 'map' ? [...node.entries].map(([key, { origin }]) => [key, origin] as const) : []
}
