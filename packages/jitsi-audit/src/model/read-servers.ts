// Reads nginx and prosody: files of the set, or what the images write from their environment.
import { folderOf, roleOf } from '../collect/paths.ts'
import type { NginxConfig, ProsodyConfig } from '../core/installation.ts'
import type { SourceFile } from '../core/source.ts'
import { nginxSheet } from './docker/nginx.ts'
import { prosodySheet } from './docker/prosody.ts'
import { NO_NGINX, NO_PROSODY } from './nothing.ts'
import { readNginx, readProsody } from './parsers.ts'
import { rootsAmong } from './roots.ts'
import type { Sources } from './sources.ts'

/** Files that the images write into their volume: with them in the set nothing has to be assumed. */
const GENERATED_NGINX = /(?:^|\/)(?:(?:nginx|rootfs\/defaults)\/(?:nginx|meet|ssl)\.conf|site-confs\/\w+)$/
/** Files that the operator puts beside what the image writes. */
const CUSTOM_NGINX = /(?:^|\/)(?:custom-meet\.conf|nginx-custom\/[^/]{1,200}\.conf)$/

export function readProsodyHosts(sources: Sources): ProsodyConfig {
  const known = sources.of('prosody')
  const files = sources.mark(known.map(({ file }) => file))
  const image = sources.images.get('prosody')
  const written = files.some(({ text }) => /^\s*VirtualHost\b/m.test(text))
  if (image === undefined || written) {
    if (files.length === 0) return NO_PROSODY
    const own = readProsody(rootsAmong(files, sources.includes, 'prosody'), sources.includes.many)
    return known.some(({ role }) => role === 'base') ? own : { ...own, completeness: 'fragment' }
  }
  const sheet = sources.use(prosodySheet(image))
  const config = readProsody([sheet, ...files], sources.includes.many)
  return image.complete
    ? { ...config, completeness: config.completeness }
    : { ...config, completeness: 'fragment' }
}

export function readSites(sources: Sources): NginxConfig {
  const known = sources.of('nginx')
  const files = sources.mark(relevantSites(known.map(({ file }) => file)))
  const image = sources.images.get('web')
  const generated = files.some(({ path }) => GENERATED_NGINX.test(path))
  if (image === undefined || generated) {
    if (files.length === 0) return NO_NGINX
    const own = readRoots(sources, files)
    return known.some(({ role }) => role === 'base') ? own : { ...own, completeness: 'fragment' }
  }
  const customs = files.filter(({ path }) => CUSTOM_NGINX.test(path))
  const proxies = files.filter((file) => !customs.includes(file))
  const sheet = sources.use(
    nginxSheet(
      image,
      customs.map(({ path }) => path),
    ),
  )
  const inner = readNginx([sheet], (pattern, from) =>
    customs.filter(({ path }) => path === pattern).length > 0
      ? customs.filter(({ path }) => path === pattern)
      : sources.includes.many(pattern, from),
  )
  const own: NginxConfig = image.complete ? inner : { ...inner, completeness: 'fragment' }
  return proxies.length === 0 ? own : joined(own, readRoots(sources, proxies))
}

const JITSI_SITE = /jitsi|http-bind|xmpp-websocket|colibri-ws/i

/** Sites of other programs on other machines of the same repository say nothing about Jitsi. */
function relevantSites(files: readonly SourceFile[]): readonly SourceFile[] {
  const own = files.filter(({ text, path }) => JITSI_SITE.test(text) || JITSI_SITE.test(path))
  if (own.length === 0) return files
  const roots = new Set(own.map(({ path }) => roleOf(path)))
  const hasServer = /^\s*server\s*\{/m
  return files.filter(
    (file) =>
      own.includes(file) ||
      (!hasServer.test(file.text) && roots.has(roleOf(file.path))) ||
      (/^\s*http\s*\{/m.test(file.text) &&
        own.some(({ path }) => path.startsWith(`${folderOf(file.path)}/`))) ||
      /(?:^|\/)(?:etc\/nginx|rootfs\/defaults)\//.test(file.path),
  )
}

function readRoots(sources: Sources, files: readonly SourceFile[]): NginxConfig {
  return readNginx(rootsAmong(files, sources.includes, 'nginx'), sources.includes.many)
}

/** Two servers in a row, such as a proxy in front of the image's own nginx: both log, both send headers. */
function joined(inner: NginxConfig, outer: NginxConfig): NginxConfig {
  return {
    completeness:
      inner.completeness === 'complete' && outer.completeness === 'complete' ? 'complete' : 'fragment',
    scopes: [...outer.scopes, ...inner.scopes],
    logFormats: new Map([...inner.logFormats, ...outer.logFormats]),
    maps: new Map([...inner.maps, ...outer.maps]),
    problems: [...inner.problems, ...outer.problems],
    files: [...inner.files, ...outer.files],
  }
}
