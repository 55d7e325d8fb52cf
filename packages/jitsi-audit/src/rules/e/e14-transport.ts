// E14-E18: what protects the way to the server.
import type { Installation, NginxScope } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { environmentFlag, items, member, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, silent } from '../b/kit.ts'
import {
  appServers,
  headerOf,
  isBehindProxy,
  lacksInclude,
  isProxied,
  isTls,
  locationsOf,
  servers,
  stockNginx,
} from '../c/web-server.ts'

export const E14: Rule = {
  id: 'E14',
  name: 'TLS-OLD',
  concern: 'transport',
  severity: 'high',
  components: ['nginx', 'prosody', 'turn'],
  title: both('Veraltete TLS-Fassungen sind erlaubt', 'Outdated TLS versions are allowed'),
  why: both(
    'TLS 1.0 und 1.1 sind gebrochen und seit 2021 zurückgezogen.',
    'TLS 1.0 and 1.1 are broken and were withdrawn in 2021.',
  ),
  mend: both(
    'nginx: ssl_protocols TLSv1.2 TLSv1.3; — coturn vor 4.7: no-tlsv1 und no-tlsv1_1, danach tlsv1 und tlsv1_1 löschen.',
    'nginx: ssl_protocols TLSv1.2 TLSv1.3; — coturn before 4.7: no-tlsv1 and no-tlsv1_1, later: delete tlsv1 and tlsv1_1.',
  ),
  articles: articles('32'),
  source: 'jitsi-meet Debian example, coturn example configuration',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Transportverschlüsselung lässt veraltete Fassungen (TLS 1.0/1.1) zu.',
        'Transport encryption allows outdated versions (TLS 1.0/1.1).',
      ),
      met: both(
        'Die Transportverschlüsselung verlangt mindestens TLS 1.2.',
        'Transport encryption demands TLS 1.2 at least.',
      ),
    },
  ],
  check: (installation) => {
    const all = [
      ...webProtocols(installation),
      ...prosodyProtocols(installation),
      ...relayProtocols(installation),
    ]
    return all.length > 0 ? all : [undecidable(undefined, missing('nginx, prosody, turnserver.conf'))]
  },
}

function webProtocols(installation: Installation): readonly Verdict[] {
  const stock = stockNginx(installation)
  if (stock !== undefined) return [met(stock)]
  const encrypted = servers(installation).filter(isTls)
  const seen = new Set<object>()
  return encrypted.flatMap((server): Verdict[] => {
    const own = server.effective.get('ssl_protocols')?.at(-1)
    const detail = both(
      'Ohne ssl_protocols gilt die Vorgabe des nginx; erst ab 1.23.4 ohne TLS 1.0 und 1.1.',
      'Without ssl_protocols nginx’s default holds; without TLS 1.0 and 1.1 only from 1.23.4 on.',
    )
    if (own === undefined) return [undecidable(server.directive.origin, { detail })]
    if (seen.has(own)) return []
    seen.add(own)
    const old = own.args.filter((one) => /^(?:SSLv[23]|TLSv1|TLSv1\.0|TLSv1\.1)$/i.test(one))
    if (old.length === 0) return [met(own.origin)]
    const named = both(`Erlaubt: ${old.join(', ')}.`, `Allowed: ${old.join(', ')}.`)
    return [
      violated(own.origin, {
        detail: named,
        edits: replaceValue(own.origin, 'ssl_protocols TLSv1.2 TLSv1.3;'),
      }),
    ]
  })
}

function prosodyProtocols({ prosody }: Installation): readonly Verdict[] {
  const seen = new Set<string>()
  return prosody.hosts.flatMap((host) => {
    const found = lookup(host.settings, 'ssl')
    const node = found.state === 'set' ? member(found.node, 'protocol') : undefined
    const value = text(node)?.toLowerCase()
    if (node === undefined || value === undefined || seen.has(`${node.origin.file}:${node.origin.line}`))
      return []
    seen.add(`${node.origin.file}:${node.origin.line}`)
    return [
      /^(?:sslv23|sslv3|tlsv1|tlsv1_1|tlsv1\+|tlsv1_1\+)$/.test(value)
        ? violated(node.origin, { edits: replaceValue(node.origin, '"tlsv1_2+"') })
        : met(node.origin),
    ]
  })
}

function relayProtocols({ turn }: Installation): readonly Verdict[] {
  if (turn.completeness === 'absent') return []
  const has = (key: string): boolean => firstOf(turn, [key]).state === 'set'
  const old = ['tlsv1', 'tlsv1_1'].map((key) => firstOf(turn, [key])).find(({ state }) => state === 'set')
  if (old?.state === 'set') return [violated(old.origin)]
  if (!has('cert') || has('no-tls')) return []
  if (has('no-tlsv1') && has('no-tlsv1_1')) return [met(silent(turn))]
  const detail = both(
    'coturn vor 4.7 erlaubt TLS 1.0 und 1.1, solange no-tlsv1 und no-tlsv1_1 fehlen; danach nicht mehr.',
    'coturn before 4.7 allows TLS 1.0 and 1.1 while no-tlsv1 and no-tlsv1_1 are missing; later not.',
  )
  return [undecidable(silent(turn), { detail })]
}

export const E15: Rule = {
  id: 'E15',
  name: 'CIPHER',
  concern: 'transport',
  severity: 'med',
  components: ['nginx', 'prosody'],
  title: both('Gebrochene Verschlüsselungsverfahren sind erlaubt', 'Broken ciphers are allowed'),
  why: both(
    'RC4, 3DES, MD5, EXPORT und NULL schützen nicht mehr.',
    'RC4, 3DES, MD5, EXPORT and NULL no longer protect.',
  ),
  mend: both('Die Liste „intermediate“ von Mozilla verwenden.', 'Use Mozilla’s list “intermediate”.'),
  articles: articles('32'),
  source: 'docker-jitsi-meet ssl.conf',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Transportverschlüsselung lässt gebrochene Verfahren zu.',
        'Transport encryption allows broken ciphers.',
      ),
      met: both(
        'Die Transportverschlüsselung lässt nur zeitgemäße Verfahren zu.',
        'Transport encryption allows current ciphers only.',
      ),
    },
  ],
  check: checkCiphers,
}

/** Parts of an OpenSSL list that let something broken in; `!` and `-` take out. */
function brokenIn(list: string): readonly string[] {
  return list
    .split(/[:\s,]+/)
    .filter(
      (part) =>
        /^[^!-]/.test(part) &&
        /(?:^|[-+_])(?:RC4|3DES|DES|DES-CBC3|MD5|EXP|EXPORT\d*|e?NULL|aNULL|ADH|AECDH)(?:[-+_]|$)/i.test(
          part,
        ),
    )
}

function checkCiphers(installation: Installation): readonly Verdict[] {
  const stock = stockNginx(installation)
  const lists = cipherLists(installation)
  if (lists.length === 0) {
    if (stock !== undefined) return [met(stock)]
    const encrypted = servers(installation).find(isTls)
    const whole = encrypted !== undefined && installation.nginx.completeness === 'complete'
    return [
      whole ? met(encrypted.directive.origin) : undecidable(encrypted?.directive.origin, missing('nginx')),
    ]
  }
  return lists.map(({ origin, list }) => {
    if (list.includes('$')) return undecidable(origin, missing('ssl_ciphers'))
    const broken = brokenIn(list).slice(0, 6).join(', ')
    return broken === ''
      ? met(origin)
      : violated(origin, { detail: both(`Erlaubt: ${broken}.`, `Allowed: ${broken}.`) })
  })
}

/** Cipher lists of nginx and prosody, each once. */
function cipherLists(
  installation: Installation,
): readonly { readonly origin: Origin; readonly list: string }[] {
  const found = servers(installation)
    .filter(isTls)
    .flatMap((server) =>
      (server.effective.get('ssl_ciphers') ?? []).map(({ origin, args }) => ({
        origin,
        list: args.join(':'),
      })),
    )
  for (const host of installation.prosody.hosts) {
    const ssl = lookup(host.settings, 'ssl')
    const node = ssl.state === 'set' ? member(ssl.node, 'ciphers') : undefined
    if (node === undefined) continue
    found.push({
      origin: node.origin,
      list: items(node)
        .map((one) => text(one) ?? '')
        .join(':'),
    })
  }
  return [...new Map(found.map((one) => [`${one.origin.file}:${one.origin.line}`, one])).values()]
}

const HSTS = 'strict-transport-security'

/** Folders that hold nothing but files of the client: losing the header there matters little. */
const STATIC =
  /libs|css|static|images|fonts|lang|sounds|\.well-known|external_api|\.(?:js|css|png|ico)|robots/

export const E16: Rule = {
  id: 'E16',
  name: 'HSTS',
  concern: 'transport',
  severity: 'med',
  components: ['nginx', 'environment'],
  title: both('Der Browser darf unverschlüsselt anfragen', 'The browser may ask without encryption'),
  why: both(
    'Ohne Strict-Transport-Security kann ein Angreifer im selben Netz den ersten Aufruf abfangen. Ein eigenes add_header in einem inneren Block wirft alle äußeren weg.',
    'Without Strict-Transport-Security an attacker in the same network can catch the first request. An add_header of its own in an inner block throws away all outer ones.',
  ),
  mend: both(
    'add_header Strict-Transport-Security "max-age=63072000" always; im server-Block und in jedem Block mit eigenem add_header (Docker: ENABLE_HSTS=1).',
    'add_header Strict-Transport-Security "max-age=63072000" always; in the server block and in every block with an add_header of its own (Docker: ENABLE_HSTS=1).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet ssl.conf',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Der Browser wird nicht überall auf verschlüsselte Verbindungen festgelegt (HSTS fehlt).',
        'The browser is not everywhere bound to encrypted connections (HSTS is missing).',
      ),
      met: both(
        'Der Browser wird auf verschlüsselte Verbindungen festgelegt (HSTS).',
        'The browser is bound to encrypted connections (HSTS).',
      ),
    },
  ],
  check: checkHsts,
}

function checkHsts(installation: Installation): readonly Verdict[] {
  const variable = environmentFlag(installation, 'ENABLE_HSTS', true)
  const stock = stockNginx(installation)
  if (stock !== undefined) {
    if (isBehindProxy(installation)) return [undecidable(variable.origin ?? stock, missing('Proxy'))]
    if (variable.value === undefined) return [undecidable(stock, missing('ENABLE_HSTS'))]
    const edits = replaceValue(variable.origin, '1')
    return [variable.value ? met(variable.origin ?? stock) : violated(variable.origin ?? stock, { edits })]
  }
  const encrypted = appServers(installation).filter(isTls)
  if (encrypted.length === 0) return [undecidable(silent(installation.nginx), missing('nginx'))]
  return encrypted.flatMap((server) => judgeHsts(installation, server))
}

function judgeHsts(installation: Installation, server: NginxScope): readonly Verdict[] {
  const header = headerOf(server, HSTS)
  if (header === undefined) {
    const place = server.directive.origin
    if (isProxied(installation, server)) return [undecidable(place, missing('Proxy'))]
    const open = place.kind !== 'file' || !server.effective.has('add_header')
    if ((installation.nginx.completeness !== 'complete' && open) || lacksInclude(installation, server))
      return [undecidable(place, missing('nginx.conf'))]
    const variable = environmentFlag(installation, 'ENABLE_HSTS', true)
    const byVariable = place.kind !== 'file' && variable.value === false ? variable.origin : undefined
    return [violated(byVariable ?? place, { edits: replaceValue(byVariable, '1') })]
  }
  if (/max-age=0*(?:;|"|$)/.test((header.args[1] ?? '').replace(/\s/g, ''))) return [violated(header.origin)]
  const dropped = locationsOf(installation, server).filter(
    (one) => one.effective.has('add_header') && headerOf(one, HSTS) === undefined,
  )
  if (dropped.length === 0) return [met(header.origin)]
  // What a proxy in front adds, it adds to every answer.
  if (isProxied(installation, server)) return [undecidable(dropped[0]?.directive.origin, missing('Proxy'))]
  return dropped.map((one) => {
    const [own] = one.effective.get('add_header') ?? []
    const isStatic = STATIC.test(one.args.join(' '))
    return violated([own?.origin ?? one.directive.origin, header.origin], {
      severity: isStatic ? 'low' : 'med',
      detail: both(`Verloren in location ${one.args.join(' ')}.`, `Lost in location ${one.args.join(' ')}.`),
    })
  })
}
