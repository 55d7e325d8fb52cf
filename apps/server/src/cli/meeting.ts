// `runde meeting create`: makes a meeting without the page and prints its link.
import { asEpochMillis, ERRORS, type ErrorCode } from '@runde/contract'
import { decideTitle, meetingLink } from '@runde/meeting'
import { randomBytes } from 'node:crypto'
import { loadConfig } from '../config/load.ts'
import { openStore } from '../data-folder.ts'
import { addMeeting } from '../meetings.ts'
import { StartFailure } from '../start-failures.ts'
import { readFlags, required, type Command } from './command.ts'

export const createMeeting: Command = async (args, context) => {
  const flags = readFlags(args, { title: { type: 'string' } })
  const title = decideTitle(required(flags, 'title'))
  if (!title.ok) throw refused(title.code)
  const { config } = loadConfig(context.env)
  const store = await openStore(config.dataFolder)
  try {
    // Before the set-up there is nobody yet; the first organiser takes the meeting over.
    const organiser = await store.organisers.first()
    const meeting = await addMeeting(store, randomBytes, {
      organiserId: organiser?.id ?? null,
      title: title.text,
      createdAt: asEpochMillis(Date.now()),
    })
    if (meeting === undefined) throw refused('meeting_limit')
    context.print(meetingLink(config.publicUrl, meeting.id))
  } finally {
    await store.close()
  }
}

function refused(code: ErrorCode): StartFailure {
  const { de, en } = ERRORS[code]
  return new StartFailure({ code: 'usage', text: { de, en } })
}
