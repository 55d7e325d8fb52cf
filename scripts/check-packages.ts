// What runs in production uses only what is installed for production: no test partner, test kit or tool slips into the product.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { importsOf } from './support/imports.ts'
import { type Problem, ROOT, type SourceFile, isTestCode, report, sourceFiles } from './support/project.ts'

/** Workspace folder, for instance `packages/sfu`, to the names under its `dependencies` and `optionalDependencies`. */
export type Declared = ReadonlyMap<string, ReadonlySet<string>>

/** Imports in product code of packages that the own package.json does not name under `dependencies`. */
export function checkPackages(files: readonly SourceFile[], declared: Declared): Problem[] {
  return files.filter(isProduct).flatMap(({ path, text }) =>
    importsOf(text)
      .map(({ specifier, line }) => ({ name: packageName(specifier), line }))
      .filter(({ name }) => name !== undefined && !(declared.get(workspaceOf(path))?.has(name) ?? false))
      .map(
        ({ name, line }) =>
          `${path}:${line}: ${name} is not under "dependencies" of ${workspaceOf(path)}/package.json`,
      ),
  )
}

function isProduct({ path }: SourceFile): boolean {
  return /^(?:apps|packages)\/[^/]+\/(?:src|bin)\//.test(path) && !isTestCode(path)
}

function workspaceOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

/** `@scope/name` or `name` of an import from node_modules; undefined for own files and for Node's modules. */
function packageName(specifier: string): string | undefined {
  if (specifier.startsWith('.') || isBuiltin(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function readDeclared(files: readonly SourceFile[]): Declared {
  const workspaces = new Set(files.filter(isProduct).map(({ path }) => workspaceOf(path)))
  return new Map(
    [...workspaces].map((folder) => {
      const manifest: {
        dependencies?: Record<string, string>
        optionalDependencies?: Record<string, string>
      } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
      const names = { ...manifest.dependencies, ...manifest.optionalDependencies }
      return [folder, new Set(Object.keys(names))]
    }),
  )
}

if (import.meta.main) {
  const files = sourceFiles('.ts', '.tsx', '.js')
  const product = files.filter(isProduct)
  report('packages of the product', `${product.length} files`, checkPackages(files, readDeclared(files)))
}
