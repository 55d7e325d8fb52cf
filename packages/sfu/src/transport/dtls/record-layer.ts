// Numbers, protects and opens records: plain in epoch 0, AES-GCM in epoch 1 (RFC 6347 section 4.1, RFC 5288 section 3).
//
// omits: further epochs (renegotiation is refused), replay protection in epoch 0 (message_seq does that work there).
import { createCipheriv, createDecipheriv } from 'node:crypto'

import type { TrafficKey } from './prf.ts'
import type { CipherSuite } from './protocol.ts'
import { AEAD_OVERHEAD, RECORD_HEADER_BYTES, writeRecordHeader, type DtlsRecord } from './record.ts'
import { ReplayWindow } from './replay-window.ts'

export type Epoch = 0 | 1

const EXPLICIT_NONCE_BYTES = 8
const TAG_BYTES = 16
const AAD_BYTES = 13

/** What became of a protected record. */
export type OpenResult =
  | { readonly kind: 'opened'; readonly plaintext: Uint8Array }
  | { readonly kind: 'replayed' | 'undecryptable' | 'no-keys' }

interface EpochKeys {
  readonly cipher: CipherSuite['cipher']
  readonly read: TrafficKey
  readonly write: TrafficKey
}

/** Both directions of one association's records. */
export class RecordLayer {
  readonly #nextSequence: [number, number] = [0, 0]
  readonly #replay = new ReplayWindow()
  #keys: EpochKeys | undefined

  /** True once epoch 1 can be read and written. */
  get hasKeys(): boolean {
    return this.#keys !== undefined
  }

  /** Gives epoch 1 its keys; once per association. */
  install(cipher: CipherSuite['cipher'], read: TrafficKey, write: TrafficKey): void {
    if (this.#keys) throw new Error('epoch 1 has its keys already')
    this.#keys = { cipher, read, write }
  }

  /** Bytes a record of this epoch has beyond its content. */
  overhead(epoch: Epoch): number {
    return RECORD_HEADER_BYTES + (epoch === 0 ? 0 : AEAD_OVERHEAD)
  }

  /** A whole record with the next sequence number of its epoch. */
  seal(epoch: Epoch, type: number, content: Uint8Array): Uint8Array {
    const sequence = this.#nextSequence[epoch]
    this.#nextSequence[epoch] += 1
    const record = new Uint8Array(this.overhead(epoch) + content.length)
    writeRecordHeader(record, type, epoch, sequence, record.length - RECORD_HEADER_BYTES)
    if (epoch === 0) record.set(content, RECORD_HEADER_BYTES)
    else this.#encrypt(record, content)
    return record
  }

  /** The content of a record of epoch 1, each sequence number once. */
  open(record: DtlsRecord): OpenResult {
    if (!this.#keys) return { kind: 'no-keys' }
    if (!this.#replay.isFresh(record.sequence)) return { kind: 'replayed' }
    const plaintext = decrypt(this.#keys, record)
    if (!plaintext) return { kind: 'undecryptable' }
    this.#replay.mark(record.sequence)
    return { kind: 'opened', plaintext }
  }

  #encrypt(record: Uint8Array, content: Uint8Array): void {
    if (!this.#keys) throw new Error('epoch 1 has no keys yet')
    const { cipher, write } = this.#keys
    // Epoch and sequence number never repeat under one key, so they serve as explicit nonce (RFC 5288 section 3).
    const epochAndSequence = record.subarray(3, 3 + EXPLICIT_NONCE_BYTES)
    record.set(epochAndSequence, RECORD_HEADER_BYTES)
    const sealer = createCipheriv(cipher, write.key, nonce(write.salt, epochAndSequence))
    sealer.setAAD(additionalData(record, content.length))
    const start = RECORD_HEADER_BYTES + EXPLICIT_NONCE_BYTES
    record.set(sealer.update(content), start)
    sealer.final()
    record.set(sealer.getAuthTag(), start + content.length)
  }
}

function decrypt(keys: EpochKeys, record: DtlsRecord): Uint8Array | undefined {
  const { body } = record
  const length = body.length - AEAD_OVERHEAD
  if (length < 0) return undefined
  const header = new Uint8Array(RECORD_HEADER_BYTES)
  writeRecordHeader(header, record.type, record.epoch, record.sequence, 0)
  const iv = nonce(keys.read.salt, body.subarray(0, EXPLICIT_NONCE_BYTES))
  const opener = createDecipheriv(keys.cipher, keys.read.key, iv, { authTagLength: TAG_BYTES })
  opener.setAAD(additionalData(header, length))
  opener.setAuthTag(body.subarray(EXPLICIT_NONCE_BYTES + length))
  const plaintext = opener.update(body.subarray(EXPLICIT_NONCE_BYTES, EXPLICIT_NONCE_BYTES + length))
  try {
    opener.final()
  } catch {
    // The only way node:crypto reports a wrong tag.
    return undefined
  }
  // As a plain Uint8Array, so that nobody's `slice` is a view by surprise.
  return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.length)
}

function nonce(salt: Uint8Array, explicit: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(salt.length + explicit.length)
  bytes.set(salt)
  bytes.set(explicit, salt.length)
  return bytes
}

/** seq_num with epoch, type, version and plaintext length (RFC 5246 section 6.2.3.3, RFC 6347 section 4.1.2.1). */
function additionalData(header: Uint8Array, length: number): Uint8Array {
  const data = new Uint8Array(AAD_BYTES)
  data.set(header.subarray(3, 11))
  data.set(header.subarray(0, 3), 8)
  data[11] = length >>> 8
  data[12] = length & 0xff
  return data
}
