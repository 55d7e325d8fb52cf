// What the meeting's view needs to know, without any media library: people, connection, own devices, and what one can do.
import type { ReadonlySignal } from '@preact/signals'
import type { DeviceKind, DeviceList } from '../devices/device-list.ts'
import type { Notices } from './notices.ts'

/** A picture that can be shown in a video element. Equal pictures are the same object. */
export interface VideoSource {
  attach(element: HTMLVideoElement): void
  detach(element: HTMLVideoElement): void
}

/** One person in the room. An unchanged person stays the same object. */
export interface Person {
  readonly identity: string
  /** Name the person gave, or empty for a guest. */
  readonly name: string
  /** Number of a guest without name, from 1; 0 for people with a name. */
  readonly guest: number
  readonly isSelf: boolean
  /** Hue of the seat in degrees, one of eight (tokens.css, `--h`). */
  readonly hue: number
  readonly micOn: boolean
  readonly camOn: boolean
  readonly speaking: boolean
  /** Weak connection, as the server measures it. */
  readonly weak: boolean
  readonly video: VideoSource | null
  readonly screen: VideoSource | null
}

/** How the connection stands. */
export type Connection = 'connecting' | 'connected' | 'reconnecting' | 'closed'

/** Why a stay in the room ended: by oneself, for all, by the host, by another window, by the network. */
export type End = 'left' | 'ended' | 'removed' | 'elsewhere' | 'lost'

/** The running meeting, as the view sees it. */
export interface Meeting {
  readonly people: ReadonlySignal<readonly Person[]>
  readonly connection: ReadonlySignal<Connection>
  readonly micOn: ReadonlySignal<boolean>
  readonly camOn: ReadonlySignal<boolean>
  readonly sharing: ReadonlySignal<boolean>
  /** The browser holds the sound back until the person presses something. */
  readonly soundBlocked: ReadonlySignal<boolean>
  readonly notices: Notices
  readonly devices: DeviceList
  readonly canShare: boolean
  setMic(on: boolean): Promise<void>
  setCam(on: boolean): Promise<void>
  setShare(on: boolean): Promise<void>
  startSound(): Promise<void>
  /** Device in use, or empty for the system's. */
  activeDevice(kind: DeviceKind): string
  chooseDevice(kind: DeviceKind, id: string): Promise<void>
  /** Tells which people's pictures are in view; the others are not sent to us. */
  watch(identities: ReadonlySet<string>): void
  leave(): Promise<void>
}

/** The eight seat hues, by position in the roster; never from the name. */
export const SEAT_HUES: readonly number[] = [214, 28, 152, 300, 72, 250, 348, 112]
