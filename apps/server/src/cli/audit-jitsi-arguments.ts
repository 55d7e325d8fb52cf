// Reads the arguments of `runde audit-jitsi`; anything that cannot be meant is refused with one sentence.
import { parseArgs } from 'node:util'
import type { Bilingual } from '@runde/contract'
import { SEVERITIES } from '@runde/jitsi-audit'
import type { Language } from '../language.ts'
import { StartFailure } from '../start-failures.ts'

/** What one call of the command asks for. */
export interface AuditArguments {
  readonly paths: readonly string[]
  readonly language: Language
  /** JSON on standard output instead of the text. */
  readonly json: boolean
  /** Files to write, by kind. */
  readonly outputs: Readonly<Partial<Record<OutputKind, string>>>
  /** JSON of an earlier run. */
  readonly compare: string | undefined
  readonly failOn: FailOn
  readonly ownHosts: readonly string[]
  readonly assumeRelease: string | undefined
  /** Origin of a running server to look at from outside. */
  readonly live: URL | undefined
  /** The live check was confirmed on the command line. */
  readonly yes: boolean
}

export type OutputKind = 'sarif' | 'markdown' | 'html' | 'pdf' | 'docx' | 'patch'
export type FailOn = 'crit' | 'high' | 'med' | 'low' | 'none'

const OUTPUTS: readonly OutputKind[] = ['sarif', 'markdown', 'html', 'pdf', 'docx', 'patch']
const FAIL_ON: readonly FailOn[] = [...SEVERITIES.filter((one) => one !== 'note'), 'none']

const OPTIONS = {
  lang: { type: 'string' },
  json: { type: 'boolean' },
  sarif: { type: 'string' },
  markdown: { type: 'string' },
  html: { type: 'string' },
  pdf: { type: 'string' },
  docx: { type: 'string' },
  patch: { type: 'string' },
  compare: { type: 'string' },
  'fail-on': { type: 'string' },
  'own-host': { type: 'string', multiple: true },
  'assume-release': { type: 'string' },
  live: { type: 'string' },
  yes: { type: 'boolean' },
} as const

/** @throws StartFailure of the kind `usage` */
export function readAuditArguments(args: readonly string[], fallback: Language): AuditArguments {
  const { values, positionals } = parse(args)
  const language = oneOf('lang', values.lang ?? fallback, ['de', 'en'])
  const live = values.live === undefined ? undefined : liveOrigin(values.live)
  if (positionals.length === 0 && live === undefined)
    throw usage({
      de: 'Es fehlt, was geprüft werden soll: ein Ordner, eine Datei, ein Archiv oder - für die Standardeingabe. Zum Beispiel: runde audit-jitsi /etc/jitsi /etc/prosody',
      en: 'It is missing what to examine: a folder, a file, an archive, or - for standard input. For example: runde audit-jitsi /etc/jitsi /etc/prosody',
    })
  return {
    paths: positionals,
    language,
    json: values.json === true,
    outputs: Object.fromEntries(
      OUTPUTS.flatMap((kind) => (values[kind] === undefined ? [] : [[kind, values[kind]]])),
    ),
    compare: values.compare,
    failOn: oneOf('fail-on', values['fail-on'] ?? 'high', FAIL_ON),
    ownHosts: (values['own-host'] ?? []).map(hostName),
    assumeRelease: values['assume-release'],
    live,
    yes: values.yes === true,
  }
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true })
  } catch (error) {
    const known = Object.keys(OPTIONS)
      .map((name) => `--${name}`)
      .join(', ')
    throw new StartFailure(
      {
        code: 'usage',
        text: {
          de: `Diese Angaben versteht der Befehl nicht. Er kennt: PFAD..., ${known}. Mehr zeigt runde --help.`,
          en: `The command does not understand these arguments. It knows: PATH..., ${known}. See runde --help.`,
        },
      },
      error,
    )
  }
}

function oneOf<Value extends string>(name: string, given: string, allowed: readonly Value[]): Value {
  const found = allowed.find((one) => one === given)
  if (found !== undefined) return found
  throw usage({
    de: `Die Angabe --${name} kann ${allowed.join(', ')} sein.`,
    en: `The option --${name} can be ${allowed.join(', ')}.`,
  })
}

function hostName(given: string): string {
  const name = given.toLowerCase().replace(/^\*\./, '').replace(/\.$/, '')
  if (/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(name))
    return name
  throw usage({
    de: 'Die Angabe --own-host ist kein Rechnername. Zum Beispiel: --own-host example.org',
    en: 'The option --own-host is not a host name. For example: --own-host example.org',
  })
}

/** An origin only: which files are asked for is not up to the caller. */
function liveOrigin(given: string): URL {
  const text = given.includes('://') ? given : `https://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  const bare =
    url?.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  if (url !== undefined && url.protocol === 'https:' && bare) return url
  throw usage({
    de: 'Die Angabe --live ist keine Adresse eines Servers. Zum Beispiel: --live https://meet.example.org',
    en: 'The option --live is not the address of a server. For example: --live https://meet.example.org',
  })
}

/** A refusal with one sentence. */
export function usage(text: Bilingual): StartFailure {
  return new StartFailure({ code: 'usage', text })
}
