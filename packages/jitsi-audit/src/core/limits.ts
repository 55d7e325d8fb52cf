// How much an audit reads: a configuration is small, an upload made to hurt is not.

/** Largest single file that is parsed, in UTF-16 units; Jitsi's own config.js has about 70,000. */
export const FILE_MAX_LENGTH = 2_000_000

/** Files of one audit; a checkout of roles and charts with its history of releases stays below. */
export const FILES_MAX = 20_000

/** All texts of one audit together, in UTF-16 units. */
export const TOTAL_MAX_LENGTH = 100_000_000

/** Nesting of values and blocks; real files stay below 20. */
export const DEPTH_MAX = 100

/** Nodes of one file's value tree, and steps of its evaluation: bounds the time, whatever the text says. */
export const STEPS_MAX = 1_000_000

/** Includes followed from one file, nested and in all. */
export const INCLUDES_MAX = 200
