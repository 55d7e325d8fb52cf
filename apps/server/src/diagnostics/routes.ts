// Answers whether a diagnosis runs and what was deleted after earlier ones: the banner and the proofs of the organiser's desk.
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { requireOrganiser } from '../http/session.ts'

/** Who may switch it on: nobody but those who can run commands on the machine. */
const BY = 'command_line'

/** `/api/diagnostics`. */
export function diagnosticRoutes(server: ServerContext): Hono {
  const routes = new Hono()
  routes.get('/api/diagnostics', async (context) => {
    await requireOrganiser(server, context)
    const mode = await server.store.diagnostics.current()
    const deletions = await server.store.deletions.list()
    return context.json({
      active:
        mode === undefined
          ? null
          : { since: iso(mode.since), until: iso(mode.until), purpose: mode.purpose, by: BY },
      deletions: deletions.map((deletion) => ({
        class: deletion.class,
        entries: deletion.entries,
        firstAt: isoOrNull(deletion.firstAt),
        lastAt: isoOrNull(deletion.lastAt),
        deletedAt: iso(deletion.deletedAt),
      })),
      intact: await server.store.deletions.intact(),
    })
  })
  return routes
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}
