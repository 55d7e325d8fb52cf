// Writes our host candidates and reads the client's (candidate-attribute of RFC 8839 section 5.1).
import { ipv4Bytes, ipv6Bytes } from './address.ts'
import { MAX_CANDIDATE_CHARS } from './limits.ts'

/** Type preference of host candidates (RFC 8445 section 5.1.2.2). */
const HOST_TYPE_PREFERENCE = 126
/** Type preference of peer-reflexive candidates, same section. */
const REFLEXIVE_TYPE_PREFERENCE = 110
/**
 * Local preferences: IPv6 before IPv4 as RFC 8421 section 4 recommends for equal paths, since it spares NAT; the gap leaves
 * room for further addresses of a family in their order.
 */
const LOCAL_PREFERENCE: Readonly<Record<4 | 6, number>> = { 4: 32_767, 6: 65_535 }
/** RTP and RTCP share one component (rtcp-mux is required). */
const COMPONENT = 1

/** RTCIceCandidateInit as it travels in a TrickleRequest. */
export interface CandidateInit {
  readonly candidate: string
  readonly sdpMid: string
  readonly sdpMLineIndex: number
}

/** Priority of the nth host candidate of a family (RFC 8445 section 5.1.2.1). */
export function hostPriority(family: 4 | 6, position: number = 0): number {
  const local = LOCAL_PREFERENCE[family] - position
  return HOST_TYPE_PREFERENCE * 2 ** 24 + local * 2 ** 8 + (256 - COMPONENT)
}

/** Priority that a check of ours tells: that of the candidate the peer would learn by it (RFC 8445 section 7.1.1). */
export function peerReflexivePriority(family: 4 | 6): number {
  return hostPriority(family) - (HOST_TYPE_PREFERENCE - REFLEXIVE_TYPE_PREFERENCE) * 2 ** 24
}

/**
 * The candidate lines (without `a=`) of one UDP port, one an announced IP address, best first within a family.
 * Text that is no IP address is left out: clients would have to resolve it.
 */
export function hostCandidates(addresses: readonly string[], port: number): string[] {
  const seen: Record<4 | 6, number> = { 4: 0, 6: 0 }
  const lines: string[] = []
  for (const address of addresses) {
    const family = ipv4Bytes(address) ? 4 : ipv6Bytes(address) ? 6 : undefined
    if (!family) continue
    const foundation = lines.length + 1
    const priority = hostPriority(family, seen[family]++)
    lines.push(`candidate:${foundation} ${COMPONENT} udp ${priority} ${address} ${port} typ host`)
  }
  return lines
}

/** A line as TrickleRequest's JSON text; some clients fail without the two section fields. */
export function candidateInitJson(line: string): string {
  const init: CandidateInit = { candidate: line, sdpMid: '0', sdpMLineIndex: 0 }
  return JSON.stringify(init)
}

/** What a client's candidate amounts to for this side. */
export type RemoteCandidate =
  | { readonly kind: 'end' }
  /** A usable UDP candidate of component 1. `host` is an IP address. */
  | {
      readonly kind: 'udp'
      readonly host: string
      readonly port: number
      readonly priority: number
      readonly type: string
    }
  /** Well formed, but of no use here: TCP, another component, a name (mDNS) in place of an address. */
  | { readonly kind: 'unused' }
  | { readonly kind: 'malformed' }

/** Reads the JSON text of a TrickleRequest. An empty candidate is the end of candidates, as Firefox sends it. */
export function parseCandidateInit(json: string): RemoteCandidate {
  if (json.length > 2 * MAX_CANDIDATE_CHARS) return { kind: 'malformed' }
  let init: unknown
  try {
    init = JSON.parse(json)
  } catch {
    return { kind: 'malformed' }
  }
  if (typeof init !== 'object' || init === null || !('candidate' in init)) return { kind: 'malformed' }
  return typeof init.candidate === 'string' ? parseCandidate(init.candidate) : { kind: 'malformed' }
}

/** Reads one candidate line, with or without `a=`. */
export function parseCandidate(line: string): RemoteCandidate {
  if (line.length > MAX_CANDIDATE_CHARS) return { kind: 'malformed' }
  const text = line.trim().replace(/^a=/, '')
  if (text === '' || text === 'end-of-candidates') return { kind: 'end' }
  if (!text.startsWith('candidate:')) return { kind: 'malformed' }
  const [foundation, component, transport, priority, host, port, typ, type] = text
    .slice('candidate:'.length)
    .split(/ +/)
  if (!foundation || !component || !transport || !host || typ !== 'typ' || !type) return { kind: 'malformed' }
  const priorityNumber = unsigned(priority, 0xffff_ffff)
  const portNumber = unsigned(port, 0xffff)
  const componentNumber = unsigned(component, 256)
  if (priorityNumber === undefined || portNumber === undefined || componentNumber === undefined)
    return { kind: 'malformed' }
  if (componentNumber !== COMPONENT || transport.toLowerCase() !== 'udp' || portNumber === 0)
    return { kind: 'unused' }
  if (!ipv4Bytes(host) && !ipv6Bytes(host)) return { kind: 'unused' }
  return { kind: 'udp', host, port: portNumber, priority: priorityNumber, type }
}

function unsigned(text: string | undefined, max: number): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined
  const number = Number(text)
  return number <= max ? number : undefined
}
