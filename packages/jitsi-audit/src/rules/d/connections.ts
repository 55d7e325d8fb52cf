// D20, D21: connections to the directory and to XMPP on which somebody can listen in.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { gates } from '../helpers/gate.ts'
import { settingOf } from '../helpers/prosody.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Node } from '../../core/value.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { hostOf, isLocalHost, isLoopback } from '../helpers/hosts.ts'
import { environmentFlag, environmentText, flag, items, member, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const D20: Rule = {
  id: 'D20',
  name: 'LDAP',
  concern: 'transport',
  severity: 'high',
  components: ['environment'],
  title: both(
    'Passwörter gehen ungeschützt an das Verzeichnis (LDAP)',
    'Passwords go to the directory unprotected (LDAP)',
  ),
  why: both(
    'Mit `ldap://` ohne StartTLS liest jeder auf dem Weg die Passwörter mit. Ohne Prüfung des Zertifikats genügt ein falscher Server. `LDAP_TLS_CHECK_PEER` wirkt nur zusammen mit `LDAP_USE_TLS`.',
    'With `ldap://` without StartTLS, anybody on the way reads the passwords. Without checking the certificate, a false server is enough. `LDAP_TLS_CHECK_PEER` works only together with `LDAP_USE_TLS`.',
  ),
  mend: both(
    '`LDAP_URL=ldaps://…`, `LDAP_USE_TLS=1` und `LDAP_TLS_CHECK_PEER=1`.',
    '`LDAP_URL=ldaps://…`, `LDAP_USE_TLS=1` and `LDAP_TLS_CHECK_PEER=1`.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet saslauthd.conf',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Verbindung zum Verzeichnisdienst ist nicht ausreichend gesichert.',
        'The connection to the directory is not secured sufficiently.',
      ),
    },
  ],
  check: checkDirectory,
}

function checkDirectory(installation: Installation): readonly Verdict[] {
  const { environment } = installation
  if (environment.completeness === 'absent') return withoutVariables(installation)
  const url = environmentText(installation, 'LDAP_URL')
  const type = environmentText(installation, 'AUTH_TYPE')
  const own = environmentText(installation, 'PROSODY_AUTH_TYPE')
  const used = (own.value ?? type.value) === 'ldap'
  if (type.state === 'unknown' && type.origin !== undefined)
    return [undecidable(type.origin, missing('AUTH_TYPE'))]
  if (!used) return [met(type.origin ?? fileStart(environment.files))]
  if (url.value === undefined) return [undecidable(url.origin ?? type.origin, missing('LDAP_URL'))]
  const host = hostOf(url.value.replace(/^ldap(?:s|i)?:/i, ''))
  if (
    /^ldapi:/i.test(url.value) ||
    (host !== undefined && isLoopback(host)) ||
    (host !== undefined && !host.includes('.'))
  )
    return [met(url.origin)]
  const secured =
    /^ldaps:/i.test(url.value) || environmentFlag(installation, 'LDAP_START_TLS', false).value === true
  if (!secured)
    return [violated(url.origin, { detail: both('Ohne Verschlüsselung.', 'Without encryption.') })]
  const tls = environmentFlag(installation, 'LDAP_USE_TLS', false)
  const peer = environmentFlag(installation, 'LDAP_TLS_CHECK_PEER', false)
  if (tls.value === true && peer.value === true) return [met(peer.origin)]
  if (tls.value === undefined || peer.value === undefined)
    return [undecidable(tls.origin ?? peer.origin, missing('LDAP_TLS_CHECK_PEER'))]
  return [
    violated([peer.origin, tls.origin, url.origin], {
      detail: both('Das Zertifikat wird nicht geprüft.', 'The certificate is not checked.'),
    }),
  ]
}

/** In packages, prosody itself names the directory; a way of signing in that needs none settles it. */
function withoutVariables(installation: Installation): readonly Verdict[] {
  const ways = gates(installation)
  const place = ways[0]?.origin
  const names = ways.map(({ host }) =>
    host === undefined ? undefined : settingOf(host, 'authentication')?.value,
  )
  if (names.some((name) => name === undefined || /ldap|cyrus|pam|sql/.test(name)))
    return [undecidable(place, missing('LDAP_URL'))]
  return [met(place)]
}

export const D21: Rule = {
  id: 'D21',
  name: 'CERT',
  concern: 'transport',
  severity: 'low',
  components: ['jvb', 'jicofo', 'jibri'],
  title: both(
    'Das Zertifikat des XMPP-Servers wird nicht geprüft',
    'The certificate of the XMPP server is not checked',
  ),
  why: both(
    'Zu einem anderen Rechner hin genügt so ein falscher Server auf dem Weg, um Passwort und Signalisierung mitzulesen.',
    'Towards another machine, a false server on the way is enough to read the password and the signalling.',
  ),
  mend: both(
    'Dem XMPP-Server ein gültiges Zertifikat geben und die Prüfung einschalten, oder beide auf einem Rechner betreiben.',
    'Give the XMPP server a valid certificate and switch the check on, or run both on one machine.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet jvb defaults; jicofo reference.conf',
  paperwork: [],
  check: checkCertificates,
}

interface Connection {
  readonly off: Node
  readonly hosts: readonly Node[]
}

function checkCertificates(installation: Installation): readonly Verdict[] {
  const { jvb, jicofo, jibri } = installation
  const parts = [jvb, jicofo, jibri].filter(({ completeness }) => completeness !== 'absent')
  const connections = [...bridgeConnections(jvb), ...focusConnections(jicofo), ...recorderConnections(jibri)]
  const verdicts = connections.flatMap(({ off, hosts }) => {
    const value = flag(off)
    if (value === undefined) return [undecidable(off.origin, missing('certificate'))]
    if (!value) return [met(off.origin)]
    const names = hosts.map((node) => hostOf(text(node) ?? ''))
    if (names.some((name) => name === undefined))
      return [undecidable([off.origin, ...hosts.map(({ origin }) => origin)], missing('HOSTNAME'))]
    const network = networkNames(installation)
    const remote = names.filter((name) => name !== undefined && !isBeside(name) && !network.has(name))
    if (remote.length > 0)
      return [
        violated([off.origin, ...hosts.map(({ origin }) => origin)], {
          detail: both(`Zu ${remote.join(', ')}.`, `Towards ${remote.join(', ')}.`),
        }),
      ]
    return [met([off.origin, ...hosts.map(({ origin }) => origin)])]
  })
  if (verdicts.length > 0) return verdicts
  if (parts.some(({ completeness }) => completeness === 'complete'))
    return [met(fileStart(parts[0]?.files ?? []))]
  return [undecidable(fileStart(parts[0]?.files ?? []), missing('jvb.conf, jicofo.conf'))]
}

/** The same machine or container network; a private address can be another machine. */
function isBeside(host: string): boolean {
  return isLoopback(host) || (isLocalHost(host) && !/^[\d.]+$|:/.test(host))
}

/** Names under which containers of the set reach each other. */
function networkNames({ services }: Installation): ReadonlySet<string> {
  return new Set(
    services.flatMap(({ name, node }) => {
      const networks = member(node, 'networks')
      const each = networks?.kind === 'map' ? [...networks.entries.values()] : []
      const aliases = each.flatMap((network) => {
        const list = member(network, 'aliases')
        return list === undefined ? [] : items(list)
      })
      const own = [member(node, 'hostname'), member(node, 'container_name'), ...aliases]
      return [name, ...own.flatMap((one) => text(one) ?? [])].map((one) => one.toLowerCase())
    }),
  )
}

function bridgeConnections(jvb: Settings): readonly Connection[] {
  const configs = lookup(jvb, 'videobridge.apis.xmpp-client.configs')
  if (configs.state !== 'set' || configs.node.kind !== 'map') return []
  return [...configs.node.entries.values()].flatMap((shard) => {
    const off = member(shard, 'DISABLE_CERTIFICATE_VERIFICATION')
    const host = member(shard, 'HOSTNAME')
    return off === undefined ? [] : [{ off, hosts: host === undefined ? [] : [host] }]
  })
}

function focusConnections(jicofo: Settings): readonly Connection[] {
  return ['client', 'service'].flatMap((part) => {
    const off = lookup(jicofo, `jicofo.xmpp.${part}.disable-certificate-verification`)
    const host = lookup(jicofo, `jicofo.xmpp.${part}.hostname`)
    return off.state === 'set' ? [{ off: off.node, hosts: host.state === 'set' ? [host.node] : [] }] : []
  })
}

function recorderConnections(jibri: Settings): readonly Connection[] {
  const environments = lookup(jibri, 'jibri.api.xmpp.environments')
  if (environments.state !== 'set') return []
  return items(environments.node).flatMap((one) => {
    const off = member(one, 'trust-all-xmpp-certs')
    const hosts = member(one, 'xmpp-server-hosts')
    return off === undefined ? [] : [{ off, hosts: hosts === undefined ? [] : items(hosts) }]
  })
}
