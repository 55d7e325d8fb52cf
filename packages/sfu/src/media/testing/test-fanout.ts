// A fan-out for tests: puts packets together per target and checks the contract about the payload on the way.
import type { Fanout, TargetIndex } from '../fanout.ts'

interface Pending {
  readonly target: number
  readonly payload: Uint8Array
  readonly tailOffset: number
  readonly packet: Uint8Array
  readonly headerLength: number
}

/** Takes a number as target. */
export function target(index: number): TargetIndex {
  return index as TargetIndex
}

/** Hands whole clear packets over at each flush. */
export class TestFanout implements Fanout {
  onRtp: (target: number, packet: Uint8Array) => void = () => undefined
  onRtcp: (target: number, packet: Uint8Array) => void = () => undefined
  calls = 0
  #pending: Pending[] = []

  send(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    rowCount: number,
  ): void {
    this.calls++
    for (let row = 0; row < rowCount; row++) {
      const index = rows[row * 3] ?? 0
      const headerOffset = rows[row * 3 + 1] ?? 0
      const headerLength = rows[row * 3 + 2] ?? 0
      const packet = new Uint8Array(headerLength + tailEnd - tailOffset)
      packet.set(arena.subarray(headerOffset, headerOffset + headerLength))
      packet.set(payload.subarray(tailOffset, tailEnd), headerLength)
      this.#pending.push({ target: index, payload, tailOffset, packet, headerLength })
    }
  }

  sendRtcp(index: TargetIndex, packet: Uint8Array, length: number): void {
    this.onRtcp(index, packet.slice(0, length))
  }

  flush(): void {
    const pending = this.#pending
    this.#pending = []
    for (const { target: index, payload, tailOffset, packet, headerLength } of pending) {
      for (let at = headerLength; at < packet.length; at++) {
        if (packet[at] !== payload[tailOffset + at - headerLength])
          throw new Error('payload changed before flush')
      }
      this.onRtp(index, packet)
    }
  }
}
