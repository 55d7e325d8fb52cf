// F02, F07, F08: what the web server serves without a login, whom it lets talk, and whose word it takes for addresses.
import type { Installation, NginxScope } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { environmentFlag, flag, items, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

export const F02: Rule = {
  id: 'F02',
  name: 'REC-OPEN',
  concern: 'access',
  severity: 'crit',
  components: ['nginx'],
  title: both(
    'Aufnahmen, Mitschriften oder Listen sind ohne Anmeldung abrufbar',
    'Recordings, transcripts or lists can be fetched without signing in',
  ),
  why: both(
    'Wer die Adresse kennt oder errät, lädt alles herunter; mit `autoindex on` steht das Verzeichnis sogar als Liste da.',
    'Whoever knows or guesses the address downloads everything; with `autoindex on` the directory is even listed.',
  ),
  mend: both(
    '`auth_basic` oder `auth_request` in die Location setzen, `autoindex off;`, und Dateien nach einer Frist löschen.',
    'Put `auth_basic` or `auth_request` into the location, `autoindex off;`, and delete files after a term.',
  ),
  articles: articles('32'),
  source: 'real installations',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Aufnahmen, Mitschriften oder Verzeichnisse sind ohne Anmeldung abrufbar.',
        'Recordings, transcripts or directories can be fetched without signing in.',
      ),
      met: both(
        'Der Web-Server gibt Aufnahmen und Mitschriften nicht ohne Anmeldung heraus.',
        'The web server does not hand out recordings or transcripts without signing in.',
      ),
    },
  ],
  check: checkServed,
}

const SENSITIVE = /record|transcript|aufnahme|aufzeichnung|mitschrift|dialplan|dial-plan|jibri/i

function checkServed(installation: Installation): readonly Verdict[] {
  const { nginx } = installation
  if (nginx.completeness === 'absent') return [undecidable(undefined, missing('nginx'))]
  const verdicts = nginx.scopes.flatMap((scope): Verdict[] => {
    const listed = scope.effective.get('autoindex')?.find(({ args }) => args[0] === 'on')
    if (listed !== undefined && !isGuarded(scope))
      return [
        violated([listed.origin], {
          detail: both('`autoindex on` ohne Anmeldung.', '`autoindex on` without a login.'),
        }),
      ]
    if (!isSensitive(scope, installation)) return []
    const place = scope.directive.origin
    if (isGuarded(scope)) return [met(place)]
    if (scope.effective.has('proxy_pass') && !scope.directive.children?.some(({ name }) => name === 'alias'))
      return [undecidable(place, missing('proxy_pass'))]
    return [violated(place)]
  })
  if (verdicts.length > 0) return distinct(verdicts)
  return nginx.completeness === 'complete'
    ? [met(fileStart(nginx.files))]
    : [undecidable(fileStart(nginx.files), missing('nginx'))]
}

/** The image serves a folder of transcripts; that matters only while transcripts are written. */
function isSensitive(scope: NginxScope, installation: Installation): boolean {
  if (scope.kind !== 'location') return false
  const pattern = scope.args.join(' ')
  if (!SENSITIVE.test(pattern)) return false
  if (/\blibs\b/.test(pattern) || scope.directive.origin.kind !== 'file')
    return writesTranscripts(installation)
  return !scope.directive.children?.some(({ name }) => name === 'return')
}

function writesTranscripts(installation: Installation): boolean {
  if (environmentFlag(installation, 'ENABLE_TRANSCRIPTIONS', false).value === true) return true
  const properties = lookup(installation.jigasi, ['org.jitsi.jigasi.ENABLE_TRANSCRIPTION'])
  return properties.state === 'set' && flag(properties.node) === true
}

function isGuarded(scope: NginxScope): boolean {
  const on = (name: string): boolean =>
    (scope.effective.get(name) ?? []).some(({ args }) => args[0] !== 'off')
  const denies = (scope.effective.get('deny') ?? []).some(({ args }) => args[0] === 'all')
  const internal = scope.directive.children?.some(({ name }) => name === 'internal') === true
  return (
    internal ||
    denies ||
    ['auth_basic', 'auth_request', 'auth_jwt', 'secure_link', 'secure_link_secret'].some((name) =>
      on(name),
    ) ||
    (scope.effective.get('ssl_verify_client') ?? []).some(({ args }) => args[0] === 'on')
  )
}

function distinct(verdicts: readonly Verdict[]): readonly Verdict[] {
  const seen = new Set<string>()
  return verdicts.filter(({ state, origins }) => {
    const key = `${state} ${origins[0]?.file ?? ''}:${origins[0]?.line ?? 0}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

export const F07: Rule = {
  id: 'F07',
  name: 'CORS-STAR',
  concern: 'access',
  severity: 'med',
  components: ['nginx', 'prosody'],
  title: both(
    'Jede Webseite darf im Namen des Browsers mit dem Server reden',
    'Any web page may talk to the server as the visitor’s browser',
  ),
  why: both(
    'Mit `Access-Control-Allow-Origin: *` auf BOSH oder WebSocket verbindet sich jede fremde Seite aus dem Browser der Besuchenden heraus mit Ihrem Server.',
    'With `Access-Control-Allow-Origin: *` on BOSH or WebSocket, any foreign page connects to your server from within the visitor’s browser.',
  ),
  mend: both(
    'Nur den eigenen Ursprung nennen; in prosody `cross_domain_bosh = false` und `cross_domain_websocket = false`.',
    'Name your own origin only; in prosody `cross_domain_bosh = false` and `cross_domain_websocket = false`.',
  ),
  articles: articles('32'),
  source: 'real installations',
  paperwork: [],
  check: checkOrigins,
}

const SIGNALLING = /http-bind|xmpp-websocket|bosh|colibri-ws/

function checkOrigins(installation: Installation): readonly Verdict[] {
  const { nginx, prosody } = installation
  const open: Origin[] = []
  for (const scope of nginx.scopes) {
    if (scope.kind !== 'location' || !SIGNALLING.test(scope.args.join(' '))) continue
    for (const { args, origin } of scope.effective.get('add_header') ?? [])
      if (
        args[0]?.toLowerCase() === 'access-control-allow-origin' &&
        ['*', '$http_origin'].includes(args[1] ?? '')
      )
        open.push(origin)
  }
  const unknown: Origin[] = []
  for (const host of prosody.hosts)
    for (const key of ['cross_domain_bosh', 'cross_domain_websocket']) {
      const found = lookup(host.settings, [key])
      if (found.state === 'unknown' && found.origin !== undefined) unknown.push(found.origin)
      if (found.state !== 'set') continue
      if (
        found.node.kind === 'flag' ? found.node.value : items(found.node).some((item) => text(item) === '*')
      )
        open.push(found.origin)
    }
  if (open.length > 0) return [violated(open)]
  if (unknown.length > 0) return [undecidable(unknown, missing('cross_domain_bosh'))]
  const certain = nginx.completeness === 'complete' || prosody.completeness === 'complete'
  const place = fileStart(nginx.files) ?? fileStart(prosody.files)
  return [certain ? met(place) : undecidable(place, missing('nginx, prosody'))]
}

export const F08: Rule = {
  id: 'F08',
  name: 'REALIP',
  concern: 'access',
  severity: 'med',
  components: ['nginx'],
  title: both(
    'Wer die Seite aufruft, bestimmt selbst, unter welcher Adresse er erscheint',
    'Callers choose the address that they appear under',
  ),
  why: both(
    'nginx übernimmt die Adresse aus einem Kopf der Anfrage. Ist jeder als Zwischenstelle zugelassen, fälscht jeder seine Adresse in Sperren und Protokollen; ist keine zugelassen, wirkt die Zeile nicht, und alle teilen eine Adresse.',
    'nginx takes the address from a header of the request. Where everybody is trusted as a proxy, anybody forges their address in limits and logs; where nobody is, the line has no effect and all share one address.',
  ),
  mend: both(
    '`set_real_ip_from` auf die Adresse des eigenen Proxys setzen, nicht auf 0.0.0.0/0.',
    'Set `set_real_ip_from` to the address of your own proxy, not to 0.0.0.0/0.',
  ),
  articles: articles('32'),
  source: 'real installations; nginx ngx_http_realip_module',
  paperwork: [],
  check: checkRealAddress,
}

function checkRealAddress(installation: Installation): readonly Verdict[] {
  const { nginx } = installation
  if (nginx.completeness === 'absent') return [undecidable(undefined, missing('nginx'))]
  const verdicts = nginx.scopes.flatMap((scope): Verdict[] => {
    const header = scope.effective.get('real_ip_header')?.find(({ args }) => args[0] !== 'proxy_protocol')
    if (header === undefined) return []
    const trusted = scope.effective.get('set_real_ip_from') ?? []
    const every = trusted.find(({ args }) => args[0] === '0.0.0.0/0' || args[0] === '::/0')
    if (every !== undefined) return [violated([every.origin, header.origin])]
    if (trusted.length > 0) return [met([header.origin, ...trusted.map(({ origin }) => origin)])]
    if (nginx.completeness !== 'complete') return [undecidable(header.origin, missing('set_real_ip_from'))]
    return [
      violated(header.origin, {
        severity: 'low',
        detail: both(
          'Ohne `set_real_ip_from` hat die Zeile keine Wirkung: Sperren treffen alle hinter dem Proxy.',
          'Without `set_real_ip_from` the line has no effect: limits hit everybody behind the proxy.',
        ),
      }),
    ]
  })
  if (verdicts.length > 0) return distinct(verdicts)
  return nginx.completeness === 'complete'
    ? [notApplicable(fileStart(nginx.files))]
    : [undecidable(fileStart(nginx.files), missing('nginx'))]
}
