// Turns participants of the media library into people for the view: stable objects, seat hues, numbers for guests.
import { SEAT_HUES } from './model.ts'
import type { Person } from './model.ts'

/** A person before hue and guest number are known. */
export type RawPerson = Omit<Person, 'hue' | 'guest'>

function same(a: Person, b: Person): boolean {
  return (
    a.name === b.name &&
    a.guest === b.guest &&
    a.hue === b.hue &&
    a.micOn === b.micOn &&
    a.camOn === b.camOn &&
    a.speaking === b.speaking &&
    a.weak === b.weak &&
    a.video === b.video &&
    a.screen === b.screen &&
    a.isSelf === b.isSelf
  )
}

/** Remembers who sits where. */
export class Roster {
  readonly #seats = new Map<string, number>()
  readonly #guests = new Map<string, number>()
  #nextSeat = 0
  #nextGuest = 1
  #last: readonly Person[] = []

  /**
   * The people of now. Someone who did not change is the same object as before, and so is the whole list.
   * @param raw people in join order, you last
   */
  update(raw: readonly RawPerson[]): readonly Person[] {
    const before = new Map(this.#last.map((person) => [person.identity, person]))
    const people = raw.map((one) => {
      const person: Person = { ...one, hue: this.#hueOf(one.identity), guest: this.#guestOf(one) }
      const known = before.get(one.identity)
      return known !== undefined && same(known, person) ? known : person
    })
    const unchanged =
      people.length === this.#last.length && people.every((person, index) => person === this.#last[index])
    if (!unchanged) this.#last = people
    return this.#last
  }

  #hueOf(identity: string): number {
    let seat = this.#seats.get(identity)
    if (seat === undefined) {
      seat = this.#nextSeat++
      this.#seats.set(identity, seat)
    }
    return SEAT_HUES[seat % SEAT_HUES.length] ?? 0
  }

  #guestOf(person: RawPerson): number {
    if (person.name !== '' || person.isSelf) return 0
    let guest = this.#guests.get(person.identity)
    if (guest === undefined) {
      guest = this.#nextGuest++
      this.#guests.set(person.identity, guest)
    }
    return guest
  }
}

/** Letters in the seat of a person without camera: the first letter of the name, `G` and the number for guests. */
export function initials(name: string, guest: number): string {
  if (guest > 0) return `G${guest}`
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  for (const { segment } of segments) return segment.toLocaleUpperCase()
  return ''
}
