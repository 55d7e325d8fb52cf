// The media server a contract suite runs against: ours unless the environment names another one.
import { randomBytes } from 'node:crypto'
import { type Grants, mintAccessToken, type RoomServiceTarget } from '@runde/testkit/bot'
import { startServer } from '@runde/testkit/server'

/** A LiveKit-compatible server with its key pair. */
export interface Target extends RoomServiceTarget, AsyncDisposable {
  /** `runde`, or what the differential run calls the other server. */
  name: string
  /** A token of this server for somebody in some room. */
  token(grants: Grants): Promise<string>
}

/** The server named by RUNDE_TARGET_URL, _KEY, _SECRET and _NAME, or a fresh one of ours. */
export async function openTarget(): Promise<Target> {
  const url = process.env['RUNDE_TARGET_URL']
  if (url === undefined) {
    const server = await startServer()
    const { key, secret } = server
    return target('runde', { url: server.url, key, secret }, () => server[Symbol.asyncDispose]())
  }
  const key = process.env['RUNDE_TARGET_KEY'] ?? ''
  const secret = process.env['RUNDE_TARGET_SECRET'] ?? ''
  const name = process.env['RUNDE_TARGET_NAME'] ?? 'other'
  return target(name, { url, key, secret }, () => Promise.resolve())
}

function target(name: string, server: RoomServiceTarget, end: () => PromiseLike<void>): Target {
  return {
    ...server,
    name,
    token: async (grants) => await mintAccessToken(server.key, server.secret, grants),
    [Symbol.asyncDispose]: end,
  }
}

/** A room name nobody else uses, so that suites can run against a server with a past. */
export function freshRoom(): string {
  return `test-${randomBytes(6).toString('hex')}`
}
