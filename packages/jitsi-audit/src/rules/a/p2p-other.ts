// A05, A12, A13: passwords of relays in public files, addresses shown between two people, tests before joining.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { appendToConfig, appendToEnvironment, fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { hostNames, readIceServers } from '../helpers/ice-servers.ts'
import { p2pEnabled } from '../helpers/p2p.ts'
import { text, truthy } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const A05: Rule = {
  id: 'A05',
  name: 'P2P-CRED',
  concern: 'access',
  severity: 'med',
  components: ['web'],
  title: both(
    'Passwort des TURN-Servers steht in config.js',
    'Password of the TURN server stands in config.js',
  ),
  why: both(
    'config.js liest jeder ohne Anmeldung. Mit dem Passwort leiten Fremde ihren Verkehr über Ihren Server.',
    'Everybody reads config.js without signing in. With the password, strangers relay their traffic through your server.',
  ),
  mend: both(
    'Den Eintrag löschen; prosody gibt befristete Zugangsdaten aus (`external_services`, XEP-0215), coturn prüft sie mit `use-auth-secret`.',
    'Delete the entry; prosody hands out credentials that expire (`external_services`, XEP-0215), coturn checks them with `use-auth-secret`.',
  ),
  articles: articles('32'),
  source: 'handbook turn.md',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Zugangsdaten des TURN-Servers sind öffentlich lesbar.',
        'The credentials of the TURN server can be read by the public.',
      ),
      met: both(
        'In der öffentlichen Konfiguration der Web-Anwendung stehen keine Zugangsdaten eines TURN-Servers.',
        'The public configuration of the web application holds no credentials of a TURN server.',
      ),
    },
  ],
  check: checkCredentials,
}

function checkCredentials(installation: Installation): readonly Verdict[] {
  const verdicts: Verdict[] = []
  for (const path of ['p2p.stunServers', 'iceServersOverride']) {
    const found = lookup(installation.web, path)
    if (found.state === 'unknown' && path === 'p2p.stunServers')
      verdicts.push(undecidable(found.origin, missing('p2p.stunServers')))
    if (found.state !== 'set') continue
    const { servers, unknown } = readIceServers(found.node, installation)
    const open = servers.filter(({ credential, scheme }) => credential && scheme.startsWith('turn'))
    if (open.length > 0) {
      const names = hostNames(open)
      verdicts.push(
        violated(
          open.map(({ origin }) => origin),
          { detail: both(`Mit Passwort genannt: ${names}.`, `Named with a password: ${names}.`) },
        ),
      )
    } else if (unknown.length > 0) verdicts.push(undecidable(unknown, missing(path)))
    else verdicts.push(met(found.origin))
  }
  return verdicts.length > 0 ? verdicts : [met(fileStart(installation.web.files))]
}

export const A12: Rule = {
  id: 'A12',
  name: 'P2P-IP',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both(
    'Zwei Teilnehmende erfahren die IP-Adresse der jeweils anderen Person',
    "Two participants learn each other's IP address",
  ),
  why: both(
    'Sind nur zwei im Raum, verbinden sich ihre Browser direkt. Jede Seite kann die IP-Adresse der anderen ablesen, auch wenn sich beide nicht kennen.',
    'With only two in the room, their browsers connect directly. Each side can read the IP address of the other, even where the two do not know each other.',
  ),
  mend: both(
    "`config.p2p.enabled = false;` setzen, in Docker `ENABLE_P2P=0`; oder `iceTransportPolicy: 'relay'` mit eigenem TURN-Server.",
    "Set `config.p2p.enabled = false;`, with Docker `ENABLE_P2P=0`; or `iceTransportPolicy: 'relay'` with your own TURN server.",
  ),
  articles: articles('25(2)'),
  source: 'handbook configuration.md',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Bei Gesprächen zu zweit erhalten die Teilnehmenden wechselseitig ihre IP-Adressen.',
        'In calls of two, the participants receive each other’s IP addresses.',
      ),
      met: both(
        'Medien laufen auch zu zweit über einen Server (Videobridge oder TURN); Teilnehmende erfahren die IP-Adressen der anderen nicht.',
        'Even in calls of two, media pass through a server (video bridge or TURN); participants do not learn each other’s IP addresses.',
      ),
    },
    {
      part: 'notice',
      violated: both(
        'Bei Gesprächen zu zweit wird Ihre IP-Adresse der anderen Person technisch mitgeteilt.',
        'In calls of two, your IP address is technically disclosed to the other person.',
      ),
    },
  ],
  check: checkDirect,
}

function checkDirect(installation: Installation): readonly Verdict[] {
  const p2p = p2pEnabled(installation)
  const policy = lookup(installation.web, 'p2p.iceTransportPolicy')
  if (p2p.value === false) return [met(p2p.origin ?? fileStart(installation.web.files))]
  if (policy.state === 'set' && text(policy.node) === 'relay') return [met(policy.origin)]
  if (p2p.value === undefined) return [undecidable(p2p.origin, missing('p2p.enabled'))]
  if (policy.state === 'unknown' && policy.origin !== undefined)
    return [undecidable(policy.origin, missing('p2p.iceTransportPolicy'))]
  const { origin } = p2p
  const edits =
    origin?.kind === 'file' && /\.js(?:\.\w{1,8})?$/.test(origin.file)
      ? replaceValue(origin, 'false')
      : installation.kind === 'docker'
        ? appendToEnvironment(installation, 'ENABLE_P2P', '0')
        : appendToConfig(installation, 'config.p2p = config.p2p || {}; config.p2p.enabled = false;')
  return [violated([origin ?? fileStart(installation.web.files)], { edits })]
}

export const A13: Rule = {
  id: 'A13',
  name: 'PRECALL',
  concern: 'recipients',
  severity: 'med',
  components: ['web'],
  title: both(
    'Verbindungstest vor dem Beitritt ruft fremde Server an',
    'Connection test before joining calls foreign servers',
  ),
  why: both(
    'Der Test auf der Vorschauseite schickt die IP-Adresse an fremde Server, bevor die Person überhaupt beigetreten ist.',
    'The test on the preview page sends the IP address to foreign servers before the person has even joined.',
  ),
  mend: both(
    '`prejoinConfig.preCallTestEnabled: false` setzen.',
    'Set `prejoinConfig.preCallTestEnabled: false`.',
  ),
  articles: articles('25(1)'),
  source: 'handbook configuration.md',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Vor dem Beitritt erhält der Betreiber des Verbindungstests die IP-Adressen der Besuchenden.',
        'Before joining, the operator of the connection test receives the visitors’ IP addresses.',
      ),
    },
  ],
  check: checkPreCall,
}

function checkPreCall(installation: Installation): readonly Verdict[] {
  const enabled = lookup(installation.web, 'prejoinConfig.preCallTestEnabled')
  const url = lookup(installation.web, 'prejoinConfig.preCallTestICEUrl')
  if (enabled.state === 'unset') return [met(fileStart(installation.web.files))]
  if (enabled.state === 'unknown')
    return [undecidable(enabled.origin, missing('prejoinConfig.preCallTestEnabled'))]
  if (truthy(enabled.node) !== true) return [met(enabled.origin)]
  if (url.state === 'unset') return [met(enabled.origin)]
  const address = url.state === 'set' ? text(url.node) : undefined
  const kind = address === undefined ? 'unknown' : urlKind(address, installation)
  if (kind === 'unknown')
    return [
      undecidable(
        [url.state === 'set' ? url.origin : enabled.origin],
        missing('prejoinConfig.preCallTestICEUrl'),
      ),
    ]
  if (!isForeign(kind)) return [met(enabled.origin)]
  const host = hostOf(address ?? '') ?? ''
  return [
    violated([enabled.origin, url.state === 'set' ? url.origin : undefined], {
      detail: both(`Angerufen wird ${host}.`, `It calls ${host}.`),
      edits: replaceValue(enabled.origin.kind === 'file' ? enabled.origin : undefined, 'false'),
    }),
  ]
}
