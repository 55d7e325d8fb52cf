// Answers those who hold a meeting's link: what it is, and the token to enter it.
import { JoinRequest, hide, type Join, type PublicMeeting } from '@runde/contract'
import { decideJoin, newIdentity } from '@runde/meeting'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { mintAccessToken } from '../tokens.ts'
import { Refusal } from './answers.ts'
import { readBody } from './body.ts'
import { JOIN_RATE, LOOKUP_RATE, createLimiter, type Limiter } from './limits.ts'
import { meetingIdFrom } from './meeting-routes.ts'

/** Time to connect, in seconds; the media server renews the token of everybody who is connected. */
export const JOIN_TOKEN_SECONDS = 600

/** An empty room is kept for as long as its token is valid at least, so that nobody arrives at a closed door. */
const EMPTY_ROOM_SECONDS = JOIN_TOKEN_SECONDS

/** `/api/meetings/:id/public` and `/api/meetings/:id/join`. */
export function joinRoutes(server: ServerContext): Hono {
  const routes = new Hono()
  const limitLookups = createLimiter(LOOKUP_RATE)
  const limitJoins = createLimiter(JOIN_RATE)

  routes.get('/api/meetings/:id/public', async (context) => {
    spend(limitLookups, server)
    const meeting = await server.store.meetings.find(meetingIdFrom(context.req.param('id')))
    if (meeting === undefined) throw new Refusal('meeting_not_found')
    if (meeting.endedAt !== null) throw new Refusal('meeting_ended')
    const answer: PublicMeeting = {
      id: meeting.id,
      title: meeting.title,
      participants: server.media.participantCount(meeting.id),
    }
    return context.json(answer)
  })

  routes.post('/api/meetings/:id/join', async (context) => {
    spend(limitJoins, server)
    const { name } = await readBody(context, JoinRequest)
    const id = meetingIdFrom(context.req.param('id'))
    const decision = decideJoin(await server.store.meetings.find(id), name)
    if (decision.kind === 'refuse') throw new Refusal(decision.code, { field: decision.field })
    await openRoom(server, id)
    const identity = newIdentity(server.random)
    const token = mintAccessToken(
      server.keyPair,
      {
        identity,
        name: decision.name === undefined ? undefined : hide(decision.name),
        ttlSeconds: JOIN_TOKEN_SECONDS,
        grant: {
          room: id,
          roomJoin: true,
          canPublish: true,
          canSubscribe: true,
          canPublishData: true,
          // Nothing in a meeting needs it, and each change would reach everyone at once.
          canUpdateOwnMetadata: false,
        },
      },
      server.now(),
    )
    const answer: Join = { identity, token: token.reveal(), livekitPath: '/' }
    return context.json(answer)
  })
  return routes
}

function spend(limiter: Limiter, server: ServerContext): void {
  const allowed = limiter(server.now())
  if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
}

async function openRoom(server: ServerContext, name: string): Promise<void> {
  try {
    await server.media.createRoom({ name, emptyTimeoutSeconds: EMPTY_ROOM_SECONDS })
  } catch {
    // The cause is not printed: it may hold the room's name, which is the key to the meeting.
    server.log.error('room_not_created')
    throw new Refusal('media_unavailable')
  }
}
