import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { needle, searchLines, searchPaths } from './search.ts'

const NEEDLES = [needle('name', 'Canary qwertz'), needle('address', '127.83.21.5')]
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function placesOf(...paths: string[]): Promise<readonly string[]> {
  const { hits } = await searchPaths(paths, NEEDLES)
  return hits.map(({ place, needle: name }) => `${place.replace(folder, '')} ${name}`)
}

describe('the search finds what was written on purpose', () => {
  test('in a log as nginx writes it', async () => {
    mkdirSync(join(folder, 'nginx'))
    writeFileSync(
      join(folder, 'nginx/access.log'),
      '127.83.21.5 - - [23/Nov/2026:10:00:00 +0000] "GET /abc-defg-hij HTTP/1.1" 200 512 "-" "Mozilla/5.0"\n',
    )
    expect(await placesOf(folder)).toEqual(['/nginx/access.log address'])
  })

  test('in a table', async () => {
    const db = new DatabaseSync(join(folder, 'x.sqlite'))
    db.exec(
      "pragma journal_mode=wal; create table t (a text); insert into t values ('said by Canary qwertz')",
    )
    const places = await placesOf(folder)
    db.close()
    expect(places.some((place) => place.startsWith('/x.sqlite') && place.endsWith('name'))).toBe(true)
  })

  test('in a file name, without repeating it', async () => {
    writeFileSync(join(folder, 'upload-127.83.21.5.tmp'), '')
    expect(await placesOf(folder)).toEqual(['file name address'])
  })

  test('across the border of two pieces of a large file, and in two-byte letters', async () => {
    writeFileSync(join(folder, 'large'), `${'x'.repeat((1 << 20) - 6)}Canary qwertz${'y'.repeat(100)}`)
    writeFileSync(join(folder, 'wide'), Buffer.from('..127.83.21.5..', 'utf16le'))
    expect((await placesOf(folder)).toSorted()).toEqual(['/large name', '/wide address'])
  })

  test('in a line of the log', () => {
    expect(searchLines(['ready', 'joined Canary qwertz'], NEEDLES)).toEqual([
      { place: 'log', needle: 'name' },
    ])
  })
})

test('nothing is found where nothing is, and what cannot be read is said', async () => {
  writeFileSync(join(folder, 'clean'), 'all quiet')
  const result = await searchPaths([folder, join(folder, 'gone')], NEEDLES)
  expect(result).toEqual({ hits: [], files: 1, unreadable: [join(folder, 'gone')] })
})
