// Collects news that may wait a moment: in a crowd the coming and going of viewers reaches everyone in one message, not in n.
//
// Fifty people who come within a second would otherwise mean 2,500 messages, each a frame of its own on every WebSocket.
import type { ParticipantSid } from './ids.ts'
import type { Participant } from './participant.ts'
import { CROWD_SIZE, NEWS_ROUND_MS } from './limits.ts'

/** Participants about whom everyone will be told together, in the order in which they changed first. */
export class WaitingNews {
  readonly #waiting = new Map<ParticipantSid, Participant>()
  /** When the first of them was seen waiting, ms. */
  #since: number | undefined

  /** Whether news of this participant may wait in a room of this size: nobody sees or hears a viewer. */
  static mayWait(participant: Participant, members: number): boolean {
    return members > CROWD_SIZE && !participant.isPublisher && !participant.permission.hidden
  }

  /** Notes a change; what is told later is how the participant stands then. */
  add(participant: Participant): void {
    this.#waiting.set(participant.sid, participant)
  }

  has(participant: Participant): boolean {
    return this.#waiting.has(participant.sid)
  }

  /** Whether someone has waited long enough; asked at every step of time, which begins the wait of what came since. */
  isDue(now: number): boolean {
    if (this.#waiting.size === 0) return false
    this.#since ??= now
    return now - this.#since >= NEWS_ROUND_MS
  }

  /** Everyone who waits, who then waits no longer. */
  take(): readonly Participant[] {
    this.#since = undefined
    if (this.#waiting.size === 0) return []
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    return all
  }
}
