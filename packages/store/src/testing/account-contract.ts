// The contract suite of accounts and approvals: what every store has to do, whichever database is behind it.
import { asEpochMillis, asOrganiserId, hide, type OrganiserId } from '@runde/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Approval } from '../approval-store.ts'
import type { StoredPasskey } from '../account-store.ts'
import { brokenSnapshot } from '../snapshot-chain.ts'
import type { Store } from '../store.ts'
import { hashToken, type TokenHash } from '../token.ts'

const NOW = asEpochMillis(1_700_000_000_000)
const LATER = asEpochMillis(NOW + 1000)
const DAY = Date.UTC(2023, 10, 14)
const hashOf = (text: string): TokenHash => hashToken(hide(text))
const times = { createdAt: NOW, expiresAt: LATER }

/** Runs the suite; `open` gives an empty store for each test. */
export function describeAccounts(open: () => Promise<Store>): void {
  let store: Store
  let erika: OrganiserId
  beforeEach(async () => {
    store = await open()
    erika = asOrganiserId('o-erika')
    await store.links.add({ tokenHash: hashOf('up'), purpose: 'set_up', organiserId: null, ...times })
    const organiser = {
      id: erika,
      name: 'Erika Muster',
      createdAt: NOW,
      roles: ['organiser', 'operator'],
      secondFactor: false,
    } as const
    await store.setUp({ linkHash: hashOf('up'), organiser, instanceName: 'x', now: NOW })
  })
  afterEach(async () => {
    await store.close()
  })

  const invite = async (name: string, roles: readonly ('organiser' | 'dpo')[]): Promise<OrganiserId> => {
    await store.invitations.add({ tokenHash: hashOf(name), roles, ...times })
    const account = await store.invitations.accept(hashOf(name), {
      id: asOrganiserId(`o-${name}`),
      name,
      createdAt: NOW,
    })
    if (typeof account === 'string') throw new Error(account)
    return account.id
  }

  describe('accounts', () => {
    test('an invitation makes one account, and a name that is taken does not use it up', async () => {
      await store.invitations.add({ tokenHash: hashOf('i'), roles: ['dpo'], ...times })
      expect(await store.invitations.list(NOW)).toHaveLength(1)
      expect(await store.invitations.list(LATER)).toEqual([])
      const accept = (id: string, name: string): Promise<unknown> =>
        store.invitations.accept(hashOf('i'), { id: asOrganiserId(id), name, createdAt: NOW })
      expect(await accept('o-1', ' ERIKA   muster')).toBe('name_taken')
      expect(await accept('o-1', 'Max')).toMatchObject({ roles: ['dpo'], secondFactor: false })
      expect(await accept('o-2', 'Moritz')).toBe('link_invalid')
      expect((await store.organisers.findByName('MAX'))?.id).toBe('o-1')
      expect(await store.organisers.findByName('Moritz')).toBeUndefined()
    })

    test('two who use one invitation at once: one of them wins', async () => {
      await store.invitations.add({ tokenHash: hashOf('i'), roles: ['dpo'], ...times })
      const results = await Promise.all(
        ['a', 'b'].map((name) =>
          store.invitations.accept(hashOf('i'), { id: asOrganiserId(`o-${name}`), name, createdAt: NOW }),
        ),
      )
      expect(results.filter((result) => result === 'link_invalid')).toHaveLength(1)
    })

    test('there is always an organiser', async () => {
      expect(await store.organisers.setRoles(erika, ['dpo'])).toBe('last_organiser')
      const max = await invite('max', ['dpo'])
      expect(await store.organisers.remove(erika, max, NOW)).toBe('last_organiser')
      expect(await store.organisers.setRoles(max, ['organiser', 'dpo'])).toBe('done')
      expect(await store.organisers.setRoles(erika, ['operator'])).toBe('done')
      expect((await store.organisers.first())?.id).toBe(max)
      expect(await store.organisers.setRoles(asOrganiserId('o-nobody'), ['dpo'])).toBe('not_found')
    })

    test('what leads to a removed account goes with it, and the removal is proven', async () => {
      const max = await invite('max', ['dpo'])
      await store.passwords.set(max, { hash: hide('$x'), changedAt: NOW })
      await store.sessions.add({ tokenHash: hashOf('s'), organiserId: max, ...times })
      await store.comments.add({
        document: 'record',
        authorId: max,
        authorName: 'max',
        text: 'x',
        writtenAt: NOW,
        answers: null,
      })
      expect(await store.organisers.remove(max, erika, NOW)).toBe('done')
      expect(await store.organisers.remove(max, erika, NOW)).toBe('not_found')
      expect(await store.passwords.find(max)).toBeUndefined()
      expect(await store.sessions.find(hashOf('s'), NOW)).toBeUndefined()
      expect((await store.comments.all()).map(({ authorId }) => authorId)).toEqual([null])
      expect((await store.deletions.list()).map((one) => [one.class, one.entries])).toEqual([['accounts', 1]])
      expect(await store.deletions.intact()).toBe(true)
    })

    test('sessions are listed and ended by their owner only', async () => {
      const max = await invite('max', ['dpo'])
      for (const token of ['one', 'two', 'three'])
        await store.sessions.add({ tokenHash: hashOf(token), organiserId: erika, ...times })
      expect(await store.sessions.listOf(erika, NOW)).toHaveLength(3)
      expect(await store.sessions.listOf(erika, LATER)).toEqual([])
      expect((await store.sessions.listOf(erika, NOW))[0]?.usedOn).toBe(DAY)
      expect(await store.sessions.revoke(max, hashOf('one'))).toBe(false)
      expect(await store.sessions.revoke(erika, hashOf('one'))).toBe(true)
      expect(await store.sessions.revokeOthers(max, hashOf('x'))).toBe(0)
      expect(await store.sessions.revokeOthers(erika, hashOf('two'))).toBe(1)
      expect(await store.sessions.find(hashOf('two'), NOW)).toBeDefined()
      await store.sessions.add({ tokenHash: hashOf('four'), organiserId: max, ...times })
      expect(await store.sessions.revokeAllBut(hashOf('four'))).toBe(1)
      expect(await store.sessions.find(hashOf('two'), NOW)).toBeUndefined()
      expect(await store.sessions.find(hashOf('four'), NOW)).toBeDefined()
    })

    test('a passkey belongs to one account, and its counter is raised by one of two at once', async () => {
      const max = await invite('max', ['dpo'])
      const passkey: StoredPasskey = {
        id: 'k',
        organiserId: erika,
        publicKey: 'p',
        signCount: 4,
        label: 'Schlüsselbund',
        createdAt: NOW,
        usedOn: null,
      }
      expect(await store.passkeys.add(passkey)).toBe(true)
      expect(await store.passkeys.add({ ...passkey, organiserId: max })).toBe(false)
      expect(await store.passkeys.find('k')).toEqual(passkey)
      const both = await Promise.all([5, 6].map((count) => store.passkeys.used('k', 4, count, LATER)))
      expect(both.filter(Boolean)).toHaveLength(1)
      expect((await store.passkeys.listOf(erika))[0]?.usedOn).toBe(DAY)
      expect(await store.passkeys.delete(max, 'k')).toBe(false)
      expect(await store.passkeys.delete(erika, 'k')).toBe(true)
    })

    test('purging proves how many of each class went', async () => {
      await store.sessions.add({ tokenHash: hashOf('s'), organiserId: erika, ...times })
      await store.sessions.add({ tokenHash: hashOf('t'), organiserId: erika, ...times })
      await store.invitations.add({ tokenHash: hashOf('i'), roles: ['dpo'], ...times })
      expect(await store.purge(NOW)).toBe(0)
      expect(await store.deletions.list()).toEqual([])
      expect(await store.purge(LATER)).toBe(3)
      const proofs = (await store.deletions.list()).map((one) => [one.class, one.entries, one.deletedAt])
      expect(proofs).toEqual([
        ['sessions', 2, LATER],
        ['invitations', 1, LATER],
      ])
    })
  })

  describe('approvals', () => {
    const approval: Approval = {
      document: 'record',
      content: '{"de":1}',
      approverName: 'Erika',
      approverRoles: ['organiser'],
      approvedAt: NOW,
      reviewOn: '2027-01-01',
    }

    test('snapshots are a chain', async () => {
      const first = await store.snapshots.add(approval)
      const second = await store.snapshots.add({ ...approval, reviewOn: null })
      expect([first.number, first.previous]).toEqual([1, '0'.repeat(64)])
      expect([second.number, second.previous]).toEqual([2, first.hash])
      expect(await store.snapshots.all()).toEqual([first, second])
      expect(await store.snapshots.find(2)).toEqual(second)
      expect(await store.snapshots.find(3)).toBeUndefined()
      expect(brokenSnapshot([first, second])).toBeUndefined()
      expect(brokenSnapshot([first, { ...second, content: '{"de":2}' }])).toBe(2)
      expect(brokenSnapshot([second])).toBe(1)
    })

    test('approvals at the same time get numbers of their own', async () => {
      await Promise.all([1, 2, 3].map(() => store.snapshots.add(approval)))
      expect(brokenSnapshot(await store.snapshots.all())).toBeUndefined()
    })

    test('a comment is deleted by who wrote it only', async () => {
      const comment = {
        document: 'record',
        authorId: erika,
        authorName: 'E',
        text: 'x',
        writtenAt: NOW,
        answers: null,
      }
      await store.comments.add(comment)
      expect(await store.comments.delete(1, asOrganiserId('o-max'))).toBe(false)
      expect(await store.comments.delete(1, erika)).toBe(true)
      expect(await store.comments.all()).toEqual([])
    })

    test('a thread is settled and opened again; its answers outlive the comment they answer', async () => {
      const comment = {
        document: 'record',
        authorId: erika,
        authorName: 'E',
        text: 'x',
        writtenAt: NOW,
        answers: null,
      }
      await store.comments.add(comment)
      await store.comments.add({ ...comment, text: 'y', answers: 1 })
      await store.comments.settle(1, { at: LATER, by: 'M' })
      expect((await store.comments.find(1))?.settled).toEqual({ at: LATER, by: 'M' })
      await store.comments.settle(1, null)
      expect(await store.comments.find(1)).toEqual({ ...comment, id: 1, settled: null })
      expect((await store.comments.find(2))?.answers).toBe(1)
      expect(await store.comments.find(3)).toBeUndefined()
      expect(await store.comments.delete(1, erika)).toBe(true)
      expect((await store.comments.all()).map(({ id, answers }) => [id, answers])).toEqual([[2, null]])
    })

    test('a reading link opens until it expires or is withdrawn', async () => {
      const link = { tokenHash: hashOf('a'), note: 'Behörde', ...times }
      await store.authorityLinks.add(link, 'content')
      expect(await store.authorityLinks.open(hashOf('a'), NOW)).toEqual({ ...link, content: 'content' })
      expect(await store.authorityLinks.open(hashOf('a'), LATER)).toBeUndefined()
      expect(await store.authorityLinks.list(NOW)).toEqual([link])
      expect(await store.authorityLinks.delete(hashOf('a'))).toBe(true)
      expect(await store.authorityLinks.delete(hashOf('a'))).toBe(false)
    })
  })
}
