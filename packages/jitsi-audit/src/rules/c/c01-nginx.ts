// C01-C03: what nginx writes about everyone who opens a room.
import type { Bilingual } from '@runde/contract'
import type { Installation, NginxScope } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { usesTokens } from '../helpers/gate.ts'
import { member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { onePerPlace, releasedBefore, silent, textOf } from '../b/kit.ts'
import { type AccessLog, accessLogs, carriesAddress, carriesQuery } from './access-logs.ts'
import { isBehindProxy, isProxied, servers, stockNginx, webService } from './web-server.ts'

/** Since then the image's own format leaves tokens out. */
const IMAGE_REDACTS_SINCE = '2026-03-03'

export const C01: Rule = {
  id: 'C01',
  name: 'NGINX-IP',
  concern: 'storage',
  severity: 'high',
  components: ['nginx'],
  title: both(
    'nginx schreibt IP-Adressen und Raumnamen auf',
    'nginx writes down IP addresses and room names',
  ),
  why: both(
    'Jede Zeile verbindet Adresse, Uhrzeit, Browser und über die URL den Raum: Wer wann mit wem gesprochen hat, steht im Protokoll.',
    'Every line links address, time, browser and, through the URL, the room: who talked to whom and when stands in the log.',
  ),
  mend: both(
    'Im server-Block access_log off; setzen, oder ein Format mit gekürzter Adresse (map) verwenden.',
    'Set access_log off; in the server block, or use a format with a shortened address (map).',
  ),
  articles: articles('5(1)c', '5(1)e'),
  source: 'nginx log module, docker-jitsi-meet nginx.conf',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Der Webserver protokolliert IP-Adresse, Zeitpunkt, Browser und aufgerufene Räume.',
        'The web server logs IP address, time, browser and rooms visited.',
      ),
      met: both(
        'Der Webserver protokolliert keine vollständigen IP-Adressen.',
        'The web server logs no full IP addresses.',
      ),
    },
    {
      part: 'notice',
      violated: both(
        'Beim Aufruf werden Zugriffsdaten einschließlich der IP-Adresse protokolliert.',
        'On access, log data including the IP address are recorded.',
      ),
      met: both(
        'Beim Aufruf werden keine vollständigen IP-Adressen im Zugriffsprotokoll gespeichert.',
        'On access, no full IP addresses are stored in the access log.',
      ),
    },
  ],
  check: checkAddresses,
}

function checkAddresses(installation: Installation): readonly Verdict[] {
  const { nginx } = installation
  const muted = driverOf(installation) === 'none'
  const stock = stockNginx(installation)
  if (stock !== undefined) {
    if (muted) return [overridden([stock])]
    const detail = both(
      'Vorgabe des Abbilds: $remote_addr auf die Standardausgabe.',
      'Default of the image: $remote_addr to standard output.',
    )
    return [isBehindProxy(installation) ? undecidable(stock, BEHIND_PROXY) : violated(stock, { detail })]
  }
  const all = servers(installation)
  if (nginx.completeness === 'absent' || all.length === 0)
    return [undecidable(silent(nginx), missing('nginx'))]
  const verdicts = all.flatMap((server) => judgeServer(installation, server, isProxied(installation, server)))
  return onePerPlace(verdicts).map((one) =>
    muted && one.state === 'violated' && one.origins[0]?.kind !== 'file' ? overridden(one.origins) : one,
  )
}

const BEHIND_PROXY: { readonly detail: Bilingual } = {
  detail: both(
    'Vor dem Server steht ein Proxy: Ob er Adressen schreibt oder weiterreicht, sagt erst seine eigene Konfiguration.',
    'A proxy stands in front: only its own configuration tells whether it writes addresses or passes them on.',
  ),
}

function judgeServer(installation: Installation, server: NginxScope, proxied: boolean): readonly Verdict[] {
  const { nginx } = installation
  const logs = accessLogs(installation, server)
  const place = server.directive.origin
  const bare = !server.effective.has('access_log')
  if (bare && nginx.completeness !== 'complete') return [undecidable(place, missing('nginx.conf'))]
  const detail = both(
    'Kein access_log im Block: nginx schreibt dann combined.',
    'No access_log in the block: nginx then writes combined.',
  )
  if (bare) return [proxied ? undecidable(place, BEHIND_PROXY) : violated(place, { detail })]
  const verdicts = logs.map((log): Verdict => {
    if (log.off) return met(log.directive.origin)
    if (log.format === undefined) return undecidable(log.directive.origin, missing('log_format'))
    if (!carriesAddress(nginx, log.format)) return met(log.directive.origin)
    if (proxied && !carriesAddress(nginx, log.format, true) && !hasRealIp(server))
      return undecidable(log.directive.origin, BEHIND_PROXY)
    return violated([log.directive.origin, place], {
      edits: replaceValue(log.directive.origin, 'access_log off;'),
    })
  })
  const bad = verdicts.filter(({ state }) => state === 'violated')
  return bad.length > 0 ? bad : verdicts
}

function hasRealIp(server: NginxScope): boolean {
  return server.effective.has('real_ip_header') || server.effective.has('set_real_ip_from')
}

/** Docker's log driver of the client's container. */
function driverOf(installation: Installation): string | undefined {
  const service = webService(installation)
  return service === undefined ? undefined : text(member(member(service.node, 'logging'), 'driver'))
}

export const C02: Rule = {
  id: 'C02',
  name: 'NGINX-JWT',
  concern: 'storage',
  severity: 'high',
  components: ['nginx'],
  title: both('Zugangsschlüssel stehen im Protokoll', 'Access tokens are in the log'),
  why: both(
    'Mit Token-Anmeldung steht in der URL ein Schlüssel mit Namen und Rechten. Wer das Protokoll liest, tritt als diese Person ein.',
    'With token sign-in the URL holds a key with names and rights. Whoever reads the log enters as that person.',
  ),
  mend: both(
    'Im Format statt $request und $http_referer eine map benutzen, die alles ab ? entfernt, sobald jwt= oder token= vorkommt.',
    'In the format use a map instead of $request and $http_referer that removes everything from ? on where jwt= or token= occurs.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet 2026-03-03',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Zugangsschlüssel können in Protokollen des Webservers stehen.',
        'Access tokens may stand in the web server’s logs.',
      ),
      met: both('Zugangsschlüssel werden nicht protokolliert.', 'Access tokens are not logged.'),
    },
  ],
  check: checkTokens,
}

function checkTokens(installation: Installation): readonly Verdict[] {
  const { nginx } = installation
  const tokens = textOf(installation.web, 'tokenAuthUrl') !== undefined || usesTokens(installation)
  if (tokens === false) return [notApplicable(silent(nginx) ?? silent(installation.prosody))]
  const stock = stockNginx(installation)
  if (stock !== undefined) {
    if (tokens === undefined) return [undecidable(stock, missing('AUTH_TYPE'))]
    const old = releasedBefore(installation, IMAGE_REDACTS_SINCE)
    const detail = both(
      `Das Abbild lässt Schlüssel erst seit ${IMAGE_REDACTS_SINCE} weg.`,
      `The image leaves tokens out only since ${IMAGE_REDACTS_SINCE}.`,
    )
    return [
      old === undefined ? undecidable(stock, { detail }) : old ? violated(stock, { detail }) : met(stock),
    ]
  }
  const logs = servers(installation).flatMap((server) => accessLogs(installation, server))
  const raw = logs.filter((log) => !log.off && log.format !== undefined && carriesQuery(nginx, log.format))
  if (logs.length === 0) {
    const bare = servers(installation)[0]
    if (nginx.completeness === 'complete' && bare !== undefined && tokens === true)
      return [violated(bare.directive.origin)]
    return [undecidable(silent(nginx), missing('nginx.conf'))]
  }
  if (raw.length === 0)
    return logs.some(({ off, format }) => !off && format === undefined)
      ? [undecidable(placesOf(logs), missing('log_format'))]
      : [met(placesOf(logs))]
  return [tokens === undefined ? undecidable(placesOf(raw), missing('prosody')) : violated(placesOf(raw))]
}

function placesOf(logs: readonly AccessLog[]): readonly AccessLog['directive']['origin'][] {
  return logs.map(({ directive }) => directive.origin)
}

export const C03: Rule = {
  id: 'C03',
  name: 'NGINX-SHADOW',
  concern: 'storage',
  severity: 'high',
  components: ['nginx'],
  title: both(
    'access_log off wirkt nicht: Der Server schreibt doch',
    'access_log off has no effect: the server writes all the same',
  ),
  why: both(
    'Eine Angabe im server- oder location-Block ersetzt die im http-Block ganz. Das Abschalten oben gilt dann nicht.',
    'A statement in the server or location block replaces the one in the http block altogether. Switching off above does not hold then.',
  ),
  mend: both(
    'access_log off; in den inneren Block schreiben.',
    'Write access_log off; into the inner block.',
  ),
  articles: articles('5(2)'),
  source: 'nginx inheritance',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Das Zugriffsprotokoll ist nur dem Anschein nach abgeschaltet.',
        'The access log is switched off in appearance only.',
      ),
    },
  ],
  check: checkShadow,
}

function checkShadow(installation: Installation): readonly Verdict[] {
  const { nginx } = installation
  const all = servers(installation)
  if (nginx.completeness === 'absent' || all.length === 0) {
    const stock = stockNginx(installation)
    return [stock === undefined ? undecidable(silent(nginx), missing('nginx')) : notApplicable(stock)]
  }
  const top = nginx.scopes.find(({ kind }) => kind === 'http')
  const off = (top?.effective.get('access_log') ?? []).find(({ args }) => args[0] === 'off')
  const inner = all
    .flatMap((server) => accessLogs(installation, server))
    .filter((log) => !log.off && !isTop(top, log))
  if (top === undefined)
    return [
      inner.length > 0
        ? undecidable(placesOf(inner), missing('nginx.conf'))
        : notApplicable(all[0]?.directive.origin),
    ]
  if (off === undefined) return [notApplicable(top.directive.origin)]
  if (inner.length === 0) return [met(off.origin)]
  return inner.map(({ directive }) =>
    violated([directive.origin, off.origin], { edits: replaceValue(directive.origin, 'access_log off;') }),
  )
}

function isTop(top: NginxScope | undefined, log: AccessLog): boolean {
  return (top?.effective.get('access_log') ?? []).includes(log.directive)
}
