import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, openTestServer, TestBrowser, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let organiser: TestBrowser
const stranger = (): TestBrowser => new TestBrowser(server)

beforeEach(async () => {
  server = await openTestServer('https://runde.example')
  organiser = new TestBrowser(server)
  await organiser.call('POST', '/api/setup', { token: await server.setUpToken(), name: 'Erika' })
})
afterEach(async () => {
  await server.close()
})

function sentences(body: unknown): string {
  return JSON.stringify(at(body, 'document'))
}

describe('the notice', () => {
  test('is open to everybody, in both languages, short and full', async () => {
    for (const path of ['/api/notice', '/api/notice/full'])
      for (const lang of ['de', 'en']) {
        const { status, body } = await stranger().call('GET', `${path}?lang=${lang}`)
        expect(status).toBe(200)
        expect(at(body, 'document', 'language')).toBe(lang)
        expect(at(body, 'edition')).toMatch(/^[0-9a-f]{16}$/)
      }
    expect((await stranger().call('GET', '/api/notice?lang=fr')).status).toBe(400)
  })

  test('gets a new edition when a sentence changes, and only then', async () => {
    const edition = async (): Promise<unknown> =>
      at((await stranger().call('GET', '/api/notice')).body, 'edition')
    const before = await edition()
    server.clock.now = asEpochMillis(server.clock.now + 20 * 86_400_000)
    expect(await edition()).toBe(before)
    await organiser.call('PUT', '/api/dossier/facts/org.name', { value: 'Beispielverein e. V.' })
    expect(await edition()).not.toBe(before)
  })

  test('does not show participants what the organisation still has to do', async () => {
    const { body } = await stranger().call('GET', '/api/notice/full?lang=de')
    expect(sentences(body)).not.toContain('callout')
    expect(sentences(body)).toContain('noch nicht angegeben')
  })
})

describe('the self-declaration', () => {
  test('lists settings and proofs, and nothing about the organisation', async () => {
    await organiser.call('PUT', '/api/dossier/facts/org.name', { value: 'Geheimer Verein' })
    await server.store.probes.add({
      probe: 'probe.canary',
      ranAt: server.clock.now,
      result: '0',
      passed: true,
    })
    const { status, body } = await stranger().call('GET', '/.well-known/runde-privacy.json')
    expect(status).toBe(200)
    expect(at(body, 'settings', 'log.addresses')).toBe(false)
    expect(at(body, 'settings', 'feature.e2ee')).toBe('absent')
    expect(at(body, 'proofs', 'probe.canary', 'result')).toBe(0)
    expect(at(body, 'configHash')).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(body)).not.toContain('Geheimer')
  })
})

describe('the interview', () => {
  test('an answer is kept, fits its form, and changes the documents', async () => {
    const put = (value: unknown) => organiser.call('PUT', '/api/dossier/facts/org.name', value)
    expect((await put({ value: 'Beispielverein e. V.' })).status).toBe(204)
    expect((await put({ value: 42 })).status).toBe(422)
    expect((await put({ value: '' })).status).toBe(422)
    const { body } = await organiser.call('GET', '/api/dossier/documents/record?lang=de')
    expect(sentences(body)).toContain('Beispielverein e. V.')
    const { body: asked } = await organiser.call('GET', '/api/dossier/interview')
    expect(JSON.stringify(asked)).toContain('"state":"answered"')
  })

  test('a fact that no question asks for can be read, by those who are signed in', async () => {
    const path = '/api/dossier/facts/incident.register'
    expect((await organiser.call('GET', path)).body).toEqual({ state: 'open' })
    const incident = {
      known: '2026-11-02',
      nature: 'Falscher Link verschickt',
      persons: 3,
      records: 3,
      consequences: 'keine',
      measures: 'Link ersetzt',
    }
    expect((await organiser.call('PUT', path, { value: [incident] })).status).toBe(204)
    expect((await organiser.call('GET', path)).body).toEqual({ state: 'answered', value: [incident] })
    expect((await organiser.call('GET', '/api/dossier/facts/no.such')).status).toBe(404)
    expect((await stranger().call('GET', path)).status).toBe(401)
  })

  test('a long list is an answer too, and an endless one is not', async () => {
    const client = (n: number) => ({ name: `Kunde ${n}`, address: 'x'.repeat(900), contact: 'y'.repeat(900) })
    const put = (count: number) =>
      organiser.call('PUT', '/api/dossier/facts/hosting.clients', {
        value: Array.from({ length: count }, (_, n) => client(n)),
      })
    expect((await put(100)).status).toBe(204)
    expect((await put(1000)).status).toBe(413)
  })

  test('"I do not know" is an answer, and an answer can be taken back', async () => {
    expect((await organiser.call('PUT', '/api/dossier/facts/org.contact', { unknown: true })).status).toBe(
      204,
    )
    expect(JSON.stringify((await organiser.call('GET', '/api/dossier/interview')).body)).toContain(
      '"state":"unknown"',
    )
    expect((await organiser.call('DELETE', '/api/dossier/facts/org.contact')).status).toBe(204)
    expect(JSON.stringify((await organiser.call('GET', '/api/dossier/interview')).body)).not.toContain(
      '"state":"unknown"',
    )
  })

  test('what the server knows or measures nobody can declare', async () => {
    for (const fact of ['log.addresses', 'probe.canary', 'feature.e2ee'])
      expect((await organiser.call('PUT', `/api/dossier/facts/${fact}`, { value: 0 })).status).toBe(422)
    expect((await organiser.call('PUT', '/api/dossier/facts/no.such', { value: 0 })).status).toBe(404)
  })
})

describe('documents', () => {
  test('come as list, as model and in all formats', async () => {
    const { body } = await organiser.call('GET', '/api/dossier?lang=en')
    expect(JSON.stringify(at(body, 'documents'))).toContain('"id":"measures"')
    for (const [format, type] of [
      ['md', 'text/markdown'],
      ['html', 'text/html'],
      ['docx', 'application/vnd.openxml'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const answer = await organiser.call('GET', `/api/dossier/files/record/${format}?lang=en`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain(type)
      expect(answer.headers.get('content-disposition')).toContain(`record.en.${format}`)
    }
    expect((await organiser.call('GET', '/api/dossier/files/record/exe')).status).toBe(404)
    expect((await organiser.call('GET', '/api/dossier/documents/nothing')).status).toBe(404)
  })

  test('a stranger sees none of it', async () => {
    for (const path of [
      '/api/dossier',
      '/api/dossier/interview',
      '/api/dossier/documents/record',
      '/api/dossier/files/record/pdf',
    ])
      expect((await stranger().call('GET', path)).status).toBe(401)
    expect((await stranger().call('PUT', '/api/dossier/facts/org.name', { value: 'x' })).status).toBe(401)
    expect((await stranger().call('DELETE', '/api/dossier/facts/org.name')).status).toBe(401)
  })
})
