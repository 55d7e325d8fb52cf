import { describe, expect, it } from 'vitest'
import { PeerAddress } from './address.ts'
import { MAX_STUN_ATTRIBUTES, MAX_UNKNOWN_ATTRIBUTES } from './limits.ts'
import { isStun, parseStun, stunClass, stunLocalUfrag, verifyStunIntegrity } from './stun.ts'
import { writeBindingError, writeBindingRequest, writeBindingSuccess } from './stun-writer.ts'
import { ATTRIBUTES, buildStun, TYPES, uint32, uint64 } from './testing/stun-builder.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const ID = hex('b7e7a701bc34d686fa87dfae')
/** Password of all messages in RFC 5769 section 2. */
const PASSWORD = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt')

const SAMPLE_REQUEST = hex(`000100582112a442b7e7a701bc34d686fa87dfae
  802200105354554e207465737420636c69656e74 002400046e0001ff 80290008932ff9b151263b36
  000600096576746a3a68367659202020 000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004e57a3bcf`)
const SAMPLE_IPV4 = hex(`0101003c2112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220
  002000080001a147e112a643 000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`)
const SAMPLE_IPV6 = hex(`010100482112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220
  002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014a382954e4be67bf11784c97c8292c275bfe3ed41 80280004c8fb0b4c`)

describe('RFC 5769', () => {
  it('sample request (section 2.1)', () => {
    const message = parseStun(SAMPLE_REQUEST)
    expect(message).toMatchObject({
      class: 'request',
      username: 'evtj:h6vY',
      priority: 0x6e0001ff,
      iceControlled: 0x932ff9b151263b36n,
      iceControlling: undefined,
      useCandidate: false,
      unknown: [],
    })
    expect(message && verifyStunIntegrity(SAMPLE_REQUEST, message, PASSWORD)).toBe(true)
    expect(message && verifyStunIntegrity(SAMPLE_REQUEST, message, Buffer.from('wrong'))).toBe(false)
    expect(stunLocalUfrag(SAMPLE_REQUEST)).toBe('evtj')
  })

  it.each([
    ['2.2, IPv4', SAMPLE_IPV4, '192.0.2.1'],
    ['2.3, IPv6', SAMPLE_IPV6, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])(
    'sample response (section %s): integrity, and the same mapped address as ours',
    (_name, sample, host) => {
      const message = parseStun(sample)
      expect(message && verifyStunIntegrity(sample, message, PASSWORD)).toBe(true)
      const ours = writeBindingSuccess(ID, PeerAddress.from(host, 32_853), PASSWORD)
      const mapped = sample.subarray(36, sample.length - 32)
      expect(ours && Buffer.from(ours).includes(mapped)).toBe(true)
    },
  )
})

describe('writing', () => {
  it('a request is byte for byte what RFC 8445 asks for', () => {
    const request = writeBindingRequest({
      transactionId: ID,
      username: 'evtj:h6vY',
      priority: 0x6e0001ff,
      iceControlled: 0x932ff9b151263b36n,
      password: PASSWORD,
    })
    const expected = buildStun(
      TYPES.request,
      ID,
      [
        [ATTRIBUTES.username, Buffer.from('evtj:h6vY')],
        [ATTRIBUTES.priority, uint32(0x6e0001ff)],
        [ATTRIBUTES.controlled, uint64(0x932ff9b151263b36n)],
      ],
      PASSWORD.toString(),
    )
    expect(Buffer.from(request)).toEqual(expected)
  })

  it('an error tells code, reason and what was not understood', () => {
    const error = writeBindingError(ID, 420, PASSWORD, [0x7001, 0x0033])
    const message = parseStun(error)
    expect(message).toMatchObject({ class: 'error', errorCode: 420 })
    expect(message && verifyStunIntegrity(error, message, PASSWORD)).toBe(true)
    expect(Buffer.from(error).includes(hex('000a000470010033'))).toBe(true)
  })

  it.each([400, 401, 487] as const)('error %i is read back', (code) => {
    expect(parseStun(writeBindingError(ID, code, undefined))).toMatchObject({
      class: 'error',
      errorCode: code,
      integrityOffset: -1,
    })
  })

  it('no success for what is no IP address', () => {
    expect(writeBindingSuccess(ID, PeerAddress.from('host.example', 1), PASSWORD)).toBeUndefined()
  })
})

describe('reading', () => {
  const username = [ATTRIBUTES.username, Buffer.from('us:them')] as const

  it('knows the four classes', () => {
    for (const [name, type] of Object.entries(TYPES)) {
      const data = buildStun(type, ID, [])
      expect(parseStun(data)?.class).toBe(name)
      expect(stunClass(data)).toBe(name)
    }
  })

  it('ignores what follows MESSAGE-INTEGRITY', () => {
    const signed = buildStun(TYPES.request, ID, [username], 'password')
    const body = signed.subarray(20, signed.length - 8)
    const integrity = body.subarray(body.length - 20)
    const forged = buildStun(TYPES.request, ID, [
      username,
      [ATTRIBUTES.integrity, integrity],
      [ATTRIBUTES.useCandidate, Buffer.alloc(0)],
      [0x7fff, Buffer.alloc(4)],
    ])
    const message = parseStun(forged)
    expect(message).toMatchObject({ useCandidate: false, unknown: [] })
    expect(message && verifyStunIntegrity(forged, message, Buffer.from('password'))).toBe(true)
  })

  it('lists unknown comprehension-required types, up to a limit, and skips optional ones', () => {
    const unknown = Array.from({ length: 12 }, (_, index) => [0x7000 + index, Buffer.alloc(index)] as const)
    const message = parseStun(buildStun(TYPES.request, ID, [[0xc001, Buffer.alloc(3)], ...unknown]))
    expect(message?.unknown).toHaveLength(MAX_UNKNOWN_ATTRIBUTES)
    expect(message?.unknown[0]).toBe(0x7000)
  })

  it.each([
    ['an attribute longer than the message', (data: Buffer): Buffer => (data.writeUInt16BE(60, 22), data)],
    [
      'a wrong fingerprint',
      (data: Buffer): Buffer => (data.writeUInt8(data.at(-1) === 1 ? 2 : 1, data.length - 1), data),
    ],
    ['another cookie', (data: Buffer): Buffer => (data.writeUInt32BE(1, 4), data)],
    ['a length that is not the datagram’s', (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc(4)])],
    ['another method', (data: Buffer): Buffer => (data.writeUInt16BE(0x0003, 0), data)],
    ['half a header', (data: Buffer): Buffer => data.subarray(0, 19)],
  ])('refuses %s', (_name, change) => {
    expect(parseStun(change(buildStun(TYPES.request, ID, [username])))).toBeUndefined()
  })

  it.each([
    ['PRIORITY', ATTRIBUTES.priority, 3],
    ['ICE-CONTROLLED', ATTRIBUTES.controlled, 4],
    ['ICE-CONTROLLING', ATTRIBUTES.controlling, 12],
    ['USE-CANDIDATE', ATTRIBUTES.useCandidate, 1],
    ['MESSAGE-INTEGRITY', ATTRIBUTES.integrity, 32],
    ['ERROR-CODE', ATTRIBUTES.errorCode, 3],
    ['USERNAME', ATTRIBUTES.username, 509],
  ])('refuses %s of a wrong length', (_name, type, length) => {
    expect(parseStun(buildStun(TYPES.request, ID, [[type, Buffer.alloc(length)]]))).toBeUndefined()
  })

  it('refuses more attributes than a check has', () => {
    const many = Array.from({ length: MAX_STUN_ATTRIBUTES }, () => [0xc001, Buffer.alloc(0)] as const)
    expect(parseStun(buildStun(TYPES.request, ID, many))).toBeUndefined()
    expect(parseStun(buildStun(TYPES.request, ID, many.slice(1)))).toBeDefined()
  })

  it('finds no user fragment where there is none', () => {
    expect(stunLocalUfrag(buildStun(TYPES.request, ID, []))).toBeUndefined()
    expect(
      stunLocalUfrag(buildStun(TYPES.request, ID, [[ATTRIBUTES.username, Buffer.from('nocolon')]])),
    ).toBeUndefined()
    expect(stunLocalUfrag(Buffer.alloc(20))).toBeUndefined()
  })

  it('takes no other protocol for STUN', () => {
    const data = buildStun(TYPES.request, ID, [username])
    expect(isStun(data)).toBe(true)
    data[0] = 0x40
    expect(isStun(data)).toBe(false)
    expect(isStun(Buffer.alloc(0))).toBe(false)
  })
})
