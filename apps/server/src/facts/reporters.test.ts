import { checkFeatures, FEATURES } from '@runde/dossier'
import { openTestServer } from '../testing/test-server.ts'
import { expect, test } from 'vitest'
import { installationFacts } from './fact-sheet.ts'
import { REPORTERS } from './reporters.ts'

const CONFIG = { publicUrl: 'https://runde.example', https: true }

test('every feature of this version reports facts that the documents know', () => {
  expect(checkFeatures(REPORTERS.map(({ name }) => name))).toEqual([])
})

test('a feature without facts is noticed', () => {
  expect(checkFeatures(['karaoke'])).toEqual(['feature without facts: karaoke'])
})

test('what is reported fits its form, and is what the documents list for the feature', async () => {
  const server = await openTestServer(CONFIG.publicUrl)
  for (const { name, report } of REPORTERS) {
    const reported = Object.keys(await report({ config: CONFIG, store: server.store }))
    const listed = FEATURES.find((feature) => feature.name === name)?.facts ?? []
    for (const fact of reported) expect(listed).toContain(fact)
  }
  const { sheet, unreadable } = await installationFacts({
    config: CONFIG,
    store: server.store,
    settingsSince: 0,
  })
  expect(unreadable).toEqual([])
  expect(sheet['tls.enabled']).toEqual({ value: true, source: 'setting', at: '1970-01-01T00:00:00.000Z' })
  await server.close()
})

test('a stored entry that no longer fits is left out and named', async () => {
  const server = await openTestServer(CONFIG.publicUrl)
  const { now } = server.clock
  await server.store.facts.set(
    'org.name',
    '{"value":42,"source":"declared","at":"2026-01-01T00:00:00Z"}',
    now,
  )
  await server.store.facts.set('org.gone', '{"value":"x"}', now)
  await server.store.facts.set('org.land', 'no json', now)
  const { sheet, unreadable } = await installationFacts({
    config: CONFIG,
    store: server.store,
    settingsSince: 0,
  })
  expect([...unreadable].sort()).toEqual(['org.gone', 'org.land', 'org.name'])
  expect(sheet['org.name']).toBeUndefined()
  await server.close()
})
