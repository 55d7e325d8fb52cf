// Answers what organisers do with their meetings.
import {
  CreateMeetingRequest,
  UpdateMeetingRequest,
  parseMeetingId,
  type EpochMillis,
  type Meeting,
  type MeetingId,
  type MeetingList,
} from '@runde/contract'
import { decideTitle, meetingLink } from '@runde/meeting'
import type { StoredMeeting } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { addMeeting } from '../meetings.ts'
import { Refusal } from './answers.ts'
import { readBody } from './body.ts'
import { requireOrganiser } from './session.ts'

/** The id in a path. @throws Refusal when it cannot be one */
export function meetingIdFrom(text: string): MeetingId {
  const id = parseMeetingId(text)
  if (id === undefined) throw new Refusal('meeting_not_found')
  return id
}

function titleFrom(text: string): string {
  const decided = decideTitle(text)
  if (!decided.ok) throw new Refusal(decided.code, { field: 'title' })
  return decided.text
}

/** A meeting as its organiser sees it. */
export function meetingView(server: ServerContext, meeting: StoredMeeting): Meeting {
  return {
    id: meeting.id,
    title: meeting.title,
    createdAt: new Date(meeting.createdAt).toISOString(),
    endedAt: meeting.endedAt === null ? null : new Date(meeting.endedAt).toISOString(),
    link: meetingLink(server.config.publicUrl, meeting.id),
    participants: server.media.participantCount(meeting.id),
  }
}

/** `/api/meetings` and `/api/meetings/:id`. */
export function meetingRoutes(server: ServerContext): Hono {
  const routes = new Hono()

  routes.get('/api/meetings', async (context) => {
    const organiser = await requireOrganiser(server, context)
    const meetings = await server.store.meetings.listOf(organiser.id)
    const list: MeetingList = { meetings: meetings.map((meeting) => meetingView(server, meeting)) }
    return context.json(list)
  })

  routes.post('/api/meetings', async (context) => {
    const organiser = await requireOrganiser(server, context)
    const title = titleFrom((await readBody(context, CreateMeetingRequest)).title)
    const createdAt = server.now()
    const made = await addMeeting(server.store, server.random, {
      organiserId: organiser.id,
      title,
      createdAt,
    })
    if (made === undefined) throw new Refusal('meeting_limit')
    server.log.info('meeting_created')
    return context.json(meetingView(server, made), 201)
  })

  routes.patch('/api/meetings/:id', async (context) => {
    const organiser = await requireOrganiser(server, context)
    const id = meetingIdFrom(context.req.param('id'))
    const change = changeFrom(await readBody(context, UpdateMeetingRequest), server.now())
    const changed = await server.store.meetings.update(id, organiser.id, change)
    if (changed === undefined) throw new Refusal('meeting_not_found')
    if (changed.endedAt !== null) await server.media.deleteRoom(id)
    return context.json(meetingView(server, changed))
  })

  routes.delete('/api/meetings/:id', async (context) => {
    const organiser = await requireOrganiser(server, context)
    const id = meetingIdFrom(context.req.param('id'))
    if (!(await server.store.meetings.delete(id, organiser.id))) throw new Refusal('meeting_not_found')
    await server.media.deleteRoom(id)
    server.log.info('meeting_deleted')
    return context.body(null, 204)
  })
  return routes
}

function changeFrom(
  request: UpdateMeetingRequest,
  now: EpochMillis,
): { title?: string; endedAt?: EpochMillis | null } {
  return {
    ...(request.title === undefined ? {} : { title: titleFrom(request.title) }),
    ...(request.ended === undefined ? {} : { endedAt: request.ended ? now : null }),
  }
}
