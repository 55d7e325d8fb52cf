// Every library that runs in production is known: documented with its reason, under an allowed licence, without install scripts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, ROOT, report } from './support/project.ts'

/** One entry of package-lock.json, as far as it matters here. */
export interface LockedPackage {
  version?: string
  license?: string
  dev?: boolean
  link?: boolean
  hasInstallScript?: boolean
  optionalDependencies?: Record<string, string>
}

/** Permissive licences, and MPL-2.0, whose duties end at the unmodified library's own files. */
const ALLOWED_LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Unlicense',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'MPL-2.0',
])

/** What `npm ci --omit=dev` installs: name to entry. Own workspaces are left out. */
export function productionPackages(lock: Record<string, LockedPackage>): Map<string, LockedPackage> {
  const result = new Map<string, LockedPackage>()
  for (const [path, entry] of Object.entries(lock)) {
    const name = /.*node_modules\/(.+)$/.exec(path)?.[1]
    if (name !== undefined && entry.dev !== true && entry.link !== true) result.set(name, entry)
  }
  return result
}

/** `npm ci` refuses a lock file in which the package of some platform is missing, on every platform. */
export function checkComplete(lock: Record<string, LockedPackage>): Problem[] {
  const locked = new Set(Object.keys(lock).map((path) => path.replace(/^.*node_modules\//, '')))
  return Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `package-lock.json lacks ${name}, an optional part of ${path}: npm ci will refuse it`),
  )
}

/** Install scripts run foreign code on the operator's machine before anybody has looked at it. */
export function checkInstallScripts(packages: ReadonlyMap<string, LockedPackage>): Problem[] {
  return [...packages]
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([name, { version }]) => `${name} ${version}: has an install script`)
}

/** A licence expression is allowed when all its parts are, or one of those to choose from. */
export function checkLicences(packages: ReadonlyMap<string, LockedPackage>): Problem[] {
  return [...packages]
    .filter(([, { license }]) => !isAllowed(license ?? ''))
    .map(([name, { license = 'none' }]) => `${name}: licence ${license} is not on the list of allowed ones`)
}

function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '')
  return bare
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => ALLOWED_LICENCES.has(part.trim())))
}

/** Compares the production packages with the table rows `| name | reason |` of docs/dependencies.md. */
export function checkDocumented(packages: ReadonlyMap<string, LockedPackage>, page: string): Problem[] {
  const documented = new Map<string, string>()
  for (const [, name = '', reason = ''] of page.matchAll(/^\| `([^`]+)` \| ([^|]*)\|/gm))
    documented.set(name, reason.trim())
  return [
    ...[...packages.keys()]
      .filter((name) => (documented.get(name) ?? '') === '')
      .map((name) => `${name}: no row with a reason in docs/dependencies.md`),
    ...[...documented.keys()]
      .filter((name) => !packages.has(name))
      .map((name) => `${name}: in docs/dependencies.md, but not among the production packages`),
  ]
}

if (import.meta.main) {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  )
  const packages = productionPackages(lock.packages)
  report('dependencies', `${packages.size} production packages`, [
    ...checkComplete(lock.packages),
    ...checkInstallScripts(packages),
    ...checkLicences(packages),
    ...checkDocumented(packages, readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8')),
  ])
}
