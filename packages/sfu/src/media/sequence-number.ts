// Does arithmetic on RTP sequence numbers and timestamps, which wrap (RFC 3550 appendix A.1), and names the kinds of numbers.
import type { Brand } from '@runde/contract'

/** Synchronisation source identifier, unsigned 32 bits. */
export type Ssrc = Brand<number, 'Ssrc'>
/** A publisher's sequence number, extended by its wrap-arounds; grows without bound, starts at 65,536 plus the first number. */
export type IncomingSequence = Brand<number, 'IncomingSequence'>
/** A sequence number sent to one subscriber, extended likewise; starts below 32,768. */
export type OutgoingSequence = Brand<number, 'OutgoingSequence'>

/** Returned in the place of a sequence number where there is none. */
export const NO_SEQUENCE = -1

/** Takes the low 32 bits of a number as an SSRC. */
export function ssrc(value: number): Ssrc {
  return (value >>> 0) as Ssrc
}

/** Takes a number as extended sequence number of a publisher. */
export function incoming(value: number): IncomingSequence {
  return value as IncomingSequence
}

/** Takes a number as extended sequence number toward a subscriber. */
export function outgoing(value: number): OutgoingSequence {
  return value as OutgoingSequence
}

/** Signed distance `a - b` of two 16-bit numbers, -32,768 to 32,767. */
export function distance16(a: number, b: number): number {
  return ((a - b) << 16) >> 16
}

/** Signed distance `a - b` of two 32-bit numbers. */
export function distance32(a: number, b: number): number {
  return (a - b) | 0
}

/** Extends a 16-bit number to the value nearest to `reference`; negative if it lies before the beginning of time. */
export function extendNear(reference: number, low16: number): number {
  return reference + distance16(low16, reference & 0xffff)
}
