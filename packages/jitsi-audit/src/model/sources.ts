// Everything that one installation is read from: its files, the places they came from, its containers.
import { type Includes, includesOf } from '../collect/include.ts'
import { type Known, ofFormat } from '../collect/prepare.ts'
import type { Format, Program } from '../collect/formats.ts'
import { baseName, isExamplePath } from '../collect/paths.ts'
import type { SourceMap } from '../collect/template/source-map.ts'
import type { SourceFile } from '../core/source.ts'
import type { Settings } from '../core/settings.ts'
import type { ImageEnvironment } from './docker/image-environment.ts'
import type { ImageName } from './docker/images.ts'
import type { Sheet } from './docker/sheet.ts'
import type { InstallationKind } from '../core/installation.ts'

export class Sources {
  readonly known: readonly Known[]
  readonly maps: Map<string, SourceMap>
  readonly includes: Includes
  readonly images: ReadonlyMap<ImageName, ImageEnvironment>
  readonly kind: InstallationKind
  /** Paths that were read as a part of something. */
  readonly read: Set<string> = new Set()
  readonly #lacking: ReadonlySet<string>
  readonly #mounted: ReadonlySet<string>

  constructor(
    known: readonly Known[],
    maps: Map<string, SourceMap>,
    images: ReadonlyMap<ImageName, ImageEnvironment>,
    kind: InstallationKind,
    files: readonly SourceFile[],
    mounted: readonly string[] = [],
  ) {
    this.known = known
    this.maps = maps
    this.images = images
    this.kind = kind
    this.includes = includesOf(files)
    this.#mounted = new Set(mounted.map(baseName))
    this.#lacking = new Set(
      mounted
        .map(baseName)
        .filter((name) => !files.some(({ path }) => baseName(path) === name && !isExamplePath(path))),
    )
  }

  /** True when a container mounts a file of this name that is not in the set: what it says is not known. */
  lacksMounted(name: string): boolean {
    return this.#lacking.has(name)
  }

  /** True when a container mounts a file of this name. */
  mounts(name: string): boolean {
    return this.#mounted.has(name)
  }

  /** Files of a format that configure, base ones first. */
  of(format: Format, program?: Program): readonly Known[] {
    return ofFormat(this.known, format).filter((one) => program === undefined || one.program === program)
  }

  /** Makes a sheet's places known and gives its file. */
  use(sheet: Sheet): SourceFile {
    this.maps.set(sheet.file.path, sheet.map)
    return sheet.file
  }

  /** The same for any other text with a map. */
  useMapped(mapped: { readonly file: SourceFile; readonly map: SourceMap }): SourceFile {
    this.maps.set(mapped.file.path, mapped.map)
    return mapped.file
  }

  mark(files: readonly SourceFile[]): readonly SourceFile[] {
    for (const { path } of files) this.read.add(path)
    return files
  }
}

/** What is there, without any claim about what is not. */
export function asFragment(settings: Settings): Settings {
  return settings.completeness === 'complete' ? { ...settings, completeness: 'fragment' } : settings
}

/** One base of several: a second one of the same kind belongs to another host, role or release. */
export function oneBase(files: readonly Known[], prefer: RegExp): readonly Known[] {
  const bases = files.filter(({ role }) => role === 'base')
  const chosen = bases.find(({ file }) => prefer.test(file.path)) ?? bases[0]
  return chosen === undefined ? [] : [chosen]
}
