// E12-E13: how telephony leaves the house.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostKind, hostOf, isForeign } from '../helpers/hosts.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { silent, truth, whoseHost } from '../b/kit.ts'
import { property } from './e07-speech.ts'

const ACCOUNT = 'net.java.sip.communicator.impl.protocol.sip.acc1.'

export const E12: Rule = {
  id: 'E12',
  name: 'SIP',
  concern: 'transport',
  severity: 'high',
  components: ['jigasi', 'environment'],
  title: both('Telefongespräche gehen unverschlüsselt hinaus', 'Telephone calls go out unencrypted'),
  why: both(
    'Zum fremden Telefonanbieter laufen Ton und Rufnummern ohne SRTP und TLS im Klartext durchs Netz.',
    'To the outside telephone provider sound and numbers cross the net in the clear without SRTP and TLS.',
  ),
  mend: both(
    'JIGASI_ENABLE_SDES_SRTP=1 und JIGASI_SIP_TRANSPORT=TLS setzen (ohne Docker: SAVP_OPTION=1, DEFAULT_ENCRYPTION=true, PREFERRED_TRANSPORT=TLS).',
    'Set JIGASI_ENABLE_SDES_SRTP=1 and JIGASI_SIP_TRANSPORT=TLS (without Docker: SAVP_OPTION=1, DEFAULT_ENCRYPTION=true, PREFERRED_TRANSPORT=TLS).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet jigasi properties',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Telefongespräche werden zum Anbieter unverschlüsselt übertragen.',
        'Telephone calls are transferred to the provider unencrypted.',
      ),
      met: both(
        'Telefongespräche werden zum Anbieter verschlüsselt übertragen, oder es gibt keine Telefonie.',
        'Telephone calls are transferred to the provider encrypted, or there is no telephony.',
      ),
    },
  ],
  check: checkTelephony,
}

function checkTelephony(installation: Installation): readonly Verdict[] {
  const proxy = property(installation, `${ACCOUNT}PROXY_ADDRESS`, 'JIGASI_SIP_SERVER')
  const server =
    proxy.state === 'set' ? proxy : property(installation, `${ACCOUNT}SERVER_ADDRESS`, 'JIGASI_SIP_SERVER')
  if (server.state === 'unknown')
    return [undecidable(server.origin ?? silent(installation.jigasi), missing('sip-communicator.properties'))]
  if (server.value === undefined || server.value === '')
    return [met(server.origin ?? silent(installation.jigasi) ?? silent(installation.environment))]
  const host = hostOf(server.value)
  const kind = host === undefined ? 'unknown' : hostKind(host, installation)
  if (kind === 'own' || kind === 'local') return [met(server.origin)]
  const encryption = property(installation, `${ACCOUNT}DEFAULT_ENCRYPTION`, 'JIGASI_ENABLE_SDES_SRTP')
  const option = property(installation, `${ACCOUNT}SAVP_OPTION`, 'JIGASI_ENABLE_SDES_SRTP')
  const on = [encryption, option].every(({ value }) => value !== undefined && /^(?:1|true)$/i.test(value))
  if (on) return [met([encryption.origin, server.origin])]
  if (encryption.state === 'unknown' || option.state === 'unknown')
    return [undecidable([server.origin, encryption.origin], missing('SAVP_OPTION'))]
  if (!isForeign(kind)) return [undecidable(server.origin, whoseHost('SERVER_ADDRESS', server.value))]
  const edits =
    encryption.origin?.kind === 'file' && encryption.value === '0' ? replaceValue(encryption.origin, '1') : []
  return [
    violated([server.origin, encryption.origin], {
      detail: both(`Anbieter: ${host ?? '?'}.`, `Provider: ${host ?? '?'}.`),
      edits,
    }),
  ]
}

export const E13: Rule = {
  id: 'E13',
  name: 'SIP-STUN',
  concern: 'recipients',
  severity: 'med',
  components: ['jigasi'],
  title: both('Jigasi fragt fremde STUN-Server', 'Jigasi asks third-party STUN servers'),
  why: both(
    'USE_DEFAULT_STUN_SERVER und AUTO_DISCOVER_STUN lassen Jigasi bei jedem Gespräch einen fremden Server nach seiner Adresse fragen.',
    'USE_DEFAULT_STUN_SERVER and AUTO_DISCOVER_STUN make Jigasi ask a foreign server for its address at each call.',
  ),
  mend: both('Beide auf false setzen.', 'Set both to false.'),
  articles: articles('25'),
  source: 'jigasi sip-communicator.properties',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Ein fremder STUN-Server erfährt Zeitpunkte von Telefonaten.',
        'A third-party STUN server learns the times of calls.',
      ),
      met: both(
        'Die Telefonie fragt keine fremden STUN-Server.',
        'Telephony asks no third-party STUN servers.',
      ),
    },
  ],
  check: ({ jigasi }) => {
    const found = [...jigasi.root.entries].filter(([key]) =>
      /(?:^|\.)(?:USE_DEFAULT_STUN_SERVER|AUTO_DISCOVER_STUN)$/.test(key),
    )
    const on = found.filter(([, node]) => truth(node) === true)
    if (on.length > 0)
      return on
        .map(([key]) => lookup(jigasi, [key]))
        .map((one) =>
          one.state === 'set'
            ? violated(one.origin, { edits: replaceValue(one.origin, 'false') })
            : undecidable(),
        )
    const unclear = found.filter(([, node]) => truth(node) === undefined)
    if (unclear.length > 0)
      return unclear.map(([, node]) => undecidable(node.origin, missing('sip-communicator.properties')))
    if (found.length > 0) return [met(found.map(([, node]) => node.origin))]
    return [
      jigasi.completeness === 'complete'
        ? met(silent(jigasi))
        : undecidable(silent(jigasi), missing('sip-communicator.properties')),
    ]
  },
}
