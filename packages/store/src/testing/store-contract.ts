// The contract suite: what every store has to do, whichever database is behind it.
import {
  asEpochMillis,
  asOrganiserId,
  hide,
  parseMeetingId,
  type MeetingId,
  type OrganiserId,
} from '@runde/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Organiser, Store } from '../store.ts'
import { hashToken, type TokenHash } from '../token.ts'

const NOW = asEpochMillis(1_700_000_000_000)
const LATER = asEpochMillis(NOW + 1000)
const hashOf = (text: string): TokenHash => hashToken(hide(text))

function meetingId(text: string): MeetingId {
  const id = parseMeetingId(text)
  if (id === undefined) throw new Error(`${text} is no meeting id`)
  return id
}

const erika: Organiser = {
  id: asOrganiserId('o-erika'),
  name: 'Erika',
  createdAt: NOW,
  roles: ['organiser', 'operator'],
  secondFactor: false,
}

async function addSetUpLink(store: Store, token: string): Promise<void> {
  await store.links.add({
    tokenHash: hashOf(token),
    purpose: 'set_up',
    organiserId: null,
    createdAt: NOW,
    expiresAt: LATER,
  })
}

async function setUp(store: Store): Promise<OrganiserId> {
  await addSetUpLink(store, 'first')
  const result = await store.setUp({
    linkHash: hashOf('first'),
    organiser: erika,
    instanceName: 'Rathaus',
    now: NOW,
  })
  expect(result).toBe('done')
  return erika.id
}

/** Runs the suite; `open` gives an empty store for each test. */
export function describeStore(open: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await open()
  })
  afterEach(async () => {
    await store.close()
  })

  describe('set-up', () => {
    test('makes the first organiser, names the house and uses up every set-up link', async () => {
      await addSetUpLink(store, 'other')
      expect(await store.organisers.any()).toBe(false)
      await setUp(store)
      expect(await store.organisers.any()).toBe(true)
      expect(await store.organisers.first()).toEqual(erika)
      expect(await store.organisers.find(erika.id)).toEqual(erika)
      expect(await store.settings.get('instance_name')).toBe('Rathaus')
      expect(await store.links.valid('set_up', NOW)).toEqual([])
    })

    test('happens once, also when two ask at the same time', async () => {
      await addSetUpLink(store, 'first')
      const ask = (id: string): Promise<string> =>
        store.setUp({
          linkHash: hashOf('first'),
          organiser: { ...erika, id: asOrganiserId(id) },
          instanceName: 'x',
          now: NOW,
        })
      const results = await Promise.all([ask('o-one'), ask('o-two')])
      expect(results.sort()).toEqual(['already_set_up', 'done'])
    })

    test('an unknown or expired link changes nothing', async () => {
      await addSetUpLink(store, 'first')
      const request = { organiser: erika, instanceName: 'x' }
      expect(await store.setUp({ ...request, linkHash: hashOf('wrong'), now: NOW })).toBe('link_invalid')
      expect(await store.setUp({ ...request, linkHash: hashOf('first'), now: LATER })).toBe('link_invalid')
      expect(await store.organisers.any()).toBe(false)
      expect(await store.links.valid('set_up', NOW)).toEqual([hashOf('first')])
    })

    test('gives the organiser the meetings nobody owns', async () => {
      const id = meetingId('abc-defg-hij')
      await store.meetings.add({ id, organiserId: null, title: 'Vorab', createdAt: NOW, endedAt: null })
      await setUp(store)
      expect((await store.meetings.listOf(erika.id)).map((meeting) => meeting.id)).toEqual([id])
    })
  })

  describe('sessions and links', () => {
    test('a session is found by the hash of its token until it expires', async () => {
      const organiserId = await setUp(store)
      const tokenHash = hashOf('cookie')
      await store.sessions.add({ tokenHash, organiserId, createdAt: NOW, expiresAt: LATER })
      expect(await store.sessions.find(tokenHash, NOW)).toEqual({
        organiser: erika,
        createdAt: NOW,
        expiresAt: LATER,
        usedOn: Date.UTC(2023, 10, 14),
      })
      expect(await store.sessions.find(hashOf('other'), NOW)).toBeUndefined()
      expect(await store.sessions.find(tokenHash, LATER)).toBeUndefined()
      await store.sessions.extend(tokenHash, asEpochMillis(LATER + 1), NOW)
      expect(await store.sessions.find(tokenHash, LATER)).toBeDefined()
      await store.sessions.delete(tokenHash)
      expect(await store.sessions.find(tokenHash, NOW)).toBeUndefined()
    })

    test('a sign-in link works once, in time, and only for signing in', async () => {
      const organiserId = await setUp(store)
      const link = { purpose: 'sign_in', organiserId, createdAt: NOW, expiresAt: LATER } as const
      await store.links.add({ ...link, tokenHash: hashOf('a') })
      await store.links.add({ ...link, tokenHash: hashOf('b') })
      expect(await store.links.takeSignIn(hashOf('a'), LATER)).toBeUndefined()
      expect(await store.links.takeSignIn(hashOf('a'), NOW)).toBe(organiserId)
      expect(await store.links.takeSignIn(hashOf('a'), NOW)).toBeUndefined()
      const both = await Promise.all([1, 2].map(() => store.links.takeSignIn(hashOf('b'), NOW)))
      expect(both.filter((taken) => taken !== undefined)).toEqual([organiserId])
      await addSetUpLink(store, 'c')
      expect(await store.links.takeSignIn(hashOf('c'), NOW)).toBeUndefined()
    })

    test('purging deletes what has expired and nothing else', async () => {
      const organiserId = await setUp(store)
      const times = { createdAt: NOW, expiresAt: LATER }
      await store.sessions.add({ tokenHash: hashOf('s'), organiserId, ...times })
      await store.links.add({ tokenHash: hashOf('l'), purpose: 'sign_in', organiserId, ...times })
      expect(await store.purge(NOW)).toBe(0)
      expect(await store.purge(LATER)).toBe(2)
      expect(await store.sessions.find(hashOf('s'), NOW)).toBeUndefined()
    })
  })

  describe('meetings', () => {
    const one = meetingId('aaa-aaaa-aaa')
    const two = meetingId('bbb-bbbb-bbb')

    test('are listed newest first, and only to their organiser', async () => {
      const organiserId = await setUp(store)
      const meeting = { organiserId, title: 'Haushalt', endedAt: null }
      expect(await store.meetings.add({ ...meeting, id: one, createdAt: NOW })).toBe(true)
      expect(await store.meetings.add({ ...meeting, id: two, createdAt: LATER })).toBe(true)
      expect((await store.meetings.listOf(organiserId)).map(({ id }) => id)).toEqual([two, one])
      expect(await store.meetings.listOf(asOrganiserId('o-other'))).toEqual([])
      expect(await store.meetings.count()).toBe(2)
    })

    test('an id that is taken is refused and the first meeting stays', async () => {
      const organiserId = await setUp(store)
      const meeting = { id: one, organiserId, createdAt: NOW, endedAt: null }
      await store.meetings.add({ ...meeting, title: 'first' })
      expect(await store.meetings.add({ ...meeting, title: 'second' })).toBe(false)
      expect((await store.meetings.find(one))?.title).toBe('first')
    })

    test('are changed and deleted by their organiser only', async () => {
      const organiserId = await setUp(store)
      const stranger = asOrganiserId('o-other')
      const meeting = { id: one, organiserId, title: 'Haushalt', createdAt: NOW, endedAt: null }
      await store.meetings.add(meeting)
      expect(await store.meetings.update(one, stranger, { title: 'x' })).toBeUndefined()
      expect(await store.meetings.delete(one, stranger)).toBe(false)
      expect(await store.meetings.find(one)).toEqual(meeting)
      expect(await store.meetings.update(one, organiserId, {})).toEqual(meeting)
      expect(await store.meetings.update(one, organiserId, { title: 'Neu', endedAt: LATER })).toEqual({
        ...meeting,
        title: 'Neu',
        endedAt: LATER,
      })
      expect((await store.meetings.update(one, organiserId, { endedAt: null }))?.endedAt).toBeNull()
      expect(await store.meetings.delete(one, organiserId)).toBe(true)
      expect(await store.meetings.find(one)).toBeUndefined()
    })

    test('cannot belong to somebody who does not exist', async () => {
      const meeting = {
        id: one,
        organiserId: asOrganiserId('o-nobody'),
        title: 'x',
        createdAt: NOW,
        endedAt: null,
      }
      await expect(store.meetings.add(meeting)).rejects.toThrow(/foreign key/i)
    })

    test('texts are kept as they are, whatever they look like', async () => {
      const organiserId = await setUp(store)
      const title = "Robert'); drop table meetings; -- 🎉 ß"
      await store.meetings.add({ id: one, organiserId, title, createdAt: NOW, endedAt: null })
      expect((await store.meetings.find(one))?.title).toBe(title)
    })
  })

  describe('settings and key pair', () => {
    test('a setting is undefined until it is set, and can be set again', async () => {
      expect(await store.settings.get('instance_name')).toBeUndefined()
      await store.settings.set('instance_name', 'A')
      await store.settings.set('instance_name', 'B')
      expect(await store.settings.get('instance_name')).toBe('B')
    })

    test('the key pair that was made first is kept', async () => {
      const first = await store.keyPairs.getOrMake(() => ({ key: 'k1', secret: hide('s1') }), NOW)
      const second = await store.keyPairs.getOrMake(() => ({ key: 'k2', secret: hide('s2') }), LATER)
      expect([first.key, first.secret.reveal()]).toEqual(['k1', 's1'])
      expect([second.key, second.secret.reveal()]).toEqual(['k1', 's1'])
    })

    test('a ping is answered', async () => {
      await expect(store.ping()).resolves.toBeUndefined()
    })
  })

  describe('facts and probes', () => {
    test('what is past its end is named until it is purged', async () => {
      await addSetUpLink(store, 'old')
      await store.probes.add({ probe: 'probe.canary', ranAt: asEpochMillis(1), result: '0', passed: true })
      const late = asEpochMillis(LATER + 5000)
      expect(await store.overdue(late, 10_000)).toEqual([{ table: 'probe_runs', count: 1 }])
      expect(await store.overdue(late, 1000)).toEqual([
        { table: 'one_time_links', count: 1 },
        { table: 'probe_runs', count: 1 },
      ])
      expect(await store.purge(late)).toBe(2)
      expect(await store.overdue(late, 0)).toEqual([])
    })

    test('only a meeting of nobody can be discarded', async () => {
      const organiserId = await setUp(store)
      const mine = meetingId('abc-defg-hij')
      const nobodys = meetingId('abc-defg-hik')
      for (const [id, owner] of [
        [mine, organiserId],
        [nobodys, null],
      ] as const) {
        await store.meetings.add({ id, organiserId: owner, title: 't', createdAt: NOW, endedAt: null })
        await store.meetings.discard(id)
      }
      expect(await store.meetings.find(mine)).toBeDefined()
      expect(await store.meetings.find(nobodys)).toBeUndefined()
    })

    test('a fact is kept until it is stated anew or deleted', async () => {
      await store.facts.set('org.name', '{"value":"A"}', NOW)
      await store.facts.set('org.land', '{"value":"BE"}', NOW)
      await store.facts.set('org.name', '{"value":"B"}', LATER)
      expect([...(await store.facts.all())]).toEqual([
        ['org.land', '{"value":"BE"}'],
        ['org.name', '{"value":"B"}'],
      ])
      await store.facts.delete('org.name')
      await store.facts.delete('org.name')
      expect((await store.facts.all()).size).toBe(1)
    })

    test('the newest run of each probe, and the history of one', async () => {
      const run = (probe: string, ranAt: number, passed: boolean): Promise<void> =>
        store.probes.add({ probe, ranAt: asEpochMillis(ranAt), result: passed ? '0' : '3', passed })
      await run('probe.canary', 100, false)
      await run('probe.canary', 200, true)
      await run('probe.headers', 150, true)
      await run('probe.canary', 300, true)
      expect((await store.probes.latest()).map(({ probe, ranAt }) => [probe, ranAt])).toEqual([
        ['probe.canary', 300],
        ['probe.headers', 150],
      ])
      const history = await store.probes.history('probe.canary', asEpochMillis(200))
      expect(history.map(({ ranAt, passed, result }) => [ranAt, passed, result])).toEqual([
        [200, true, '0'],
        [300, true, '0'],
      ])
      expect(await store.overdue(asEpochMillis(400), 0)).toEqual([])
      expect(await store.probes.deleteBefore(asEpochMillis(200))).toBe(2)
      expect(await store.probes.latest()).toHaveLength(1)
    })
  })

  describe('diagnostic mode and deletions', () => {
    const mode = { since: NOW, until: asEpochMillis(NOW + 5000), purpose: 'no sound on the ground floor' }

    test('there is one mode at a time, until its log is gone', async () => {
      expect(await store.diagnostics.current()).toBeUndefined()
      expect(await store.diagnostics.start(mode)).toBe(true)
      expect(await store.diagnostics.start({ ...mode, since: LATER })).toBe(false)
      expect(await store.diagnostics.current()).toEqual(mode)
      await store.diagnostics.expire(LATER)
      expect(await store.diagnostics.current()).toEqual({ ...mode, until: LATER })
      await store.diagnostics.expire(asEpochMillis(LATER + 1))
      expect((await store.diagnostics.current())?.until).toBe(LATER)
      await store.diagnostics.end(LATER)
      expect(await store.diagnostics.current()).toBeDefined()
      await store.diagnostics.end(NOW)
      expect(await store.diagnostics.current()).toBeUndefined()
    })

    test('deletions are listed in order, and chained', async () => {
      expect(await store.deletions.intact()).toBe(true)
      const one = { class: 'debugLog', entries: 3, firstAt: NOW, lastAt: LATER, deletedAt: LATER }
      const none = { class: 'debugLog', entries: 0, firstAt: null, lastAt: null, deletedAt: LATER }
      await Promise.all([store.deletions.add(one), store.deletions.add(none)])
      expect(await store.deletions.list()).toEqual([one, none])
      expect(await store.deletions.intact()).toBe(true)
    })
  })
}
