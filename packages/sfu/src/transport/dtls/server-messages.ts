// Writes the bodies of the server's handshake messages and reads those of the client's second flight
// (RFC 5246 section 7.4, RFC 8422 sections 5.4 and 5.7, RFC 5764 section 4.1.1).
import { sign, type KeyObject } from 'node:crypto'

import { ByteReader, concat, uint, vector } from './bytes.ts'
import type { ClientHello } from './client-hello.ts'
import type { KeyShare } from './key-share.ts'
import type { NegotiatedParameters } from './negotiation.ts'
import { CLIENT_SIGNATURE_SCHEMES } from './peer-certificate.ts'
import { ClientCertificateType, DTLS_1_2, ExtensionType, SignatureScheme, SRTP_PROFILES } from './protocol.ts'

const NULL_COMPRESSION = 0
/** ECCurveType named_curve (RFC 8422 section 5.4). */
const NAMED_CURVE = 3

/** ServerHello; extensions only where the client offered them. The session id is empty: nothing is resumed. */
export function serverHello(
  hello: ClientHello,
  parameters: NegotiatedParameters,
  random: Uint8Array,
): Uint8Array {
  const extensions: Uint8Array[] = []
  if (hello.renegotiationInfo === 'offered')
    extensions.push(extension(ExtensionType.renegotiationInfo, vector(1)))
  if (hello.extendedMasterSecret) extensions.push(extension(ExtensionType.extendedMasterSecret))
  // Uncompressed points only (RFC 8422 section 5.1.2).
  if (hello.pointFormats)
    extensions.push(extension(ExtensionType.ecPointFormats, vector(1, Uint8Array.of(0))))
  if (parameters.srtpProfile) {
    const profile = uint(SRTP_PROFILES[parameters.srtpProfile].id, 2)
    extensions.push(extension(ExtensionType.useSrtp, vector(2, profile), vector(1)))
  }
  return concat(
    uint(DTLS_1_2, 2),
    random,
    vector(1),
    uint(parameters.suite.id, 2),
    Uint8Array.of(NULL_COMPRESSION),
    extensions.length > 0 ? vector(2, ...extensions) : new Uint8Array(0),
  )
}

/** Certificate with a chain of one. */
export function certificate(certificateDer: Uint8Array): Uint8Array {
  return vector(3, vector(3, certificateDer))
}

/** ServerKeyExchange: our ephemeral key, signed together with both randoms. */
export function serverKeyExchange(
  share: KeyShare,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  privateKey: KeyObject,
): Uint8Array {
  const parameters = concat(Uint8Array.of(NAMED_CURVE), uint(share.group, 2), vector(1, share.publicKey))
  const signature = sign('sha256', concat(clientRandom, serverRandom, parameters), privateKey)
  return concat(parameters, uint(SignatureScheme.ecdsaSecp256r1Sha256, 2), vector(2, signature))
}

/** CertificateRequest for any issuer. */
export function certificateRequest(): Uint8Array {
  const types = Uint8Array.of(ClientCertificateType.ecdsaSign, ClientCertificateType.rsaSign)
  const schemes = CLIENT_SIGNATURE_SCHEMES.map((scheme) => uint(scheme, 2))
  return concat(vector(1, types), vector(2, ...schemes), vector(2))
}

/** The first certificate of a chain, 'none' for an empty chain, undefined when malformed. */
export function parseCertificate(body: Uint8Array): Uint8Array | 'none' | undefined {
  const reader = new ByteReader(body)
  const list = new ByteReader(reader.vector(3))
  if (!reader.complete) return undefined
  if (list.remaining === 0) return 'none'
  const leaf = list.vector(3)
  return list.ok && leaf.length > 0 ? leaf : undefined
}

/** The client's ephemeral public key. */
export function parseClientKeyExchange(body: Uint8Array): Uint8Array | undefined {
  const reader = new ByteReader(body)
  const point = reader.vector(1)
  return reader.complete ? point : undefined
}

/** Scheme and signature of a CertificateVerify. */
export function parseCertificateVerify(
  body: Uint8Array,
): { readonly scheme: number; readonly signature: Uint8Array } | undefined {
  const reader = new ByteReader(body)
  const scheme = reader.uint(2)
  const signature = reader.vector(2)
  return reader.complete ? { scheme, signature } : undefined
}

function extension(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(uint(type, 2), vector(2, ...parts))
}
