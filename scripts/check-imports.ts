// Imports point one way: between the packages, and inside the media server (docs/map.md shows both pictures).
import { posix } from 'node:path'
import { importsOf } from './support/imports.ts'
import { type Problem, type SourceFile, isTestCode, report, sourceFiles } from './support/project.ts'

/** What each package may use of the others. Not listed: nobody knows it yet, and the check says so. */
const PACKAGES: Record<string, readonly string[]> = {
  'packages/contract': [],
  'packages/sfu': ['@runde/contract'],
  'packages/e2ee': ['@runde/contract'],
  'packages/meeting': ['@runde/contract'],
  'packages/dossier': ['@runde/contract'],
  'packages/jitsi-audit': ['@runde/contract'],
  'packages/store': ['@runde/contract'],
  'packages/testkit': [],
  'apps/server': [
    '@runde/contract',
    '@runde/sfu',
    '@runde/meeting',
    '@runde/dossier',
    '@runde/jitsi-audit',
    '@runde/store',
  ],
  'apps/web': ['@runde/contract', '@runde/e2ee', '@runde/dossier', '@runde/jitsi-audit'],
}

/** What each part of the media server may use of the others; listed with everything that follows from it. */
const SFU_PARTS: Record<string, readonly string[]> = {
  edge: ['session', 'room', 'media', 'sdp', 'wire', 'transport'],
  session: ['room', 'media', 'sdp', 'wire'],
  room: ['media'],
  media: [],
  sdp: [],
  wire: [],
  transport: [],
}

/** Test code may use the test kit on top of what its package may use. */
const TEST_PACKAGE = '@runde/testkit'

/** All imports that go against the arrows, leave their package, or bring test code into the product. */
export function checkImports(files: readonly SourceFile[]): Problem[] {
  return files.flatMap(({ path, text }) =>
    importsOf(text).flatMap(({ specifier, line }) => {
      const problem = specifier.startsWith('.')
        ? judgeRelative(path, specifier)
        : judgePackage(path, specifier)
      return problem === undefined ? [] : [`${path}:${line}: ${problem}`]
    }),
  )
}

function judgePackage(path: string, specifier: string): Problem | undefined {
  const own = packageOf(path)
  if (!specifier.startsWith('@runde/') || own === undefined) return undefined
  const wanted = specifier.split('/').slice(0, 2).join('/')
  const allowed = PACKAGES[own]
  if (allowed === undefined) return `${own} is missing in the table of arrows (scripts/check-imports.ts)`
  if (allowed.includes(wanted)) return undefined
  if (wanted === TEST_PACKAGE && isTestCode(path)) return undefined
  return `${own} must not know ${wanted}`
}

function judgeRelative(path: string, specifier: string): Problem | undefined {
  const target = posix.join(posix.dirname(path), specifier)
  const own = packageOf(path)
  if (/(^|\/)(dist|node_modules)\//.test(target)) return `imports the generated file ${target}`
  if (isTestCode(path)) return undefined
  if (isTestCode(target)) return `product code imports test code: ${target}`
  if (own === undefined) return undefined
  if (packageOf(target) !== own) return `leaves its package: ${target}; import the package by name`
  return judgeSfuParts(path, target)
}

function judgeSfuParts(path: string, target: string): Problem | undefined {
  const from = sfuPart(path)
  const to = sfuPart(target)
  if (from === undefined || to === undefined || from === to) return undefined
  const allowed = SFU_PARTS[from]
  if (allowed === undefined) return `the media server's part ${from} is missing in the table of arrows`
  return allowed.includes(to) ? undefined : `${from} must not know ${to}`
}

function packageOf(path: string): string | undefined {
  return /^((?:packages|apps)\/[^/]+)\//.exec(path)?.[1]
}

/** `media` for packages/sfu/src/media/x.ts; undefined for the public door packages/sfu/src/index.ts. */
function sfuPart(path: string): string | undefined {
  return /^packages\/sfu\/src\/([^/]+)\//.exec(path)?.[1]
}

if (import.meta.main) {
  const files = sourceFiles('.ts', '.tsx')
  report('import arrows', `${files.length} files`, checkImports(files))
}
