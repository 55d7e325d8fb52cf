import { expect, test } from 'vitest'
import { ORGANISATIONS, organisation } from '../testing/organisations.ts'
import { FEATURES, checkFeatures } from './features.ts'
import { readFacts, writeFacts } from './sheet.ts'
import { FACTS, FACT_IDS } from './table.ts'

const AT = '2026-11-20T10:00:00Z'

function file(facts: Record<string, unknown>): unknown {
  return { format: 'runde-facts/1', facts }
}

test.each(ORGANISATIONS)('%s can be written and read again', (name) => {
  const sheet = organisation(name)
  const again = readFacts(writeFacts(sheet))
  expect(again).toEqual({ ok: true, sheet })
})

test.each([
  ['no JSON', '{', ''],
  ['a list', [], ''],
  ['another format', { format: 'x', facts: {} }, 'format'],
  ['no facts', { format: 'runde-facts/1' }, 'facts'],
  [
    'an unknown fact',
    file({ 'org.shoeSize': { value: 1, source: 'declared', at: AT } }),
    'facts["org.shoeSize"]',
  ],
  ['a bare value', file({ 'org.name': 'x' }), 'facts["org.name"]'],
  ['a wrong type', file({ 'org.name': { value: 7, source: 'declared', at: AT } }), 'facts["org.name"].value'],
  [
    'an empty text',
    file({ 'org.name': { value: ' ', source: 'declared', at: AT } }),
    'facts["org.name"].value',
  ],
  [
    'a control character',
    file({ 'org.name': { value: 'a\u0007b', source: 'declared', at: AT } }),
    'facts["org.name"].value',
  ],
  [
    'a text too long',
    file({ 'org.name': { value: 'x'.repeat(2001), source: 'declared', at: AT } }),
    'facts["org.name"].value',
  ],
  [
    'an unknown word',
    file({ 'org.sector': { value: 'club', source: 'declared', at: AT } }),
    'facts["org.sector"].value',
  ],
  [
    'a day that does not exist',
    file({ 'judge.date': { value: '2026-02-31', source: 'declared', at: AT } }),
    'facts["judge.date"].value',
  ],
  [
    'a period without form',
    file({ 'keep.rooms': { value: '7 days', source: 'setting', at: AT } }),
    'facts["keep.rooms"].value',
  ],
  [
    'a negative count',
    file({ 'room.total': { value: -1, source: 'setting', at: AT } }),
    'facts["room.total"].value',
  ],
  [
    'a probe that is declared',
    file({ 'probe.canary': { value: 0, source: 'declared', at: AT } }),
    'facts["probe.canary"].source',
  ],
  [
    'a declaration posing as a setting',
    file({ 'org.name': { value: 'x', source: 'setting', at: AT } }),
    'facts["org.name"].source',
  ],
  ['no time', file({ 'org.name': { value: 'x', source: 'declared' } }), 'facts["org.name"].at'],
  [
    'a local time',
    file({ 'org.name': { value: 'x', source: 'declared', at: '2026-11-20 10:00' } }),
    'facts["org.name"].at',
  ],
  [
    'unknown and a value',
    file({ 'org.name': { unknown: true, value: 'x', source: 'declared', at: AT } }),
    'facts["org.name"].unknown',
  ],
  [
    'a stray key',
    file({ 'org.name': { value: 'x', source: 'declared', at: AT, by: 'me' } }),
    'facts["org.name"].by',
  ],
  [
    'a record inside a list',
    file({ 'hosting.providers': { value: [{ id: 'A B' }], source: 'declared', at: AT } }),
    'facts["hosting.providers"].value[0].id',
  ],
])('%s is refused at its place', (_what, json, place) => {
  const result = readFacts(json)
  expect(result.ok).toBe(false)
  const problems = result.ok ? [] : result.problems
  expect(problems.map((problem) => problem.place)).toContain(place)
  for (const { message } of problems) {
    expect(message.de).toMatch(/^\S.*\.$/)
    expect(message.en).toMatch(/^\S.*\.$/)
  }
})

test('two providers cannot share an id', () => {
  const sheet = organisation('protestant-parish')
  const entry = sheet['hosting.providers']
  if (entry === undefined || 'unknown' in entry) throw new Error('the fixture has no providers')
  const twice = { ...entry, value: [...entry.value, ...entry.value] }
  expect(readFacts(file({ ...sheet, 'hosting.providers': twice })).ok).toBe(false)
})

test('a setting may be declared where no server runs', () => {
  expect(readFacts(file({ 'log.addresses': { value: false, source: 'declared', at: AT } })).ok).toBe(true)
})

test('"I do not know" is an answer', () => {
  const result = readFacts(file({ 'org.land': { unknown: true, source: 'declared', at: AT } }))
  expect(result.ok).toBe(true)
})

test('names of the prototype are no facts', () => {
  const text = '{"format":"runde-facts/1","facts":{"__proto__":{"value":1},"constructor":{"value":1}}}'
  expect(readFacts(text).ok).toBe(false)
})

test.each(FACT_IDS.map((id) => [id, FACTS[id]] as const))(
  '%s has both languages, and a question if a person must answer',
  (_id, spec) => {
    expect(spec.label.de).toMatch(/\S/)
    expect(spec.label.en).toMatch(/\S/)
    const asked = spec.question ?? { de: '?', en: '?' }
    expect(asked.de).toMatch(/\?$/)
    expect(asked.en).toMatch(/\?$/)
    const answeredByPeople = spec.by === 'declared' && spec.shown.kind !== 'records'
    expect(spec.question === undefined && answeredByPeople).toBe(false)
    expect((spec.freshDays ?? 0) > 0).toBe(spec.by === 'probe')
  },
)

test('every feature fact belongs to a feature, and a new feature without facts is noticed', () => {
  expect(checkFeatures(FEATURES.map(({ name }) => name))).toEqual([])
  expect(checkFeatures(['meetings', 'hologram'])).toEqual(['feature without facts: hologram'])
  expect(checkFeatures(['empty'], [{ name: 'empty', facts: [] }])).toEqual(['feature without facts: empty'])
  const described = new Set(FEATURES.flatMap(({ facts }) => facts))
  expect(FACT_IDS.filter((id) => id.startsWith('feature.') && !described.has(id))).toEqual([])
})
