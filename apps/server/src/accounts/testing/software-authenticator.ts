// An authenticator made of software for tests: makes real keys and real signatures, and every mistake a test asks for.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

type Kind = 'ES256' | 'RS256' | 'EdDSA'

/** What a test may set wrong. */
export interface Ceremony {
  challenge: string
  origin: string
  rpId: string
  type?: string
  crossOrigin?: boolean
  userPresent?: boolean
  userVerified?: boolean
  signCount?: number
}

export interface Registration {
  id: string
  response: { clientDataJSON: string; attestationObject: string }
}

export interface Assertion {
  id: string
  response: { clientDataJSON: string; authenticatorData: string; signature: string }
}

export class SoftwareAuthenticator {
  readonly #kind: Kind
  readonly #privateKey: KeyObject
  readonly #jwk: Record<string, unknown>
  readonly id: Buffer = randomBytes(16)

  constructor(kind: Kind = 'ES256') {
    this.#kind = kind
    const { privateKey, publicKey } = pairOf(kind)
    this.#privateKey = privateKey
    this.#jwk = { ...publicKey.export({ format: 'jwk' }) }
  }

  /** The COSE_Key. */
  publicKey(): Buffer {
    const part = (name: 'x' | 'y' | 'n' | 'e'): Buffer => Buffer.from(String(this.#jwk[name]), 'base64url')
    switch (this.#kind) {
      case 'ES256':
        return cborMap([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, part('x')],
          [-3, part('y')],
        ])
      case 'EdDSA':
        return cborMap([
          [1, 1],
          [3, -8],
          [-1, 6],
          [-2, part('x')],
        ])
      case 'RS256':
        return cborMap([
          [1, 3],
          [3, -257],
          [-1, part('n')],
          [-2, part('e')],
        ])
    }
  }

  register(ceremony: Ceremony, statement: { fmt?: string; attStmt?: Buffer } = {}): Registration {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.publicKey()])
    const authData = authenticatorData(ceremony, credential)
    const object = Buffer.concat([
      Buffer.from([0xa3]),
      cbor('fmt'),
      cbor(statement.fmt ?? 'none'),
      cbor('attStmt'),
      statement.attStmt ?? Buffer.from([0xa0]),
      cbor('authData'),
      cbor(authData),
    ])
    const clientDataJSON = clientData(ceremony, 'webauthn.create').toString('base64url')
    return {
      id: this.id.toString('base64url'),
      response: { clientDataJSON, attestationObject: object.toString('base64url') },
    }
  }

  assert(ceremony: Ceremony): Assertion {
    const data = authenticatorData(ceremony)
    const client = clientData(ceremony, 'webauthn.get')
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    const signature = sign(this.#kind === 'EdDSA' ? null : 'sha256', signed, this.#privateKey)
    return {
      id: this.id.toString('base64url'),
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      },
    }
  }
}

function pairOf(kind: Kind): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (kind) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'EdDSA':
      return generateKeyPairSync('ed25519')
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
  }
}

function authenticatorData(ceremony: Ceremony, credential?: Buffer): Buffer {
  const flags =
    (ceremony.userPresent === false ? 0 : 0x01) |
    (ceremony.userVerified === false ? 0 : 0x04) |
    (credential === undefined ? 0 : 0x40)
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(ceremony.signCount ?? 0)
  const hash = createHash('sha256').update(ceremony.rpId).digest()
  return Buffer.concat([hash, Buffer.from([flags]), counter, credential ?? Buffer.alloc(0)])
}

function clientData({ type, challenge, origin, crossOrigin = false }: Ceremony, usual: string): Buffer {
  return Buffer.from(JSON.stringify({ type: type ?? usual, challenge, origin, crossOrigin }))
}

/** One CBOR item: integer, text or bytes. */
function cbor(value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  const bytes = Buffer.from(value)
  return Buffer.concat([head(typeof value === 'string' ? 3 : 2, bytes.length), bytes])
}

function cborMap(entries: readonly (readonly [number, number | Buffer])[]): Buffer {
  return Buffer.concat([head(5, entries.length), ...entries.flat().map(cbor)])
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.from([(major << 5) | argument])
  if (argument < 256) return Buffer.from([(major << 5) | 24, argument])
  return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff])
}
