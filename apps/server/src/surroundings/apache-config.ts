// Reads Apache's configuration into servers with their log directives (httpd.apache.org/docs/2.4/configuring.html): tolerant and bounded.
import { type SourceFile, includesOf } from '@runde/jitsi-audit/servers'
import type { Place } from './finding.ts'

/** One directive with its arguments, quotation marks taken off. */
export interface ApacheDirective {
  readonly name: string
  readonly args: readonly string[]
  readonly place: Place
}

/** The main server or a virtual host. */
export interface ApacheServer {
  readonly place: Place
  readonly directives: readonly ApacheDirective[]
}

export interface ApacheConfig {
  readonly main: ApacheServer
  readonly hosts: readonly ApacheServer[]
  /** `LogFormat` by name. */
  readonly formats: ReadonlyMap<string, string>
  /** Values of `Define`, and what the packages of the distributions set in the environment. */
  readonly variables: ReadonlyMap<string, string>
}

const APACHE_MAX_LENGTH = 400_000
const LINES_MAX = 100_000
const INCLUDES_MAX = 500
const INCLUDES_DEEP = 20

export function readApache(files: readonly SourceFile[]): ApacheConfig {
  const mains = files.filter(({ path }) => /(?:^|\/)(?:apache2|httpd)\.conf$/.test(path))
  const reader = new ApacheReader(files)
  // With the main file at hand, what nobody includes is not in force.
  for (const file of mains.length > 0 ? mains : files) reader.file(file, 0)
  return {
    main: { place: { file: (mains[0] ?? files[0])?.path ?? '', line: 1 }, directives: reader.main },
    hosts: reader.hosts,
    formats: reader.formats,
    variables: reader.variables,
  }
}

class ApacheReader {
  readonly main: ApacheDirective[] = []
  readonly hosts: { place: Place; directives: ApacheDirective[] }[] = []
  readonly formats = new Map<string, string>()
  readonly variables = new Map([['APACHE_LOG_DIR', '/var/log/apache2']])
  readonly #include: (pattern: string, from: string) => readonly SourceFile[]
  #host: ApacheDirective[] | undefined
  #includes = 0
  #lines = 0

  constructor(files: readonly SourceFile[]) {
    this.#include = includesOf(files).many
  }

  file(file: SourceFile, depth: number): void {
    if (file.text.length > APACHE_MAX_LENGTH) return
    let number = 0
    let start = 1
    let whole = ''
    for (const line of file.text.split('\n')) {
      if (++this.#lines > LINES_MAX) return
      number++
      if (whole === '') start = number
      const trimmed = line.trim()
      if (trimmed.endsWith('\\')) {
        whole += `${trimmed.slice(0, -1)} `
        continue
      }
      this.#line(`${whole}${trimmed}`, { file: file.path, line: start }, depth)
      whole = ''
    }
  }

  #line(text: string, place: Place, depth: number): void {
    if (text === '' || text.startsWith('#')) return
    if (text.startsWith('<')) return this.#section(text, place)
    const [name = '', ...args] = wordsOf(text)
    const directive = { name: name.toLowerCase(), args, place }
    const [first = '', second] = args
    if (directive.name === 'include' || directive.name === 'includeoptional')
      this.#included(first, place.file, depth)
    else if (directive.name === 'define') this.variables.set(first, second ?? '')
    else if (directive.name === 'logformat' && second !== undefined) this.formats.set(second, first)
    else (this.#host ?? this.main).push(directive)
  }

  /** Only virtual hosts make a difference; conditions are taken as met, because a log that may be written is one to look at. */
  #section(text: string, place: Place): void {
    if (/^<virtualhost[\s>]/i.test(text)) {
      const host = { place, directives: [] }
      this.hosts.push(host)
      this.#host = host.directives
    } else if (/^<\/virtualhost/i.test(text)) this.#host = undefined
  }

  #included(pattern: string, from: string, depth: number): void {
    if (depth >= INCLUDES_DEEP) return
    for (const file of this.#include(pattern, from)) {
      if (++this.#includes > INCLUDES_MAX) return
      this.file(file, depth + 1)
    }
  }
}

/** Words between blanks, or in quotation marks with `\"` inside. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)(?:"|$)|'([^']*)(?:'|$)|(\S+)/g)].map(
    ([, double, single, plain]) => double?.replaceAll('\\"', '"') ?? single ?? plain ?? '',
  )
}
