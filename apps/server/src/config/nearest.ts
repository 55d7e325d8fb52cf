// Finds the known name that was probably meant by a misspelt one.

/** Number of letters to add, remove or change to turn one text into the other (Levenshtein distance). */
export function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[other.length] ?? 0
}

/** Names longer than this are not compared: the work grows with the square. */
const MAX_LENGTH = 100

/** The nearest known name, if at most `limit` letters differ; letter case does not count. */
export function nearestName(name: string, known: readonly string[], limit: number): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  let best: { name: string; distance: number } | undefined
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && (best === undefined || distance < best.distance))
      best = { name: candidate, distance }
  }
  return best?.name
}
