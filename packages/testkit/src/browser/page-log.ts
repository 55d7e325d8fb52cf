// What a page did that a test may object to: errors, console errors, and every address it asked for.

/** Everything noticed about one page since it was opened; grows while the page lives. */
export interface PageLog {
  /** Uncaught exceptions and unhandled rejections. */
  readonly errors: string[]
  /** Texts of console messages at level error; blocked requests appear here too. */
  readonly consoleErrors: string[]
  /** Every requested address, WebSockets included, in order. */
  readonly requests: string[]
  /** Requests that got no answer, with the browser's reason. */
  readonly failures: string[]
}

/** An empty log. */
export function newPageLog(): PageLog {
  return { errors: [], consoleErrors: [], requests: [], failures: [] }
}

/** Schemes that never leave the machine. */
const LOCAL_SCHEMES = new Set(['data:', 'blob:', 'about:', 'chrome-error:'])

/** The requested addresses that do not belong to `origin`; a WebSocket to the same host and port belongs to it. */
export function foreignRequests(log: PageLog, origin: string): string[] {
  const home = new URL(origin)
  return log.requests.filter((request) => {
    const url = new URL(request)
    return !LOCAL_SCHEMES.has(url.protocol) && url.host !== home.host
  })
}
