// Reads a ClientHello (RFC 6347 section 4.2.1, RFC 5246 section 7.4.1.2) with the extensions this server acts on.
//
// Assumes: the cookie needs no check, because ICE has proven the address before DTLS begins (RFC 8445), which is what
// HelloVerifyRequest is for; RFC 6347 section 4.2.1 lets a server leave it out. A cookie that comes anyway is ignored.
// omits: session resumption, server_name, ALPN, connection ids, max_fragment_length; unknown extensions are ignored.
import { ByteReader, copy, uint16List } from './bytes.ts'
import { EMPTY_RENEGOTIATION_INFO_SCSV, ExtensionType } from './protocol.ts'

/** What the client offers; lists are in its order, `undefined` where an extension is missing. */
export interface ClientHello {
  readonly version: number
  readonly random: Uint8Array
  readonly cipherSuites: readonly number[]
  readonly offersNullCompression: boolean
  readonly supportedVersions: readonly number[] | undefined
  readonly groups: readonly number[] | undefined
  readonly pointFormats: readonly number[] | undefined
  readonly signatureSchemes: readonly number[] | undefined
  readonly srtpProfiles: readonly number[] | undefined
  readonly extendedMasterSecret: boolean
  /** 'invalid': a renegotiation_info that is not empty, although nothing was negotiated before (RFC 5746 section 3.6). */
  readonly renegotiationInfo: 'offered' | 'absent' | 'invalid'
}

export const RANDOM_BYTES = 32
const MAX_SESSION_ID_BYTES = 32

/** The hello in a message body, or undefined when it is malformed. */
export function parseClientHello(body: Uint8Array): ClientHello | undefined {
  const reader = new ByteReader(body)
  const version = reader.uint(2)
  const random = reader.take(RANDOM_BYTES)
  const sessionId = reader.vector(1)
  reader.vector(1) // cookie
  const cipherSuites = uint16List(reader.vector(2))
  const compressionMethods = reader.vector(1)
  const extensions = reader.ok && reader.remaining > 0 ? readExtensions(reader.vector(2)) : new Map()
  if (!reader.complete || !cipherSuites || !extensions || sessionId.length > MAX_SESSION_ID_BYTES)
    return undefined
  const read = readKnownExtensions(extensions)
  if (!read) return undefined
  const signalled = cipherSuites.includes(EMPTY_RENEGOTIATION_INFO_SCSV)
  return {
    version,
    random: copy(random),
    cipherSuites,
    offersNullCompression: compressionMethods.includes(0),
    ...read,
    renegotiationInfo: read.renegotiationInfo === 'absent' && signalled ? 'offered' : read.renegotiationInfo,
  }
}

type KnownExtensions = Omit<ClientHello, 'version' | 'random' | 'cipherSuites' | 'offersNullCompression'>

/** Extension bodies by type; undefined when one stands there twice (RFC 5246 section 7.4.1.4) or does not fit. */
function readExtensions(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const reader = new ByteReader(bytes)
  const extensions = new Map<number, Uint8Array>()
  while (reader.ok && reader.remaining > 0) {
    const type = reader.uint(2)
    const body = reader.vector(2)
    if (extensions.has(type)) return undefined
    extensions.set(type, body)
  }
  return reader.ok ? extensions : undefined
}

function readKnownExtensions(extensions: ReadonlyMap<number, Uint8Array>): KnownExtensions | undefined {
  const supportedVersions = readList(extensions.get(ExtensionType.supportedVersions), 1)
  const groups = readList(extensions.get(ExtensionType.supportedGroups), 2)
  const signatureSchemes = readList(extensions.get(ExtensionType.signatureAlgorithms), 2)
  const pointFormats = readPointFormats(extensions.get(ExtensionType.ecPointFormats))
  const srtpProfiles = readUseSrtp(extensions.get(ExtensionType.useSrtp))
  const masterSecret = extensions.get(ExtensionType.extendedMasterSecret)
  if (
    supportedVersions === 'malformed' ||
    groups === 'malformed' ||
    signatureSchemes === 'malformed' ||
    pointFormats === 'malformed' ||
    srtpProfiles === 'malformed' ||
    (masterSecret && masterSecret.length > 0)
  )
    return undefined
  return {
    supportedVersions,
    groups,
    signatureSchemes,
    pointFormats,
    srtpProfiles,
    extendedMasterSecret: masterSecret !== undefined,
    renegotiationInfo: readRenegotiationInfo(extensions.get(ExtensionType.renegotiationInfo)),
  }
}

type Optional<T> = T | undefined | 'malformed'

function readList(body: Uint8Array | undefined, prefix: 1 | 2): Optional<number[]> {
  if (!body) return undefined
  const reader = new ByteReader(body)
  const list = uint16List(reader.vector(prefix))
  return reader.complete && list ? list : 'malformed'
}

function readPointFormats(body: Uint8Array | undefined): Optional<number[]> {
  if (!body) return undefined
  const reader = new ByteReader(body)
  const formats = reader.vector(1)
  return reader.complete ? [...formats] : 'malformed'
}

/** Profiles of use_srtp (RFC 5764 section 4.1.1); the MKI is read over, our answer says that none is used. */
function readUseSrtp(body: Uint8Array | undefined): Optional<number[]> {
  if (!body) return undefined
  const reader = new ByteReader(body)
  const profiles = uint16List(reader.vector(2))
  reader.vector(1)
  return reader.complete && profiles ? profiles : 'malformed'
}

function readRenegotiationInfo(body: Uint8Array | undefined): ClientHello['renegotiationInfo'] {
  if (!body) return 'absent'
  return body.length === 1 && body[0] === 0 ? 'offered' : 'invalid'
}
