// Engines are sans-IO: they never read a clock, start a timer, draw randomness or touch the outside world by themselves.
import { importsOf } from './support/imports.ts'
import { type Problem, type SourceFile, isTestCode, lineOf, report, sourceFiles } from './support/project.ts'
import { stripComments } from './support/strip-comments.ts'

/** Folders that hold engines, and what is no engine inside them. */
const ENGINES = /^packages\/(?:sfu|meeting|contract|e2ee|dossier|jitsi-audit)\/src\//
const NOT_ENGINES = /^packages\/sfu\/src\/(?:edge\/|index\.ts$)/

/** Modules of Node that only compute, and where they are needed. */
const ALLOWED_MODULES: readonly (readonly [RegExp, string])[] = [
  // Hashes, ciphers, signatures and key agreement.
  [/^packages\/sfu\/src\/transport\//, 'node:crypto'],
  // CRC-32 of STUN's fingerprint (RFC 8489, 14.7).
  [/^packages\/sfu\/src\/transport\/stun[\w-]*\.ts$/, 'node:zlib'],
  // The symbol that lets an address print as a redaction.
  [/^packages\/sfu\/src\/transport\/address\.ts$/, 'node:util'],
  // The signature of access tokens (HMAC).
  [/^packages\/sfu\/src\/wire\/access-token\.ts$/, 'node:crypto'],
  // The compressed join request of livekit-client.
  [/^packages\/sfu\/src\/wire\//, 'node:zlib'],
]

const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bDate\s*\(\s*\)/g, 'reads the clock'],
  [/\bperformance\s*\.\s*(?:now|timeOrigin|mark|measure)\b|\bhrtime\b/g, 'reads the clock'],
  [/\bTemporal\s*\.\s*Now\b/g, 'reads the clock'],
  [/\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/g, 'starts a timer'],
  [/\bMath\s*\.\s*random\b/g, 'draws randomness'],
  [
    /\b(?:randomBytes|randomUUID(?:v7)?|randomInt|randomFill(?:Sync)?|getRandomValues)\b/g,
    'draws randomness',
  ],
  [/\b(?:generateKey|generateKeyPair|generatePrime)(?:Sync)?\s*\(|\.generateKeys\s*\(/g, 'draws randomness'],
  [/\bfetch\s*\(|\bnew\s+(?:WebSocket|Worker|XMLHttpRequest)\b/g, 'touches the outside world'],
  [/\bconsole\s*\./g, 'writes to the console'],
  [/\bprocess\s*\./g, 'looks at its process'],
]

/** Functions in engine folders that the edge calls before any engine exists, each with its reason. */
const EXCEPTIONS: readonly { path: string; allows: string; reason: string }[] = [
  {
    path: 'packages/sfu/src/transport/dtls/identity.ts',
    allows: 'draws randomness',
    reason:
      'makes the key pair of a media worker at its start; node:crypto takes no other randomness for that',
  },
]

/** Every place in an engine that is not a function of its inputs. */
export function checkEngines(files: readonly SourceFile[]): Problem[] {
  return files
    .filter(({ path }) => isEngine(path))
    .flatMap((file) => [...findUses(file), ...findModules(file)])
}

function isEngine(path: string): boolean {
  return ENGINES.test(path) && !NOT_ENGINES.test(path) && !isTestCode(path)
}

function findUses({ path, text }: SourceFile): Problem[] {
  const code = stripComments(text, { strings: true })
  const allowed = EXCEPTIONS.filter((exception) => exception.path === path).map(({ allows }) => allows)
  return FORBIDDEN.filter(([, meaning]) => !allowed.includes(meaning)).flatMap(([pattern, meaning]) =>
    [...code.matchAll(pattern)].map(
      (match) => `${path}:${lineOf(code, match.index)}: an engine ${meaning}: ${match[0]}`,
    ),
  )
}

function findModules({ path, text }: SourceFile): Problem[] {
  return importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .filter(
      ({ specifier }) => !ALLOWED_MODULES.some(([where, name]) => where.test(path) && name === specifier),
    )
    .map(({ specifier, line }) => `${path}:${line}: an engine imports ${specifier}`)
}

if (import.meta.main) {
  const files = sourceFiles('.ts')
  const engines = files.filter(({ path }) => isEngine(path))
  const unneeded = EXCEPTIONS.filter(({ path }) => !files.some((file) => file.path === path))
  report('sans-IO engines', `${engines.length} files`, [
    ...checkEngines(files),
    ...unneeded.map(({ path }) => `${path}: exempt, but gone (scripts/check-engines.ts)`),
  ])
}
