// Answers a file's includes from the set itself: by exact path, beside the including file, or by the end of an absolute path.
import type { SourceFile } from '../core/source.ts'
import { INCLUDES_MAX } from '../core/limits.ts'
import { folderOf, normalisePath, roleOf } from './paths.ts'
import { withoutTemplateSuffix } from './recognise.ts'

/** One file by name, and many by pattern, as the parsers ask for them. */
export interface Includes {
  readonly one: (path: string, fromFile?: string) => SourceFile | undefined
  readonly many: (pattern: string, fromFile: string) => readonly SourceFile[]
}

/** Both kinds of look-up over one set. */
export function includesOf(files: readonly SourceFile[]): Includes {
  const entries = files.map((file) => ({
    file,
    parts: normalisePath(withoutTemplateSuffix(file.path.replace('#', '/'))).split('/'),
  }))
  const byName = Map.groupBy(entries, ({ parts }) => parts.at(-1) ?? '')

  const many = (pattern: string, fromFile: string): readonly SourceFile[] => {
    const wanted = normalisePath(pattern)
    if (wanted === '') return []
    const name = wanted.slice(wanted.lastIndexOf('/') + 1)
    const candidates = hasGlob(name) ? entries : (byName.get(name) ?? [])
    const folder = normalisePath(folderOf(fromFile))
    if (!pattern.startsWith('/')) {
      const beside = normalisePath(`${folder}/${pattern}`).split('/')
      const near = candidates.filter(({ parts }) => matchesAll(beside, parts))
      if (near.length > 0) return near.slice(0, INCLUDES_MAX).map(({ file }) => file)
    }
    const parts = wanted.split('/')
    const reachable =
      parts.length > 1 ? candidates : candidates.filter(({ file }) => isNear(file.path, fromFile))
    const found = reachable.filter((entry) => matchesEnd(parts, entry.parts))
    // Uploads and forks flatten folders: a name that only one file has is that file.
    const named = found.length > 0 || hasGlob(name) ? found : reachable.length === 1 ? reachable : []
    return named.slice(0, INCLUDES_MAX).map(({ file }) => file)
  }
  return { many, one: (path, fromFile = '') => many(path, fromFile)[0] }
}

/** A bare name means a file of the same role or above, never one of another program. */
function isNear(path: string, fromFile: string): boolean {
  if (fromFile === '' || fromFile.startsWith('image:')) return true
  const folder = folderOf(path)
  return folder === '' || folderOf(fromFile).startsWith(folder) || roleOf(path) === roleOf(fromFile)
}

/** True when the text has a wildcard that shells and nginx know. */
function hasGlob(text: string): boolean {
  return /[*?[]/.test(text)
}

function matchesAll(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length && pattern.every((one, index) => matchesGlob(one, parts[index] ?? ''))
  )
}

/** The shorter of both is the end of the longer one; a lone file name only matches a wildcard-free pattern. */
function matchesEnd(pattern: readonly string[], parts: readonly string[]): boolean {
  const length = Math.min(pattern.length, parts.length)
  if (length === 1 && pattern.length > 1 && hasGlob(pattern.at(-1) ?? '')) return false
  return matchesAll(pattern.slice(-length), parts.slice(-length))
}

/** `*`, `?` and `[...]` within one path segment, in linear time by remembering the last star. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  let in_ = 0
  while (in_ < text.length) {
    const one = pattern[at]
    const width = one === '[' ? classWidth(pattern, at) : 1
    if (one === '*') {
      star = at
      resume = in_
      at += 1
    } else if (one !== undefined && matchesOne(pattern, at, width, text[in_] ?? '')) {
      at += width
      in_ += 1
    } else if (star !== -1) {
      at = star + 1
      resume += 1
      in_ = resume
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

function classWidth(pattern: string, at: number): number {
  const end = pattern.indexOf(']', at + 2)
  return end === -1 ? 1 : end - at + 1
}

function matchesOne(pattern: string, at: number, width: number, letter: string): boolean {
  const one = pattern[at]
  if (one === '?') return true
  if (one !== '[' || width === 1) return one === letter
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^'
  const inside = pattern.slice(at + (negated ? 2 : 1), at + width - 1)
  return inClass(inside, letter) !== negated
}

function inClass(inside: string, letter: string): boolean {
  for (let at = 0; at < inside.length; at += 1) {
    const from = inside[at] ?? ''
    const to = inside[at + 1] === '-' ? inside[at + 2] : undefined
    if (to !== undefined) {
      if (letter >= from && letter <= to) return true
      at += 2
    } else if (from === letter) return true
  }
  return false
}
