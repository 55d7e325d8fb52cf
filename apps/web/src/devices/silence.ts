// Notices a microphone that is on but gives nothing at all; pure, time comes in.

// Nobody is this quiet this long with a working microphone: even a silent room moves the lowest bits (ms).
const SILENT_AFTER_MS = 6000

/** Watches one microphone from switching on. */
export class SilenceWatch {
  #quietSince: number

  constructor(now: number) {
    this.#quietSince = now
  }

  /** Takes a measurement. True while the microphone has given nothing for six seconds. */
  handleSignal(alive: boolean, now: number): boolean {
    if (alive) this.#quietSince = now
    return now - this.#quietSince >= SILENT_AFTER_MS
  }
}
