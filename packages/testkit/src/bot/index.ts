// Participants without a browser: LiveKit's own Node SDK and server SDK, so that what they see is not decided by this project.
export { Bot, type BotOptions, type DataMessage, type ReceivedTrack, disposeBots } from './bot.ts'
export { type Grants, mintAccessToken } from './access-token.ts'
export { type RoomService, type RoomServiceTarget, roomService } from './room-service.ts'
export { ConnectError, type RemoteParticipant } from '@livekit/rtc-node'
