// Reads HOCON (the configuration format of the bridge, jicofo, jibri): includes, substitutions and merges as Lightbend's library does.
import { FILE_MAX_LENGTH } from '../../core/limits.ts'
import type { Settings } from '../../core/settings.ts'
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import { startOf, tooLarge } from '../common/problem.ts'
import { Budget } from './cursor.ts'
import { listAssignments } from './losses.ts'
import type { Include } from './include.ts'
import { type Shared, readDocument } from './read-document.ts'
import { type Environment, Resolver } from './resolve.ts'
import { TreeBuilder } from './tree.ts'

export interface HoconOptions {
  /** Variables that substitutions may name. Without it an optional one is taken as not set, a required one as unknown. */
  readonly environment?: Environment
}

/**
 * The settings that `files` make together, later files on top of earlier ones. `include` answers from the set only.
 * A file that the library would refuse is read as far as it goes and makes the result a fragment. Never throws.
 */
export function parseHocon(
  files: readonly SourceFile[],
  include: Include,
  options: HoconOptions = {},
): Settings {
  const problems: ParseProblem[] = []
  const shared: Shared = {
    include: sized(include, problems),
    budget: new Budget(),
    files: [],
    problems,
    includes: 0,
  }
  const builder = new TreeBuilder()
  const start = startOf(files[0]?.path ?? '')
  const root = builder.branch(start)
  for (const file of files)
    if (file.text.length > FILE_MAX_LENGTH) problems.push(tooLarge(file.path))
    else builder.add(root, readDocument(file, shared))
  const resolver = new Resolver(root, options.environment)
  const node = resolver.root()
  const assignments = listAssignments(root, resolver)
  problems.push(...new Map(resolver.problems.map((one) => [placeOf(one), one])).values())
  const whole = problems.every(({ code }) => code === 'include-cycle')
  return {
    completeness: files.length === 0 ? 'absent' : whole ? 'complete' : 'fragment',
    root: node,
    assignments,
    problems,
    files: shared.files,
  }
}

function sized(include: Include, problems: ParseProblem[]): Include {
  return (path, from) => {
    const file = include(path, from)
    if (file === undefined || file.text.length <= FILE_MAX_LENGTH) return file
    problems.push(tooLarge(file.path))
    return { ...file, text: '' }
  }
}

/** The same value is worked out more than once; its problem is told once. */
function placeOf({ code, origin }: ParseProblem): string {
  return `${code} ${origin.file} ${origin.line}:${origin.column}`
}
