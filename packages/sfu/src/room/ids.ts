// Names the identifiers of rooms, participants and tracks, so that one is never passed for another.
import type { Brand } from '@runde/contract'

/** What callers name a room by; in a meeting it is the meeting's id. */
export type RoomName = Brand<string, 'RoomName'>
/** `RM_…`, one life of a room. */
export type RoomSid = Brand<string, 'RoomSid'>
/** What a token names a person by; unique in a room at any time. */
export type Identity = Brand<string, 'Identity'>
/** `PA_…`, one stay of an identity in a room. */
export type ParticipantSid = Brand<string, 'ParticipantSid'>
/** `TR_…`, one publication. */
export type TrackSid = Brand<string, 'TrackSid'>

/** Takes a string, checked by the caller, as a room name. */
export function roomName(text: string): RoomName {
  return text as RoomName
}

/** Takes a string, checked by the caller, as an identity. */
export function identity(text: string): Identity {
  return text as Identity
}

/** Takes a fresh `RM_` string as a room sid. */
export function roomSid(text: string): RoomSid {
  return text as RoomSid
}

/** Takes a `PA_` string as a participant sid; a foreign one is found nowhere and harms nothing. */
export function participantSid(text: string): ParticipantSid {
  return text as ParticipantSid
}

/** Takes a `TR_` string as a track sid; a foreign one is found nowhere and harms nothing. */
export function trackSid(text: string): TrackSid {
  return text as TrackSid
}
