// Answers for the proofs: what was measured when, its history, and a new round on demand.
import { asEpochMillis } from '@runde/contract'
import { FACTS } from '@runde/dossier'
import { verifyAccessToken } from '@runde/sfu'
import { type Context, Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import type { ProbeReport } from '../probes/runner.ts'
import { ALL_PROOFS, alarms, otherReports, whyOpen } from '../probes/standing.ts'
import { Refusal } from './answers.ts'
import { requireOrganiser } from './session.ts'

/** Identity in the token with which `runde prove` asks; only the key pair can make one. */
export const PROVER = 'runde-prove'

/** How far back the plot goes. */
const HISTORY_MS = 90 * 86_400_000

/** `/api/proofs`. */
export function proofRoutes(server: ServerContext): Hono {
  const routes = new Hono()

  routes.get('/api/proofs', async (context) => {
    await requireOrganiser(server, context)
    const since = asEpochMillis(server.now() - HISTORY_MS)
    const reports = server.probes.latest()
    const proofs = await Promise.all(
      ALL_PROOFS.map(async (id) => {
        const history = await server.store.probes.history(id, since)
        const report = reports.find((each) => each.id === id)
        const open = whyOpen(id, history.at(-1), server.now())
        return {
          id,
          label: FACTS[id].label,
          freshDays: FACTS[id].freshDays,
          reason: report?.outcome.measured === false ? report.outcome.reason : open,
          found: report?.outcome.measured === true ? report.outcome.found : [],
          runs: history.map(({ ranAt, passed, result }) => ({
            at: new Date(ranAt).toISOString(),
            passed,
            result: JSON.parse(result),
          })),
        }
      }),
    )
    return context.json({ proofs })
  })

  routes.post('/api/proofs', async (context) => {
    if (!(await isProver(server, context))) await requireOrganiser(server, context)
    const own = await server.probes.run()
    return context.json({
      reports: [...own, ...(await otherReports(server.store, server.now()))].map(toAnswer),
    })
  })

  routes.get('/api/proofs/alarms', async (context) => {
    await requireOrganiser(server, context)
    return context.json({ alarms: await alarms(server.store, server.now()) })
  })
  return routes
}

function toAnswer({ id, label, outcome }: ProbeReport): object {
  return { id, label, ...outcome }
}

/** Whether the request carries a token that the key pair made for this purpose. */
export async function isProver(server: ServerContext, context: Context): Promise<boolean> {
  const [scheme, token = ''] = (context.req.header('authorization') ?? '').split(' ')
  if (scheme !== 'Bearer') return false
  const { key, secret } = server.keyPair
  const result = verifyAccessToken(token, {
    keys: new Map([[key, secret.reveal()]]),
    now: server.now(),
  })
  if (!result.ok || result.grants.identity !== PROVER) throw new Refusal('not_signed_in')
  return true
}
