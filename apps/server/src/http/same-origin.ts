// Decides whether a request that changes something comes from our own pages (protection against forged requests).

export interface OriginFacts {
  method: string
  /** The Sec-Fetch-Site header, sent by every current browser. */
  fetchSite: string | undefined
  /** The Origin header, sent by browsers with every request that may change something. */
  origin: string | undefined
  /** The Host header. */
  host: string | undefined
  publicUrl: string
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A request without both headers does not come from a browser and carries no cookie by itself: it passes.
 * An origin is ours when it is the public one or names the host the request was sent to: a page of somebody else
 * cannot choose that header.
 */
export function comesFromOwnPage(facts: OriginFacts): boolean {
  if (READING.has(facts.method)) return true
  if (facts.fetchSite !== undefined && facts.fetchSite !== 'same-origin' && facts.fetchSite !== 'none')
    return false
  if (facts.origin === undefined) return true
  if (facts.origin === facts.publicUrl) return true
  return URL.canParse(facts.origin) && facts.host !== undefined && new URL(facts.origin).host === facts.host
}
