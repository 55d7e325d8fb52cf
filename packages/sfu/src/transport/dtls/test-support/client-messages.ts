// Writes what a DTLS client says and reads what a server says, for the scripted client of the tests (RFC 5246 section 7.4).
import { constants, sign, type KeyObject } from 'node:crypto'

import { ByteReader, concat, uint, vector } from '../bytes.ts'
import {
  DTLS_1_2,
  ExtensionType,
  NamedGroup,
  SignatureScheme,
  SRTP_PROFILES,
  type SrtpProfile,
} from '../protocol.ts'

/** What goes into a ClientHello; everything has a browser-like default. */
export interface ClientHelloOptions {
  readonly version?: number
  readonly cookie?: Uint8Array
  readonly cipherSuites?: readonly number[]
  readonly compressionMethods?: readonly number[]
  readonly groups?: readonly number[] | 'omitted'
  readonly signatureSchemes?: readonly number[] | 'omitted'
  readonly pointFormats?: readonly number[]
  readonly srtpProfiles?: readonly SrtpProfile[]
  readonly extendedMasterSecret?: boolean
  readonly renegotiationInfo?: Uint8Array | 'omitted'
  /** Written behind the others as they are: type and body. */
  readonly moreExtensions?: readonly (readonly [number, Uint8Array])[]
}

export function clientHello(random: Uint8Array, options: ClientHelloOptions): Uint8Array {
  const suites = options.cipherSuites ?? [0xc02b, 0xc02c]
  return concat(
    uint(options.version ?? DTLS_1_2, 2),
    random,
    vector(1),
    vector(1, options.cookie ?? new Uint8Array(0)),
    vector(2, ...suites.map((suite) => uint(suite, 2))),
    vector(1, Uint8Array.from(options.compressionMethods ?? [0])),
    vector(2, ...helloExtensions(options).map(([type, body]) => concat(uint(type, 2), vector(2, body)))),
  )
}

function helloExtensions(options: ClientHelloOptions): (readonly [number, Uint8Array])[] {
  const groups = options.groups ?? [NamedGroup.x25519, NamedGroup.secp256r1]
  const schemes = options.signatureSchemes ?? [SignatureScheme.ecdsaSecp256r1Sha256]
  const profiles = options.srtpProfiles ?? ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM']
  const renegotiation = options.renegotiationInfo ?? Uint8Array.of(0)
  const extensions: (readonly [number, Uint8Array])[] = []
  if (options.extendedMasterSecret ?? true)
    extensions.push([ExtensionType.extendedMasterSecret, new Uint8Array(0)])
  if (renegotiation !== 'omitted') extensions.push([ExtensionType.renegotiationInfo, renegotiation])
  if (groups !== 'omitted') extensions.push([ExtensionType.supportedGroups, uint16Vector(groups)])
  extensions.push([ExtensionType.ecPointFormats, vector(1, Uint8Array.from(options.pointFormats ?? [0]))])
  if (schemes !== 'omitted') extensions.push([ExtensionType.signatureAlgorithms, uint16Vector(schemes)])
  if (profiles.length > 0) {
    const ids = uint16Vector(profiles.map((profile) => SRTP_PROFILES[profile].id))
    extensions.push([ExtensionType.useSrtp, concat(ids, vector(1))])
  }
  return [...extensions, ...(options.moreExtensions ?? [])]
}

function uint16Vector(numbers: readonly number[]): Uint8Array {
  return vector(2, ...numbers.map((number) => uint(number, 2)))
}

/** What the tests look at in a ServerHello. */
export interface ServerHelloView {
  readonly random: Uint8Array
  readonly cipherSuite: number
  /** Bodies by extension type. */
  readonly extensions: ReadonlyMap<number, Uint8Array>
}

/** Reads a ServerHello; throws when it is malformed, because then the server is wrong. */
export function readServerHello(body: Uint8Array): ServerHelloView {
  const reader = new ByteReader(body)
  if (reader.uint(2) !== DTLS_1_2) throw new Error('not a DTLS 1.2 ServerHello')
  const random = reader.take(32)
  reader.vector(1)
  const cipherSuite = reader.uint(2)
  reader.uint(1)
  const extensions = new Map<number, Uint8Array>()
  const list = new ByteReader(reader.remaining > 0 ? reader.vector(2) : new Uint8Array(0))
  while (list.ok && list.remaining > 0) extensions.set(list.uint(2), list.vector(2))
  if (!reader.complete || !list.complete) throw new Error('malformed ServerHello')
  return { random, cipherSuite, extensions }
}

/** Reads a ServerKeyExchange; throws when it is malformed. */
export function readServerKeyExchange(body: Uint8Array): {
  readonly group: number
  readonly point: Uint8Array
  readonly signed: Uint8Array
  readonly signature: Uint8Array
} {
  const reader = new ByteReader(body)
  reader.uint(1)
  const group = reader.uint(2)
  const point = reader.vector(1)
  const signed = body.subarray(0, 4 + point.length)
  const scheme = reader.uint(2)
  const signature = reader.vector(2)
  if (!reader.complete || scheme !== SignatureScheme.ecdsaSecp256r1Sha256)
    throw new Error('malformed ServerKeyExchange')
  return { group, point, signed, signature }
}

/** A CertificateVerify over the transcript. */
export function certificateVerify(key: KeyObject, scheme: number, transcript: Uint8Array): Uint8Array {
  return concat(uint(scheme, 2), vector(2, signWith(key, scheme, transcript)))
}

function signWith(key: KeyObject, scheme: number, data: Uint8Array): Uint8Array {
  if (scheme !== SignatureScheme.rsaPssRsaeSha256) return sign('sha256', data, key)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return sign('sha256', data, { key, padding, saltLength: 32 })
}
