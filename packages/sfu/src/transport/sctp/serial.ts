// Turns wrapping sequence numbers (RFC 1982; TSN 32 bits, SSN 16 bits) into plain growing numbers, so that nothing else compares modulo.

/**
 * The full number whose low 32 bits are `tsn` and that lies nearest to `reference`.
 * Full TSNs start as the 32-bit value of the handshake and never wrap; `>>> 0` gives the wire value back.
 */
export function unwrapTsn(tsn: number, reference: number): number {
  return reference + ((tsn - (reference % 4_294_967_296)) | 0)
}

/** The full number whose low 16 bits are `ssn` and that lies nearest to `reference`. */
export function unwrapSsn(ssn: number, reference: number): number {
  return reference + (((ssn - reference) << 16) >> 16)
}
