// Tells from the User-Agent what a client needs to be treated differently for; the header itself is never kept.

/** What differs between clients. */
export interface ClientQuirks {
  /** Nominates aggressively even towards an ICE-lite peer, and wants answers with one codec (livekit-protocol.md 2.5). */
  readonly firefox: boolean
}

/** livekit-client 2.23 sends neither browser nor system, so the header is the only sign. */
export function clientQuirks(userAgent: string | undefined): ClientQuirks {
  return { firefox: /\bFirefox\/\d/.test(userAgent ?? '') }
}
