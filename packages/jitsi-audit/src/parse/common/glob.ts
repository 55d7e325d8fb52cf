// Shell wildcards within one part of a path.

/** `*` and `?` against one part of a path; linear by remembering the last star. */
export function matchesSegment(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  let place = 0
  while (place < text.length) {
    const one = pattern[at]
    if (one === '*') {
      star = at
      resume = place
      at += 1
    } else if (one === '?' || (one !== undefined && one === text[place])) {
      at += 1
      place += 1
    } else if (star === -1) return false
    else {
      at = star + 1
      resume += 1
      place = resume
    }
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
