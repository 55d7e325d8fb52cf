// The English catalogue.
import type { Messages } from './de.ts'
import { enMeeting } from './en-meeting.ts'
import { enPages } from './en-pages.ts'

/** All English sentences of the client. */
export const en: Messages = { ...enPages, ...enMeeting }
