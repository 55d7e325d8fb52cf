// Makes the one-time links that are shown to the operator: the set-up link, and sign-in links.
import { asEpochMillis, type EpochMillis, type Private } from '@runde/contract'
import { setUpLink, signInLink, type RandomBytes } from '@runde/meeting'
import { hashToken, newToken, type Store } from '@runde/store'

/** A link lies in a terminal's history or a journal, so it is of no use to anybody the day after. */
export const LINK_HOURS = 24

export interface LinkMaker {
  store: Store
  publicUrl: string
  now: EpochMillis
  random: RandomBytes
}

async function addLink(
  maker: LinkMaker,
  organiser: Parameters<Store['links']['add']>[0]['organiserId'],
): Promise<Private<string>> {
  const token = newToken(maker.random)
  await maker.store.links.add({
    tokenHash: hashToken(token),
    purpose: organiser === null ? 'set_up' : 'sign_in',
    organiserId: organiser,
    createdAt: maker.now,
    expiresAt: asEpochMillis(maker.now + LINK_HOURS * 3_600_000),
  })
  return token
}

/** A set-up link for an installation that has no organiser; undefined if it has one. */
export async function makeSetUpLink(maker: LinkMaker): Promise<Private<string> | undefined> {
  if (await maker.store.organisers.any()) return undefined
  return setUpLink(maker.publicUrl, await addLink(maker, null))
}

/**
 * A sign-in link for the account with this name, or for the first organiser; undefined if there is none.
 * It signs in without password and passkey: whoever can run commands on the server can read its database anyway.
 */
export async function makeSignInLink(maker: LinkMaker, name?: string): Promise<Private<string> | undefined> {
  const { organisers } = maker.store
  const organiser = name === undefined ? await organisers.first() : await organisers.findByName(name)
  return organiser === undefined ? undefined : signInLink(maker.publicUrl, await addLink(maker, organiser.id))
}
