// Keeps the candidate pairs of a controlled full agent and decides which check to send and which pair is selected.
//
// Pairs come to be by the peer's checks alone (peer-reflexive, RFC 8445 section 7.3.1.3): our address is known to the
// peer, so every path that works is tried from its side. All local candidates are hosts, one an address family.
import type { PeerAddress } from './address.ts'
import { hostPriority } from './candidate.ts'
import { MAX_REMOTE_ADDRESSES } from './limits.ts'

/** Milliseconds until a check is sent again, doubled each time (RFC 8445 section 14.3). */
export const CHECK_RTO_MS = 500
/** Transmissions of one check; the last one waits for 8 s. The peer's next check starts anew. */
export const MAX_CHECK_TRANSMISSIONS = 5
/** Milliseconds between two transmissions of a check that the peer's own checks call for (Ta, RFC 8445 section 14.2). */
export const CHECK_SPACING_MS = 50
/** Milliseconds between consent checks, spread by a fifth to both sides (RFC 7675 section 5.1). */
export const CONSENT_INTERVAL_MS = 5_000

/** One remote address with the state of the checks in both directions. */
export interface IcePair {
  readonly address: PeerAddress
  readonly priority: bigint
  /** The peer asked to use it (USE-CANDIDATE). */
  nominated: boolean
  /** A check of ours was answered. */
  valid: boolean
  heardAt: number
  check: OpenCheck | undefined
}

interface OpenCheck {
  readonly transactionId: Uint8Array
  transmissions: number
  sentAt: number
  nextAt: number
}

/** Pair priority (RFC 8445 section 6.1.2.3) with the peer controlling. */
export function pairPriority(controlling: number, controlled: number): bigint {
  const g = BigInt(controlling)
  const d = BigInt(controlled)
  const [low, high] = g < d ? [g, d] : [d, g]
  return (low << 32n) + 2n * high + (g > d ? 1n : 0n)
}

/** The pairs of one agent. */
export class IcePairs {
  readonly #newId: () => Uint8Array
  #pairs: IcePair[] = []
  #selected: IcePair | undefined
  #consentAt = Infinity

  constructor(newId: () => Uint8Array) {
    this.#newId = newId
  }

  get selected(): IcePair | undefined {
    return this.#selected
  }

  /** Notes a valid check from an address and returns its pair. */
  heard(now: number, address: PeerAddress, remotePriority: number, nominated: boolean): IcePair {
    let pair = this.#pairs.find((known) => known.address.equals(address))
    if (!pair) {
      const priority = pairPriority(remotePriority, hostPriority(address.family))
      pair = { address, priority, nominated: false, valid: false, heardAt: now, check: undefined }
      if (this.#pairs.length >= MAX_REMOTE_ADDRESSES) this.#forgetQuietest()
      this.#pairs.push(pair)
    }
    pair.heardAt = now
    pair.nominated ||= nominated
    return pair
  }

  /** Whether a check of this pair should be sent at once since the peer's came in (RFC 8445 section 7.3.1.4). */
  wantsTriggeredCheck(now: number, pair: IcePair): boolean {
    if (pair.valid) return false
    return !pair.check || now - pair.check.sentAt >= CHECK_SPACING_MS
  }

  /** The pair a check is open for, by the answer's transaction id. */
  open(transactionId: Uint8Array): IcePair | undefined {
    return this.#pairs.find(
      (pair) => pair.check && Buffer.compare(pair.check.transactionId, transactionId) === 0,
    )
  }

  /** A check of ours was answered with success; true if the selected pair is another one now. */
  succeeded(pair: IcePair): boolean {
    pair.check = undefined
    pair.valid = true
    return this.choose()
  }

  /**
   * Selects the best pair: nominated and valid before merely valid, then by priority. A peer that nominates all pairs
   * settles on the best of those that work (RFC 8445 section 8.1.1, aggressive nomination of RFC 5245).
   */
  choose(): boolean {
    const before = this.#selected
    let best = before
    for (const pair of this.#pairs) if (pair.valid && (!best || isBetter(pair, best))) best = pair
    this.#selected = best
    return best !== before
  }

  /** Starts a check of the pair, or sends the open one again. Returns the transaction id to send it with. */
  transmit(now: number, pair: IcePair): Uint8Array {
    const check = pair.check ?? { transactionId: this.#newId(), transmissions: 0, sentAt: now, nextAt: now }
    check.sentAt = now
    check.nextAt = now + CHECK_RTO_MS * 2 ** Math.min(check.transmissions, MAX_CHECK_TRANSMISSIONS - 1)
    check.transmissions++
    pair.check = check
    return check.transactionId
  }

  /** Plans the next consent check; `spread` is 0 to 1. */
  planConsent(now: number, spread: number): void {
    this.#consentAt = now + CONSENT_INTERVAL_MS * (0.8 + 0.4 * spread)
  }

  /** A pair whose check is due, each call another one; undefined when there is none. */
  due(now: number): IcePair | undefined {
    for (const pair of this.#pairs) {
      if (!pair.check || pair.check.nextAt > now) continue
      if (pair.check.transmissions < MAX_CHECK_TRANSMISSIONS) return pair
      pair.check = undefined
    }
    if (now < this.#consentAt || !this.#selected) return undefined
    this.#consentAt = Infinity
    this.#selected.check = undefined
    return this.#selected
  }

  /** Pairs that were heard of but never checked; what is waiting for the peer's credentials. */
  unchecked(): readonly IcePair[] {
    return this.#pairs.filter((pair) => !pair.valid && !pair.check)
  }

  /** Forgets all checks after a restart. */
  reset(): void {
    this.#pairs = []
    this.#selected = undefined
    this.#consentAt = Infinity
  }

  deadline(): number {
    let earliest = this.#consentAt
    for (const pair of this.#pairs)
      if (pair.check && pair.check.nextAt < earliest) earliest = pair.check.nextAt
    return earliest
  }

  #forgetQuietest(): void {
    const others = this.#pairs.filter((pair) => pair !== this.#selected)
    const quietest = others.reduce((least, pair) => (pair.heardAt < least.heardAt ? pair : least))
    this.#pairs.splice(this.#pairs.indexOf(quietest), 1)
  }
}

function isBetter(pair: IcePair, other: IcePair): boolean {
  if (pair.nominated !== other.nominated) return pair.nominated
  return pair.priority > other.priority
}
