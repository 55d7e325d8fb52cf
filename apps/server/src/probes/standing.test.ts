// A failing test alarms the organiser until a later one passes; what nobody tests says why.
import { asEpochMillis } from '@runde/contract'
import { expect, test } from 'vitest'
import { at, openTestServer, TestBrowser } from '../testing/test-server.ts'
import { ALL_PROOFS, alarms, otherReports } from './standing.ts'

const DAY = 86_400_000

test('the alarm rings from the failure to the next success, and is forgotten when the result no longer counts', async () => {
  const server = await openTestServer()
  const { store, clock } = server
  const run = async (passed: boolean): Promise<void> =>
    await store.probes.add({ probe: 'probe.canary', ranAt: clock.now, result: passed ? '0' : '2', passed })
  const ringing = async (): Promise<readonly string[]> => (await alarms(store, clock.now)).map(({ id }) => id)
  expect(await ringing()).toEqual([])
  await run(false)
  expect(await ringing()).toEqual(['probe.canary'])
  clock.now = asEpochMillis(clock.now + DAY)
  await run(true)
  expect(await ringing()).toEqual([])
  await run(false)
  clock.now = asEpochMillis(clock.now + 8 * DAY)
  expect(await ringing()).toEqual([])
  await server.close()
})

test('the page shows every proof with its history, the banner the broken ones, and the notice drops the sentence', async () => {
  const server = await openTestServer()
  // A day on which the rules that are delivered are law.
  server.clock.now = asEpochMillis(Date.UTC(2026, 10, 24))
  const organiser = new TestBrowser(server)
  await organiser.setUp()
  // The rules hold for organisations, not for a private person.
  await organiser.call('PUT', '/api/dossier/facts/org.sector', { value: 'association' })
  const log = [{ service: 'nginx', state: 'logs', holds: ['addresses'], kept: 'P30D' }]
  const add = async (result: unknown, passed: boolean): Promise<void> =>
    await server.store.probes.add({
      probe: 'surroundings.logs',
      ranAt: server.clock.now,
      result: JSON.stringify(result),
      passed,
    })
  const notice = async (): Promise<string> => {
    server.clock.now = asEpochMillis(server.clock.now + 6_000)
    return JSON.stringify((await organiser.call('GET', '/api/notice?lang=en')).body)
  }
  await add([], true)
  expect(await notice()).toContain('your network address is not stored.')
  await add(log, false)
  const said = await notice()
  expect(said).not.toContain('your network address is not stored.')
  expect(said).toContain('nginx (period: 30 days)')

  const banner = (await organiser.call('GET', '/api/proofs/alarms')).body
  expect(at(banner, 'alarms', '0', 'id')).toBe('surroundings.logs')
  const page = (await organiser.call('GET', '/api/proofs')).body
  const proofs = at(page, 'proofs')
  const found = Array.isArray(proofs) ? proofs : []
  expect(found.map((proof: unknown) => at(proof, 'id'))).toEqual(ALL_PROOFS)
  const history = found.find((proof: unknown) => at(proof, 'id') === 'surroundings.logs')
  expect([at(history, 'runs', '0', 'passed'), at(history, 'runs', '1', 'passed')]).toEqual([true, false])
  const findings = JSON.stringify((await organiser.call('GET', '/api/dossier?lang=en')).body)
  expect(findings).toContain('surroundings-addresses')

  expect((await new TestBrowser(server).call('GET', '/api/proofs/alarms')).status).toBe(401)
  await server.close()
})

test('what the server does not test itself is reported with its last fresh result, or with the reason', async () => {
  const server = await openTestServer()
  const { store, clock } = server
  const of = async (id: string) => (await otherReports(store, clock.now)).find((report) => report.id === id)
  expect((await of('probe.clientHosts'))?.outcome).toMatchObject({
    measured: false,
    reason: { en: 'The test needs a trial meeting with real browsers.' },
  })
  await store.probes.add({ probe: 'probe.clientHosts', ranAt: clock.now, result: '0', passed: true })
  expect((await of('probe.clientHosts'))?.outcome).toMatchObject({ measured: true, value: 0, passed: true })
  clock.now = asEpochMillis(clock.now + 200 * DAY)
  expect((await of('probe.clientHosts'))?.outcome).toMatchObject({ measured: false })
  expect((await of('probe.advisories'))?.outcome).toMatchObject({ measured: false })
  await server.close()
})
