// Makes STUN transaction ids from which the demultiplexer can tell whose check an answer belongs to.
//
// Answers carry no USERNAME, and may come from an address that is not bound yet. The first six bytes are therefore a
// hash of the local user fragment, which is random itself; the other six are fresh. Answers are believed for their
// MESSAGE-INTEGRITY, never for the id.
import { hash } from 'node:crypto'
import { STUN_HEADER_BYTES, TRANSACTION_ID_BYTES } from './stun-format.ts'

const TAG_BYTES = 6
const ID_OFFSET = STUN_HEADER_BYTES - TRANSACTION_ID_BYTES

/** The tag of one local user fragment: 48 bits, so that a thousand peers collide once in 10^8 workers. */
export function transactionTagOf(localUfrag: string): number {
  return hash('sha1', localUfrag, 'buffer').readUIntBE(0, TAG_BYTES)
}

/** The tag in the transaction id of a STUN datagram. */
export function transactionTag(data: Uint8Array): number {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).readUIntBE(ID_OFFSET, TAG_BYTES)
}

/** A fresh transaction id; `random` gives as many bytes as asked for. */
export function newTransactionId(tag: number, random: (bytes: number) => Uint8Array): Uint8Array {
  const id = Buffer.alloc(TRANSACTION_ID_BYTES)
  id.writeUIntBE(tag, 0, TAG_BYTES)
  id.set(random(TRANSACTION_ID_BYTES - TAG_BYTES), TAG_BYTES)
  return id
}
