// Organiser's list of meetings without a view: loading, what failed, renaming, deleting.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { PAGE_RIGHTS } from '@runde/contract'
import type { Api, ApiError, Meeting } from '../app/api.ts'

/** The list and how it came about. `list` null means not loaded yet. */
export class DeskModel {
  readonly list: Signal<readonly Meeting[] | null> = signal<readonly Meeting[] | null>(null)
  readonly account: Signal<string> = signal('')
  readonly failure: Signal<ApiError | null> = signal<ApiError | null>(null)
  readonly signedOut: Signal<boolean> = signal(false)
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  /** Asks who is signed in, then for the meetings. A failure keeps the list that is there. */
  async load(): Promise<void> {
    const session = await this.#api.session()
    if (!session.ok) return this.#fail(session.error)
    this.account.value = session.value.name
    if (session.value.may.includes(PAGE_RIGHTS.meetings)) await this.refresh()
  }

  /** Fetches the meetings again. */
  async refresh(): Promise<void> {
    const meetings = await this.#api.meetings()
    if (!meetings.ok) return this.#fail(meetings.error)
    this.failure.value = null
    this.list.value = meetings.value
  }

  /** Gives a meeting another title. Returns what went wrong, or null. */
  async rename(id: string, title: string): Promise<ApiError | null> {
    const result = await this.#api.renameMeeting(id, title)
    if (!result.ok) return result.error
    this.list.value = (this.list.value ?? []).map((meeting) =>
      meeting.id === id ? { ...meeting, title } : meeting,
    )
    return null
  }

  /** Ends a meeting for everyone and closes it, or opens it again. */
  async end(id: string, ended: boolean): Promise<void> {
    const result = await this.#api.endMeeting(id, ended)
    if (!result.ok) return this.#fail(result.error)
    await this.refresh()
  }

  /** Deletes a meeting and ends it if it runs. Returns what went wrong, or null. */
  async remove(id: string): Promise<ApiError | null> {
    const result = await this.#api.deleteMeeting(id)
    if (!result.ok) return result.error
    this.list.value = (this.list.value ?? []).filter((meeting) => meeting.id !== id)
    return null
  }

  #fail(error: ApiError): void {
    if (error.code === 'not_signed_in' || error.status === 401) this.signedOut.value = true
    else this.failure.value = error
  }
}
