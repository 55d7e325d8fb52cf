// The seam between media decisions and sending: clear packets as header bytes plus a shared payload tail, addressed by target index.
import type { Brand } from '@runde/contract'

/** Index of a sending target (one peer's keys, rollover counters and address), given out by the fan-out's management part. */
export type TargetIndex = Brand<number, 'TargetIndex'>

/** Int32 fields per row: target index, header offset in the arena, header length, all but the index in bytes. */
export const FANOUT_ROW_FIELDS = 3

/** Protects and sends clear packets. Nothing here throws for what a peer does; send errors are counted by the implementation. */
export interface Fanout {
  /**
   * Sends one packet per row: the row's clear header bytes from `arena`, then `payload[tailOffset, tailEnd)`.
   * `rows` holds `rowCount` triples of (target index, header offset, header length). The header is the whole RTP header with
   * extensions plus whatever the down-track rewrites in front of the shared tail (payload descriptor, OSN).
   * `arena` and `rows` may be reused when the call returns; `payload` must stay untouched until the next `flush()`
   * (it lives in the source's history ring).
   *
   * A sequence number of an SSRC may be sent again only with the same bytes: SRTP would encrypt other ones with the same
   * keystream, and under GCM give the authentication key away. Retransmissions therefore go by RTX.
   */
  send(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    rowCount: number,
  ): void

  /** Sends one clear RTCP compound packet `packet[0, length)` to a target; copied before the call returns. */
  sendRtcp(target: TargetIndex, packet: Uint8Array, length: number): void

  /** Sends whatever is collected; the edge calls it at the end of each loop turn. */
  flush(): void
}
