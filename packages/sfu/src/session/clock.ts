// The time of the current turn, set by the edge before it hands anything in, so that nothing in here asks for the time.

/** Milliseconds since 1970 that never run backwards within a process. */
export interface Clock {
  readonly now: number
}
