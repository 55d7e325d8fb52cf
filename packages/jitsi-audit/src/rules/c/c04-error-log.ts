// C04: the error log of nginx always names the address of whoever asked.
import type { Installation, NginxScope } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { silent } from '../b/kit.ts'
import { DAYS_ACCEPTED, type Retention, outputRetention, retentionIn, stanzaFor } from './retention.ts'
import { isProxied, servers, stockNginx, webService } from './web-server.ts'

const ERROR_LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

export const C04: Rule = {
  id: 'C04',
  name: 'NGINX-ERR',
  concern: 'storage',
  severity: 'med',
  components: ['nginx', 'logrotate'],
  title: both('Das Fehlerprotokoll behält IP-Adressen zu lange', 'The error log keeps IP addresses too long'),
  why: both(
    'In jede Zeile des Fehlerprotokolls schreibt nginx die Adresse der anfragenden Person; das lässt sich nicht abschalten, nur seltener machen.',
    'Into every line of the error log nginx writes the address of the person who asked; that cannot be switched off, only made rarer.',
  ),
  mend: both(
    'error_log … crit; setzen und die Datei nach höchstens 7 Tagen löschen lassen.',
    'Set error_log … crit; and have the file deleted after at most 7 days.',
  ),
  articles: articles('5(1)e'),
  source: 'nginx core module',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Das Fehlerprotokoll des Webservers mit IP-Adressen wird länger als 7 Tage aufbewahrt.',
        'The web server’s error log with IP addresses is kept longer than 7 days.',
      ),
      met: both(
        'Das Fehlerprotokoll des Webservers enthält nur schwere Fehler oder wird nach höchstens 7 Tagen gelöscht.',
        'The web server’s error log holds severe errors only, or is deleted after at most 7 days.',
      ),
    },
  ],
  check: (installation) => {
    const found = new Map(
      servers(installation).flatMap((server) =>
        (server.effective.get('error_log') ?? []).map((one) => [one, server]),
      ),
    )
    if (found.size > 0)
      return [...found].map(([directive, server]) =>
        judgeErrorLog(installation, directive.args, directive.origin, isProxied(installation, server)),
      )
    const first = servers(installation)[0]
    if (first !== undefined && installation.nginx.completeness === 'complete')
      return [
        judgeErrorLog(
          installation,
          ['/var/log/nginx/error.log'],
          first.directive.origin,
          isProxied(installation, first),
        ),
      ]
    return [undecidable(stockNginx(installation) ?? silent(installation.nginx), missing('nginx'))]
  },
}

function judgeErrorLog(
  installation: Installation,
  args: readonly string[],
  origin: NginxScope['directive']['origin'],
  proxied: boolean,
): Verdict {
  const [path = '', level = 'error'] = args
  if (path === '/dev/null' || ERROR_LEVELS.indexOf(level) >= ERROR_LEVELS.indexOf('crit')) return met(origin)
  // Behind a proxy the address in the log is the proxy's own.
  if (proxied) return undecidable(origin, missing('Proxy'))
  const kept = keptFor(installation, path)
  if (kept === undefined) {
    const alone =
      path.startsWith('/') && !path.startsWith('/dev/') && installation.rotation.completeness === 'complete'
    return alone ? violated(origin) : undecidable(origin, missing('logrotate'))
  }
  if (kept.kind === 'unknown')
    return undecidable([origin, ...kept.origins], missing('logrotate, journald.conf'))
  if (kept.kind === 'days' && kept.days <= DAYS_ACCEPTED) return met([origin, ...kept.origins])
  return violated([origin, ...kept.origins], {
    edits: args.length > 1 ? [] : replaceValue(origin, `error_log ${path} crit;`),
  })
}

/** A file by its rule in logrotate, a container's output by Docker's log driver. */
function keptFor(installation: Installation, path: string): Retention | undefined {
  if (path === 'stderr' || path.startsWith('/dev/') || path.startsWith('/proc/')) {
    const service = webService(installation)
    return service === undefined ? undefined : outputRetention(installation, service)
  }
  const stanza = stanzaFor(installation, path)
  return stanza === undefined ? undefined : retentionIn(installation, stanza)
}
