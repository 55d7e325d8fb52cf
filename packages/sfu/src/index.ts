// The door of the media server as a library.
export {
  createMediaServer,
  type CreateRoomOptions,
  type MediaServer,
  type MediaServerEvent,
  type MediaServerOptions,
} from './edge/media-server.ts'
export type { Log, LogFields, LogLevel } from './edge/log.ts'
export { CallError, WorkerStartError } from './edge/worker-link.ts'
export {
  verifyAccessToken,
  mintAccessToken,
  type MintOptions,
  type ParticipantGrants,
  type VideoGrant,
} from './wire/index.ts'
