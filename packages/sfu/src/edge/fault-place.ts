// Says where an error came from without its message, which may hold what a client sent.

/** Frames kept: enough to find the place, short enough for a log line. */
const FRAMES = 4

/** The error's kind and the nearest frames, as `TypeError at room.ts:12:5 session.ts:40:9`. */
export function faultPlace(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error'
  const stack = error.stack ?? ''
  // The message stands first and may look like frames itself.
  const start = stack.indexOf(error.message) + error.message.length
  const frames = stack
    .slice(start)
    .split('\n')
    .map((line) => /^\s+at .*?([\w.-]+:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((frame) => frame !== undefined)
  const kind = /^\w{1,40}$/.test(error.name) ? error.name : 'Error'
  return [kind, 'at', ...frames.slice(0, FRAMES)].join(' ')
}
