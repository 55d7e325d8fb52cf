// Gives out the memory that packets are protected and sent in, and takes care not to overwrite what still waits.
import { MAX_SRTP_BYTES } from '../../transport/limits.ts'
import { FRAME_PREFIX_BYTES, FRAME_SUFFIX_BYTES, PacketFrame } from '../../transport/srtp/index.ts'

const SLOT_BYTES = FRAME_PREFIX_BYTES + MAX_SRTP_BYTES + FRAME_SUFFIX_BYTES
/** Packets until the socket is asked whether it still holds some: asking costs a call, and these fit the L2 cache. */
const SLOTS = 16
/** Datagrams that may wait for the kernel; about 9 MB, some 80 ms of a full gigabit. */
export const MAX_QUEUED_DATAGRAMS = 8_192

/** A ring of packet slots. */
export class SendRing {
  readonly #queued: () => number
  #frame = newFrame()
  #slot = 0
  #blocked = false

  /** `queued` tells how many datagrams the socket has taken but not sent. */
  constructor(queued: () => number) {
    this.#queued = queued
  }

  get frame(): PacketFrame {
    return this.#frame
  }

  /** Where the next packet begins in `frame`, or -1 while too many wait. Read `frame` after this call. */
  take(): number {
    if (this.#slot === SLOTS || this.#blocked) this.#wrap()
    if (this.#blocked) return -1
    return this.#slot++ * SLOT_BYTES + FRAME_PREFIX_BYTES
  }

  /** Overwrites what earlier packets left. */
  erase(): void {
    if (this.#queued() > 0) this.#frame = newFrame()
    else this.#frame.bytes.fill(0)
    this.#slot = 0
  }

  #wrap(): void {
    const queued = this.#queued()
    this.#blocked = queued > MAX_QUEUED_DATAGRAMS
    if (this.#blocked) return
    // What waits keeps the memory it is in; the collector frees it after the last datagram has left.
    if (queued > 0) this.#frame = newFrame()
    this.#slot = 0
  }
}

function newFrame(): PacketFrame {
  return new PacketFrame(SLOTS * SLOT_BYTES)
}
