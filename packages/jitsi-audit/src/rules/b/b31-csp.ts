// B31: a content security policy is the only thing that also stops what a link switches on again.
import type { Installation, NginxScope } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { environmentText } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { appServers, headerOf, lacksInclude, stockNginx } from '../c/web-server.ts'
import { onePerPlace, silent } from './kit.ts'

/** What a page may contact, show, run and embed; each falls back to default-src. */
const DIRECTIVES = ['connect-src', 'img-src', 'script-src', 'frame-src'] as const

/** Directives of a policy that are missing or allow everything. */
function gapsOf(policy: string): readonly string[] {
  const known = new Map(
    policy.split(';').map((part): readonly [string, readonly string[]] => {
      const [name = '', ...sources] = part.trim().toLowerCase().split(/\s+/)
      return [name, sources]
    }),
  )
  return DIRECTIVES.filter((name) => {
    const sources =
      known.get(name) ??
      (name === 'frame-src' ? known.get('child-src') : undefined) ??
      known.get('default-src')
    return (
      sources === undefined || sources.some((one) => ['*', 'https:', 'http:', 'wss:', 'ws:'].includes(one))
    )
  })
}

export const B31: Rule = {
  id: 'B31',
  name: 'CSP',
  concern: 'client',
  severity: 'med',
  components: ['nginx', 'environment'],
  title: both(
    'Keine Richtlinie hält den Browser von fremden Servern ab',
    'No policy keeps the browser from third-party servers',
  ),
  why: both(
    'Ein Link mit #config.… kann Schutzschalter der Oberfläche für alle, die ihm folgen, wieder umlegen. Nur eine Content-Security-Policy (oder das Netz) verhindert die fremden Anfragen dann noch.',
    'A link with #config.… can flip the client’s switches back for everyone who follows it. Only a Content-Security-Policy (or the network) then still prevents third-party requests.',
  ),
  mend: both(
    'Im nginx (Docker: CSP_HEADER) eine Richtlinie setzen, die connect-src, img-src, script-src und frame-src auf die eigenen Server beschränkt; zuerst mit Content-Security-Policy-Report-Only erproben.',
    'Set a policy in nginx (Docker: CSP_HEADER) that limits connect-src, img-src, script-src and frame-src to your own servers; try it with Content-Security-Policy-Report-Only first.',
  ),
  articles: articles('32', '25'),
  source: 'jitsi-meet configWhitelist',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Eine Content-Security-Policy, die fremde Anfragen im Browser verhindert, ist nicht vollständig gesetzt.',
        'A Content-Security-Policy that prevents third-party requests in the browser is not fully set.',
      ),
      met: both(
        'Eine Content-Security-Policy beschränkt die Oberfläche auf festgelegte Server.',
        'A Content-Security-Policy limits the client to named servers.',
      ),
    },
  ],
  check: checkPolicy,
}

function checkPolicy(installation: Installation): readonly Verdict[] {
  const servers = appServers(installation)
  if (servers.length > 0) return onePerPlace(servers.map((server) => judgeServer(installation, server)))
  // Without nginx in the set the image's variable says it.
  const variable = environmentText(installation, 'CSP_HEADER')
  if (variable.state === 'set' && variable.value !== undefined)
    return [judge(variable.value, [variable.origin])]
  const stock = stockNginx(installation)
  if (stock === undefined || (variable.state === 'unknown' && variable.origin !== undefined))
    return [undecidable(variable.origin ?? silent(installation.nginx), missing('nginx'))]
  return [violated(silent(installation.environment) ?? stock)]
}

function judgeServer(installation: Installation, server: NginxScope): Verdict {
  const header = headerOf(server, 'content-security-policy')
  if (header !== undefined) return judge(header.args[1] ?? '', [header.origin])
  const whole =
    (installation.nginx.completeness === 'complete' || server.effective.has('add_header')) &&
    !lacksInclude(installation, server)
  return whole
    ? violated(server.directive.origin)
    : undecidable(server.directive.origin, missing('nginx.conf'))
}

function judge(policy: string, places: Parameters<typeof violated>[0]): Verdict {
  if (policy.includes('$')) return undecidable(places, missing('map'))
  const gaps = gapsOf(policy)
  if (gaps.length === 0) return met(places)
  return violated(places, {
    detail: both(`Offen: ${gaps.join(', ')}.`, `Open: ${gaps.join(', ')}.`),
  })
}
