// Decides from the times of authenticated checks whether a peer is being checked, connected, disconnected or failed.

export type IceState = 'checking' | 'connected' | 'disconnected' | 'failed'

/** Milliseconds without a valid check until a peer counts as disconnected; LiveKit's server has the same. */
export const DISCONNECTED_AFTER_MS = 10_000
/** Milliseconds from disconnected to failed, as LiveKit's server has it. */
export const FAILED_AFTER_MS = 5_000
/** Milliseconds for the first valid check: the two above together, as a peer that never came is a peer that went. */
export const CHECKING_TIMEOUT_MS: number = DISCONNECTED_AFTER_MS + FAILED_AFTER_MS

/** Milliseconds after the last valid check (or the start) at which a state ends. */
const PATIENCE_MS: Readonly<Record<Exclude<IceState, 'failed'>, number>> = {
  checking: CHECKING_TIMEOUT_MS,
  connected: DISCONNECTED_AFTER_MS,
  disconnected: DISCONNECTED_AFTER_MS + FAILED_AFTER_MS,
}

/** The state of one connection; undefined until it starts. */
export class IceLiveness {
  #state: IceState | undefined
  #since = 0

  get state(): IceState | undefined {
    return this.#state
  }

  /** Begins checking, unless the peer's first check came before and made it connected. Returns the state if it is new. */
  start(now: number): IceState | undefined {
    if (this.#state !== undefined) return undefined
    this.#since = now
    return this.#enter('checking')
  }

  /** A check or a consent answer was valid. Returns the state if it is new. */
  touch(now: number): IceState | undefined {
    this.#since = now
    return this.#state === 'connected' ? undefined : this.#enter('connected')
  }

  /** Gives the peer the full time again after an ICE restart. Returns the state if it is new. */
  restart(now: number): IceState | undefined {
    this.#since = now
    return this.#state === 'failed' ? this.#enter('checking') : undefined
  }

  /** Returns the state if time has changed it. */
  handleTimeout(now: number): IceState | undefined {
    if (now < (this.deadline() ?? Infinity)) return undefined
    return this.#enter(this.#state === 'connected' ? 'disconnected' : 'failed')
  }

  deadline(): number | undefined {
    const state = this.#state
    return state === undefined || state === 'failed' ? undefined : this.#since + PATIENCE_MS[state]
  }

  #enter(state: IceState): IceState {
    this.#state = state
    return state
  }
}
