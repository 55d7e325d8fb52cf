// Options have an age: whether the release may be older than one, and what that does to a verdict that rests on silence.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { both, undecidable } from './verdicts.ts'

/** Names that stand for whatever was the newest when the image was fetched. */
const MOVING = /^(?:unstable|latest|nightly|edge|master|main|stable)$/

/** True when the release is not known and the files hold nothing that is as new as `since`. */
export function mayBeOlder({ release, atLeast }: Installation, since: string): boolean {
  if (release !== undefined && (release.date !== undefined || MOVING.test(release.name))) return false
  return atLeast === undefined || atLeast < since
}

/** Says from which day on the option exists. */
export function olderOrNot(since: string): { readonly detail: ReturnType<typeof both> } {
  return {
    detail: both(
      `Gilt für Fassungen ab ${since}; welche läuft, ist nicht bekannt.`,
      `Holds for releases from ${since} on; which one runs is not known.`,
    ),
  }
}

/** What an old release could not do is no fault of its files: silence decides only where the option surely exists. */
export function withAge(rule: Rule): Rule {
  const { since } = rule
  if (since === undefined) return rule
  const soften = (verdict: Verdict): Verdict =>
    verdict.state === 'violated' && verdict.origins.every(({ kind }) => kind === 'stock-default')
      ? undecidable(verdict.origins, olderOrNot(since))
      : verdict
  return {
    ...rule,
    check: (installation) => {
      const verdicts = rule.check(installation)
      return mayBeOlder(installation, since) ? verdicts.map(soften) : verdicts
    },
  }
}
