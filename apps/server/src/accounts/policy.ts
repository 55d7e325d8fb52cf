// Decides whether an account still owes the second factor that the organiser asks of everybody, and switches that on and off.
//
//   GET /api/account-policy -> { secondFactorForAll, accounts, withPasskey }
//   PUT /api/account-policy { secondFactorForAll } -> 204
//
// A passkey with PIN, fingerprint or face is two factors in one; a password is followed by a passkey. What remains is the
// one-time link: whoever can make one can run commands on the machine, and it is the way back when a passkey was lost.
import { AccountPolicyRequest, type AccountPolicy } from '@runde/contract'
import type { Organiser, Store } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { requireFreshSession } from '../http/session.ts'

const ON = 'on'
const OFF = 'off'

/** Whether every account needs a second factor. */
export async function secondFactorForAll(store: Pick<Store, 'settings'>): Promise<boolean> {
  return (await store.settings.get('second_factor_for_all')) === ON
}

/** Whether this account has to set a passkey up before it may do anything else. */
export async function owesFactor(
  store: Pick<Store, 'settings' | 'passkeys'>,
  account: Pick<Organiser, 'id'>,
): Promise<boolean> {
  return (await secondFactorForAll(store)) && (await store.passkeys.listOf(account.id)).length === 0
}

/** `/api/account-policy`. */
export function policyRoutes(server: ServerContext): Hono {
  const routes = new Hono()
  routes.get('/api/account-policy', async (context) => context.json(await policyView(server.store)))

  routes.put('/api/account-policy', async (context) => {
    const { organiser, tokenHash } = await requireFreshSession(server, context)
    const { secondFactorForAll: wanted } = await readBody(context, AccountPolicyRequest)
    // Whoever switches it on must be able to come back.
    if (wanted && (await server.store.passkeys.listOf(organiser.id)).length === 0)
      throw new Refusal('second_factor_first')
    const before = await secondFactorForAll(server.store)
    await server.store.settings.set('second_factor_for_all', wanted ? ON : OFF)
    // How the others signed in is not stored: they do it again, now with the second factor.
    if (wanted && !before) await server.store.sessions.revokeAllBut(tokenHash)
    if (wanted !== before) server.log.info('second_factor_policy', { forAll: wanted })
    return context.body(null, 204)
  })
  return routes
}

async function policyView(store: Store): Promise<AccountPolicy> {
  const accounts = await store.organisers.list()
  const passkeys = await Promise.all(accounts.map(({ id }) => store.passkeys.listOf(id)))
  return {
    secondFactorForAll: await secondFactorForAll(store),
    accounts: accounts.length,
    withPasskey: passkeys.filter((each) => each.length > 0).length,
  }
}
