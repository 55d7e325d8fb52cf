import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_PACKS } from '@runde/dossier'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installedPacks } from './rule-packs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rule-packs-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(name: string, content: string): void {
  mkdirSync(join(folder, 'rule-packs'), { recursive: true })
  writeFileSync(join(folder, 'rule-packs', name), content)
}

function pack(id: string, validFrom: string): string {
  const title = { de: id, en: id }
  return JSON.stringify({ format: 'runde-packs/1', packs: [{ id, title, validFrom, rules: [] }] })
}

test('without a folder the delivered packs hold', () => {
  expect(installedPacks(folder)).toBe(DEFAULT_PACKS)
})

test('files are read by name, on top of each other; other files are left alone', () => {
  put('10-own.json', pack('our-land', '2026-01-01'))
  put('20-own.json', pack('our-land', '2027-01-01'))
  put('README.md', 'not a pack')
  const found = installedPacks(folder).filter(({ id }) => id === 'our-land')
  expect(found.map(({ validFrom, validUntil }) => [validFrom, validUntil])).toEqual([
    ['2026-01-01', '2027-01-01'],
    ['2027-01-01', undefined],
  ])
})

test('a file with errors keeps the server from starting, and says where', () => {
  put('own.json', pack('Our Land', '2026-01-01'))
  const sentence = expect.stringMatching(/own\.json .*\.\npacks\.0\.id: /)
  const kind = { code: 'usage', text: { de: sentence, en: sentence } }
  expect(() => installedPacks(folder)).toThrow(expect.objectContaining({ name: 'StartFailure', kind }))
})
