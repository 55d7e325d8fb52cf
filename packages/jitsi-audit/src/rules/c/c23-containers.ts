// C23-C25: logs of containers: kept by Docker, shipped elsewhere, or copied into one more file.
import type { Bilingual } from '@runde/contract'
import type { ComposeService, Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { containerLogging } from '../../parse/rotation/container-logging.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostOf, isEveryInterface, isForeign, isLoopback, hostKind } from '../helpers/hosts.ts'
import { environmentText, items, member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { hasImages, silent } from '../b/kit.ts'
import { isCluster, servers, webService } from './web-server.ts'

export const C23: Rule = {
  id: 'C23',
  name: 'DOCKER-LOG',
  concern: 'storage',
  severity: 'high',
  components: ['environment'],
  title: both('Docker behält das Zugriffsprotokoll für immer', 'Docker keeps the access log for ever'),
  why: both(
    'Ohne logging: schreibt Docker die Ausgabe des Webservers mit IP-Adressen unbegrenzt in eine JSON-Datei.',
    'Without logging: Docker writes the web server’s output with IP addresses into a JSON file without limit.',
  ),
  mend: both(
    'Beim Dienst web logging: driver: journald setzen und in journald eine Frist (siehe C22), oder driver: none.',
    'Set logging: driver: journald at the service web and a term in journald (see C22), or driver: none.',
  ),
  articles: articles('5(1)e'),
  source: 'docker-jitsi-meet compose',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Für die Protokolle der Container gilt keine Löschfrist.',
        'No erasure term holds for the containers’ logs.',
      ),
      met: both(
        'Die Ausgabe des Webservers wird nicht unbegrenzt von Docker gespeichert.',
        'The web server’s output is not stored by Docker without limit.',
      ),
    },
  ],
  check: checkDriver,
}

function checkDriver(installation: Installation): readonly Verdict[] {
  if (!hasImages(installation) || isCluster(installation))
    return [notApplicable(installation.services[0]?.origin)]
  const service = webService(installation)
  if (service === undefined)
    return [
      installation.services.length === 0
        ? undecidable(silent(installation.environment), missing('docker-compose.yml'))
        : notApplicable(installation.services[0]?.origin),
    ]
  const { driver, options, origin } = containerLogging(service, installation.dockerDaemon)
  if (driver === undefined) return [undecidable(origin, missing('logging'))]
  const place = origin.kind === 'stock-default' ? service.origin : origin
  if (driver !== 'json-file' && driver !== 'local') return [met(place)]
  const limited = driver === 'local' || options.has('max-size')
  const detail = both('Nur die Größe ist begrenzt, nicht die Zeit.', 'Only size is limited, not time.')
  return [violated(place, limited ? { severity: 'low', detail } : {})]
}

/** Drivers of Docker that send lines to another place. */
const SHIPPING = new Set([
  'gelf',
  'fluentd',
  'awslogs',
  'splunk',
  'gcplogs',
  'logentries',
  'loki',
  'grafana/loki-docker-driver',
  'etwlogs',
])
const COLLECTORS =
  /(?:^|\/)(?:opentelemetry-collector(?:-contrib)?|promtail|alloy|fluentd|fluent-bit|filebeat|logstash|vector|agent)(?:[:@]|$)/

export const C24: Rule = {
  id: 'C24',
  name: 'LOG-SHIP',
  concern: 'storage',
  severity: 'med',
  components: ['environment', 'nginx'],
  title: both('Protokolle werden an eine zweite Stelle kopiert', 'Logs are copied to a second place'),
  why: both(
    'Sammler und Loki halten dieselben Zeilen noch einmal, oft ohne Anmeldung und ohne Frist; Loki meldet seine Nutzung außerdem an Grafana Labs (USA).',
    'Collectors and Loki hold the same lines once more, often without sign-in and without a term; Loki also reports its usage to Grafana Labs (USA).',
  ),
  mend: both(
    'Ports an 127.0.0.1 binden, analytics: reporting_enabled: false setzen, eine Frist festlegen, oder den Sammler weglassen.',
    'Bind ports to 127.0.0.1, set analytics: reporting_enabled: false, fix a term, or do without the collector.',
  ),
  articles: articles('32', '28'),
  source: 'docker-jitsi-meet log-analyser',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Protokolle werden an eine zweite Stelle übertragen.',
        'Logs are transferred to a second place.',
      ),
      met: both(
        'Protokolle werden an keine weitere Stelle übertragen.',
        'Logs are transferred to no other place.',
      ),
    },
  ],
  check: checkShipping,
}

function checkShipping(installation: Installation): readonly Verdict[] {
  const bad = [...installation.services.flatMap(judgeService), ...syslogTargets(installation)]
  if (bad.length > 0) return bad
  const places =
    installation.services[0]?.origin ??
    (installation.nginx.completeness === 'complete' ? silent(installation.nginx) : undefined)
  return [
    places === undefined ? undecidable(undefined, missing('docker-compose.yml, nginx.conf')) : met(places),
  ]
}

function judgeService(service: ComposeService): readonly Verdict[] {
  const image = member(service.node, 'image')
  const name = text(image) ?? ''
  const driver = member(member(service.node, 'logging'), 'driver')
  const target = text(member(member(member(service.node, 'logging'), 'options'), 'syslog-address'))
  const found: Verdict[] = []
  if (SHIPPING.has(text(driver) ?? '')) found.push(violated(driver?.origin, at(service, text(driver) ?? '')))
  if (text(driver) === 'syslog' && target !== undefined && !/^unix:|localhost|127\.0\.0\.1/.test(target))
    found.push(violated(driver?.origin, at(service, 'syslog')))
  if (COLLECTORS.test(name)) found.push(violated(image?.origin ?? service.origin, at(service, name)))
  if (/(?:^|\/)loki(?:[:@]|$)/.test(name)) {
    const open = openPort(member(service.node, 'ports'), '3100')
    found.push(
      violated(
        open ?? image?.origin,
        open === undefined ? { severity: 'low' } : { severity: 'high', ...at(service, '3100') },
      ),
    )
  }
  return found
}

function at(service: ComposeService, what: string): { readonly detail: Bilingual } {
  return { detail: both(`Dienst ${service.name}: ${what}.`, `Service ${service.name}: ${what}.`) }
}

/** The published port, where it is not bound to the machine itself. */
function openPort(ports: Node | undefined, port: string): Origin | undefined {
  if (ports === undefined) return undefined
  for (const one of items(ports)) {
    const parts = (text(one) ?? '').split(':')
    const published =
      one.kind === 'map' ? text(member(one, 'target')) === port : parts.at(-1)?.split('/')[0] === port
    const host =
      one.kind === 'map'
        ? (text(member(one, 'host_ip')) ?? '')
        : parts.length > 2
          ? parts.slice(0, -2).join(':')
          : ''
    if (published && (isEveryInterface(host) || !isLoopback(host))) return one.origin
  }
  return undefined
}

/** nginx can send its log to a syslog server by itself. */
function syslogTargets(installation: Installation): readonly Verdict[] {
  const seen = new Set<Origin>()
  return servers(installation).flatMap((server) =>
    [...(server.effective.get('access_log') ?? []), ...(server.effective.get('error_log') ?? [])].flatMap(
      ({ args, origin }) => {
        const target = /^syslog:server=([^,]+)/.exec(args[0] ?? '')?.[1]
        if (target === undefined || target.startsWith('unix:') || seen.has(origin)) return []
        seen.add(origin)
        const host = hostOf(target)
        if (host === undefined || isLoopback(host)) return []
        const foreign = isForeign(hostKind(host, installation))
        return [
          violated(origin, {
            severity: foreign ? 'high' : 'med',
            detail: both(`An ${host}.`, `To ${host}.`),
          }),
        ]
      },
    ),
  )
}

export const C25: Rule = {
  id: 'C25',
  name: 'LOGFILE',
  concern: 'storage',
  severity: 'low',
  components: ['environment'],
  title: both('Eine zweite Protokolldatei ohne Löschung', 'A second log file without erasure'),
  why: both(
    'JVB_LOG_FILE und JIGASI_LOG_FILE schreiben die Ausgabe zusätzlich in eine Datei, die niemand wechselt.',
    'JVB_LOG_FILE and JIGASI_LOG_FILE write the output into a file as well, which nobody rotates.',
  ),
  mend: both('Die Variable leeren.', 'Empty the variable.'),
  articles: articles('5(1)e'),
  source: 'docker-jitsi-meet start scripts',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Es gibt eine weitere Protokolldatei ohne Löschfrist.',
        'There is one more log file without an erasure term.',
      ),
    },
  ],
  since: '2023-12-19',
  check: (installation) => {
    if (!hasImages(installation)) return [notApplicable()]
    const names = ['JVB_LOG_FILE', 'JIGASI_LOG_FILE']
    const found = names.map((name) => ({ name, ...environmentText(installation, name) }))
    const set = found.filter(({ state }) => state === 'set')
    if (set.length > 0) return set.map(({ origin }) => violated(origin, { edits: replaceValue(origin, '') }))
    if (found.some(({ state }) => state === 'unknown'))
      return [undecidable(silent(installation.environment), missing('.env'))]
    const place = names
      .map((name) => lookup(installation.environment, [name]))
      .find(({ state }) => state === 'set')
    return [met(place?.state === 'set' ? place.origin : silent(installation.environment))]
  },
}
