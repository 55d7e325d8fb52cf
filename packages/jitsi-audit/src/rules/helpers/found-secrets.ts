// Finds the passwords and keys of all components. The values stay inside: rules compare and judge them, nothing prints them.
import type { Installation } from '../../core/installation.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { isSecretName } from './secrets.ts'
import { items, member, text } from './values.ts'

/** What a secret is for: the same purpose in two files is one secret, two purposes must not share one. */
export interface FoundSecret {
  readonly purpose: string
  /** `service`: accounts of Jitsi's own services. `other`: relay, tokens, directory, console. */
  readonly family: 'service' | 'other'
  readonly value: string
  readonly origin: Origin
}

/** Names of variables and what they are for; JICOFO_COMPONENT_SECRET is one of its own (until 2021). */
const VARIABLES: readonly (readonly [RegExp, string, FoundSecret['family']])[] = [
  [/^JICOFO_AUTH_PASSWORD$/, 'jicofo', 'service'],
  [/^JICOFO_COMPONENT_SECRET$/, 'jicofo-component', 'service'],
  [/^JVB_AUTH_PASSWORD$/, 'jvb', 'service'],
  [/^JVB_COMPONENT_SECRET$/, 'jvb-component', 'service'],
  [/^JIGASI_XMPP_PASSWORD$/, 'jigasi', 'service'],
  [/^JIGASI_TRANSCRIBER_PASSWORD$/, 'transcriber', 'service'],
  [/^JIGASI_SIP_PASSWORD$/, 'sip', 'other'],
  [/^JIBRI_XMPP_PASSWORD$/, 'jibri', 'service'],
  [/^JIBRI_RECORDER_PASSWORD$/, 'recorder', 'service'],
  [/^TURN_CREDENTIALS$|^TURN_SECRET$/, 'turn', 'other'],
  [/^TURN_PASSWORD$/, 'turn-user', 'other'],
  [/^JWT_APP_SECRET$/, 'tokens', 'other'],
  [/^LDAP_BINDPW$/, 'ldap', 'other'],
]

/** Services that docker-jitsi-meet does not start without a password. */
export const NEEDED_VARIABLES: readonly string[] = ['JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD']

/** Whether the files are the ones in use, not the pattern that they are made from. */
export function isLive({ kind }: Installation): boolean {
  return !['ansible', 'salt', 'helm', 'kubernetes', 'yunohost', 'source'].includes(kind)
}

/** Every secret whose text is known; placeholders are left out. */
export function findSecrets(installation: Installation): readonly FoundSecret[] {
  return [
    ...fromEnvironment(installation),
    ...fromProsody(installation),
    ...fromHocon(installation),
    ...fromLegacy(installation),
    ...fromTurn(installation),
  ]
}

function fromEnvironment(installation: Installation): FoundSecret[] {
  return [...installation.environment.root.entries].flatMap(([name, node]) => {
    const known = VARIABLES.find(([pattern]) => pattern.test(name))
    if (known !== undefined) return found(known[1], known[2], node)
    return isSecretName(name) ? found(name.toLowerCase(), 'other', node) : []
  })
}

/** The account of the bridge in its old properties. */
const LEGACY_PASSWORD = /^org\.jitsi\.videobridge\.xmpp\.user\.\w{1,60}\.PASSWORD$/

function fromLegacy({ jvbLegacy }: Installation): FoundSecret[] {
  return [...jvbLegacy.root.entries].flatMap(([key, node]) =>
    LEGACY_PASSWORD.test(key) ? found('jvb', 'service', node) : [],
  )
}

function fromProsody(installation: Installation): FoundSecret[] {
  const keys: readonly (readonly [string, string])[] = [
    ['external_service_secret', 'turn'],
    ['turncredentials_secret', 'turn'],
    ['turn_external_secret', 'turn'],
    ['app_secret', 'tokens'],
    ['ldap_password', 'ldap'],
  ]
  const own = installation.prosody.hosts.flatMap((host) =>
    keys.flatMap(([key, purpose]) => {
      const node = host.settings.root.entries.get(key)
      return node === undefined ? [] : found(purpose, 'other', node)
    }),
  )
  const components = installation.prosody.hosts.flatMap((host) => {
    const node = host.settings.root.entries.get('component_secret')
    const name = nameOf(host.name)
    if (node === undefined || name === undefined) return []
    return found(name.startsWith('focus.') ? 'jicofo-component' : `component ${name}`, 'service', node)
  })
  return distinct([...own, ...components])
}

/** The component's name as far as it is known: `focus.{{ host }}` is still jicofo's. */
function nameOf(node: Node): string | undefined {
  if (node.kind === 'text') return node.value
  return node.kind === 'unknown' ? node.parts?.map((part) => part ?? '?').join('') : undefined
}

function fromHocon({ jvb, jicofo, jibri }: Installation): FoundSecret[] {
  const bridges = lookup(jvb, 'videobridge.apis.xmpp-client.configs')
  const shards =
    bridges.state === 'set' && bridges.node.kind === 'map' ? [...bridges.node.entries.values()] : []
  const environments = lookup(jibri, 'jibri.api.xmpp.environments')
  const recorders = environments.state === 'set' ? items(environments.node) : []
  const login = (node: Node, part: string): Node | undefined => member(member(node, part), 'password')
  return distinct([
    ...shards.flatMap((shard) => found('jvb', 'service', member(shard, 'PASSWORD'))),
    ...['client', 'service'].flatMap((part) => {
      const password = lookup(jicofo, `jicofo.xmpp.${part}.password`)
      return password.state === 'set' ? found('jicofo', 'service', password.node) : []
    }),
    ...recorders.flatMap((one) => [
      ...found('jibri', 'service', login(one, 'control-login')),
      ...found('recorder', 'service', login(one, 'call-login')),
    ]),
  ])
}

function fromTurn({ turn }: Installation): FoundSecret[] {
  return [...turn.root.entries].flatMap(([key, node]) => {
    if (key === 'static-auth-secret') return items(node).flatMap((item) => found('turn', 'other', item))
    if (key === 'cli-password') return found('turn-console', 'other', node)
    if (key !== 'user') return []
    return items(node).flatMap((item) => {
      const written = text(item)
      const at = written?.indexOf(':') ?? -1
      return written === undefined || at === -1
        ? []
        : [
            {
              purpose: 'turn-user',
              family: 'other',
              value: written.slice(at + 1),
              origin: item.origin,
            } as const,
          ]
    })
  })
}

function found(purpose: string, family: FoundSecret['family'], node: Node | undefined): FoundSecret[] {
  const value = text(node)
  return node === undefined || value === undefined ? [] : [{ purpose, family, value, origin: node.origin }]
}

function distinct(secrets: readonly FoundSecret[]): FoundSecret[] {
  const seen = new Set<string>()
  return secrets.filter(({ origin: { file, line, column }, purpose }) => {
    const key = `${purpose} ${file}:${line}:${column}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Groups of places in which one value serves different purposes. */
export function sharedSecrets(secrets: readonly FoundSecret[]): readonly (readonly FoundSecret[])[] {
  const byValue = Map.groupBy(
    secrets.filter(({ value }) => value.trim() !== ''),
    ({ value }) => value,
  )
  return [...byValue.values()].filter((group) => new Set(group.map(({ purpose }) => purpose)).size > 1)
}

/** Whether a file only shows what could be set. */
export function isExampleFile(path: string): boolean {
  return /(?:example|sample|template|dist|default)/i.test(path.slice(path.lastIndexOf('/') + 1))
}
