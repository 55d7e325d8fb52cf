import { describe, expect, it } from 'vitest'
import { PeerAddress } from './address.ts'
import { classifyDatagram, Demux } from './demux.ts'
import { newTransactionId, transactionTagOf } from './ice-transaction.ts'
import { MAX_BOUND_ADDRESSES, STRANGER_STUN_BURST } from './limits.ts'
import { ATTRIBUTES, buildStun, TYPES } from './testing/stun-builder.ts'

const ID = Buffer.alloc(12, 1)
const A = PeerAddress.from('192.0.2.1', 1_001)
const B = PeerAddress.from('192.0.2.2', 1_002)

function request(username: string): Buffer {
  return buildStun(TYPES.request, ID, [[ATTRIBUTES.username, Buffer.from(username)]])
}

function setUp(): { demux: Demux<{ id: string }>; anna: { id: string }; ben: { id: string } } {
  const demux = new Demux<{ id: string }>()
  const [anna, ben] = [{ id: 'anna' }, { id: 'ben' }]
  demux.add('annaU', anna)
  demux.add('benU', ben)
  return { demux, anna, ben }
}

describe('classification (RFC 7983)', () => {
  const bytes = (first: number, second: number, length = 40): Buffer => {
    const data = Buffer.alloc(length)
    data[0] = first
    data[1] = second
    return data
  }
  it.each([
    ['rtp', bytes(0x80, 96)],
    ['rtp', bytes(0xbf, 0x80 | 63)],
    ['rtcp', bytes(0x80, 200)],
    ['rtcp', bytes(0x81, 206)],
    ['dtls', bytes(22, 254)],
    ['dtls', bytes(63, 0, 1)],
    ['stun', request('a:b')],
    ['unknown', bytes(0, 1)],
    ['unknown', bytes(64, 0)],
    ['unknown', bytes(0x80, 96, 11)],
    ['unknown', bytes(0x80, 200, 7)],
    ['unknown', bytes(0xc0, 0)],
    ['unknown', Buffer.alloc(0)],
  ])('%s', (kind, data) => {
    expect(classifyDatagram(data)).toBe(kind)
  })
})

describe('Demux', () => {
  it('finds the peer of a check by our user fragment, wherever it comes from', () => {
    const { demux, anna, ben } = setUp()
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBe(anna)
    expect(demux.peerOfStun(0, request('benU:x'), A.host, A.port)).toBe(ben)
    expect(demux.peerOfStun(0, request('x:annaU'), A.host, A.port)).toBeUndefined()
    expect(demux.counters.unknownUfrag).toBe(1)
  })

  it('finds the peer of an answer by the transaction id of its check', () => {
    const { demux, ben } = setUp()
    const id = newTransactionId(transactionTagOf('benU'), (count) => Buffer.alloc(count, 9))
    expect(demux.peerOfStun(0, buildStun(TYPES.success, id, []), A.host, A.port)).toBe(ben)
    expect(demux.peerOfStun(0, buildStun(TYPES.error, ID, []), A.host, A.port)).toBeUndefined()
  })

  it('finds everything else by bound address only', () => {
    const { demux, anna } = setUp()
    expect(demux.peerAt(A.host, A.port)).toBeUndefined()
    expect(demux.counters.unboundSource).toBe(1)
    demux.bind(anna, A)
    expect(demux.peerAt(A.host, A.port)).toBe(anna)
    expect(demux.peerAt(A.host, B.port)).toBeUndefined()
    expect(demux.peerOfStun(0, buildStun(TYPES.indication, ID, []), A.host, A.port)).toBe(anna)
    expect(demux.addressOf(A.host, A.port)).toBe(A)
    expect(demux.addressOf(B.host, B.port).equals(B)).toBe(true)
  })

  it('gives an address to whoever proved it last, and keeps it when the one before leaves', () => {
    const { demux, anna, ben } = setUp()
    demux.bind(anna, A)
    demux.bind(ben, PeerAddress.from(A.host, A.port))
    expect(demux.peerAt(A.host, A.port)).toBe(ben)
    demux.remove(anna)
    expect(demux.peerAt(A.host, A.port)).toBe(ben)
  })

  it('keeps a limited number of addresses, the oldest goes', () => {
    const { demux, anna } = setUp()
    for (let port = 1; port <= MAX_BOUND_ADDRESSES; port++) demux.bind(anna, PeerAddress.from(A.host, port))
    demux.bind(anna, PeerAddress.from(A.host, 1))
    demux.bind(anna, PeerAddress.from(A.host, 99))
    expect(demux.peerAt(A.host, 1)).toBe(anna)
    expect(demux.peerAt(A.host, 2)).toBeUndefined()
    expect(demux.peerAt(A.host, 99)).toBe(anna)
  })

  it('forgets a removed peer altogether', () => {
    const { demux, anna } = setUp()
    demux.bind(anna, A)
    demux.remove(anna)
    demux.remove(anna)
    expect(demux.size).toBe(1)
    expect(demux.peerAt(A.host, A.port)).toBeUndefined()
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBeUndefined()
    demux.bind(anna, A)
    expect(demux.peerAt(A.host, A.port)).toBeUndefined()
    demux.add('annaU', anna)
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBe(anna)
  })

  it('keeps the fragment before a restart, and not the one before that', () => {
    const { demux, anna } = setUp()
    demux.add('second', anna)
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBe(anna)
    demux.add('third', anna)
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBeUndefined()
    expect(demux.peerOfStun(0, request('second:x'), A.host, A.port)).toBe(anna)
    expect(demux.peerOfStun(0, request('third:x'), A.host, A.port)).toBe(anna)
    expect(() => demux.add('third', { id: 'other' })).toThrow('names one peer only')
  })

  it('holds strangers to a limit, but not bound addresses', () => {
    const { demux, anna } = setUp()
    demux.bind(anna, A)
    for (let count = 0; count < STRANGER_STUN_BURST; count++)
      demux.peerOfStun(0, request('no:x'), B.host, B.port)
    expect(demux.counters).toMatchObject({ unknownUfrag: STRANGER_STUN_BURST, gated: 0 })
    expect(demux.peerOfStun(0, request('benU:x'), B.host, B.port)).toBeUndefined()
    expect(demux.counters.gated).toBe(1)
    expect(demux.peerOfStun(0, request('annaU:x'), A.host, A.port)).toBe(anna)
    expect(demux.peerOfStun(1_000, request('benU:x'), B.host, B.port)?.id).toBe('ben')
  })
})
