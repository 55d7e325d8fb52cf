// A controlling ICE peer for tests, driven by hand, and a record of what the agent under test does.
import { PeerAddress } from '../address.ts'
import { seededRandom } from '../dtls/test-support/seeded-random.ts'
import { IceAgent, type IceCredentials, type IceMode } from '../ice-agent.ts'
import { parseStun, verifyStunIntegrity, type StunMessage } from '../stun.ts'
import { ATTRIBUTES, buildStun, TYPES, uint32, uint64, type StunAttribute } from './stun-builder.ts'

export const LOCAL: IceCredentials = { ufrag: 'localU', pwd: 'local password, 22 chars' }
export const REMOTE: IceCredentials = { ufrag: 'remoteU', pwd: 'remote password, 22 char' }

/** Priorities of the peer's candidates: host, and what a NAT shows. */
export const HOST_PRIORITY = 2_122_260_223
export const REFLEXIVE_PRIORITY = 1_686_052_607

/** One of the peer's addresses. */
export function peerAddress(number: number): PeerAddress {
  return PeerAddress.from(`192.0.2.${number}`, 40_000 + number)
}

export interface CheckOptions {
  readonly nominate?: boolean
  readonly priority?: number
  readonly local?: IceCredentials
  readonly remote?: IceCredentials
  readonly extra?: readonly StunAttribute[]
  /** Role told; controlling unless said otherwise. */
  readonly role?: 'controlling' | 'controlled'
}

/** What the agent put out, in order: states and selections as text, messages apart. */
export interface Sent {
  readonly data: Uint8Array
  readonly message: StunMessage
  readonly to: PeerAddress
}

/** An agent with its virtual time and its peer. */
export class IceBench {
  readonly agent: IceAgent
  now = 1_000
  readonly log: string[] = []
  #sent: Sent[] = []
  #count = 0

  constructor(mode: IceMode, withRemote = true) {
    const random = seededRandom(61)
    this.agent = new IceAgent({
      mode,
      localUfrag: LOCAL.ufrag,
      localPwd: LOCAL.pwd,
      random: (count) => random.bytes(count),
    })
    if (withRemote) this.agent.setRemoteCredentials(this.now, REMOTE)
    this.drain()
  }

  /** The peer checks from one of its addresses; returns what the agent says to `handleStun`. */
  check(from: PeerAddress, options: CheckOptions = {}): boolean {
    const { local = LOCAL, remote = REMOTE, role = 'controlling' } = options
    const id = Buffer.alloc(12)
    id.writeUInt32BE(++this.#count)
    const attributes: StunAttribute[] = [
      [ATTRIBUTES.username, Buffer.from(`${local.ufrag}:${remote.ufrag}`)],
      [ATTRIBUTES.priority, uint32(options.priority ?? HOST_PRIORITY)],
      [ATTRIBUTES[role], uint64(77n)],
      ...(options.extra ?? []),
    ]
    if (options.nominate === true) attributes.push([ATTRIBUTES.useCandidate, Buffer.alloc(0)])
    return this.stun(buildStun(TYPES.request, id, attributes, local.pwd), from)
  }

  /** The peer answers a check of the agent with success. */
  answer(check: Sent, from: PeerAddress = check.to, password: string = REMOTE.pwd): boolean {
    return this.stun(buildStun(TYPES.success, check.message.transactionId, [], password), from)
  }

  /** The peer answers a check of the agent with an error. */
  refuse(check: Sent, code: number): boolean {
    const value = Buffer.from([0, 0, Math.floor(code / 100), code % 100])
    const data = buildStun(
      TYPES.error,
      check.message.transactionId,
      [[ATTRIBUTES.errorCode, value]],
      REMOTE.pwd,
    )
    return this.stun(data, check.to)
  }

  stun(data: Uint8Array, from: PeerAddress): boolean {
    const authentic = this.agent.handleStun(this.now, data, from)
    this.drain()
    return authentic
  }

  /** Lets time pass, calling the agent at each of its deadlines. */
  pass(ms: number): void {
    const end = this.now + ms
    for (let next = this.agent.deadline(); next !== undefined && next <= end; next = this.agent.deadline()) {
      this.now = Math.max(this.now, next)
      this.agent.handleTimeout(this.now)
      this.drain()
      if (this.agent.deadline() === next) throw new Error('the agent is due again at once')
    }
    this.now = end
  }

  /** What was sent since the last call. */
  sent(): Sent[] {
    return this.#sent.splice(0)
  }

  /** The agent's own checks among what was sent since the last call. */
  checks(): Sent[] {
    return this.sent().filter(({ message }) => message.class === 'request')
  }

  drain(): void {
    for (let event = this.agent.next(); event; event = this.agent.next()) {
      if (event.kind === 'state') this.log.push(event.state)
      else if (event.kind === 'selected') this.log.push(`selected ${event.address.port - 40_000}`)
      else {
        const message = parseStun(event.data)
        if (!message) throw new Error('the agent sent what is no STUN')
        this.#sent.push({ data: event.data, message, to: event.to })
      }
    }
  }
}

/** Whether a message is signed with a password. */
export function isSignedWith(sent: Sent | undefined, password: string): boolean {
  return sent !== undefined && verifyStunIntegrity(sent.data, sent.message, Buffer.from(password))
}
