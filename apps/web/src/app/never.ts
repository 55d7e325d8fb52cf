// Marks the end of a switch that names every case: a new case that nobody handles stops the type check.

/** Unreachable. */
export function never(value: never): never {
  throw new Error(`unhandled case: ${typeof value}`)
}
