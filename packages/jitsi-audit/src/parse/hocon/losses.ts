// Lists every definition of a HOCON tree in the order of reading, with the one that took its effect.
import { DEPTH_MAX } from '../../core/limits.ts'
import type { Assignment } from '../../core/settings.ts'
import type { Node } from '../../core/value.ts'
import type { Resolver } from './resolve.ts'
import type { Branch, Definition, Entry } from './tree.ts'

type Loss = NonNullable<Assignment['lost']>

interface Listed {
  readonly order: number
  readonly assignment: Assignment
}

/** All assignments below the root. Definitions that came to nothing (an optional substitution without a value) are left out. */
export function listAssignments(root: Branch, resolver: Resolver): readonly Assignment[] {
  const listed: Listed[] = []
  walk({ branch: root, keys: [], later: [], loss: undefined }, resolver, listed)
  return listed.sort((a, b) => a.order - b.order).map(({ assignment }) => assignment)
}

interface Level {
  readonly branch: Branch
  readonly keys: readonly string[]
  /** Objects defined later at the same path. */
  readonly later: readonly Branch[]
  /** What made the whole object lose. */
  readonly loss: Loss | undefined
}

function walk({ branch, keys, later, loss }: Level, resolver: Resolver, listed: Listed[]): void {
  if (keys.length > DEPTH_MAX) return
  for (const [key, entry] of branch.entries) {
    const path = [...keys, key]
    const above = later.flatMap((one) => one.entries.get(key)?.definitions ?? [])
    for (const step of effects(entry, above, resolver)) {
      const { content, order } = step.definition
      if (content.type === 'branch')
        walk(
          { branch: content.branch, keys: path, later: step.later, loss: loss ?? step.parentLoss },
          resolver,
          listed,
        )
      else if (step.node !== undefined) listed.push({ order, assignment: assignmentOf(path, step, loss) })
    }
  }
}

function assignmentOf(
  keys: readonly string[],
  { definition, node, ownLoss }: Step,
  loss: Loss | undefined,
): Assignment {
  const lost = loss ?? ownLoss
  const { origin } = definition
  return {
    path: keys.join('.'),
    keys,
    node: node ?? { kind: 'null', origin },
    origin,
    ...(lost === undefined ? {} : { lost }),
  }
}

interface Step {
  readonly definition: Definition
  readonly node: Node | undefined
  /** The loss if this is a value, and the one that its parts suffer if it is an object. */
  readonly ownLoss: Loss | undefined
  readonly parentLoss: Loss | undefined
  readonly later: readonly Branch[]
}

/** What becomes of each definition of a key; the last one is looked at first. */
function effects(entry: Entry, above: readonly Definition[], resolver: Resolver): readonly Step[] {
  const steps: Step[] = []
  /** The nearest later definition that leaves nothing of the earlier ones, and the nearest one at all. */
  let replaced: Definition | undefined
  let next: Definition | undefined
  let later: readonly Branch[] = []
  const own = entry.definitions.length
  const all = [...entry.definitions, ...above]
  for (let index = all.length - 1; index >= 0; index -= 1) {
    const definition = all[index]
    if (definition === undefined) continue
    const { content } = definition
    const result = resolver.definition(definition)
    const { node } = result
    const isMap = node?.kind === 'map'
    const by = isMap ? replaced : next
    if (index < own)
      steps.push({
        definition,
        node,
        ownLoss: by === undefined ? undefined : { reason: 'reassigned', to: by.origin },
        parentLoss: replaced === undefined ? undefined : { reason: 'parent-replaced', to: replaced.origin },
        later,
      })
    if (node === undefined) continue
    if (!definition.append && !result.selfReferential) next = definition
    if (!isMap && !definition.append && !result.selfReferential && node.kind !== 'unknown')
      replaced = definition
    if (content.type === 'branch') later = [content.branch, ...later]
  }
  return steps
}
