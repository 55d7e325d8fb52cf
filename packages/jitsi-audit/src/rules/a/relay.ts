// A14, A15: whether strangers can use the relay, and whether they reach the inner network through it.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { appendLine, removeLines } from '../helpers/edits.ts'
import { items, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

export const A14: Rule = {
  id: 'A14',
  name: 'TURN-OPEN',
  concern: 'access',
  severity: 'crit',
  components: ['turn'],
  title: both('Der TURN-Server steht jedem offen', 'The TURN server is open to everybody'),
  why: both(
    'Ohne Anmeldung leitet coturn den Verkehr beliebiger Fremder weiter, unter Ihrer Adresse und auf Ihre Kosten.',
    'Without authentication, coturn relays anybody’s traffic under your address and at your expense.',
  ),
  mend: both(
    '`use-auth-secret` und `static-auth-secret=…` setzen (dasselbe Geheimnis wie `external_service_secret` in prosody); `no-auth` löschen.',
    'Set `use-auth-secret` and `static-auth-secret=…` (the same secret as `external_service_secret` in prosody); delete `no-auth`.',
  ),
  articles: articles('32'),
  source: 'coturn example',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Der TURN-Server verlangt keine Anmeldung.',
        'The TURN server asks for no authentication.',
      ),
      met: both('Der TURN-Server verlangt eine Anmeldung.', 'The TURN server asks for authentication.'),
    },
  ],
  check: checkOpen,
}

type Switch = { readonly state: 'on' | 'off' | 'unknown'; readonly origin?: Origin }

/** A flag of turnserver.conf: bare, or with a value that coturn reads as yes or no. */
function flagOf(installation: Installation, key: string): Switch {
  const found = lookup(installation.turn, [key])
  if (found.state === 'unset') return { state: 'off' }
  if (found.state === 'unknown')
    return found.origin === undefined ? { state: 'unknown' } : { state: 'unknown', origin: found.origin }
  const last = items(found.node).at(-1) ?? found.node
  const value = last.kind === 'flag' ? String(last.value) : (text(last) ?? '')
  return { state: /^(?:0|n|no|f|false|off)$/i.test(value.trim()) ? 'off' : 'on', origin: last.origin }
}

function checkOpen(installation: Installation): readonly Verdict[] {
  const { turn } = installation
  if (turn.completeness === 'absent') return [undecidable(undefined, missing('turnserver.conf'))]
  const stunOnly = flagOf(installation, 'stun-only')
  if (stunOnly.state === 'on') return [notApplicable(stunOnly.origin)]
  const open = flagOf(installation, 'no-auth')
  if (open.state === 'on') return [violated(open.origin)]
  // A static secret switches secrets on by itself; a user in the file switches long-term credentials on.
  const guards = ['use-auth-secret', 'static-auth-secret', 'lt-cred-mech', 'user'].map((key) =>
    flagOf(installation, key),
  )
  const guard = guards.find(({ state }) => state === 'on')
  if (guard !== undefined) return [met(guard.origin)]
  const doubtful = guards.find(({ state }) => state === 'unknown')
  if (doubtful !== undefined || open.state === 'unknown')
    return [
      undecidable([doubtful?.origin ?? open.origin ?? fileStart(turn.files)], missing('turnserver.conf')),
    ]
  return [violated(fileStart(turn.files))]
}

/** RFC 1918; coturn refuses loopback by itself unless told otherwise. */
const INNER: readonly (readonly [from: string, to: string])[] = [
  ['10.0.0.0', '10.255.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
]

export const A15: Rule = {
  id: 'A15',
  name: 'TURN-INNER',
  concern: 'access',
  severity: 'high',
  components: ['turn'],
  title: both('Der TURN-Server leitet ins innere Netz', 'The TURN server relays into the inner network'),
  why: both(
    'Wer Zugangsdaten hat (jede Person in einem Raum), erreicht über coturn Adressen hinter der Firewall, wenn sie nicht gesperrt sind.',
    'Whoever has credentials (every person in a room) reaches addresses behind the firewall through coturn unless they are denied.',
  ),
  mend: both(
    'Die privaten Bereiche sperren: `denied-peer-ip=10.0.0.0-10.255.255.255`, `172.16.0.0-172.31.255.255`, `192.168.0.0-192.168.255.255`; `allow-loopback-peers` löschen. Braucht die Bridge eine innere Adresse, diese eine mit `allowed-peer-ip` erlauben.',
    'Deny the private ranges: `denied-peer-ip=10.0.0.0-10.255.255.255`, `172.16.0.0-172.31.255.255`, `192.168.0.0-192.168.255.255`; delete `allow-loopback-peers`. If the bridge needs an inner address, allow that one with `allowed-peer-ip`.',
  ),
  articles: articles('32'),
  source: 'coturn example',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Der TURN-Server sperrt private Netze nicht.',
        'The TURN server does not deny private networks.',
      ),
      met: both(
        'Der TURN-Server leitet nicht in private Netze weiter.',
        'The TURN server does not relay into private networks.',
      ),
    },
  ],
  check: checkInner,
}

function checkInner(installation: Installation): readonly Verdict[] {
  const { turn } = installation
  if (turn.completeness === 'absent') return [undecidable(undefined, missing('turnserver.conf'))]
  const stunOnly = flagOf(installation, 'stun-only')
  if (stunOnly.state === 'on') return [notApplicable(stunOnly.origin)]
  const loopback = flagOf(installation, 'allow-loopback-peers')
  const denied = lookup(turn, ['denied-peer-ip'])
  const ranges = denied.state === 'set' ? items(denied.node).map((item) => rangeOf(text(item))) : []
  const uncovered = INNER.filter(([from, to]) => !covers(ranges, from, to))
  if (
    loopback.state === 'on' ||
    (uncovered.length > 0 && denied.state !== 'unknown' && !ranges.includes(undefined))
  ) {
    const missingRanges = uncovered.map(([from, to]) => `${from}-${to}`)
    return [
      violated(
        [
          loopback.state === 'on' ? loopback.origin : undefined,
          denied.state === 'set' ? denied.origin : undefined,
          fileStart(turn.files),
        ],
        {
          detail:
            missingRanges.length === 0
              ? both('`allow-loopback-peers` ist gesetzt.', '`allow-loopback-peers` is set.')
              : both(
                  `Nicht gesperrt: ${missingRanges.join(', ')}.`,
                  `Not denied: ${missingRanges.join(', ')}.`,
                ),
          edits: [
            ...(loopback.state === 'on' ? removeLines(loopback.origin) : []),
            ...(missingRanges.length === 0
              ? []
              : appendLine(
                  turn.files[0],
                  missingRanges.map((range) => `denied-peer-ip=${range}\n`).join(''),
                )),
          ],
        },
      ),
    ]
  }
  if (uncovered.length > 0)
    return [undecidable([denied.state === 'unset' ? undefined : denied.origin], missing('denied-peer-ip'))]
  return [met(denied.state === 'set' ? denied.origin : undefined)]
}

type Range = readonly [from: number, to: number]

/** `a.b.c.d-e.f.g.h` or one address; null for IPv6, undefined for what is not known (a placeholder, another notation). */
function rangeOf(written: string | undefined): Range | null | undefined {
  if (written === undefined) return undefined
  if (written.includes(':')) return null
  const [from, to = from] = written.split('-').map((part) => addressNumber(part.trim()))
  return from === undefined || to === undefined ? undefined : [from, to]
}

function addressNumber(address: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** Whether the ranges together hold every address from one to the other. */
function covers(ranges: readonly (Range | null | undefined)[], from: string, to: string): boolean {
  let next = addressNumber(from) ?? 0
  const last = addressNumber(to) ?? 0
  const sorted = ranges
    .filter((range) => range !== null && range !== undefined)
    .toSorted((a, b) => a[0] - b[0])
  for (const [low, high] of sorted) if (low <= next && high >= next) next = high + 1
  return next > last
}
