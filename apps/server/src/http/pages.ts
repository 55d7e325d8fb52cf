// Serves the built web client from memory: files under their names, the one page for every address of the app.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Answers requests for pages and their parts. */
export interface Pages {
  answer(request: Request): Promise<Response>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}

/** Types that shrink; pictures and sounds are compressed already. */
const COMPRESSIBLE: ReadonlySet<string> = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.svg',
  '.txt',
  '.wasm',
])

/** Files under /assets/ carry a hash of their content in the name, so they never change: one year. */
const IMMUTABLE = 'public, max-age=31536000, immutable'

/** Everything else is asked for again each time, and mostly answered with "not modified". */
const REVALIDATE = 'no-cache'

/** The page names the current assets; kept by nobody, so that an upgrade is seen at once. */
const NEVER_KEPT = 'no-store'

/** 9 of 11: close to the best size at a tenth of its time; done once per file and start. */
const BROTLI_QUALITY = 9

/** Smaller bodies do not get shorter in any way that matters. */
const MIN_COMPRESSED_BYTES = 512

/**
 * The worker that examines people's configuration files (apps/web/src/audit). A worker has the policy of its own script's answer
 * (CSP 3, section 4.2.1), and this one may reach nobody: not us either.
 */
const ISOLATED_WORKER = /^assets\/audit-worker-[\w-]+\.js$/
const ISOLATED_POLICY = "default-src 'none'"

type Encoding = 'br' | 'gzip' | 'identity'

interface File {
  body: Buffer
  type: string
  etag: string
  cacheControl: string
  compressible: boolean
  /** Takes the place of the policy of all other answers. */
  policy: string | undefined
  /** Filled on first use. */
  encoded: Map<Encoding, Promise<Buffer>>
}

/**
 * Reads the folder of the built client into memory (about a megabyte).
 * @returns undefined if there is no index.html in it
 */
export function loadPages(folder: string): Pages | undefined {
  const files = new Map<string, File>()
  for (const path of listFiles(folder)) files.set(`/${path}`, readFile(folder, path))
  const index = files.get('/index.html')
  if (index === undefined) return undefined
  return {
    answer(request) {
      const path = decodePath(new URL(request.url).pathname)
      const file = path === undefined ? undefined : files.get(path)
      if (file !== undefined) return send(request, file)
      // Addresses of the app have no dot; a missing file must not be answered with a page.
      if (path !== undefined && !path.includes('.')) return send(request, index)
      return Promise.resolve(new Response('', { status: 404 }))
    },
  }
}

function listFiles(folder: string): string[] {
  let entries
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

function readFile(folder: string, path: string): File {
  const body = readFileSync(join(folder, path))
  const extension = extname(path)
  const isPage = extension === '.html'
  return {
    body,
    type: TYPES[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    cacheControl: isPage ? NEVER_KEPT : path.startsWith('assets/') ? IMMUTABLE : REVALIDATE,
    compressible: COMPRESSIBLE.has(extension) && body.length >= MIN_COMPRESSED_BYTES,
    policy: ISOLATED_WORKER.test(path) ? ISOLATED_POLICY : undefined,
    encoded: new Map(),
  }
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

async function send(request: Request, file: File): Promise<Response> {
  const headers = new Headers({ 'content-type': file.type, 'cache-control': file.cacheControl })
  if (file.cacheControl !== NEVER_KEPT) headers.set('etag', file.etag)
  if (file.policy !== undefined) headers.set('content-security-policy', file.policy)
  if (file.compressible) headers.set('vary', 'accept-encoding')
  if (request.headers.get('if-none-match') === file.etag && file.cacheControl !== NEVER_KEPT) {
    return new Response(null, { status: 304, headers })
  }
  const encoding = file.compressible
    ? chooseEncoding(request.headers.get('accept-encoding') ?? '')
    : 'identity'
  const body = await encode(file, encoding)
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  headers.set('content-length', String(body.length))
  return new Response(new Uint8Array(body), { headers })
}

/** The best form the browser names and does not refuse with q=0 (RFC 9110 section 12.5.3). */
function chooseEncoding(accept: string): Encoding {
  const offered = accept
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*q=/))
    .filter(([, quality]) => quality === undefined || Number(quality) > 0)
    .map(([name]) => name)
  return offered.includes('br') ? 'br' : offered.includes('gzip') ? 'gzip' : 'identity'
}

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

function encode(file: File, encoding: Encoding): Promise<Buffer> {
  const known = file.encoded.get(encoding)
  if (known !== undefined) return known
  const made = COMPRESSORS[encoding](file.body)
  file.encoded.set(encoding, made)
  return made
}

const COMPRESSORS: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  identity: (body) => Promise.resolve(body),
  gzip: (body) => compressGzip(body),
  br: (body) =>
    compressBrotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
}
