import { describe, expect, it } from 'vitest'

import { HandshakeInbox, type AddResult } from './handshake-inbox.ts'
import type { HandshakeFragment } from './handshake-message.ts'
import { MAX_CLIENT_HELLO_BYTES } from './limits.ts'
import { HandshakeType } from './protocol.ts'
import { CLIENT_MESSAGES } from './server-handshake.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const HELLO = seededRandom(9).bytes(1000)
const CERTIFICATE = seededRandom(10).bytes(400)

function piece(
  type: number,
  sequence: number,
  body: Uint8Array,
  from: number,
  to: number,
): HandshakeFragment {
  return { type, sequence, length: body.length, offset: from, bytes: body.subarray(from, to) }
}

function hello(from: number, to: number): HandshakeFragment {
  return piece(HandshakeType.clientHello, 0, HELLO, from, to)
}

function addAll(inbox: HandshakeInbox, fragments: readonly HandshakeFragment[]): AddResult[] {
  return fragments.map((fragment) => inbox.add(0, fragment))
}

describe('reassembly of handshake messages', () => {
  it('joins fragments in any order, overlapping and repeated', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    addAll(inbox, [hello(600, 1000), hello(0, 100), hello(0, 100), hello(550, 700), hello(50, 500)])
    expect(inbox.next()).toBeUndefined()
    inbox.add(0, hello(499, 551))
    const message = inbox.next()
    expect(message?.body).toEqual(HELLO)
    expect(message?.raw).toHaveLength(1012)
    expect(inbox.next()).toBeUndefined()
  })

  it('delivers in the order of the handshake', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    inbox.add(0, piece(HandshakeType.certificate, 1, CERTIFICATE, 0, 400))
    expect(inbox.next()).toBeUndefined()
    inbox.add(0, hello(0, 1000))
    expect([inbox.next()?.type, inbox.next()?.type]).toEqual([
      HandshakeType.clientHello,
      HandshakeType.certificate,
    ])
  })

  it('keeps the bytes that came first when fragments contradict each other', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    const other = HELLO.map((byte) => byte ^ 0xff)
    inbox.add(0, hello(0, 999))
    inbox.add(0, piece(HandshakeType.clientHello, 0, other, 0, 1000))
    expect(inbox.next()?.body.subarray(0, 999)).toEqual(HELLO.subarray(0, 999))
  })

  it('sees a repeated flight by the last fragment of a delivered message, byte for byte', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    inbox.add(0, hello(0, 1000))
    inbox.next()
    const other = HELLO.with(999, (HELLO[999] ?? 0) ^ 1)
    expect(
      addAll(inbox, [
        hello(0, 500),
        hello(500, 1000),
        hello(0, 1000),
        piece(HandshakeType.clientHello, 0, other, 0, 1000),
      ]),
    ).toEqual(['ignored', 'repeated', 'repeated', 'ignored'])
  })

  it('ignores what does not belong into its place', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    const large = new Uint8Array(MAX_CLIENT_HELLO_BYTES + 1)
    expect(
      addAll(inbox, [
        piece(HandshakeType.certificate, 0, CERTIFICATE, 0, 400),
        piece(HandshakeType.clientHello, 1, HELLO, 0, 1000),
        piece(HandshakeType.clientHello, 5, HELLO, 0, 1000),
        piece(HandshakeType.clientHello, 0, large, 0, 100),
        piece(HandshakeType.finished, 4, new Uint8Array(12), 0, 12),
      ]),
    ).toEqual(['ignored', 'ignored', 'ignored', 'ignored', 'ignored'])
    expect(inbox.add(1, hello(0, 1000))).toBe('ignored')
  })

  it('ignores a fragment whose message has another length', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 0)
    inbox.add(0, hello(0, 100))
    expect(inbox.add(0, piece(HandshakeType.clientHello, 0, HELLO.subarray(0, 900), 100, 900))).toBe(
      'ignored',
    )
    expect(inbox.add(0, hello(100, 1000))).toBe('stored')
    expect(inbox.next()?.body).toEqual(HELLO)
  })

  it('begins where the first message does', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES, 1)
    expect(inbox.add(0, hello(0, 1000))).toBe('ignored')
    expect(inbox.add(0, piece(HandshakeType.clientHello, 1, HELLO, 0, 1000))).toBe('stored')
    expect(inbox.next()?.sequence).toBe(1)
  })

  it('recognises only the last message after it forgot the others', () => {
    const inbox = new HandshakeInbox(CLIENT_MESSAGES.slice(0, 2), 0)
    const certificate = piece(HandshakeType.certificate, 1, CERTIFICATE, 0, 400)
    addAll(inbox, [hello(0, 1000), certificate])
    inbox.next()
    inbox.next()
    inbox.forgetDelivered()
    expect(addAll(inbox, [hello(0, 1000), certificate])).toEqual(['ignored', 'repeated'])
  })
})
