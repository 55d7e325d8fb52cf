// Names the ids that travel between browser, server and media server, and says which texts are one.
import type { Brand } from './brand.ts'

/** Readable id of a meeting and name of its room on the media server: `abc-defg-hij`. */
export type MeetingId = Brand<string, 'MeetingId'>

/** Random id of one participant in one join; says nothing about the person and is never used twice. */
export type Identity = Brand<string, 'Identity'>

/** Random id of an organiser's account. */
export type OrganiserId = Brand<string, 'OrganiserId'>

/** Wall clock in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMillis = Brand<number, 'EpochMillis'>

/**
 * Letters a new meeting id is made of: `i`, `l` and `o` are left out because they are read as 1 and 0
 * when an id is copied from paper. 23 letters in 10 places are 45 bits.
 */
export const MEETING_ID_LETTERS = 'abcdefghjkmnpqrstuvwxyz' as const

const MEETING_ID = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/

/** True if the text has the form of a meeting id; every letter a to z is allowed, so the form may be widened. */
export function isMeetingId(text: string): text is MeetingId {
  return MEETING_ID.test(text)
}

/** Reads a meeting id as people write it: capitals and surrounding blanks are forgiven, the hyphens may be missing. */
export function parseMeetingId(text: string): MeetingId | undefined {
  const plain = text.trim().toLowerCase()
  if (isMeetingId(plain)) return plain
  const letters = /^([a-z]{3})([a-z]{4})([a-z]{3})$/.exec(plain)
  if (letters === null) return undefined
  const joined = `${letters[1]}-${letters[2]}-${letters[3]}`
  return isMeetingId(joined) ? joined : undefined
}

/** Marks a text as an identity; the caller made it (join) or found it in a verified token. */
export function asIdentity(text: string): Identity {
  return text as Identity
}

/** Marks a text as an organiser's id; the caller made it or read it from the store. */
export function asOrganiserId(text: string): OrganiserId {
  return text as OrganiserId
}

/** Marks a number as wall clock milliseconds; the caller read a clock or the store. */
export function asEpochMillis(value: number): EpochMillis {
  return value as EpochMillis
}
