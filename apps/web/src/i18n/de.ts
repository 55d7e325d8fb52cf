// The German catalogue. Its shape is the contract that every other language has to meet.
import { deMeeting } from './de-meeting.ts'
import type { MeetingMessages } from './de-meeting.ts'
import { dePages } from './de-pages.ts'
import type { PageMessages } from './de-pages.ts'

/** Shape of a language's catalogue. */
export type Messages = PageMessages & MeetingMessages

/** All German sentences of the client. */
export const de: Messages = { ...dePages, ...deMeeting }
