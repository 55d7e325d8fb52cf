// Makes the ids of meetings, participants and organisers out of injected randomness.
import {
  MEETING_ID_LETTERS,
  asIdentity,
  asOrganiserId,
  isMeetingId,
  type Identity,
  type MeetingId,
  type OrganiserId,
} from '@runde/contract'
import { randomLetters, type RandomBytes } from './random.ts'

/** 28 of 23 letters are 126 bits: two joins never meet, and nobody can guess the identity of somebody else. */
const RANDOM_ID_LETTERS = 28

/** A new meeting id `abc-defg-hij` (45 bits); the store refuses the rare double, the caller draws again. */
export function newMeetingId(random: RandomBytes): MeetingId {
  const letters = randomLetters(random, MEETING_ID_LETTERS, 10)
  const id = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`
  if (!isMeetingId(id)) throw new Error('a new meeting id does not have the form of one')
  return id
}

/** A new identity for one join; it is not derived from the person, the browser or the name. */
export function newIdentity(random: RandomBytes): Identity {
  return asIdentity(`p-${randomLetters(random, MEETING_ID_LETTERS, RANDOM_ID_LETTERS)}`)
}

/** A new id for an organiser's account. */
export function newOrganiserId(random: RandomBytes): OrganiserId {
  return asOrganiserId(`o-${randomLetters(random, MEETING_ID_LETTERS, RANDOM_ID_LETTERS)}`)
}
