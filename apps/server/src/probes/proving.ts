// The door for the trial meeting (scripts/prove-meeting.ts): what it needs of the server to be let in and to keep what it saw.
export { loadConfig } from '../config/load.ts'
export type { ServerConfig } from '../config/config.ts'
export { findKeyPair, openStore } from '../data-folder.ts'
export { browserEntries } from '../facts/browser-entries.ts'
export { addMeeting } from '../meetings.ts'
export { makeSignInLink } from '../one-time-links.ts'
