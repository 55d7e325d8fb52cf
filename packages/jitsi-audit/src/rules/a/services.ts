// A10, A11: which relays prosody sends the participants to.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { hostKind, hostOf, isForeign } from '../helpers/hosts.ts'
import { type IceServer, hostNames } from '../helpers/ice-servers.ts'
import { advertisedServices } from '../helpers/p2p.ts'
import { modulesOf } from '../helpers/prosody.ts'
import { environmentText } from '../helpers/values.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'

export const A10: Rule = {
  id: 'A10',
  name: 'XEP-FOREIGN',
  concern: 'recipients',
  severity: 'high',
  components: ['prosody', 'environment'],
  title: both(
    'prosody nennt den Teilnehmenden fremde STUN- oder TURN-Server',
    'prosody sends participants to foreign STUN or TURN servers',
  ),
  why: both(
    'Diese Liste geht an jeden Browser und verdrängt die aus config.js. Ein fremder TURN-Server leitet sogar die Medien weiter und sieht, wer wann mit wem verbunden ist.',
    'Every browser gets this list, and it replaces the one of config.js. A foreign TURN server even relays the media and sees who is connected when with whom.',
  ),
  mend: both(
    'Einen eigenen coturn betreiben und ihn in `external_services` nennen.',
    'Run your own coturn and name it in `external_services`.',
  ),
  articles: articles('28', '44'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Der Betreiber des genannten STUN/TURN-Servers erhält IP-Adressen der Teilnehmenden und, soweit er Medien weiterleitet, deren verschlüsselte Pakete.',
        'The operator of the named STUN/TURN server receives participants’ IP addresses and, where it relays media, their encrypted packets.',
      ),
      met: both(
        'STUN- und TURN-Dienste, die den Teilnehmenden genannt werden, laufen auf eigenen Servern.',
        'STUN and TURN services that participants are sent to run on own servers.',
      ),
    },
  ],
  check: checkServices,
}

function checkServices(installation: Installation): readonly Verdict[] {
  const services = advertisedServices(installation)
  const fromEnvironment =
    services.state === 'some' || services.state === 'none' ? [] : environmentServers(installation)
  const servers = [...services.servers, ...fromEnvironment]
  const foreign = servers.filter(({ kind }) => isForeign(kind))
  const doubtful = servers.filter(({ kind }) => kind === 'unknown')
  if (foreign.length > 0) {
    const places = foreign.map(({ origin }) => origin)
    const names = hostNames(foreign)
    if (services.loaded === false && fromEnvironment.length === 0)
      return [
        overridden([...places, fileStart(installation.prosody.files)], {
          detail: both(
            `${names} steht da, aber kein Modul gibt die Liste aus.`,
            `${names} is written there, but no module hands the list out.`,
          ),
        }),
      ]
    return [violated(places, { detail: both(`Genannt: ${names}.`, `Named: ${names}.`) })]
  }
  if (doubtful.length > 0) {
    const names = hostNames(doubtful)
    return [
      undecidable(
        doubtful.map(({ origin }) => origin),
        {
          detail: both(
            `Wem gehört ${names}? Eigene Namen angeben.`,
            `Whose is ${names}? Name your own hosts.`,
          ),
        },
      ),
    ]
  }
  if (services.unknown.length > 0) return [undecidable(services.unknown, missing('external_services'))]
  if (servers.length > 0) return [met(servers.map(({ origin }) => origin))]
  return services.state === 'none'
    ? [met(fileStart(installation.prosody.files))]
    : [undecidable(undefined, missing('prosody (external_services)'))]
}

/** What the image will advertise, for sets in which only the variables are known. */
function environmentServers(installation: Installation): readonly IceServer[] {
  return ['STUN_HOST', 'TURN_HOST', 'TURNS_HOST'].flatMap((name) => {
    const { value, origin } = environmentText(installation, name)
    if (value === undefined || origin === undefined) return []
    return value.split(',').flatMap((part) => {
      const host = hostOf(part)
      if (host === undefined) return []
      const scheme = name.slice(0, name.indexOf('_')).toLowerCase()
      return [{ scheme, host, url: host, kind: hostKind(host, installation), credential: false, origin }]
    })
  })
}

export const A11: Rule = {
  id: 'A11',
  name: 'XEP-CLOUDFLARE',
  concern: 'recipients',
  severity: 'high',
  components: ['prosody'],
  title: both('Medien laufen über Cloudflare (TURN)', 'Media pass through Cloudflare (TURN)'),
  why: both(
    'Das Modul `cf_turncredentials` holt für jede Person Zugangsdaten bei Cloudflare und leitet ihre Medien dorthin.',
    'The module `cf_turncredentials` fetches credentials at Cloudflare for every person and relays their media there.',
  ),
  mend: both(
    'Das Modul entfernen und einen eigenen coturn mit `external_services` nennen.',
    'Remove the module and name your own coturn with `external_services`.',
  ),
  articles: articles('28', '44'),
  source: 'jitsi-meet prosody plugins',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Cloudflare (USA) erhält IP-Adressen der Teilnehmenden und leitet ihre verschlüsselten Medien weiter.',
        'Cloudflare (USA) receives participants’ IP addresses and relays their encrypted media.',
      ),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von IP-Adressen und verschlüsselten Medien an Cloudflare in den USA.',
        'Transfer of IP addresses and encrypted media to Cloudflare in the USA.',
      ),
    },
  ],
  check: (installation) => {
    const { hosts, completeness, files } = installation.prosody
    const found = hosts.flatMap((host) => modulesOf(host).names.get('cf_turncredentials') ?? [])
    if (found.length > 0) return [violated(found)]
    if (completeness === 'complete' && hosts.every((host) => modulesOf(host).certain))
      return [met(fileStart(files))]
    return [undecidable(fileStart(files), missing('prosody (modules_enabled)'))]
  },
}
