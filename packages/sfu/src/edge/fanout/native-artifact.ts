// Says how the native fan-out is compiled and where the result lies, for the build script and for the loader alike.
//
// The file's name is a hash of everything that goes in: sources, flags, runtime. So what is loaded is what the sources say.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `sanitized` finds faults of memory and arithmetic while tests run, and is several times slower. */
export type NativeVariant = 'release' | 'sanitized'

/** Everything the compiler is called with but the output. */
export interface NativeArtifact {
  /** The finished file; it may not exist yet. */
  readonly path: string
  readonly sources: readonly string[]
  readonly flags: readonly string[]
}

const SOURCES = fileURLToPath(new URL('../../../native/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../../../../node_modules/.cache/runde-native/', import.meta.url))
const RELEASE = ['-O2', '-D_FORTIFY_SOURCE=2']
const SANITIZED = [
  '-O1',
  '-g',
  '-fno-omit-frame-pointer',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
]
/** Warnings are errors: the code is small, and each compiler that meets it is welcome to find something. */
const COMMON =
  '-std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden -fstack-protector-strong -Wl,-z,relro,-z,now'.split(
    ' ',
  )

/** Only Linux has sendmmsg and UDP GSO, and only glibc's Node is the one that npm installs here. */
export function isNativePlatform(): boolean {
  return process.platform === 'linux'
}

/** The artifact for this runtime. Throws when the sources or the runtime's headers cannot be found. */
export function nativeArtifact(variant: NativeVariant): NativeArtifact {
  const files = readdirSync(SOURCES)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
  const headers = join(dirname(dirname(process.execPath)), 'include/node')
  const flags = [...COMMON, ...(variant === 'release' ? RELEASE : SANITIZED)]
  const runtime = [process.version, process.arch, process.platform, process.versions.openssl]
  const hash = createHash('sha256').update([...runtime, ...flags].join('\n'))
  for (const name of files) {
    const text = readFileSync(join(SOURCES, name))
    // Length before content, so that no two different sets of files feed the same bytes.
    hash.update(`\n${name}\n${text.length}\n`).update(text)
  }
  return {
    path: join(CACHE, `${hash.digest('hex').slice(0, 32)}-${variant}.node`),
    sources: files.filter((name) => name.endsWith('.c')).map((name) => join(SOURCES, name)),
    flags: [...flags, `-I${headers}`],
  }
}
