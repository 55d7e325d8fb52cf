// Stream resets as RFC 6525 wants them: sequence numbers, repeated requests, requests ahead of their data.
import { describe, expect, it } from 'vitest'
import { decodeParameters, type Parameter } from './parameters.ts'
import { StreamReset } from './reconfig.ts'

interface Log {
  readonly reset: StreamReset
  readonly outgoing: [readonly number[], boolean][]
  readonly incoming: (readonly number[])[]
  readonly sent: string[]
}

const LOCAL = 0xffff_ffff
const PEER = 100

function start(): Log {
  const outgoing: Log['outgoing'] = []
  const incoming: Log['incoming'] = []
  const sent: string[] = []
  const reset = new StreamReset(LOCAL, PEER, {
    onOutgoing: (streams, performed) => outgoing.push([streams, performed]),
    onIncoming: (streams) => incoming.push(streams),
    send: (chunk) => sent.push(Buffer.from(chunk).toString('hex')),
  })
  return { reset, outgoing, incoming, sent }
}

function parameters(hex: string): Parameter[] {
  return decodeParameters(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))) ?? []
}

/** An outgoing reset request of the peer. */
function request(sequence: number, lastTsn: number, streams: readonly number[]): Parameter[] {
  const bytes = Buffer.alloc(16 + 2 * streams.length + (streams.length % 2) * 2)
  bytes.writeUInt16BE(13, 0)
  bytes.writeUInt16BE(16 + 2 * streams.length, 2)
  bytes.writeUInt32BE(sequence, 4)
  bytes.writeUInt32BE(0, 8)
  bytes.writeUInt32BE(lastTsn, 12)
  streams.forEach((streamId, index) => bytes.writeUInt16BE(streamId, 16 + 2 * index))
  return decodeParameters(bytes) ?? []
}

/** Result code in the response sent last. */
function lastResult(log: Log): number {
  return Number.parseInt(log.sent.at(-1)?.slice(-8) ?? '', 16)
}

describe('our requests', () => {
  it('go out when drained, one at a time, byte for byte', () => {
    const log = start()
    log.reset.want(7)
    log.reset.want(9)
    expect(log.reset.sendRequest(0x1_0000_0005, (streamId) => streamId === 7)).toEqual([7])
    expect(log.sent).toEqual(['82000016000d0012ffffffff00000063000000050007'])
    expect(log.reset.isRequested(7)).toBe(true)
    expect(log.reset.sendRequest(0, () => true)).toEqual([])
    expect(log.reset.handle(parameters('0010000c ffffffff 00000001'), 0)).toBe(true)
    expect(log.outgoing).toEqual([[[7], true]])
    expect(log.reset.sendRequest(0, () => true)).toEqual([9])
    expect(log.sent[1]).toContain('0000000000000063')
  })

  it('stay open while the peer is in progress and end on refusal', () => {
    const log = start()
    log.reset.want(1)
    log.reset.sendRequest(0, () => true)
    expect(log.reset.handle(parameters('0010000c 00000042 00000001'), 0)).toBe(false)
    expect(log.reset.handle(parameters('0010000c ffffffff 00000006'), 0)).toBe(true)
    expect(log.reset.isWaiting).toBe(true)
    log.reset.repeat()
    expect(log.sent[1]).toBe(log.sent[0])
    log.reset.handle(parameters('0010000c ffffffff 00000002'), 0)
    expect(log.outgoing).toEqual([[[1], false]])
    expect(log.reset.isWaiting).toBe(false)
  })
})

describe("the peer's requests", () => {
  it('are performed once and answered as often as repeated', () => {
    const log = start()
    log.reset.handle(request(PEER, 50, [3, 4]), 50)
    log.reset.handle(request(PEER, 50, [3, 4]), 50)
    expect(log.incoming).toEqual([[3, 4]])
    expect(log.sent[0]).toBe('820000100010000c0000006400000001')
    expect(log.sent[1]).toBe(log.sent[0])
  })

  it('wait for the data sent before them', () => {
    const log = start()
    log.reset.handle(request(PEER, 50, [3]), 40)
    expect(lastResult(log)).toBe(6)
    log.reset.onProgress(49)
    expect(log.incoming).toEqual([])
    log.reset.onProgress(50)
    expect(log.incoming).toEqual([[3]])
    expect(lastResult(log)).toBe(1)
    log.reset.handle(request(PEER, 50, [3]), 50)
    expect(log.incoming).toHaveLength(1)
    expect(lastResult(log)).toBe(1)
  })

  it('may be asked anew under the next number while in progress', () => {
    const log = start()
    log.reset.handle(request(PEER, 50, [3]), 40)
    log.reset.handle(request(PEER + 1, 50, [3]), 50)
    log.reset.onProgress(50)
    expect(log.incoming).toEqual([[3]])
  })

  it('are refused out of sequence or of a kind we do not do', () => {
    const log = start()
    log.reset.handle(request(PEER + 5, 50, [3]), 50)
    expect(lastResult(log)).toBe(5)
    log.reset.handle(parameters('0011000c 00000064 00010000'), 50)
    expect(lastResult(log)).toBe(2)
    expect(log.incoming).toEqual([])
  })
})
