// Decides what a file is: by its path first, by its content where the path leaves it open.
import type { SourceFile } from '../core/source.ts'
import type { Format, Program, Recognised } from './formats.ts'
import { baseName, foldersOf, isDocumentPath, isExamplePath } from './paths.ts'

/** Enough of a file to see what it is: the stock config.js starts its assignment after some 2,000 units of comment. */
const HEAD_LENGTH = 8_000

/** `env.example`, `example-jvb.conf`, `jvb.sample.conf`; a host called `meet.example.org` is none. */
const EXAMPLE_NAME =
  /\.(?:example|sample|dist)$|^(?:example|sample)[._-](?!org\b|com\b|net\b)|[_-](?:example|sample)(?=[._-]|$)(?!\.(?:org|com|net)\b)|\.(?:example|sample)\.(?:conf|ya?ml|env|js|lua|properties)$/
/** Suffixes that say how a file is rendered and nothing about what it is. */
const TEMPLATE_SUFFIX = /(?:\.(?:j2|jinja2?|tpl|tmpl|template|gotmpl|erb|in|epp|mustache|hbs))+$/

/** The path without a template's suffix: `jvb.conf.j2` is a `jvb.conf`. */
export function withoutTemplateSuffix(path: string): string {
  const bare = path.replace(TEMPLATE_SUFFIX, '')
  return baseName(bare) === '' ? path : bare
}

/** What the file is, or undefined when nobody knows. Text of a template may be given as it stands. */
export function recognise(file: SourceFile): Recognised | undefined {
  if (isDocumentPath(file.path)) return undefined
  const path = withoutTemplateSuffix(file.path)
  const name = baseName(path).toLowerCase()
  const folders = foldersOf(path)
  const head = file.text.slice(0, HEAD_LENGTH)
  const found = byName(name, folders, head) ?? byContent(name, folders, head, file.text)
  if (found === undefined) return undefined
  const example = isExamplePath(path) || EXAMPLE_NAME.test(name)
  if (example && !folders.includes('default') && !folders.includes('defaults'))
    return { ...found, role: 'example' }
  return found
}

function base(format: Format, program?: Program): Recognised {
  return program === undefined ? { format, role: 'base' } : { format, program, role: 'base' }
}

function byName(name: string, folders: readonly string[], head: string): Recognised | undefined {
  return byScriptName(name, head) ?? byJavaName(name, folders, head) ?? byServiceName(name, folders, head)
}

function byScriptName(name: string, head: string): Recognised | undefined {
  if (!name.endsWith('.js')) return undefined
  if (/interface[_-]config\.js$/.test(name)) {
    const custom = name.startsWith('custom') || !/\binterfaceConfig\s*=\s*\{/.test(head)
    return { format: 'interface_config.js', role: custom ? 'custom' : 'base' }
  }
  if (/\b(?:var|let|const)\s+config\s*=|^\s*(?:window\.)?config\s*=\s*\{/m.test(head)) {
    if (/\.exports\b|\brequire\s*\(|^import\s/m.test(head)) return undefined
    if (/(?:^|[-_.])config\.js$/.test(name) || /\bhosts["']?\s*:|\bbosh\b|\bp2p\b/.test(head))
      return base('config.js')
  }
  if (/^\s*(?:window\.)?config\s*(?:\.|\[)[^\n]{0,200}=/m.test(head))
    return { format: 'config.js', role: 'custom' }
  return undefined
}

function byJavaName(name: string, folders: readonly string[], head: string): Recognised | undefined {
  const program = programOf(name, folders)
  if (name.endsWith('sip-communicator.properties') || /^sip-communicator.*\.properties$/.test(name))
    return base('sip-communicator.properties', program ?? programByProperties(head))
  if (/logging.*\.properties$/.test(name))
    return base('logging.properties', program ?? programByLogging(head))
  if (/\.(?:conf|hocon)$/.test(name)) {
    const hocon = /(?:^|[-_.])(jvb|jicofo|jibri)\.(?:conf|hocon)$/.exec(name)
    const custom = /custom/.test(name)
    if (hocon?.[1] === 'jvb') return { format: 'jvb.conf', role: custom ? 'custom' : 'base' }
    if (hocon?.[1] === 'jicofo') return { format: 'jicofo.conf', role: custom ? 'custom' : 'base' }
    if (hocon?.[1] === 'jibri') return { format: 'jibri.conf', role: custom ? 'custom' : 'base' }
  }
  if (
    (name === 'config' || name === 'videobridge' || name === 'config.sh') &&
    program !== undefined &&
    /^\s*(?:export\s+)?[A-Z_]+=/m.test(head)
  )
    return base('java-options', program)
  return undefined
}

/** Which program a path belongs to, by folder or by name. */
export function programOf(name: string, folders: readonly string[]): Program | undefined {
  const words = [name, ...folders.toReversed()]
  for (const word of words) {
    if (/jigasi/.test(word)) return 'jigasi'
    if (/jibri/.test(word)) return 'jibri'
    if (/jicofo/.test(word)) return 'jicofo'
    if (/jvb|videobridge/.test(word)) return 'jvb'
  }
  return undefined
}

function programByProperties(head: string): Program {
  return /net\.java\.sip\.communicator\.impl\.protocol|org\.jitsi\.jigasi/.test(head) ? 'jigasi' : 'jvb'
}

function programByLogging(head: string): Program | undefined {
  if (/jicofo/i.test(head)) return 'jicofo'
  if (/jibri/i.test(head)) return 'jibri'
  if (/jigasi/i.test(head)) return 'jigasi'
  return /videobridge|jvb|ice4j/i.test(head) ? 'jvb' : undefined
}

/** Other programs have files called `something.env`, too. */
const DOTENV_MARK =
  /^\s*(?:export\s+)?(?:PUBLIC_URL|XMPP_\w+|JVB_\w+|JICOFO_\w+|JIBRI_\w+|JIGASI_\w+|ENABLE_\w+|JITSI_\w+)\s*=/m

/** Static pages of the web client that say something about who runs it or what it shows. */
const PAGE =
  /^(?:welcomepageadditional\w*|body|head|title|base|plugin\.head|close\d?|[\w-]{0,40}(?:imprint|impressum|privacy|datenschutz|legal|terms)[\w-]{0,40})\.html$/
/** The logins of the viewer of stored statistics. */
const PAGE_PATH = /rtc-visualizer\/(?:\.?data\/)?users\.json$/

function byServiceName(name: string, folders: readonly string[], head: string): Recognised | undefined {
  if (name.endsWith('.cfg.lua')) return base('prosody')
  if (/^turnserver.*\.conf$|^coturn.*\.conf$/.test(name)) return base('turnserver.conf')
  if (/^(?:docker-)?compose.*\.ya?ml$/.test(name)) return base('compose')
  if (name === 'daemon.json' && (folders.includes('docker') || /"log-driver"|"log-opts"/.test(head)))
    return base('daemon.json')
  if (/journald.*\.conf$/.test(name) || folders.includes('journald.conf.d')) return base('journald')
  if (
    folders.includes('logrotate.d') ||
    folders.includes('logrotate') ||
    /^logrotate(?:\.conf)?$/.test(name) ||
    /logrotate/.test(name)
  ) {
    if (/\{/.test(head) && !/\.(?:ya?ml|sh|py|service|timer)$/.test(name)) return base('logrotate')
  }
  const dotenv = /^\.?env(?:\.|$)/.test(name) || (name.endsWith('.env') && DOTENV_MARK.test(head))
  if (dotenv)
    return { format: 'dotenv', role: /example|sample|template|dist/.test(name) ? 'example' : 'base' }
  if (PAGE.test(name) || PAGE_PATH.test(`${folders.join('/')}/${name}`)) return base('page')
  if (
    (folders.includes('nginx') || folders.some((folder) => /^sites-(?:available|enabled)$/.test(folder))) &&
    looksLikeNginx(head)
  )
    return base('nginx')
  return undefined
}

function byContent(
  name: string,
  folders: readonly string[],
  head: string,
  text: string,
): Recognised | undefined {
  if (/\.ya?ml$/.test(name) && /^services:/m.test(text) && /^\s+image:/m.test(text)) return base('compose')
  if (/\.(?:lua|cfg)$|^prosody/.test(name) && /^\s*(?:VirtualHost|Component)\s*[("]/m.test(text))
    return base('prosody')
  if (/\.(?:conf|hocon)$/.test(name) || !name.includes('.')) {
    // A group of an inventory may have these names, too: HOCON opens a brace or assigns a path.
    if (/^\s*videobridge(?:\s*\{|\.[\w.-]{1,100}\s*[={])/m.test(head)) return base('jvb.conf')
    if (/^\s*jicofo(?:\s*\{|\.[\w.-]{1,100}\s*[={])/m.test(head)) return base('jicofo.conf')
    if (/^\s*jibri(?:\s*\{|\.[\w.-]{1,100}\s*[={])/m.test(head)) return base('jibri.conf')
    if (
      /^\s*(?:use-auth-secret|static-auth-secret|lt-cred-mech|listening-port|tls-listening-port)\b/m.test(
        head,
      )
    )
      return base('turnserver.conf')
    if (/^\s*\[Journal\]/m.test(head)) return base('journald')
  }
  const nginxName =
    /\.(?:conf|example|vhost|nginx)$/.test(name) || !name.includes('.') || folders.includes('nginx')
  if (nginxName && looksLikeNginx(text)) return base('nginx')
  return undefined
}

function looksLikeNginx(text: string): boolean {
  if (/^\s*(?:server|http|upstream\s+\S+|map\s+\S+\s+\S+|location\s+[^\n{]{1,200})\s*\{/m.test(text))
    return true
  return /^\s*(?:ssl_protocols|ssl_certificate|proxy_pass|add_header|access_log|error_log|log_format|listen)\s[^\n]{1,400};/m.test(
    text,
  )
}
