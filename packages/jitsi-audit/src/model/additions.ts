// Lays lines that scripts and tasks add to a file over what the file itself says: the later one holds.
import type { Assignment, Settings } from '../core/settings.ts'

/** The file with the additions, in their order; without the file they are all that is known. */
export function laidOver(base: Settings | undefined, additions: readonly Settings[]): Settings | undefined {
  const [first, ...rest] = base === undefined ? additions : [base, ...additions]
  if (first === undefined) return undefined
  const whole = rest.reduce(over, first)
  const silent = base === undefined && whole.completeness === 'complete'
  return silent ? { ...whole, completeness: 'fragment' } : whole
}

function over(lower: Settings, upper: Settings): Settings {
  const replaced = (one: Assignment): Assignment => {
    const [key] = one.keys
    const node = key === undefined || one.keys.length > 1 ? undefined : upper.root.entries.get(key)
    return one.lost !== undefined || node === undefined
      ? one
      : { ...one, lost: { reason: 'reassigned', to: node.origin } }
  }
  return {
    completeness: lower.completeness,
    root: { ...lower.root, entries: new Map([...lower.root.entries, ...upper.root.entries]) },
    assignments: [...lower.assignments.map(replaced), ...upper.assignments],
    problems: [...lower.problems, ...upper.problems],
    files: [...lower.files, ...upper.files],
  }
}
