// Finds the 48-bit index of an RTP packet from its 16-bit sequence number (RFC 3711 section 3.3.1 and appendix A).

const HALF = 32_768
const MODULO = 65_536
/** The rollover counter has 32 bits. */
const MAX_ROC = 0xffff_ffff

/**
 * The rollover counter of a packet with sequence number `sequence`, given the counter and number of the newest one.
 * Returns -1 for a packet before the first turn of the counter or after its last.
 */
export function estimateRoc(roc: number, newest: number, sequence: number): number {
  if (newest < HALF) return sequence - newest > HALF ? roc - 1 : roc
  if (newest - HALF > sequence) return roc === MAX_ROC ? -1 : roc + 1
  return roc
}

/** The index as one number, below 2^48. */
export function packetIndex(roc: number, sequence: number): number {
  return roc * MODULO + sequence
}
