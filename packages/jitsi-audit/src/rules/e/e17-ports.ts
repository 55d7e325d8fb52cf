// E17-E18: ports that answer without encryption.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { appendToEnvironment } from '../helpers/appending.ts'
import { isLoopback } from '../helpers/hosts.ts'
import { publishedPorts } from '../helpers/ports.ts'
import { environmentFlag, environmentText, flag, items, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, hasImages, silent } from '../b/kit.ts'
import {
  isBehindProxy,
  isOnLoopback,
  isPartOfServer,
  isPlainPort,
  isProxyInSet,
  outerServers,
  redirects,
  stockNginx,
  webService,
} from '../c/web-server.ts'

export const E17: Rule = {
  id: 'E17',
  name: 'HTTP',
  concern: 'transport',
  severity: 'med',
  components: ['nginx', 'environment'],
  title: both(
    'Die Besprechung ist auch unverschlüsselt erreichbar',
    'The meeting can also be reached without encryption',
  ),
  why: both(
    'Auf Port 80 liefert der Server die Anwendung aus, statt auf HTTPS zu verweisen.',
    'On port 80 the server hands out the client instead of sending people to HTTPS.',
  ),
  mend: both(
    'Auf Port 80 nur return 301 https://$host$request_uri; antworten (Docker: ENABLE_HTTP_REDIRECT=1).',
    'On port 80 answer only return 301 https://$host$request_uri; (Docker: ENABLE_HTTP_REDIRECT=1).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Oberfläche ist auch unverschlüsselt erreichbar.',
        'The client can also be reached without encryption.',
      ),
      met: both(
        'Unverschlüsselte Aufrufe werden auf HTTPS umgeleitet oder nicht angenommen.',
        'Unencrypted requests are redirected to HTTPS or not accepted.',
      ),
    },
  ],
  check: checkPlain,
}

function checkPlain(installation: Installation): readonly Verdict[] {
  const stock = stockNginx(installation)
  if (stock !== undefined) return [judgeImage(installation, stock)]
  const outer = outerServers(installation)
  const plain = outer.filter(isPlainPort)
  if (outer.length === 0) return [undecidable(silent(installation.nginx), missing('nginx'))]
  const [stockServer] = outer
  // Ports that only the machine itself reaches are no way in, whatever stands in front.
  if (
    stockServer !== undefined &&
    isOnLoopback(installation) &&
    outer.every((one) => one.directive.origin.kind !== 'file')
  )
    return [judgeImage(installation, stockServer.directive.origin)]
  if (isBehindProxy(installation) && !isProxyInSet(installation))
    return [undecidable(plain[0]?.directive.origin, missing('Proxy'))]
  const part = outer.find(isPartOfServer)
  if (plain.length === 0 && part !== undefined) return [undecidable(part.directive.origin, missing('listen'))]
  const open = plain.filter((server) => !redirects(server))
  const [first] = open
  // The image's own server: its port may not be published.
  if (first !== undefined && open.every(({ directive }) => directive.origin.kind !== 'file'))
    return [judgeImage(installation, first.directive.origin)]
  if (open.length > 0) return open.map((server) => violated(server.directive.origin))
  return [met((plain.length > 0 ? plain : outer).map(({ directive }) => directive.origin))]
}

function judgeImage(installation: Installation, stock: Parameters<typeof met>[0]): Verdict {
  const redirect = environmentFlag(installation, 'ENABLE_HTTP_REDIRECT', false)
  if (redirect.value === true) return met(redirect.origin)
  const service = webService(installation)
  const ports = service === undefined ? [] : publishedPorts(service)
  const plain = ports.filter(({ container }) => container === 80 || container === 8000)
  if (service !== undefined && ports.length > 0 && plain.length === 0) return met(service.origin)
  if (plain.length > 0 && plain.every(({ address }) => address !== undefined && isLoopback(address)))
    return met(plain[0]?.origin)
  if (isBehindProxy(installation)) return undecidable(stock, missing('Proxy'))
  if (redirect.value === undefined) return undecidable(stock, missing('ENABLE_HTTP_REDIRECT'))
  const edits =
    redirect.origin === undefined
      ? appendToEnvironment(installation, 'ENABLE_HTTP_REDIRECT', '1')
      : replaceValue(redirect.origin, '1')
  return violated(redirect.origin ?? environmentText(installation, 'HTTP_PORT').origin ?? stock, { edits })
}

export const E18: Rule = {
  id: 'E18',
  name: 'C2S',
  concern: 'transport',
  severity: 'med',
  components: ['prosody'],
  title: both('Prosody nimmt unverschlüsselte Verbindungen an', 'Prosody accepts unencrypted connections'),
  why: both(
    'c2s_require_encryption = false auf einem von außen erreichbaren Port 5222: Kennwörter und Räume können im Klartext laufen.',
    'c2s_require_encryption = false on a port 5222 that can be reached from outside: passwords and rooms may travel in the clear.',
  ),
  mend: both(
    'c2s_require_encryption = true setzen oder c2s_interfaces = { "127.0.0.1", "::1" }.',
    'Set c2s_require_encryption = true, or c2s_interfaces = { "127.0.0.1", "::1" }.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Der Nachrichtenserver nimmt von außen unverschlüsselte Verbindungen an.',
        'The messaging server accepts unencrypted connections from outside.',
      ),
      met: both(
        'Der Nachrichtenserver verlangt Verschlüsselung oder ist nur intern erreichbar.',
        'The messaging server demands encryption or can be reached from inside only.',
      ),
    },
  ],
  check: checkClients,
}

function checkClients(installation: Installation): readonly Verdict[] {
  const { prosody } = installation
  if (prosody.completeness === 'absent') return [undecidable(undefined, missing('prosody.cfg.lua'))]
  const loose = new Map(
    prosody.hosts.flatMap((host) => {
      const found = lookup(host.settings, 'c2s_require_encryption')
      return found.state === 'set' && flag(found.node) === false
        ? [[`${found.origin.file}:${found.origin.line}`, found.origin] as const]
        : []
    }),
  )
  if (loose.size === 0) {
    const known = prosody.hosts.some(
      (host) => lookup(host.settings, 'c2s_require_encryption').state === 'set',
    )
    return [
      known || prosody.completeness === 'complete'
        ? met(silent(prosody))
        : undecidable(silent(prosody), missing('prosody.cfg.lua')),
    ]
  }
  const origins = [...loose.values()]
  if (isInside(installation)) return [met(origins)]
  return origins.map((origin) =>
    violated(origin, { edits: origin.kind === 'file' ? replaceValue(origin, 'true') : [] }),
  )
}

/** On loopback, or in a container whose port 5222 is not published. */
function isInside(installation: Installation): boolean {
  const global = installation.prosody.hosts.find(({ kind }) => kind === 'global')
  const found = global === undefined ? undefined : firstOf(global.settings, ['c2s_interfaces', 'interfaces'])
  if (
    found?.state === 'set' &&
    items(found.node).every((one) => isLoopback(text(one) ?? '') || text(one) === '::1')
  )
    return true
  const ports = global === undefined ? undefined : firstOf(global.settings, ['c2s_ports'])
  if (ports?.state === 'set' && items(ports.node).length === 0) return true
  const service = installation.services.find(({ name }) => /prosody|xmpp/.test(name))
  if (service !== undefined)
    return !publishedPorts(service).some(
      ({ container, address }) => container === 5222 && (address === undefined || !isLoopback(address)),
    )
  // What an image writes by itself is the inside of a container; its project publishes no such port.
  const fromImage = installation.prosody.hosts.every(({ origin }) => origin.kind !== 'file')
  return (
    hasImages(installation) || fromImage || installation.kind === 'kubernetes' || installation.kind === 'helm'
  )
}
