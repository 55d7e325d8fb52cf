// Puts the fragments of the peer's handshake messages together, in order and each once (RFC 6347 section 4.2.3).
//
// The handshake allows exactly one row of messages, so there is one slot per row entry: what does not fit its slot's
// type, epoch or size limit is dropped, and no sender can make us hold more than these slots.
import { frameMessage, type HandshakeFragment, type HandshakeMessage } from './handshake-message.ts'
import type { Epoch } from './record-layer.ts'

/** What may come at one place of the handshake. */
export interface InboxSlot {
  readonly type: number
  /** Finished comes protected, all others in epoch 0; a message in the wrong epoch is not from the peer. */
  readonly epoch: Epoch
  /** Longest body in bytes. */
  readonly maxLength: number
}

/**
 * 'stored': something new; 'repeated': the last fragment of a message already delivered, byte for byte, so the peer
 * sends its flight again; 'ignored': anything else.
 */
export type AddResult = 'stored' | 'repeated' | 'ignored'

interface Assembly {
  readonly body: Uint8Array
  /** One per byte of the body: 1 when it has arrived. */
  readonly arrived: Uint8Array
  missing: number
}

/** Reassembles one direction's messages of one handshake. */
export class HandshakeInbox {
  readonly #slots: readonly InboxSlot[]
  readonly #assemblies: (Assembly | undefined)[] = []
  readonly #delivered: (Uint8Array | undefined)[] = []
  /** message_seq of the first slot. */
  readonly firstSequence: number
  #next = 0

  constructor(slots: readonly InboxSlot[], firstSequence: number) {
    this.#slots = slots
    this.firstSequence = firstSequence
  }

  /** Takes one fragment that came in a record of this epoch. */
  add(epoch: Epoch, fragment: HandshakeFragment): AddResult {
    const index = fragment.sequence - this.firstSequence
    const slot = this.#slots[index]
    if (!slot || slot.type !== fragment.type || slot.epoch !== epoch) return 'ignored'
    if (fragment.length > slot.maxLength) return 'ignored'
    if (index < this.#next) return this.#isRepeated(index, fragment) ? 'repeated' : 'ignored'
    return this.#store(index, fragment)
  }

  /** The next message in order once it is complete. */
  next(): HandshakeMessage | undefined {
    const slot = this.#slots[this.#next]
    const assembly = this.#assemblies[this.#next]
    if (!slot || !assembly || assembly.missing > 0) return undefined
    const message = frameMessage(slot.type, this.firstSequence + this.#next, assembly.body)
    this.#assemblies[this.#next] = undefined
    this.#delivered[this.#next] = message.body
    this.#next += 1
    return message
  }

  /** Forgets all but the last message, which may still be repeated after the handshake. */
  forgetDelivered(): void {
    for (let index = 0; index < this.#next - 1; index += 1) this.#delivered[index] = undefined
  }

  #isRepeated(index: number, fragment: HandshakeFragment): boolean {
    const body = this.#delivered[index]
    const end = fragment.offset + fragment.bytes.length
    if (!body || fragment.length !== body.length || end !== body.length) return false
    return Buffer.compare(body.subarray(fragment.offset), fragment.bytes) === 0
  }

  #store(index: number, fragment: HandshakeFragment): AddResult {
    const assembly = (this.#assemblies[index] ??= {
      body: new Uint8Array(fragment.length),
      arrived: new Uint8Array(fragment.length),
      missing: fragment.length,
    })
    if (assembly.body.length !== fragment.length) return 'ignored'
    // Fragments may overlap (RFC 6347 section 4.2.3); the bytes that came first stay.
    let position = fragment.offset
    for (const byte of fragment.bytes) {
      if (assembly.arrived[position] === 0) {
        assembly.arrived[position] = 1
        assembly.body[position] = byte
        assembly.missing -= 1
      }
      position += 1
    }
    return 'stored'
  }
}
