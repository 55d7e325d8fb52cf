// Reads HOCON's include statement in its forms; nothing is ever opened here.
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { includeCycle, includeMissing, problem } from '../common/problem.ts'
import type { Cursor } from './cursor.ts'

/** Finds a file of the set; `from` is the path of the file that names it. */
export type Include = (path: string, from: string) => SourceFile | undefined

/** What an include names. `target` is undefined for addresses on the network, which are not followed. */
export interface Included {
  readonly target: string | undefined
  readonly required: boolean
}

const HEAD =
  /include[ \t]{1,20}(?:(required)[ \t]{0,20}\([ \t]{0,20})?(?:(file|url|classpath)[ \t]{0,20}\([ \t]{0,20})?"/y

/** Reads an include statement at the cursor; undefined, and the cursor unmoved, when there is none. */
export function readInclude(cursor: Cursor): Included | undefined {
  HEAD.lastIndex = cursor.at
  const head = HEAD.exec(cursor.text)
  if (head === null) return undefined
  const [whole, required, kind] = head
  cursor.at += whole.length - 1
  const target = cursor.readQuoted()
  for (const part of [kind, required]) {
    if (part === undefined) continue
    cursor.skipBlanks()
    if (cursor.char === ')') cursor.at += 1
    else
      cursor.refuse(cursor.at, 'Hier fehlt eine schließende Klammer.', 'A closing bracket is missing here.')
  }
  return {
    target: kind === 'url' || /^[a-z]{2,10}:\/\//i.test(target) ? undefined : target,
    required: required !== undefined,
  }
}

/** The file that an include names, or why there is none. `above` are the files around it, the nearest one last. */
export function findIncluded(
  { target }: Included,
  above: readonly string[],
  include: Include,
  origin: Origin,
): SourceFile | ParseProblem {
  if (target === undefined)
    return problem(
      'unsupported',
      origin,
      'Diese Einbindung aus dem Netz wird nicht gelesen.',
      'This include from the network is not read.',
    )
  const from = above.at(-1) ?? ''
  const hasEnding = /\.(?:conf|json|properties)$/.test(target)
  const file =
    include(target, from) ??
    (hasEnding ? undefined : (include(`${target}.conf`, from) ?? include(`${target}.json`, from)))
  if (file === undefined) return includeMissing(origin)
  return above.includes(file.path) ? includeCycle(origin) : file
}
