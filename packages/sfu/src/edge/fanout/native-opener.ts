// Opens a peer's protected packets natively; what comes before (parsing, rollover, replay) stays with SrtpReceiver.
import type { PacketFrame, SrtpOpener } from '../../transport/srtp/index.ts'
import type { SendKeys } from './fanout-targets.ts'
import { nativeKeys } from './native-arguments.ts'
import type { NativeState } from './native-addon.ts'

/** Both session keys of one peer; RTP and RTCP share the object. */
export class NativeOpener implements SrtpOpener {
  readonly tagLength: number
  readonly #state: NativeState
  readonly #index: number
  #closed = false

  constructor(state: NativeState, peerKeys: SendKeys) {
    const { isGcm, keys } = nativeKeys(peerKeys)
    this.#state = state
    this.#index = state.addOpener(isGcm, keys)
    keys.fill(0)
    // RFC 7714 section 12 and RFC 3711 section 8.2.
    this.tagLength = isGcm === 1 ? 16 : 10
  }

  openRtp(frame: PacketFrame, start: number, payload: number, end: number, roc: number): number {
    if (this.#closed) return -1
    return this.#state.openRtp(this.#index, frame.bytes, start, payload, end, roc)
  }

  openRtcp(frame: PacketFrame, start: number, end: number): number {
    return this.#closed ? -1 : this.#state.openRtcp(this.#index, frame.bytes, start, end)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#state.removeOpener(this.#index)
  }
}
