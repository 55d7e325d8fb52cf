// Bounds of template rendering: whatever a template says, it ends soon.

/** Steps (nodes rendered, expressions evaluated, loop rounds) of one file; the largest real template takes about 20,000. */
export const TEMPLATE_STEPS_MAX = 300_000

/** Nesting of blocks, expressions and values that are templates themselves. */
export const TEMPLATE_DEPTH_MAX = 40

/** Rounds of one loop; more are cut and make the rest doubtful. */
export const LOOP_ROUNDS_MAX = 1_000

/** Longest text that a filter works on, in UTF-16 units. */
export const FILTER_TEXT_MAX = 100_000

/** Counts steps and depth; `spend` answers false when the budget is used up. */
export class Budget {
  #steps = 0
  #depth = 0

  spend(): boolean {
    this.#steps += 1
    return this.#steps <= TEMPLATE_STEPS_MAX
  }

  get exhausted(): boolean {
    return this.#steps > TEMPLATE_STEPS_MAX
  }

  /** Runs `inner` one level deeper, or answers `otherwise` when that is too deep. */
  deeper<T>(inner: () => T, otherwise: T): T {
    if (this.#depth >= TEMPLATE_DEPTH_MAX) return otherwise
    this.#depth += 1
    const result = inner()
    this.#depth -= 1
    return result
  }
}
