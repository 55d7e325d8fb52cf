// Names the numbers of DTLS 1.2 that this server speaks (RFC 6347, RFC 5246, RFC 5288, RFC 8422, RFC 5764, RFC 7627).

/** Versions as they stand on the wire; DTLS counts downwards (RFC 6347 section 4.1). */
export const DTLS_1_0 = 0xfeff
export const DTLS_1_2 = 0xfefd

/** Record content types (RFC 5246 section 6.2.1). */
export const ContentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const

/** Handshake message types (RFC 5246 section 7.4, RFC 6347 section 4.3.2). */
export const HandshakeType = {
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const

/** Alert levels (RFC 5246 section 7.2). */
export const AlertLevel = { warning: 1, fatal: 2 } as const

/** The alerts this server sends or understands (RFC 5246 section 7.2). */
export const Alert = {
  closeNotify: 0,
  handshakeFailure: 40,
  badCertificate: 42,
  illegalParameter: 47,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  internalError: 80,
  noRenegotiation: 100,
} as const

/** Hello extensions (IANA TLS ExtensionType registry). */
export const ExtensionType = {
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  useSrtp: 14,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  renegotiationInfo: 0xff01,
} as const

/** Signature schemes; DTLS 1.2 reads them as hash and signature bytes (RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3). */
export const SignatureScheme = {
  rsaPkcs1Sha256: 0x0401,
  ecdsaSecp256r1Sha256: 0x0403,
  rsaPssRsaeSha256: 0x0804,
} as const

/** Client certificate types to ask for (RFC 5246 section 7.4.4, RFC 8422 section 5.5). */
export const ClientCertificateType = { rsaSign: 1, ecdsaSign: 64 } as const

/** Named groups (RFC 8422 section 5.1.1). */
export const NamedGroup = { secp256r1: 23, x25519: 29 } as const
export type NamedGroup = (typeof NamedGroup)[keyof typeof NamedGroup]

/** Signalling suite that stands for an empty renegotiation_info (RFC 5746 section 3.3). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff

/** Everything about a suite that the handshake and the record layer ask for. */
export interface CipherSuite {
  readonly id: number
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm'
  /** Bytes of one direction's key. */
  readonly keyLength: 16 | 32
  /** Hash of the PRF and of the handshake transcript. */
  readonly hash: 'sha256' | 'sha384'
}

/** Suites in our order: AES-128 first, because it is cheaper and not the weak point. */
export const CIPHER_SUITES: readonly CipherSuite[] = [
  { id: 0xc02b, cipher: 'aes-128-gcm', keyLength: 16, hash: 'sha256' },
  { id: 0xc02c, cipher: 'aes-256-gcm', keyLength: 32, hash: 'sha384' },
]

/** SRTP protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
export type SrtpProfile = 'SRTP_AES128_CM_HMAC_SHA1_80' | 'SRTP_AEAD_AES_128_GCM'

/** Wire number, key and salt length in bytes of one SRTP profile. */
interface SrtpProfileParameters {
  readonly id: number
  readonly keyLength: number
  readonly saltLength: number
}

export const SRTP_PROFILES: Readonly<Record<SrtpProfile, SrtpProfileParameters>> = {
  SRTP_AES128_CM_HMAC_SHA1_80: { id: 0x0001, keyLength: 16, saltLength: 14 },
  SRTP_AEAD_AES_128_GCM: { id: 0x0007, keyLength: 16, saltLength: 12 },
}
