// Whatever is added to the product has to say what it is: a setting, a table, a cookie, a browser entry, a route or a probe without it is noticed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkFeatures, FACT_IDS, FACTS, FEATURES, PROOF_WAYS, type FactId } from '@runde/dossier'
import { STORED_COLUMNS } from '@runde/store'
import { expect, test } from 'vitest'
import { SETTING_KEYS } from '../config/keys.ts'
import { checkRoutes } from '../http/rights-guard.ts'
import { ALL_PROOFS } from '../probes/standing.ts'
import { browserEntries } from './browser-entries.ts'
import { REPORTERS } from './reporters.ts'

const ROOT = join(import.meta.dirname, '../../../..')

/** Which fact of the documents speaks of each setting; null: it says nothing about people's data, and why. */
const SETTINGS: Readonly<Record<string, FactId | 'technical'>> = {
  host: 'technical',
  port: 'technical',
  publicUrl: 'server.url',
  data: 'technical',
  'tls.cert': 'tls.enabled',
  'tls.key': 'tls.enabled',
  'media.udpPort': 'technical',
  'media.workers': 'technical',
  'media.sender': 'technical',
  'media.announce': 'technical',
  'log.level': 'log.addresses',
  'proofs.search': 'probe.canary',
  'proofs.surroundings': 'surroundings.logs',
  'backup.folder': 'backup.made',
  'backup.days': 'backup.kept',
  'api.key': 'technical',
  'api.secret': 'technical',
}

/** Which class of the deletion concept, by its period, holds each table. */
const TABLES: Readonly<Record<string, FactId | 'no people'>> = {
  organisers: 'keep.accounts',
  passwords: 'keep.accounts',
  passkeys: 'keep.accounts',
  sessions: 'keep.sessions',
  one_time_links: 'keep.links',
  invitations: 'keep.links',
  meetings: 'keep.rooms',
  snapshots: 'keep.documents',
  comments: 'keep.documents',
  authority_links: 'keep.documents',
  stated_facts: 'keep.documents',
  probe_runs: 'keep.documents',
  deletions: 'keep.documents',
  diagnostic_mode: 'keep.debugLog',
  settings: 'no people',
  key_pairs: 'no people',
  migrations: 'no people',
  migration_lock: 'no people',
}

function unknownIn(names: readonly string[], known: Readonly<Record<string, string>>): string[] {
  return [...new Set(names)].filter((name) => !Object.hasOwn(known, name))
}

test('every setting is spoken of, and a new one is noticed', () => {
  const paths = SETTING_KEYS.map(({ path }) => path)
  expect(unknownIn(paths, SETTINGS)).toEqual([])
  expect(Object.keys(SETTINGS).filter((path) => !paths.includes(path))).toEqual([])
  expect(unknownIn([...paths, 'karaoke.songs'], SETTINGS)).toEqual(['karaoke.songs'])
})

test('every table has its class of the deletion concept, and a new one is noticed', () => {
  const tables = STORED_COLUMNS.map(({ table }) => table)
  expect(unknownIn(tables, TABLES)).toEqual([])
  expect(unknownIn([...tables, 'songs'], TABLES)).toEqual(['songs'])
  const facts = Object.values(TABLES).filter((fact) => fact !== 'no people')
  expect(facts.filter((fact) => !FACT_IDS.includes(fact))).toEqual([])
})

test('every feature reports facts, and every fact of the running server is reported or a feature that is absent', () => {
  const names = REPORTERS.map(({ name }) => name)
  expect(checkFeatures(names)).toEqual([])
  expect(checkFeatures([...names, 'karaoke'])).toEqual(['feature without facts: karaoke'])
  const absent = FEATURES.filter(({ name }) => !names.includes(name)).flatMap(({ facts }) => facts)
  const present = FEATURES.filter(({ name }) => names.includes(name)).flatMap(({ facts }) => facts)
  const silent = FACT_IDS.filter((id) => FACTS[id].by === 'setting' && !present.includes(id))
  expect(silent.filter((id) => !absent.includes(id))).toEqual([])
})

/** The keys that the client's one door to the storage lets through: the compiler refuses any other. */
function storedKeys(source: string): string[] {
  const union = /export type StoredKey =([^\n]*(?:\n {2}\|[^\n]*)*)/.exec(source)?.[1] ?? ''
  return [...union.matchAll(/'([^']+)'/g)].flatMap(([, key]) => (key === undefined ? [] : [key]))
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
}

test('the client can store exactly what is declared, and a new key is noticed', () => {
  const declared = browserEntries(true).flatMap(({ where, key }) => (where === 'localStorage' ? [key] : []))
  const source = readFileSync(join(ROOT, 'apps/web/src/app/storage.ts'), 'utf8')
  expect(storedKeys(source).toSorted()).toEqual(declared.toSorted())
  const more = source.replace("'runde.lang'", "'runde.lang' | 'runde.songs'")
  expect(storedKeys(more).filter((key) => !declared.includes(key))).toEqual(['runde.songs'])
})

test('nothing but the one file touches the storage of the browser, so no key can hide behind another name', () => {
  const touching = readdirSync(join(ROOT, 'apps/web/src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.includes('testing'))
    .filter((name) =>
      /\b(?:localStorage|sessionStorage|indexedDB|document\.cookie|cookieStore)\b/.test(
        readFileSync(join(ROOT, 'apps/web/src', name), 'utf8'),
      ),
    )
  expect(touching).toEqual([join('app', 'storage.ts')])
})

test('every cookie that the server sets is declared', () => {
  const declared = browserEntries(true).filter(({ where }) => where === 'cookie')
  expect(declared).toHaveLength(1)
  const setters = sources('apps/server/src').filter((text) =>
    /['"]set-cookie['"]\s*,|setCookie\(/i.test(text),
  )
  // Session cookies are made in one place; another one would have to be declared as well.
  expect(setters.length).toBe(1)
})

test('every fact that a test has to prove is run, or says what its proof would take', () => {
  const measured = FACT_IDS.filter((id) => FACTS[id].by === 'probe')
  expect(measured.filter((id) => !ALL_PROOFS.some((proof) => proof === id))).toEqual([])
  expect(ALL_PROOFS.filter((proof) => !measured.includes(proof))).toEqual([])
  expect(Object.keys(PROOF_WAYS).toSorted()).toEqual([...measured].toSorted())
})

test('a route without a row in the table of rights stops the server at its start', () => {
  expect(() => checkRoutes([{ method: 'GET', path: '/api/songs' }])).toThrow(/GET \/api\/songs/)
  expect(() => checkRoutes([])).toThrow(/GET \/api\/notice/)
})
