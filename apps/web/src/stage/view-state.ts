// What the person decided about the view of the meeting: who is pinned, which layout, page, panel, corner of the own picture.
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Meeting, Person } from '../meeting/model.ts'
import { Seating } from '../meeting/seating.ts'

/** Corner of the small own picture. */
export type Corner = 'bottom-right' | 'bottom-left' | 'top-left' | 'top-right'

/** Layout chosen by the person. */
export type View = 'grid' | 'speaker'

/** What fills the stage. */
export type Layout =
  | { readonly kind: 'grid'; readonly tiles: readonly Person[]; readonly pip: Person | null }
  | {
      readonly kind: 'focus'
      readonly main: Person
      readonly what: 'screen' | 'person'
      readonly strip: readonly Person[]
    }

/** Inputs of the layout besides the people. */
export interface Wishes {
  readonly view: View
  readonly pinned: string | null
  readonly selfHidden: boolean
  readonly lastSpeaker: string | null
  /** Identity whose screen came last; the newer of two shares is the large one. */
  readonly newestShare: string | null
  /** Order of the others' tiles. */
  readonly order: readonly string[]
}

function inOrder(people: readonly Person[], order: readonly string[]): Person[] {
  const rank = new Map(order.map((identity, index) => [identity, index]))
  return people
    .filter((person) => !person.isSelf)
    .sort((a, b) => (rank.get(a.identity) ?? order.length) - (rank.get(b.identity) ?? order.length))
}

function focus(
  people: readonly Person[],
  ordered: readonly Person[],
  main: Person,
  what: 'screen' | 'person',
  lastSpeaker: string | null,
): Layout {
  const self = people.filter((person) => person.isSelf)
  const first = (person: Person): number =>
    person.screen !== null && person !== main ? 0 : person.identity === lastSpeaker ? 1 : 2
  const rest = what === 'screen' ? ordered : ordered.filter((person) => person !== main)
  const strip = [...rest].sort((a, b) => first(a) - first(b))
  return { kind: 'focus', main, what, strip: what === 'person' && main.isSelf ? strip : [...strip, ...self] }
}

/** Decides what fills the stage (ui.md, section 4). */
export function arrange(people: readonly Person[], wishes: Wishes): Layout {
  const ordered = inOrder(people, wishes.order)
  const self = people.find((person) => person.isSelf)
  const sharing = people.filter((person) => person.screen !== null)
  const share = sharing.find((person) => person.identity === wishes.newestShare) ?? sharing[0]
  if (share !== undefined) return focus(people, ordered, share, 'screen', wishes.lastSpeaker)
  const pinned = people.find((person) => person.identity === wishes.pinned)
  if (pinned !== undefined && people.length > 1)
    return focus(people, ordered, pinned, 'person', wishes.lastSpeaker)
  if (wishes.view === 'speaker' && ordered.length > 1) {
    const speaker = ordered.find((person) => person.identity === wishes.lastSpeaker) ?? ordered[0]
    if (speaker !== undefined) return focus(people, ordered, speaker, 'person', null)
  }
  const own = self === undefined || (wishes.selfHidden && ordered.length > 0) ? [] : [self]
  if (ordered.length === 1 && own.length === 1) return { kind: 'grid', tiles: ordered, pip: own[0] ?? null }
  return { kind: 'grid', tiles: [...ordered, ...own], pip: null }
}

/** State of the view. */
export class ViewState {
  readonly view: Signal<View> = signal<View>('grid')
  readonly pinned: Signal<string | null> = signal<string | null>(null)
  readonly selfHidden: Signal<boolean> = signal(false)
  readonly corner: Signal<Corner> = signal<Corner>('bottom-right')
  readonly page: Signal<number> = signal(0)
  readonly peopleOpen: Signal<boolean> = signal(false)
  readonly dialog: Signal<'keys' | 'settings' | null> = signal<'keys' | 'settings' | null>(null)
  readonly layout: ReadonlySignal<Layout>
  readonly #lastSpeaker: Signal<string | null> = signal<string | null>(null)
  readonly #newestShare: Signal<string | null> = signal<string | null>(null)
  readonly #order: Signal<readonly string[]> = signal<readonly string[]>([])
  readonly #seating = new Seating()
  #sharing: ReadonlySet<string> = new Set()

  constructor(meeting: Pick<Meeting, 'people'>) {
    this.layout = computed(() =>
      arrange(meeting.people.value, {
        view: this.view.value,
        pinned: this.pinned.value,
        selfHidden: this.selfHidden.value,
        lastSpeaker: this.#lastSpeaker.value,
        newestShare: this.#newestShare.value,
        order: this.#order.value,
      }),
    )
  }

  /** Takes the people whenever they change. */
  handlePeople(people: readonly Person[], now: number): void {
    const others = people.filter((person) => !person.isSelf)
    this.#seating.handlePeople(others.map(({ identity }) => identity))
    const speaking = new Set(others.filter((person) => person.speaking).map(({ identity }) => identity))
    this.#seating.handleSpeaking(speaking, now)
    this.#takeOrder()
    const [first] = speaking
    const last = this.#lastSpeaker.value
    if (first !== undefined && (last === null || !speaking.has(last))) this.#lastSpeaker.value = first
    const sharing = new Set(people.filter((person) => person.screen !== null).map(({ identity }) => identity))
    for (const identity of sharing) if (!this.#sharing.has(identity)) this.#newestShare.value = identity
    this.#sharing = sharing
    if (this.pinned.value !== null && !people.some(({ identity }) => identity === this.pinned.value))
      this.pinned.value = null
  }

  /** Lets a long speaker on another page come into view. Call now and then. */
  handleTime(visible: ReadonlySet<string>, now: number): void {
    const fixed = new Set(this.pinned.value === null ? [] : [this.pinned.value])
    if (this.#seating.update(visible, fixed, now)) this.#takeOrder()
  }

  // The same order again must not draw the stage again.
  #takeOrder(): void {
    const next = this.#seating.order
    const now = this.#order.value
    if (next.length !== now.length || next.some((identity, index) => identity !== now[index]))
      this.#order.value = next
  }

  /** Pins or unpins a person. */
  togglePin(identity: string): void {
    this.pinned.value = this.pinned.value === identity ? null : identity
  }

  /** Changes between grid and speaker. */
  toggleView(): void {
    this.pinned.value = null
    this.view.value = this.view.value === 'grid' ? 'speaker' : 'grid'
  }
}
