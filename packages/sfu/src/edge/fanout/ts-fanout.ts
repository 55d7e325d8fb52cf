// Protects and sends with what Node has: rows are collected a turn long, so that each target's packets share one cipher call.
import { FANOUT_ROW_FIELDS, type Fanout, type TargetIndex } from '../../media/fanout.ts'
import type { PeerAddress } from '../../transport/address.ts'
import { MAX_SRTP_BYTES } from '../../transport/limits.ts'
import { KeystreamBurst, SendBurst, SrtpSender } from '../../transport/srtp/index.ts'
import type { FanoutCounters, FanoutTargets, SendDatagram, SendKeys, SendTarget } from './fanout-targets.ts'
import { SendQueue } from './send-queue.ts'
import { SendRing } from './send-ring.ts'

/** Bytes that protection adds to a packet at most: GCM's tag and the SRTCP index. */
const MAX_OVERHEAD = 20
const NO_ROW = -1

export interface TsFanoutOptions {
  /** Datagrams that the socket took but did not send yet, whose buffers must stay as they are. None by default. */
  readonly queued?: () => number
}

interface Target {
  sender: SrtpSender
  address: PeerAddress
}

/** The fan-out in TypeScript. */
export class TsFanout implements Fanout, FanoutTargets {
  readonly counters: FanoutCounters = { sent: 0, bytes: 0, refused: 0, backlogged: 0 }
  readonly #sendDatagram: SendDatagram
  readonly #ring: SendRing
  readonly #queue = new SendQueue()
  readonly #burst = new SendBurst(new KeystreamBurst())
  readonly #targets: (Target | undefined)[] = []
  readonly #free: number[] = []

  constructor(sendDatagram: SendDatagram, options: TsFanoutOptions = {}) {
    this.#sendDatagram = sendDatagram
    this.#ring = new SendRing(options.queued ?? ((): number => 0))
  }

  addTarget(target: SendTarget): TargetIndex {
    const sender = new SrtpSender(target.profile, target.key, target.salt, this.#burst)
    const index = this.#free.pop() ?? this.#targets.length
    if (index >= this.#queue.targetRoom) {
      this.flush()
      this.#queue.growTargets()
    }
    this.#targets[index] = { sender, address: target.address }
    return targetIndex(index)
  }

  moveTarget(target: TargetIndex, address: PeerAddress): void {
    const known = this.#targets[target]
    if (known) known.address = address
  }

  rekeyTarget(target: TargetIndex, keys: SendKeys): void {
    const known = this.#targets[target]
    if (!known) return
    known.sender.close()
    known.sender = new SrtpSender(keys.profile, keys.key, keys.salt, this.#burst)
  }

  limitBurst(): void {
    // Each datagram is a message of its own here.
  }

  removeTarget(target: TargetIndex): void {
    const known = this.#targets[target]
    if (!known) return
    this.#targets[target] = undefined
    // Its rows are passed over now, and so do not reach the index's next owner.
    this.flush()
    known.sender.close()
    this.#free.push(target)
    this.#ring.erase()
  }

  send(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    rowCount: number,
  ): void {
    const tailLength = tailEnd - tailOffset
    for (let index = 0; index < rowCount; index++) {
      const at = index * FANOUT_ROW_FIELDS
      const headerLength = rows[at + 2] ?? 0
      if (!this.#targets[rows[at] ?? -1] || headerLength + tailLength > MAX_SRTP_BYTES - MAX_OVERHEAD) {
        this.counters.refused++
        continue
      }
      if (!this.#queue.hasRoom(headerLength)) this.flush()
      this.#queue.push(payload, tailOffset, tailEnd, arena, rows, index)
    }
  }

  sendRtcp(target: TargetIndex, packet: Uint8Array, length: number): void {
    const known = this.#targets[target]
    if (!known || length > MAX_SRTP_BYTES - MAX_OVERHEAD) {
      this.counters.refused++
      return
    }
    const start = this.#ring.take()
    if (start === -1) {
      this.counters.backlogged++
      return
    }
    const { frame } = this.#ring
    frame.bytes.set(packet.subarray(0, length), start)
    const end = known.sender.sealRtcp(frame, start, start + length)
    if (end === -1) this.counters.refused++
    else this.#hand(frame.bytes, start, end, known.address)
  }

  flush(): void {
    const queue = this.#queue
    for (let index = 0; index < queue.targetCount; index++) {
      const number = queue.targets[index] ?? 0
      const target = this.#targets[number]
      if (!target) continue
      let row = queue.firstOf(number)
      while (row !== NO_ROW) row = this.#sendBurst(target, row)
    }
    queue.clear()
  }

  /** Sends as many rows as fit one burst; returns the row to go on with, or -1. */
  #sendBurst(target: Target, first: number): number {
    const queue = this.#queue
    const { sender } = target
    sender.begin()
    let row = first
    for (; row !== NO_ROW; row = queue.next[row] ?? NO_ROW) {
      const headerLength = queue.headerLength[row] ?? 0
      const length = headerLength + (queue.tailEnd[row] ?? 0) - (queue.tailOffset[row] ?? 0)
      const result = sender.plan(queue.headers, queue.headerOffset[row] ?? 0, headerLength, length)
      if (result === 'full') break
      if (result === 'planned') continue
      this.counters.refused++
      // Marked, so that sealing counts the same rows as planning did.
      queue.headerLength[row] = 0
    }
    sender.run()
    let slot = 0
    for (let at = first; at !== row; at = queue.next[at] ?? NO_ROW)
      if (queue.headerLength[at] !== 0) this.#sendRow(target, at, slot++)
    return row
  }

  #sendRow(target: Target, row: number, slot: number): void {
    const queue = this.#queue
    const start = this.#ring.take()
    if (start === -1) {
      this.counters.backlogged++
      return
    }
    const { frame } = this.#ring
    const { bytes } = frame
    const from = queue.headerOffset[row] ?? 0
    const headerLength = queue.headerLength[row] ?? 0
    const tailOffset = queue.tailOffset[row] ?? 0
    const tailEnd = queue.tailEnd[row] ?? 0
    const payload = queue.payloads[row]
    if (!payload) return
    for (let byte = 0; byte < headerLength; byte++) bytes[start + byte] = queue.headers[from + byte] ?? 0
    bytes.set(payload.subarray(tailOffset, tailEnd), start + headerLength)
    const end = target.sender.seal(slot, frame, start, start + headerLength + tailEnd - tailOffset)
    this.#hand(bytes, start, end, target.address)
  }

  #hand(bytes: Buffer, start: number, end: number, address: PeerAddress): void {
    this.counters.sent++
    this.counters.bytes += end - start
    this.#sendDatagram(bytes, start, end - start, address)
  }
}

function targetIndex(index: number): TargetIndex {
  return index as TargetIndex
}
