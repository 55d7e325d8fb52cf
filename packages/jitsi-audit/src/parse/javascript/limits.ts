// How far a configuration script is followed; a stock one takes about 3,000 steps at a depth of 10.

/** Longest script, all parts together, in UTF-16 units: seven times the longest stock config.js. */
export const SCRIPT_MAX_LENGTH = 500_000

/** Expressions and statements evaluated; bounds the time to a fraction of a second. */
export const STEPS = 200_000

/** Steps spent on statements that do not run, to list the settings they would have written. */
export const GHOST_STEPS = 50_000

/** Nested expressions and statements; each takes several frames of the engine's own stack. */
export const NESTING_MAX = 200

/** Nested calls of functions. */
export const CALLS_MAX = 40

/** Longest text that concatenation may build. */
export const TEXT_MAX = 50_000

/** Assignments that are listed. */
export const ASSIGNMENTS_MAX = 20_000

/** Nodes of one value tree. */
export const NODES_MAX = 50_000

/** Possibilities that are kept of a value that depends on a branch. */
export const CANDIDATES_MAX = 8

/** Places in the tree that one shared object is followed to. */
export const HOMES_MAX = 8
