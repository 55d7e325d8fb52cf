// The RoomService as an application calls it: through livekit-server-sdk, JSON over HTTP.
import { RoomServiceClient } from 'livekit-server-sdk'

/** A server with its key pair. */
export interface RoomServiceTarget {
  /** WebSocket or HTTP address. */
  url: string
  key: string
  secret: string
}

export type RoomService = RoomServiceClient

/** A client for the server's RoomService. */
export function roomService({ url, key, secret }: RoomServiceTarget): RoomService {
  return new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret)
}
