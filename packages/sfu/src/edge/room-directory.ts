// Pins each room to one media worker: where it lives already, else where the fewest rooms are.

interface Pin {
  readonly worker: number
  participants: number
  /** Whether the worker said that the room exists; before that only a join is on its way. */
  live: boolean
  /** When the pin was last used, so that a join that came to nothing does not stay. */
  since: number
  /** The request that made the room, if one did; the first join does for others. */
  request: Uint8Array | undefined
}

/** Milliseconds a pin without a room is kept: longer than any join takes to be answered. */
const TENTATIVE_MS = 60_000

/** Which worker has which room. */
export class RoomDirectory {
  readonly #pins = new Map<string, Pin>()
  readonly #load: number[]

  constructor(workers: number) {
    this.#load = Array.from({ length: workers }, () => 0)
  }

  /** The worker for a room, chosen now if it has none. */
  workerFor(room: string, now: number): number {
    const present = this.#pins.get(room)
    if (present) {
      present.since = now
      return present.worker
    }
    this.#forgetTentative(now)
    const worker = this.#load.indexOf(Math.min(...this.#load))
    this.#pins.set(room, { worker, participants: 0, live: false, since: now, request: undefined })
    this.#load[worker] = (this.#load[worker] ?? 0) + 1
    return worker
  }

  /** The worker of a room that exists. */
  find(room: string): number | undefined {
    return this.#pins.get(room)?.worker
  }

  /** Whether a worker has said that the room exists. */
  isLive(room: string): boolean {
    return this.#pins.get(room)?.live ?? false
  }

  participants(room: string): number {
    return this.#pins.get(room)?.participants ?? 0
  }

  started(room: string): void {
    const pin = this.#pins.get(room)
    if (pin) pin.live = true
  }

  /** The room was made by this request; with it a later worker can make it again. */
  made(room: string, request: Uint8Array): void {
    const pin = this.#pins.get(room)
    if (pin) pin.request = request
  }

  counted(room: string, participants: number): void {
    const pin = this.#pins.get(room)
    if (pin) pin.participants = participants
  }

  finished(room: string): void {
    const pin = this.#pins.get(room)
    if (!pin) return
    this.#pins.delete(room)
    this.#load[pin.worker] = (this.#load[pin.worker] ?? 1) - 1
  }

  /** A worker is gone, and every room with it. Returns their names with the requests that made them. */
  workerGone(worker: number): ReadonlyMap<string, Uint8Array | undefined> {
    const lost = new Map<string, Uint8Array | undefined>()
    for (const [room, pin] of this.#pins) if (pin.worker === worker) lost.set(room, pin.request)
    for (const room of lost.keys()) this.finished(room)
    return lost
  }

  #forgetTentative(now: number): void {
    for (const [room, pin] of this.#pins) if (!pin.live && now - pin.since > TENTATIVE_MS) this.finished(room)
  }
}
