// What the server asks of the embedded media server; tests put a fake in its place.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Something happened in a room; names and identities of people are not part of it. */
export interface MediaEvent {
  kind: 'room_started' | 'room_finished' | 'participant_joined' | 'participant_left'
  room: string
}

export interface MediaServer {
  /** True if the path belongs to the LiveKit surface (/rtc*, /twirp/*); answers it then. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean
  /** True if the path belongs to the LiveKit surface; takes the socket over then. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  createRoom(options: {
    name: string
    emptyTimeoutSeconds?: number
    departureTimeoutSeconds?: number
    maxParticipants?: number
    metadata?: string
  }): Promise<void>
  deleteRoom(name: string): Promise<void>
  participantCount(name: string): number
  /** Calls the listener for every event until the returned function is called. */
  onEvent: (listener: (event: MediaEvent) => void) => () => void
  /** Tells the participants why, then lets go of ports and workers. */
  close(): Promise<void>
}

/** One line of the media server for the log; only numbers, flags and words of a fixed vocabulary. */
export type MediaLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  event: string,
  fields: Record<string, string | number | boolean>,
) => void

export interface MediaServerOptions {
  /** API key -> secret of the access tokens. */
  keys: Map<string, string>
  /** First UDP port; every worker takes the next one. */
  udpPort: number
  workers: number
  /** Addresses that clients are told to send media to. */
  announcedAddresses: string[]
  /** Who protects and sends; `auto` is native code where it was built, else TypeScript. */
  sender: 'auto' | 'native' | 'typescript'
  /** Addresses to bind the UDP ports to; all of the machine when left out. */
  bindAddresses?: string[]
  /** Whether a token may keep its holder off the others' lists. */
  hiddenParticipants: boolean
  log: MediaLog
}

export type CreateMediaServer = (options: MediaServerOptions) => Promise<MediaServer>
