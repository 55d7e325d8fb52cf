// A visit to a meeting from the link to the goodbye: which page is on show and what a rejoin needs. No view, no media library.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Api, ApiError, PublicMeeting, Ticket } from '../app/api.ts'
import type { MeetingId } from '@runde/contract'
import type { Choice, Tracks } from '../devices/preview.ts'
import type { End, Meeting } from './model.ts'

/** Page of the visit on show. */
export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'join'; readonly error: ApiError | null }
  | { readonly kind: 'joining' }
  | { readonly kind: 'stage'; readonly meeting: Meeting }
  | { readonly kind: 'gone'; readonly retryAt: number; readonly trying: boolean }
  | {
      readonly kind: 'left'
      readonly end: Exclude<End, 'lost'>
      readonly from: Date
      readonly to: Date
      readonly still: number
      readonly rejoining: boolean
    }

/** What a person enters with. */
export interface Entry {
  readonly name: string
  readonly tracks: Tracks
  readonly choice: Choice
}

/** Opens the connection to the media server; loaded when needed. */
export type Connect = (ticket: Ticket, entry: Entry, onEnd: (end: End) => void) => Promise<Meeting>

/** Opens devices again for a return. */
export type Reopen = (
  wanted: { readonly mic: boolean; readonly cam: boolean },
  choice: Choice,
) => Promise<Tracks>

/** The world around a visit. */
export interface VisitEdge {
  readonly api: Pick<Api, 'publicMeeting' | 'join'>
  readonly connect: Connect
  readonly reopen: Reopen
  readonly now: () => number
}

/** The server let us in, but the connection for sound and picture did not come about. */
const MEDIA_UNREACHABLE: ApiError = { code: 'media_unreachable', message: null, field: null, status: 0 }

/** The page for an answer that no second attempt will change, or null. */
function closedDoor({ code }: ApiError): Phase | null {
  if (code === 'meeting_not_found') return { kind: 'missing' }
  return code === 'meeting_ended' ? { kind: 'closed' } : null
}

// Waits before the next attempt when the server is gone, in ms; the last one repeats.
const GONE_DELAYS_MS: readonly number[] = [5000, 10_000, 15_000, 20_000]

/** One visit. */
export class Visit {
  readonly id: MeetingId
  readonly phase: Signal<Phase> = signal<Phase>({ kind: 'loading' })
  readonly facts: Signal<PublicMeeting | null> = signal<PublicMeeting | null>(null)
  readonly #edge: VisitEdge
  #last: { name: string; choice: Choice; mic: boolean; cam: boolean; from: Date | null } | null = null
  #attempts = 0
  #over = false

  constructor(id: MeetingId, edge: VisitEdge) {
    this.id = id
    this.#edge = edge
  }

  /** Asks whether the meeting exists. */
  async load(): Promise<void> {
    this.phase.value = { kind: 'loading' }
    const found = await this.#edge.api.publicMeeting(this.id)
    if (found.ok) {
      this.facts.value = found.value
      this.phase.value = { kind: 'join', error: null }
    } else this.phase.value = closedDoor(found.error) ?? { kind: 'unreachable' }
  }

  /** Joins. A failure returns to the join page with its reason; the entry's tracks are stopped then. */
  async join(entry: Entry): Promise<void> {
    this.phase.value = { kind: 'joining' }
    this.#settle(await this.#enter(entry))
  }

  /** Returns to the meeting as one left it. */
  async rejoin(): Promise<void> {
    const last = this.#last
    if (last === null) return this.load()
    const { value } = this.phase
    if (value.kind === 'left' && value.rejoining) return
    this.phase.value = value.kind === 'left' ? { ...value, rejoining: true } : { kind: 'joining' }
    const tracks = await this.#edge.reopen({ mic: last.mic, cam: last.cam }, last.choice)
    this.#settle(await this.#enter({ name: last.name, choice: last.choice, tracks }))
  }

  /** Tries to come back after the server was gone. The countdown calls it, and the button. */
  async comeBack(): Promise<void> {
    const last = this.#last
    if (last === null || (this.phase.value.kind === 'gone' && this.phase.value.trying)) return
    this.phase.value = { kind: 'gone', retryAt: this.#edge.now(), trying: true }
    const tracks = await this.#edge.reopen({ mic: last.mic, cam: last.cam }, last.choice)
    const error = await this.#enter({ name: last.name, choice: last.choice, tracks })
    if (error === null || this.#over) return
    const closed = closedDoor(error)
    if (closed === null) this.#waitForServer()
    else this.phase.value = closed
  }

  /** Gives up the running connection and enters anew ("try now" while reconnecting). */
  async restart(): Promise<void> {
    const { value } = this.phase
    if (value.kind !== 'stage') return
    this.#keepState(value.meeting)
    this.phase.value = { kind: 'gone', retryAt: this.#edge.now(), trying: false }
    await value.meeting.leave()
    await this.comeBack()
  }

  /** Leaves from the stage or from the page for an absent server. */
  async leave(): Promise<void> {
    const { value } = this.phase
    if (value.kind === 'stage') await value.meeting.leave()
    else if (value.kind === 'gone') await this.#goodbye('left')
  }

  /** The page goes away: close what is open. */
  dispose(): void {
    this.#over = true
    const { value } = this.phase
    if (value.kind === 'stage') void value.meeting.leave()
  }

  #settle(error: ApiError | null): void {
    if (error === null || this.#over) return
    this.phase.value = closedDoor(error) ?? { kind: 'join', error }
  }

  async #enter(entry: Entry): Promise<ApiError | null> {
    const stop = (): void => {
      entry.tracks.mic?.stop()
      entry.tracks.cam?.stop()
    }
    const ticket = await this.#edge.api.join(this.id, entry.name)
    if (!ticket.ok) {
      stop()
      return ticket.error
    }
    this.#last = {
      name: entry.name,
      choice: entry.choice,
      mic: entry.tracks.mic !== null,
      cam: entry.tracks.cam !== null,
      from: this.#last?.from ?? new Date(this.#edge.now()),
    }
    // The end may be reported while `connect` still runs, before the phase holds the meeting.
    const stay: { meeting: Meeting | null; early: End | null } = { meeting: null, early: null }
    try {
      stay.meeting = await this.#edge.connect(ticket.value, entry, (end) => {
        if (stay.meeting === null) stay.early = end
        else this.#ended(stay.meeting, end)
      })
    } catch {
      stop()
      return MEDIA_UNREACHABLE
    }
    const { meeting, early } = stay
    if (this.#over) {
      await meeting.leave()
      return null
    }
    this.#attempts = 0
    this.phase.value = { kind: 'stage', meeting }
    if (early !== null) this.#ended(meeting, early)
    return null
  }

  #keepState(meeting: Meeting): void {
    if (this.#last !== null)
      this.#last = { ...this.#last, mic: meeting.micOn.value, cam: meeting.camOn.value }
  }

  #ended(meeting: Meeting, end: End): void {
    const { value } = this.phase
    // A meeting that `restart` has already given up reports its end too.
    if (value.kind !== 'stage' || value.meeting !== meeting) return
    this.#keepState(meeting)
    if (end === 'lost') this.#waitForServer()
    else void this.#goodbye(end)
  }

  #waitForServer(): void {
    const delay = GONE_DELAYS_MS[Math.min(this.#attempts, GONE_DELAYS_MS.length - 1)] ?? 0
    this.#attempts += 1
    this.phase.value = { kind: 'gone', retryAt: this.#edge.now() + delay, trying: false }
  }

  async #goodbye(end: Exclude<End, 'lost'>): Promise<void> {
    const to = new Date(this.#edge.now())
    const from = this.#last?.from ?? to
    if (this.#last !== null) this.#last = { ...this.#last, from: null }
    this.phase.value = { kind: 'left', end, from, to, still: 0, rejoining: false }
    const found = await this.#edge.api.publicMeeting(this.id)
    const { value } = this.phase
    if (found.ok && value.kind === 'left') this.phase.value = { ...value, still: found.value.participants }
  }
}
