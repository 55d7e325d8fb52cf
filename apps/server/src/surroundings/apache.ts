// Judges Apache: its access logs and error logs (mod_log_config; core: ErrorLog, ErrorLogFormat, LogLevel).
import type { Rotation, SourceFile } from '@runde/jitsi-audit/servers'
import { type ApacheConfig, type ApacheDirective, type ApacheServer, readApache } from './apache-config.ts'
import { type Finding, type Kept, type Traces, both, quoted } from './finding.ts'
import { type Own, ownSites } from './ours.ts'
import { keptFile } from './rotation.ts'

/** The Common Log Format, which TransferLog uses. */
const COMMON = '%h %l %u %t "%r" %>s %b'

/** Request headers in which a proxy passes the client's address on. */
const FORWARDING = /^(?:x-forwarded-for|forwarded|x-real-ip|x-client-ip|cf-connecting-ip)$/i

/** From this level on the lines of a single request are not written. */
const QUIET = /^(?:crit|alert|emerg)$/i

export function judgeApache(
  files: readonly SourceFile[],
  rotation: Rotation,
  own: Own | undefined,
): readonly Finding[] {
  const mine = files.filter(({ path }) =>
    /(?:^|\/)(?:apache2|httpd)(?:\/.*)?(?:\.conf$|-enabled\/)/.test(path),
  )
  if (mine.length === 0) return []
  const config = readApache(mine)
  const servers = config.hosts.length > 0 ? config.hosts : [config.main]
  const sites = servers.map((server) => ({
    server,
    names: server.directives
      .filter(({ name }) => name === 'servername' || name === 'serveralias')
      .flatMap(({ args }) => args),
    targets: server.directives
      .filter(({ name }) => /^proxypass(?:match)?$/.test(name))
      .flatMap(({ args }) => args.slice(0, 2)),
  }))
  const found = ownSites(sites, own).flatMap(({ server }) => [
    ...judgeAccess(config, server, rotation),
    ...judgeErrors(config, server, rotation),
  ])
  const seen = new Set<string>()
  return found.filter(({ place, says }) => {
    const key = `${place.file}:${place.line}:${says.en}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Logs of a virtual host; one that names none writes into those of the main server. */
function accessLogsOf({ main }: ApacheConfig, server: ApacheServer): readonly ApacheDirective[] {
  const logs = ({ directives }: ApacheServer): readonly ApacheDirective[] =>
    directives.filter(({ name }) => name === 'customlog' || name === 'transferlog')
  const always = main.directives.filter(({ name }) => name === 'globallog')
  const mine = logs(server)
  return [...(mine.length > 0 ? mine : logs(main)), ...always]
}

function judgeAccess(config: ApacheConfig, server: ApacheServer, rotation: Rotation): readonly Finding[] {
  const logs = accessLogsOf(config, server).filter(({ args }) => args[0] !== '/dev/null')
  if (logs.length === 0)
    return [
      {
        service: 'Apache',
        state: 'clean',
        traces: [],
        place: server.place,
        says: both('Aufrufe werden nicht mitgeschrieben.', 'Requests are not logged.'),
      },
    ]
  return logs.map((log) => judgeLog(config, server, log, rotation))
}

function judgeLog(
  config: ApacheConfig,
  server: ApacheServer,
  { name, args, place }: ApacheDirective,
  rotation: Rotation,
): Finding {
  const [path = '', given] = args
  const format = name === 'transferlog' ? COMMON : formatOf(config, given)
  const base = { service: 'Apache', place } as const
  if (format === undefined)
    return {
      ...base,
      state: 'unclear',
      traces: [],
      says: both(
        `Das Format ${quoted(given ?? '')} steht in keiner der Dateien.`,
        `The format ${quoted(given ?? '')} is in none of the files.`,
      ),
    }
  const traces = tracesOf(format)
  if (traces.length === 0)
    return {
      ...base,
      state: 'clean',
      traces,
      says: both(
        'Das Format enthält weder Adressen noch Seiten.',
        'The format holds neither addresses nor pages.',
      ),
    }
  const isOwn = server.directives.some((directive) => directive.place === place)
  return {
    ...base,
    state: 'logs',
    traces,
    kept: keptLog(config, path, rotation),
    says: both(
      `Jeder Aufruf wird mitgeschrieben in ${quoted(path)}.`,
      `Every request is logged to ${quoted(path)}.`,
    ),
    // Without a log of its own a virtual host writes into those of the main server: there has to be one that goes nowhere.
    change: isOwn
      ? both('Ersetzen durch: CustomLog /dev/null "%t"', 'Replace by: CustomLog /dev/null "%t"')
      : both(
          `Nach Zeile ${server.place.line} in ${server.place.file} einfügen: CustomLog /dev/null "%t"`,
          `Insert after line ${server.place.line} of ${server.place.file}: CustomLog /dev/null "%t"`,
        ),
  }
}

function formatOf({ formats }: ApacheConfig, given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  return given.includes('%') ? given : formats.get(given)
}

/** What a format writes down: `%h`, `%a`, `%{X-Forwarded-For}i`; `%r`, `%U`, `%{Referer}i`. */
function tracesOf(format: string): readonly Traces[] {
  let addresses = false
  let pages = false
  for (const [, argument = '', letter = ''] of format.matchAll(
    /%[!<>\d,]{0,40}(?:\{([^}]{0,100})\})?\^?([a-zA-Z])/g,
  )) {
    if (letter === 'h' || letter === 'a' || (letter === 'i' && FORWARDING.test(argument))) addresses = true
    if (/^[rUf]$/.test(letter) || (letter === 'i' && /^referer$/i.test(argument))) pages = true
  }
  return [...(addresses ? (['addresses'] as const) : []), ...(pages ? (['pages'] as const) : [])]
}

function judgeErrors(
  { main, variables }: ApacheConfig,
  server: ApacheServer,
  rotation: Rotation,
): readonly Finding[] {
  const found = (name: string): ApacheDirective | undefined =>
    server.directives.findLast((one) => one.name === name) ??
    main.directives.findLast((one) => one.name === name)
  const log = found('errorlog')
  const [path = ''] = log?.args ?? []
  const isQuiet = found('loglevel')?.args.every((level) => QUIET.test(level)) === true
  const format = found('errorlogformat')?.args[0]
  if (
    log === undefined ||
    path === '/dev/null' ||
    isQuiet ||
    (format !== undefined && !/%(?:\{c\})?a/.test(format))
  )
    return []
  return [
    {
      service: 'Apache',
      state: 'logs',
      traces: ['addresses', 'pages'],
      place: log.place,
      kept: keptLog({ variables }, path, rotation),
      says: both(
        'Bei Fehlern werden Adresse und Seite mitgeschrieben.',
        'On errors address and page are logged.',
      ),
      change: both(
        `Nach Zeile ${log.place.line} einfügen: LogLevel crit`,
        `Insert after line ${log.place.line}: LogLevel crit`,
      ),
    },
  ]
}

/** Logs that are piped to a program or to syslog are kept by somebody else. */
function keptLog({ variables }: Pick<ApacheConfig, 'variables'>, path: string, rotation: Rotation): Kept {
  const full = path.replace(/\$\{(\w+)\}/g, (all, name: string) => variables.get(name) ?? all)
  return keptFile(rotation, full)
}
