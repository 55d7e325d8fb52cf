// Makes meetings, for the page and for the command line alike.
import type { EpochMillis, MeetingId, OrganiserId } from '@runde/contract'
import { newMeetingId, type RandomBytes } from '@runde/meeting'
import type { Store, StoredMeeting } from '@runde/store'

/** The list is shown and sent as a whole; a house with more meetings than this needs to tidy up first. */
export const MAX_MEETINGS = 10_000

/** Two ids of 45 random bits meet about never; three in a row mean that the source of randomness is broken. */
const MAX_DRAWS = 3

/** The new meeting, or undefined when the house has {@link MAX_MEETINGS} already. */
export async function addMeeting(
  store: Store,
  random: RandomBytes,
  meeting: { organiserId: OrganiserId | null; title: string; createdAt: EpochMillis },
): Promise<StoredMeeting | undefined> {
  if ((await store.meetings.count()) >= MAX_MEETINGS) return undefined
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const id: MeetingId = newMeetingId(random)
    const made: StoredMeeting = { id, ...meeting, endedAt: null }
    if (await store.meetings.add(made)) return made
  }
  throw new Error('every new meeting id is taken')
}
