// A01-A04: which STUN servers the browsers of participants call in a direct connection of two.
import type { Bilingual } from '@runde/contract'
import type { Installation } from '../../core/installation.ts'
import type { Edit, Rule, Severity, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { HostKind } from '../helpers/hosts.ts'
import { appendToConfig, fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostNames, readIceServers } from '../helpers/ice-servers.ts'
import { advertisedServices, lostP2pServers, p2pEnabled, p2pList } from '../helpers/p2p.ts'
import { truthy } from '../helpers/values.ts'
import { both, met, missing, notApplicable, overridden, undecidable, violated } from '../helpers/verdicts.ts'

const MEND = both(
  "In config.js (Docker: custom-config.js) `config.p2p.stunServers = [];` setzen oder den eigenen coturn nennen: `[{ urls: 'stun:turn.HOST:3478' }]`.",
  "Set `config.p2p.stunServers = [];` in config.js (Docker: custom-config.js), or name your own coturn: `[{ urls: 'stun:turn.HOST:3478' }]`.",
)

/** Until this day, and from 2017-06-28 on, the default of lib-jitsi-meet was Google. */
const GOOGLE_DEFAULT_UNTIL = '2020-11-05'

/** Before this day, prosody's services replaced the list only with `p2p.useStunTurn`. */
const ALWAYS_REPLACED_SINCE = '2020-10-02'

/** Until this day, the list stood in `p2pStunServers`. */
const OLD_KEY_UNTIL = '2017-06-28'

interface Party {
  readonly kind: HostKind
  readonly severity: Severity
}

/** Verdicts on one kind of host in the list, under its old name too. */
function judgeList(installation: Installation, party: Party): readonly Verdict[] {
  return [...judgeNew(installation, party), ...judgeOld(installation, party)]
}

/** What stands under the name that lib-jitsi-meet read until 2017. */
function judgeOld(installation: Installation, { kind, severity }: Party): readonly Verdict[] {
  const found = lookup(installation.web, 'p2pStunServers')
  if (found.state !== 'set') return []
  const named = readIceServers(found.node, installation).servers.filter((server) => server.kind === kind)
  if (named.length === 0) return []
  const places = named.map(({ origin }) => origin)
  const date = installation.release?.date
  const detail = both(
    '`p2pStunServers` lesen nur Fassungen vor dem 28. Juni 2017.',
    'Only releases before 28 June 2017 read `p2pStunServers`.',
  )
  if (date === undefined) return [undecidable(places, { detail })]
  return [date < OLD_KEY_UNTIL ? violated(places, { severity, detail }) : overridden(places, { detail })]
}

/** True when the services of prosody surely take the place of the list. */
function isReplaced(installation: Installation): boolean {
  const services = advertisedServices(installation)
  if (services.state !== 'some' || services.loaded !== true) return false
  const date = installation.release?.date
  if (date === undefined || date >= ALWAYS_REPLACED_SINCE) return true
  const used = lookup(installation.web, 'p2p.useStunTurn')
  return used.state === 'set' && truthy(used.node) === true
}

function judgeNew(installation: Installation, party: Party): readonly Verdict[] {
  const list = p2pList(installation)
  const services = advertisedServices(installation)
  const lost = lostP2pServers(installation).filter(({ server }) => server.kind === party.kind)
  const losing = lost.map(({ server, to }) =>
    overridden([server.origin, to], {
      detail: both(
        `${server.host} steht da, hat aber keine Wirkung.`,
        `${server.host} is written there but has no effect.`,
      ),
    }),
  )
  if (list.state === 'unknown') return [undecidable(list.origin, missing('p2p.stunServers')), ...losing]
  const named = list.state === 'set' ? list.servers.filter(({ kind }) => kind === party.kind) : []
  if (named.length === 0) return [...unnamed(installation, party, losing.length > 0), ...losing]
  const places = named.map(({ origin }) => origin)
  if (isReplaced(installation))
    return [
      overridden([...places, services.origin], {
        detail: both(
          'prosody nennt eigene Dienste (XEP-0215); sie ersetzen diese Liste.',
          'prosody advertises services (XEP-0215); they replace this list.',
        ),
      }),
      ...losing,
    ]
  const names = hostNames(named)
  return [
    violated(places, {
      severity: p2pEnabled(installation).value === false ? 'low' : party.severity,
      detail: both(`Genannt: ${names}.`, `Named: ${names}.`),
      edits: listEdits(installation),
    }),
    ...losing,
  ]
}

function unnamed(installation: Installation, party: Party, onlyLost: boolean): readonly Verdict[] {
  const list = p2pList(installation)
  if (list.state === 'set') {
    const doubtful = list.servers.filter(({ kind }) => kind === 'unknown')
    if (party.kind === 'foreign' && doubtful.length > 0) {
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
    if (list.unknown.length > 0) return [undecidable(list.unknown, missing('p2p.stunServers'))]
  }
  return onlyLost ? [] : [met(list.origin ?? fileStart(installation.web.files))]
}

/** The list without foreign servers: empty, or with the operator's own ones where they carry no password. */
function listEdits(installation: Installation): readonly Edit[] {
  const list = p2pList(installation)
  if (list.state !== 'set' || list.origin.kind !== 'file' || list.unknown.length > 0) return []
  const own = list.servers.filter(({ kind }) => kind === 'own' || kind === 'local')
  if (own.some(({ credential, url }) => credential || !/^stuns?:[\w.:[\]-]{1,200}$/i.test(url))) return []
  const text = own.length === 0 ? '[]' : `[${own.map(({ url }) => ` { urls: '${url}' }`).join(',')} ]`
  return replaceValue(list.origin, text)
}

const RECIPIENT = (who: Bilingual): Rule['paperwork'] => [
  {
    part: 'recipients',
    violated: both(
      `Bei Gesprächen zu zweit erhält ${who.de} die IP-Adressen der Teilnehmenden (STUN).`,
      `In calls of two, ${who.en} receives the IP addresses of the participants (STUN).`,
    ),
    met: both(
      `In der STUN-Liste für direkte Verbindungen wird kein Server von ${who.de} genannt.`,
      `The STUN list for direct connections names no server of ${who.en}.`,
    ),
  },
]

export const A01: Rule = {
  id: 'A01',
  name: 'P2P-GOOGLE',
  concern: 'recipients',
  severity: 'high',
  components: ['web', 'prosody'],
  title: both(
    'Browser der Teilnehmenden rufen Google an (STUN)',
    "Participants' browsers call Google (STUN)",
  ),
  why: both(
    'Bei einem Gespräch zu zweit fragt jeder Browser die genannten STUN-Server nach seiner Adresse. Google erfährt so IP-Adresse und Zeitpunkt, ohne dass jemand gefragt wurde.',
    'In a call of two, every browser asks the STUN servers named here for its address. Google learns IP address and time although nobody was asked.',
  ),
  mend: MEND,
  articles: articles('5(1)c', '25(2)', '44'),
  source: 'lib-jitsi-meet xmpp.ts',
  paperwork: [
    ...RECIPIENT(both('Google (USA)', 'Google (USA)')),
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von IP-Adressen der Teilnehmenden an Google in den USA durch STUN-Anfragen.',
        'Transfer of participants’ IP addresses to Google in the USA by STUN requests.',
      ),
    },
  ],
  check: (installation) => judgeList(installation, { kind: 'google', severity: 'high' }),
}

export const A02: Rule = {
  ...A01,
  id: 'A02',
  name: 'P2P-8X8',
  title: both('Browser der Teilnehmenden rufen 8x8 an (STUN)', "Participants' browsers call 8x8 (STUN)"),
  why: both(
    'Der genannte STUN-Server gehört 8x8 (USA). Bei jedem Gespräch zu zweit erfährt er die IP-Adressen beider Seiten.',
    'The STUN server named here belongs to 8x8 (USA). In every call of two it learns the IP addresses of both sides.',
  ),
  source: 'jitsi-meet config.js',
  paperwork: [
    ...RECIPIENT(both('8x8 (USA)', '8x8 (USA)')),
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von IP-Adressen der Teilnehmenden an 8x8 in den USA durch STUN-Anfragen.',
        'Transfer of participants’ IP addresses to 8x8 in the USA by STUN requests.',
      ),
    },
  ],
  check: (installation) => judgeList(installation, { kind: 'jitsi', severity: 'high' }),
}

export const A03: Rule = {
  ...A01,
  id: 'A03',
  name: 'P2P-IMPLICIT',
  components: ['web', 'prosody', 'environment'],
  title: both('Keine STUN-Liste: der verborgene Standard gilt', 'No STUN list: the hidden default applies'),
  why: both(
    'Ist `p2p.stunServers` nicht gesetzt, nimmt die Bibliothek ihren eigenen Server: seit November 2020 einen von 8x8, davor drei von Google. Nicht gesetzt heißt nicht aus.',
    'Where `p2p.stunServers` is not set, the library takes a server of its own: one of 8x8 since November 2020, three of Google before. Not set is not off.',
  ),
  source: 'lib-jitsi-meet xmpp.ts; docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Bei Gesprächen zu zweit erhält 8x8 (bei Fassungen vor November 2020: Google) die IP-Adressen der Teilnehmenden, soweit der eigene Server keine STUN-Dienste nennt.',
        'In calls of two, 8x8 (with releases before November 2020: Google) receives the participants’ IP addresses unless the own server advertises STUN services.',
      ),
      met: both(
        'Die STUN-Liste für direkte Verbindungen ist ausdrücklich gesetzt; der Standard der Software greift nicht.',
        'The STUN list for direct connections is set explicitly; the default of the software does not apply.',
      ),
    },
    {
      part: 'third-country',
      violated: both(
        'Übermittlung von IP-Adressen der Teilnehmenden an 8x8 (bei Fassungen vor November 2020: Google) in den USA durch STUN-Anfragen, soweit der eigene Server keine STUN-Dienste nennt.',
        'Transfer of participants’ IP addresses to 8x8 (with releases before November 2020: Google) in the USA by STUN requests, unless the own server advertises STUN services.',
      ),
    },
  ],
  check: checkImplicit,
}

function checkImplicit(installation: Installation): readonly Verdict[] {
  const list = p2pList(installation)
  const p2p = p2pEnabled(installation)
  if (list.state === 'set') return [met(list.origin)]
  if (p2p.value === false) return [notApplicable(p2p.origin)]
  if (list.state === 'unknown') return [undecidable(list.origin ?? p2p.origin, missing('p2p.stunServers'))]
  if (p2p.value === undefined) return [undecidable(p2p.origin, missing('p2p.enabled'))]
  const services = advertisedServices(installation)
  const advertised = services.state === 'some' && services.loaded !== false
  const date = installation.release?.date
  const google = date !== undefined && date < GOOGLE_DEFAULT_UNTIL
  return [
    violated([list.origin ?? p2p.origin ?? fileStart(installation.web.files, 'last'), services.origin], {
      severity: advertised ? 'low' : 'high',
      detail: advertised
        ? both(
            'Solange prosody antwortet, gelten dessen Dienste; fällt die Antwort aus, gilt der Standard.',
            'While prosody answers, its services are used; when the answer fails, the default is.',
          )
        : google
          ? both(
              'Standard dieser Fassung: drei Server von Google.',
              'Default of this release: three servers of Google.',
            )
          : both('Standard: ein Server von 8x8.', 'Default: one server of 8x8.'),
      edits:
        list.origin === undefined
          ? appendToConfig(installation, 'config.p2p = config.p2p || {}; config.p2p.stunServers = [];')
          : replaceValue(list.origin.kind === 'file' ? list.origin : undefined, '[]'),
    }),
  ]
}

export const A04: Rule = {
  ...A01,
  id: 'A04',
  name: 'P2P-OTHER',
  severity: 'med',
  title: both(
    'Browser der Teilnehmenden rufen einen fremden STUN-Server an',
    "Participants' browsers call a foreign STUN server",
  ),
  why: both(
    'Der Betreiber des genannten Servers erfährt bei jedem Gespräch zu zweit die IP-Adressen beider Seiten; ein Vertrag mit ihm fehlt meist.',
    'Whoever runs the named server learns the IP addresses of both sides in every call of two; a contract is usually missing.',
  ),
  mend: both('Den eigenen coturn nennen oder die Liste leeren.', 'Name your own coturn, or empty the list.'),
  articles: articles('5(1)c', '28'),
  source: 'expert judgement',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Bei Gesprächen zu zweit erhält der Betreiber des genannten fremden STUN-Servers die IP-Adressen der Teilnehmenden.',
        'In calls of two, the operator of the named foreign STUN server receives the participants’ IP addresses.',
      ),
    },
  ],
  check: (installation) => judgeList(installation, { kind: 'foreign', severity: 'med' }),
}
