// Against an implementation that is not ours: werift's SCTP and data channels, as client and as server, in virtual time.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RTCDataChannel, RTCDataChannelParameters, RTCSctpTransport } from 'werift'
import { SctpAssociation } from './association.ts'
import { type AppEvent, seededBytes, seededNumbers, testMessage } from './test-link.ts'

/** Stands in until werift sets its own receiver. */
function ignore(packet: Buffer): void | Promise<void> {
  packet.fill(0)
}

/** One werift transport and one association of ours, with a lossy link between them. */
class Pair {
  readonly ours: SctpAssociation
  readonly theirs: RTCSctpTransport
  readonly events: AppEvent[] = []
  readonly channels: RTCDataChannel[] = []
  loss = 0
  readonly #toUs: Uint8Array[] = []
  readonly #chance = seededNumbers(51)
  readonly #dtls = {
    id: 'link',
    iceTransport: { role: 'controlling' },
    onStateChange: { subscribe: () => ({ unSubscribe: () => {} }) },
    dataReceiver: ignore,
    sendData: (packet: Buffer) => {
      if (this.#chance() >= this.loss) this.#toUs.push(Uint8Array.from(packet))
      return Promise.resolve()
    },
  }

  constructor(weAreActive: boolean) {
    this.ours = new SctpAssociation({ random: seededBytes(52), active: weAreActive })
    this.theirs = new RTCSctpTransport(5000, 262_144)
    this.#dtls.iceTransport.role = weAreActive ? 'controlled' : 'controlling'
    // werift wants its own DTLS class; the five members above are all it touches.
    const { theirs }: { readonly theirs: { readonly setDtlsTransport: unknown } } = this
    const adopt = theirs.setDtlsTransport
    if (typeof adopt === 'function') Reflect.apply(adopt, theirs, [this.#dtls])
    this.theirs.onDataChannel.subscribe((channel) => this.channels.push(channel))
  }

  async connect(): Promise<void> {
    this.ours.start(Date.now())
    await this.theirs.start(5000)
    await this.runUntil(() => this.events.some((event) => event.kind === 'connected'), 10_000)
  }

  /** Opens a channel from werift's side. */
  openTheirs(parameters: Partial<RTCDataChannelParameters>): RTCDataChannel {
    return new RTCDataChannel(this.theirs, new RTCDataChannelParameters(parameters), true)
  }

  /** Runs both sides, one virtual millisecond per packet exchange. */
  async runUntil(condition: () => boolean, limit: number): Promise<boolean> {
    for (let elapsed = 0; elapsed < limit; elapsed++) {
      const now = Date.now()
      for (const packet of this.#toUs.splice(0)) this.ours.handlePacket(now, packet)
      if ((this.ours.deadline() ?? Infinity) <= now) this.ours.handleTimeout(now)
      for (let event = this.ours.next(); event; event = this.ours.next()) {
        if (event.kind !== 'send') this.events.push(event)
        else if (this.#chance() >= this.loss) await this.#dtls.dataReceiver(Buffer.from(event.packet))
      }
      if (condition()) return true
      await vi.advanceTimersByTimeAsync(1)
    }
    return false
  }

  /** What we received on a stream. */
  messages(streamId: number): Uint8Array[] {
    return this.events.flatMap((event) =>
      event.kind === 'message' && event.streamId === streamId ? [event.data] : [],
    )
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe.each([
  ['werift sends INIT', false],
  ['we send INIT', true],
])('%s', (_, weAreActive) => {
  it('opens a channel of theirs and exchanges messages', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    const channel = pair.openTheirs({ label: '_reliable', protocol: 'p', ordered: true })
    const received: (string | Buffer)[] = []
    channel.onMessage.subscribe((data) => received.push(data))
    expect(await pair.runUntil(() => channel.readyState === 'open', 5000)).toBe(true)
    expect(pair.events.at(-1)).toEqual({
      kind: 'channel',
      streamId: channel.id,
      label: '_reliable',
      protocol: 'p',
      ordered: true,
      maxRetransmits: undefined,
      maxLifetimeMs: undefined,
    })
    channel.send(Buffer.from(testMessage(1, 60_000)))
    channel.send('Grüße')
    pair.ours.send(Date.now(), channel.id, testMessage(2, 60_000), true)
    pair.ours.send(Date.now(), channel.id, Buffer.from('zurück'), false)
    pair.ours.send(Date.now(), channel.id, new Uint8Array(0), false)
    expect(
      await pair.runUntil(() => received.length === 3 && pair.messages(channel.id).length === 2, 20_000),
    ).toBe(true)
    expect(received).toEqual([Buffer.from(testMessage(2, 60_000)), 'zurück', ''])
    expect(pair.messages(channel.id).map((data) => Buffer.from(data))).toEqual([
      Buffer.from(testMessage(1, 60_000)),
      Buffer.from('Grüße'),
    ])
  })

  it('opens a channel of ours, closes it and is told', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    const channel = { streamId: 8, label: '_lossy', ordered: false, maxRetransmits: 0 }
    pair.ours.openChannel(Date.now(), channel)
    const isOpen = (): boolean => pair.events.some((event) => event.kind === 'channel-open')
    expect(await pair.runUntil(isOpen, 5000)).toBe(true)
    expect(pair.channels[0]).toMatchObject({ id: 8, label: '_lossy', ordered: false, maxRetransmits: 0 })
    pair.channels[0]?.send('x')
    expect(await pair.runUntil(() => pair.messages(8).length === 1, 5000)).toBe(true)
    pair.ours.closeChannel(Date.now(), 8)
    const isClosed = (): boolean => pair.events.some((event) => event.kind === 'channel-closed')
    expect(await pair.runUntil(() => isClosed() && pair.channels[0]?.readyState === 'closed', 5000)).toBe(
      true,
    )
  })

  it('hears when they close a channel', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    const channel = pair.openTheirs({ label: 'x', ordered: true })
    await pair.runUntil(() => channel.readyState === 'open', 5000)
    channel.close()
    const isClosed = (): boolean => pair.events.some((event) => event.kind === 'channel-closed')
    expect(await pair.runUntil(() => isClosed() && channel.readyState === 'closed', 5000)).toBe(true)
  })

  it('delivers everything over a bad link', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    const channel = pair.openTheirs({ label: 'x', ordered: true })
    await pair.runUntil(() => channel.readyState === 'open', 5000)
    pair.loss = 0.05
    let count = 0
    const wrong: number[] = []
    channel.onMessage.subscribe((data) => {
      if (Buffer.compare(Buffer.from(data), testMessage(count, 500 + count * 40)) !== 0) wrong.push(count)
      count++
    })
    for (let index = 0; index < 100; index++) {
      pair.ours.send(Date.now(), channel.id, testMessage(index, 500 + index * 40), true)
      channel.send(Buffer.from(testMessage(index, 500 + index * 40)))
    }
    const isDone = (): boolean => count === 100 && pair.messages(channel.id).length === 100
    expect(await pair.runUntil(isDone, 300_000)).toBe(true)
    expect(wrong).toEqual([])
    pair.messages(channel.id).forEach((data, index) => {
      expect(Buffer.compare(data, testMessage(index, 500 + index * 40))).toBe(0)
    })
  })

  it('skips what we give up', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    pair.ours.openChannel(Date.now(), { streamId: 2, label: 'l', ordered: true, maxRetransmits: 0 })
    await pair.runUntil(() => pair.events.some((event) => event.kind === 'channel-open'), 5000)
    const received: number[] = []
    pair.channels[0]?.onMessage.subscribe((data) => received.push(Number(data)))
    for (let index = 0; index < 200; index++) {
      pair.loss = index >= 20 && index < 150 ? 0.15 : 0
      pair.ours.send(Date.now(), 2, Buffer.from(String(index)), false)
      await pair.runUntil(() => false, 20)
    }
    await pair.runUntil(() => received.at(-1) === 199, 20_000)
    expect(received.at(-1)).toBe(199)
    expect(received.length).toBeLessThan(195)
    expect(received).toEqual(received.toSorted((a, b) => a - b))
    expect(pair.ours.counters.abandonedMessages).toBeGreaterThan(5)
    await pair.runUntil(() => pair.ours.heldBytes === 0, 5000)
    expect(pair.ours.heldBytes).toBe(0)
  })

  it('hears their ABORT and sends ours', async () => {
    const pair = new Pair(weAreActive)
    await pair.connect()
    await pair.theirs.stop()
    await pair.runUntil(() => false, 5)
    expect(pair.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-abort' })
    const other = new Pair(weAreActive)
    await other.connect()
    other.ours.abort(Date.now())
    await other.runUntil(() => false, 5)
    expect(other.theirs.sctp.state).toBe('closed')
  })
})
