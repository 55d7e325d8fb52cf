// Owns the rooms of one media worker: creates them, finds them, and ends those that stay empty.
import { roomSid, type RoomName } from './ids.ts'
import { MAX_ROOMS_PER_WORKER } from './limits.ts'
import { Room, type RoomEvent, type RoomOptions } from './room.ts'

/** What happens in a worker's rooms, for events and logs outside. */
export type RegistryEvent =
  | { readonly kind: 'room_started'; readonly room: Room }
  | { readonly kind: 'room_finished'; readonly room: Room }
  | (RoomEvent & { readonly room: Room })

export interface RoomRegistryOptions {
  /** Makes a fresh `RM_` sid. */
  readonly newRoomSid: () => string
  readonly onEvent: (event: RegistryEvent) => void
}

/** The rooms of one worker by name. */
export class RoomRegistry {
  readonly #rooms = new Map<RoomName, Room>()
  readonly #options: RoomRegistryOptions

  constructor(options: RoomRegistryOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#rooms.size
  }

  all(): Iterable<Room> {
    return this.#rooms.values()
  }

  find(name: RoomName): Room | undefined {
    return this.#rooms.get(name)
  }

  /** The room of that name, made if it is missing; undefined when this worker has no place for another one. */
  findOrCreate(now: number, name: RoomName, options: RoomOptions): Room | undefined {
    const present = this.#rooms.get(name)
    if (present) return present
    if (this.#rooms.size >= MAX_ROOMS_PER_WORKER) return undefined
    const room: Room = new Room(name, roomSid(this.#options.newRoomSid()), now, options, (event) =>
      this.#options.onEvent({ ...event, room }),
    )
    this.#rooms.set(name, room)
    this.#options.onEvent({ kind: 'room_started', room })
    return room
  }

  /** Ends a room and sends its members away; false when there is none. */
  delete(name: RoomName): boolean {
    const room = this.#rooms.get(name)
    if (!room) return false
    this.#rooms.delete(name)
    room.dismissAll('room_deleted')
    this.#options.onEvent({ kind: 'room_finished', room })
    return true
  }

  /** Ends rooms that have been empty for longer than their time-out, and lets the others tell who speaks. */
  handleTimeout(now: number): void {
    for (const room of this.#rooms.values()) {
      if (room.isOver(now)) this.delete(room.name)
      else room.handleTimeout(now)
    }
  }
}
