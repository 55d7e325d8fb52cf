import { describe, expect, it } from 'vitest'

import { trafficKeys } from './prf.ts'
import { CIPHER_SUITES, ContentType, type CipherSuite } from './protocol.ts'
import { RecordLayer, type OpenResult } from './record-layer.ts'
import { readRecord } from './record.ts'
import { seededRandom } from './test-support/seeded-random.ts'

function layers(suite: CipherSuite): { readonly client: RecordLayer; readonly server: RecordLayer } {
  const random = seededRandom(3)
  const keys = trafficKeys(suite, random.bytes(48), random.bytes(32), random.bytes(32))
  const client = new RecordLayer()
  const server = new RecordLayer()
  client.install(suite.cipher, keys.server, keys.client)
  server.install(suite.cipher, keys.client, keys.server)
  return { client, server }
}

function open(layer: RecordLayer, datagram: Uint8Array): OpenResult | undefined {
  const record = readRecord(datagram, 0)
  return record && layer.open(record)
}

describe.each(CIPHER_SUITES)('record layer with $cipher', (suite) => {
  it('opens what the other side sealed, once', () => {
    const { client, server } = layers(suite)
    const content = seededRandom(4).bytes(1000)
    const sealed = client.seal(1, ContentType.applicationData, content)
    expect(sealed).toHaveLength(1000 + client.overhead(1))
    expect(open(server, sealed)).toEqual({ kind: 'opened', plaintext: content })
    expect(open(server, sealed)).toEqual({ kind: 'replayed' })
  })

  it('refuses a record with any byte changed, and then still takes the right one', () => {
    const { client, server } = layers(suite)
    const sealed = client.seal(1, ContentType.applicationData, Uint8Array.of(1, 2, 3))
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.slice()
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(open(server, changed)?.kind).not.toBe('opened')
    }
    expect(open(server, sealed)?.kind).toBe('opened')
  })

  it('refuses what is too short for nonce and tag', () => {
    const { client, server } = layers(suite)
    const sealed = client.seal(1, ContentType.applicationData, new Uint8Array(0))
    const record = readRecord(sealed, 0)
    expect(record).toBeDefined()
    if (!record) return
    for (let length = 0; length < record.body.length; length += 1)
      expect(server.open({ ...record, body: record.body.subarray(0, length) }).kind).toBe('undecryptable')
  })
})

describe('record layer', () => {
  it('opens nothing before it has keys', () => {
    const { client } = layers({ id: 0xc02b, cipher: 'aes-128-gcm', keyLength: 16, hash: 'sha256' })
    const sealed = client.seal(1, ContentType.applicationData, Uint8Array.of(1))
    expect(open(new RecordLayer(), sealed)).toEqual({ kind: 'no-keys' })
  })

  it('counts the records of each epoch for itself', () => {
    const { client } = layers({ id: 0xc02b, cipher: 'aes-128-gcm', keyLength: 16, hash: 'sha256' })
    const numbers = [0, 0, 1, 0].map((epoch) => {
      const sealed = client.seal(epoch === 0 ? 0 : 1, ContentType.alert, Uint8Array.of(1, 0))
      return readRecord(sealed, 0)?.sequence
    })
    expect(numbers).toEqual([0, 1, 0, 2])
  })
})
