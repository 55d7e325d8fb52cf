// Lists every message between the server and a media worker, which is a process of its own: plain cloneable values only.
import type { JoinRefusal } from '../session/join.ts'
import type { ParticipantGrants, RoomServiceMethod } from '../wire/index.ts'
import type { LogFields, LogLevel } from './log.ts'
import type { SenderChoice, SenderInUse } from './media-path.ts'

/** Names one WebSocket for as long as it is open. */
export type ConnectionId = number

/** What a worker is started with. */
export interface WorkerSettings {
  readonly udpPort: number
  /** Addresses to bind UDP sockets to; one socket an address family. */
  readonly bindAddresses: readonly string[]
  /** Addresses told to clients as host candidates. */
  readonly announcedAddresses: readonly string[]
  readonly keys: readonly (readonly [string, string])[]
  readonly sender: SenderChoice
}

export type ToWorker =
  | { readonly kind: 'start'; readonly settings: WorkerSettings }
  | {
      readonly kind: 'join'
      readonly connection: ConnectionId
      readonly grants: ParticipantGrants
      readonly apiKey: string
      /** JoinRequest, already inflated and size-checked. */
      readonly joinRequest: Uint8Array
      readonly firefox: boolean
    }
  | { readonly kind: 'signal'; readonly connection: ConnectionId; readonly data: Uint8Array }
  | { readonly kind: 'signal-closed'; readonly connection: ConnectionId }
  | {
      readonly kind: 'call'
      readonly call: number
      readonly method: RoomServiceMethod
      readonly request: Uint8Array
    }
  | { readonly kind: 'close' }

/** One SignalResponse for one client. */
export interface SignalFrame {
  readonly connection: ConnectionId
  readonly data: Uint8Array
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly sender: SenderInUse }
  | { readonly kind: 'failed'; readonly code: string; readonly udpPort: number }
  | { readonly kind: 'joined'; readonly connection: ConnectionId }
  | { readonly kind: 'refused'; readonly connection: ConnectionId; readonly refusal: JoinRefusal }
  | { readonly kind: 'signals'; readonly frames: readonly SignalFrame[] }
  | { readonly kind: 'close-signal'; readonly connection: ConnectionId }
  | { readonly kind: 'called'; readonly call: number; readonly response: Uint8Array }
  | { readonly kind: 'call-failed'; readonly call: number; readonly code: string; readonly message: string }
  | {
      readonly kind: 'event'
      readonly event: 'room_started' | 'room_finished' | 'participant_joined' | 'participant_left'
      readonly room: string
      readonly participants: number
    }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly event: string; readonly fields: LogFields }
  | { readonly kind: 'closed' }
