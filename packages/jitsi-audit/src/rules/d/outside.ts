// D18, D19: events that go out, and control ports that are open.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { hostOf, isEveryInterface, isForeign, isLoopback, urlKind } from '../helpers/hosts.ts'
import { replaceValue } from '../helpers/edits.ts'
import { publishedPorts } from '../helpers/ports.ts'
import { environmentFlag, environmentText, flagAt, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const D18: Rule = {
  id: 'D18',
  name: 'EVENTS',
  concern: 'recipients',
  severity: 'med',
  components: ['prosody'],
  title: both('Anwesenheit geht an einen fremden Dienst', 'Attendance goes to a foreign service'),
  why: both(
    'prosody meldet Räume, Beitritte, Namen und die E-Mail-Adresse der Person, die den Raum eröffnet, an die genannte Adresse.',
    'prosody reports rooms, joins, names and the e-mail address of whoever opens the room to the named address.',
  ),
  mend: both(
    'Einen eigenen Dienst nennen, oder einen Vertrag nach Art. 28 schließen.',
    'Name a service of your own, or conclude a contract under Art. 28.',
  ),
  articles: articles('28'),
  source: 'handbook reservation.md; jitsi-meet prosody plugins',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Der Betreiber der genannten Schnittstelle erhält Raumnamen, Namen und E-Mail-Adressen von Teilnehmenden und Zeitpunkte.',
        'The operator of the named interface receives room names, participants’ names and e-mail addresses, and times.',
      ),
    },
  ],
  check: checkEvents,
}

const EVENT_KEYS = ['api_prefix', 'reservations_api_prefix', 'muc_prosody_jitsi_access_manager_url']

function checkEvents(installation: Installation): readonly Verdict[] {
  const { hosts, completeness, files } = installation.prosody
  const verdicts: Verdict[] = []
  const seen = new Set<string>()
  const places: { readonly url: string | undefined; readonly origin: Origin }[] = []
  for (const host of hosts)
    for (const key of EVENT_KEYS) {
      const found = lookup(host.settings, [key])
      if (found.state === 'set') places.push({ url: text(found.node), origin: found.origin })
      else if (found.state === 'unknown' && found.origin !== undefined)
        places.push({ url: undefined, origin: found.origin })
    }
  const variable = environmentText(installation, 'PROSODY_RESERVATION_REST_BASE_URL')
  if (hosts.length === 0 && variable.value !== undefined && variable.origin !== undefined)
    places.push({ url: variable.value, origin: variable.origin })
  for (const { url, origin } of places) {
    const key = `${origin.file}:${origin.line}`
    if (seen.has(key)) continue
    seen.add(key)
    const kind = url === undefined ? 'unknown' : urlKind(url, installation)
    const host = hostOf(url ?? '') ?? '?'
    if (kind === 'unknown') verdicts.push(undecidable(origin, missing('URL')))
    else if (isForeign(kind))
      verdicts.push(violated(origin, { detail: both(`Empfänger: ${host}.`, `Recipient: ${host}.`) }))
    else verdicts.push(met(origin))
  }
  if (verdicts.length > 0) return verdicts
  return completeness === 'complete'
    ? [met(fileStart(files))]
    : [undecidable(fileStart(files), missing('prosody'))]
}

/** Ports inside the containers: REST of the bridge, REST of jicofo, HTTP of prosody. */
const CONTROL_PORTS: ReadonlySet<number> = new Set([8080, 8888, 5280])

export const D19: Rule = {
  id: 'D19',
  name: 'PORTS',
  concern: 'access',
  severity: 'med',
  components: ['environment', 'jvb', 'jicofo'],
  title: both('Steuer-Schnittstellen stehen im Netz offen', 'Control interfaces are open to the network'),
  why: both(
    'Über diese Ports lassen sich Räume und Verbindungen einsehen, mit `SHUTDOWN_REST_ENABLED` sogar die Bridge abschalten, ohne Anmeldung.',
    'Through these ports, rooms and connections can be viewed, with `SHUTDOWN_REST_ENABLED` even the bridge be shut down, without signing in.',
  ),
  mend: both(
    'Die Ports an 127.0.0.1 binden (`127.0.0.1:8080:8080`); `SHUTDOWN_REST_ENABLED` nicht setzen.',
    'Bind the ports to 127.0.0.1 (`127.0.0.1:8080:8080`); do not set `SHUTDOWN_REST_ENABLED`.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet docker-compose.yml; jitsi-videobridge reference.conf',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Steuer-Schnittstellen sind aus dem Netz erreichbar.',
        'Control interfaces can be reached from the network.',
      ),
      met: both(
        'Steuer-Schnittstellen sind nur auf dem Server selbst erreichbar.',
        'Control interfaces can be reached on the server itself only.',
      ),
    },
  ],
  check: checkPorts,
}

function checkPorts(installation: Installation): readonly Verdict[] {
  const verdicts: Verdict[] = []
  const { services, jvb, jicofo } = installation
  const inContainers = services.length > 0 || ['docker', 'kubernetes', 'helm'].includes(installation.kind)
  for (const service of services)
    for (const port of publishedPorts(service)) {
      if (
        !CONTROL_PORTS.has(port.container) ||
        /(?:^|[-_])web$|nginx|etherpad|traefik|keycloak/.test(service.name)
      )
        continue
      if (port.address !== undefined && isLoopback(port.address)) verdicts.push(met(port.origin))
      else if (port.address === undefined || isEveryInterface(port.address))
        verdicts.push(
          violated(port.origin, {
            detail: both(
              `Dienst ${service.name}, Port ${port.container}.`,
              `Service ${service.name}, port ${port.container}.`,
            ),
            edits: port.edits,
          }),
        )
    }
  const shutdown = flagAt(jvb, 'videobridge.rest.shutdown.enabled', false)
  const variable = environmentFlag(installation, 'SHUTDOWN_REST_ENABLED', false)
  const on = shutdown.value === true ? shutdown : variable.value === true ? variable : undefined
  if (on !== undefined)
    verdicts.push(
      violated(on.origin, {
        detail: both('Abschalten über REST ist erlaubt.', 'Shutting down by REST is allowed.'),
      }),
    )
  if (!inContainers)
    verdicts.push(
      ...boundHost(jvb, 'videobridge.http-servers.private.host'),
      ...boundHost(jicofo, 'jicofo.rest.host'),
    )
  if (verdicts.length > 0) return verdicts
  // In a cluster, other objects say what is reached from outside.
  if (services.length > 0 && installation.kind === 'docker') return [met(services[0]?.origin)]
  return [undecidable(fileStart(jvb.files), missing('docker-compose.yml / jvb.conf'))]
}

/** Both programs listen on loopback unless told otherwise. */
function boundHost(settings: Settings, path: string): readonly Verdict[] {
  const found = lookup(settings, path)
  if (found.state === 'unset') return [met(fileStart(settings.files))]
  if (found.state === 'unknown') return []
  // What the image writes is the inside of a container.
  if (found.origin.kind !== 'file') return []
  const host = text(found.node) ?? ''
  if (isLoopback(host)) return [met(found.origin)]
  return isEveryInterface(host)
    ? [violated(found.origin, { edits: replaceValue(found.origin, '127.0.0.1') })]
    : []
}
