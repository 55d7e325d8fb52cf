// Finds what is different between two wordings of a sentence: what is common at the start and at the end, and the words between.

/** A sentence in three pieces; `middle` is what only this wording has. */
export interface Wording {
  readonly start: string
  readonly middle: string
  readonly end: string
}

/** Splits at blanks that stay with the word before them, so that joining gives the same text again. */
function words(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

function shared(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length)
  let count = 0
  while (count < most && one[count]?.trimEnd() === other[count]?.trimEnd()) count += 1
  return count
}

function pieces(all: readonly string[], start: number, end: number): Wording {
  const at = all.length - end
  return {
    start: all.slice(0, start).join(''),
    middle: all.slice(start, at).join(''),
    end: all.slice(at).join(''),
  }
}

/** Both wordings with what they share left out of the middle. */
export function wordsChanged(before: string, after: string): { before: Wording; after: Wording } {
  const old = words(before)
  const now = words(after)
  const start = shared(old, now)
  const end = shared(old.slice(start).toReversed(), now.slice(start).toReversed())
  return { before: pieces(old, start, end), after: pieces(now, start, end) }
}
