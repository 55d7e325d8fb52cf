// F05, F09: doors of prosody to the network, and strangers that are asked for names and addresses.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { ADDRESS_SERVICE } from '../../model/address-lookups.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { hostKind, hostOf, isEveryInterface } from '../helpers/hosts.ts'
import { publishedPorts } from '../helpers/ports.ts'
import { modulesOf } from '../helpers/prosody.ts'
import { flagAt, items, member, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const F05: Rule = {
  id: 'F05',
  name: 'S2S-LOOSE',
  concern: 'access',
  severity: 'med',
  components: ['prosody', 'environment'],
  title: both(
    'prosody steht fremden Servern oder Nachbarn offen',
    'prosody is open to foreign servers or neighbours',
  ),
  why: both(
    'Über Server-zu-Server ohne Prüfung, über einen offenen Komponenten-Port oder die Telnet-Konsole sprechen andere mit den Räumen oder mit prosody selbst.',
    'Through server-to-server without checks, an open component port or the telnet console, others speak to the rooms or to prosody itself.',
  ),
  mend: both(
    '`"s2s"` in `modules_disabled`, `component_interfaces = { "127.0.0.1" }`, `admin_telnet` entfernen.',
    '`"s2s"` into `modules_disabled`, `component_interfaces = { "127.0.0.1" }`, remove `admin_telnet`.',
  ),
  articles: articles('32'),
  source: 'real installations; prosody documentation',
  paperwork: [],
  check: checkDoors,
}

/** Component protocol (XEP-0114). */
const COMPONENT_PORT = 5347

function checkDoors(installation: Installation): readonly Verdict[] {
  const { prosody, services } = installation
  const global = prosody.hosts[0]
  const verdicts: Verdict[] = []
  for (const service of services)
    for (const port of publishedPorts(service))
      if (port.container === COMPONENT_PORT && (port.address === undefined || isEveryInterface(port.address)))
        verdicts.push(
          violated(port.origin, {
            detail: both('Port 5347 ist veröffentlicht.', 'Port 5347 is published.'),
            edits: port.edits,
          }),
        )
  if (global !== undefined) verdicts.push(...federation(global), ...components(installation, global))
  for (const host of prosody.hosts) {
    const telnet = modulesOf(host).names.get('admin_telnet')
    if (telnet !== undefined && !verdicts.some(({ origins }) => origins[0] === telnet))
      verdicts.push(violated(telnet))
  }
  if (verdicts.length > 0) return verdicts
  const certain =
    prosody.completeness === 'complete' && prosody.hosts.every((host) => modulesOf(host).certain)
  return [certain ? met(fileStart(prosody.files)) : undecidable(fileStart(prosody.files), missing('prosody'))]
}

function federation(global: Installation['prosody']['hosts'][number]): readonly Verdict[] {
  const check = flagAt(global.settings, 's2s_secure_auth', true)
  if (check.value !== false) return []
  const { names, certain } = modulesOf(global)
  if (!names.has('s2s')) return certain ? [] : [undecidable(check.origin, missing('modules_enabled'))]
  for (const key of ['s2s_ports', 's2s_interfaces', 's2s_interface']) {
    const bound = lookup(global.settings, key)
    if (bound.state !== 'set') continue
    const values = items(bound.node).map((item) => text(item) ?? '')
    if (
      key === 's2s_ports'
        ? values.length === 0
        : values.every((value) => /^(?:127\.|::1$|localhost$)/.test(value))
    )
      return []
  }
  return [
    violated(check.origin, {
      detail: both('s2s ist offen und prüft keine Zertifikate.', 's2s is open and checks no certificates.'),
    }),
  ]
}

function components(
  installation: Installation,
  global: Installation['prosody']['hosts'][number],
): readonly Verdict[] {
  // In the image all interfaces are those of the container; published ports decide there.
  if (installation.kind === 'docker' || installation.services.length > 0) return []
  const ports = lookup(global.settings, 'component_ports')
  if (ports.state === 'set' && items(ports.node).length === 0) return []
  return ['component_interface', 'component_interfaces'].flatMap((key) => {
    const found = lookup(global.settings, key)
    if (found.state !== 'set') return []
    const open = items(found.node).some((item) => isEveryInterface(text(item) ?? '127.0.0.1'))
    return open ? [violated(found.origin)] : []
  })
}

export const F09: Rule = {
  id: 'F09',
  name: 'RESOLVER',
  concern: 'recipients',
  severity: 'low',
  components: ['nginx', 'jvb', 'environment', 'turn'],
  title: both(
    'Fremde Dienste werden nach Namen oder der eigenen Adresse gefragt',
    'Foreign services are asked for names or the own address',
  ),
  why: both(
    'Ein Namensdienst wie 8.8.8.8 oder 1.1.1.1 sieht, welche Rechner der Server anspricht; ein Dienst, der die eigene Adresse verrät, erfährt sie samt Zeitpunkt.',
    'A resolver like 8.8.8.8 or 1.1.1.1 sees which machines the server talks to; a service that tells the own address learns it, and when.',
  ),
  mend: both(
    'Den Namensdienst des eigenen Netzes oder des Hosters nennen; die öffentliche Adresse fest eintragen.',
    'Name the resolver of your own network or hoster; write the public address down.',
  ),
  articles: articles('25(1)', '44'),
  source: 'real installations',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Der Betreiber des fremden Namens- oder Adressdienstes sieht Anfragen des Servers.',
        'The operator of the foreign resolver or address service sees requests of the server.',
      ),
    },
  ],
  check: checkResolvers,
}

/** Public resolvers: Google, Cloudflare, Quad9, OpenDNS, Level 3, Yandex, AdGuard. */
const PUBLIC_RESOLVER =
  /^(?:8\.8\.(?:8\.8|4\.4)|1\.[01]\.[01]\.[1-3]|9\.9\.9\.\d+|149\.112\.112\.\d+|208\.67\.22[02]\.\d+|4\.2\.2\.[1-6]|77\.88\.8\.\d+|94\.140\.1[45]\.\d+|2001:4860:4860::.{0,20}|2606:4700:4700::.{0,20}|2620:fe::.{0,20}|2620:119:35::.{0,20})$/

function checkResolvers(installation: Installation): readonly Verdict[] {
  const { nginx, services, environment, turn } = installation
  const asked: { readonly host: string; readonly origin: Origin }[] = []
  for (const scope of nginx.scopes)
    for (const { args, origin } of scope.effective.get('resolver') ?? [])
      for (const arg of args)
        if (!/^(?:valid|ipv[46]|status_zone)=/.test(arg)) asked.push({ host: hostOf(arg) ?? '?', origin })
  const nodes: Node[] = services.flatMap((service) => member(service.node, 'dns') ?? [])
  const variable = lookup(environment, ['NGINX_RESOLVER'])
  if (variable.state === 'set') nodes.push(variable.node)
  for (const node of nodes)
    for (const item of items(node))
      for (const part of (text(item) ?? '').split(/\s+/))
        if (part !== '' && !part.includes('=')) asked.push({ host: hostOf(part) ?? '?', origin: item.origin })
  const lookups = [
    ...[
      ...environment.root.entries.values(),
      ...[...turn.root.entries.values()].flatMap((node) => items(node)),
    ].flatMap((node) => (ADDRESS_SERVICE.test(text(node) ?? '') ? [node.origin] : [])),
    ...(installation.addressLookups ?? []),
  ]
  const foreign = distinct(
    asked.filter(
      ({ host }) =>
        PUBLIC_RESOLVER.test(host) ||
        (/[a-z]/.test(host) && !host.includes(':') && hostKind(host, installation) === 'foreign'),
    ),
  )
  if (foreign.length > 0 || lookups.length > 0) {
    const names = [...new Set(foreign.map(({ host }) => host))].join(', ')
    return [
      violated([...foreign.map(({ origin }) => origin), ...lookups], {
        detail:
          names === ''
            ? both(
                'Die Adresse wird bei einem fremden Dienst erfragt.',
                'The address is asked for at a foreign service.',
              )
            : both(`Gefragt wird ${names}.`, `Asked: ${names}.`),
      }),
    ]
  }
  const doubtful = asked.filter(({ host }) => hostKind(host, installation) === 'unknown')
  if (doubtful.length > 0)
    return [
      undecidable(
        doubtful.map(({ origin }) => origin),
        { detail: both('Wem gehört dieser Namensdienst?', 'Whose resolver is this?') },
      ),
    ]
  const known = asked[0]?.origin ?? (nginx.completeness === 'complete' ? fileStart(nginx.files) : undefined)
  return [known === undefined ? undecidable(fileStart(nginx.files), missing('nginx')) : met(known)]
}

function distinct<Asked extends { readonly host: string; readonly origin: Origin }>(
  asked: readonly Asked[],
): readonly Asked[] {
  const seen = new Set<string>()
  return asked.filter(({ host, origin }) => {
    const key = `${host} ${origin.file}:${origin.line}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
