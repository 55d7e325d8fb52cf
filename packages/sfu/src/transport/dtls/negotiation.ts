// Chooses version, cipher suite, group and SRTP profile from a ClientHello, or says which alert refuses it.
import type { ClientHello } from './client-hello.ts'
import { SUPPORTED_GROUPS } from './key-share.ts'
import {
  Alert,
  CIPHER_SUITES,
  DTLS_1_2,
  NamedGroup,
  SignatureScheme,
  SRTP_PROFILES,
  type CipherSuite,
  type SrtpProfile,
} from './protocol.ts'

/** What both sides speak. */
export interface NegotiatedParameters {
  readonly suite: CipherSuite
  readonly group: NamedGroup
  /** Undefined when no profile is shared or the client does not want SRTP. */
  readonly srtpProfile: SrtpProfile | undefined
}

type Negotiation =
  | { readonly ok: true; readonly parameters: NegotiatedParameters }
  | { readonly ok: false; readonly alert: number }

const UNCOMPRESSED_POINT_FORMAT = 0

/** Our preference decides wherever there is a choice; `srtpProfiles` is in our order, too. */
export function negotiate(hello: ClientHello, srtpProfiles: readonly SrtpProfile[]): Negotiation {
  if (!acceptsDtls12(hello)) return { ok: false, alert: Alert.protocolVersion }
  if (!hello.offersNullCompression) return { ok: false, alert: Alert.illegalParameter }
  if (hello.renegotiationInfo === 'invalid') return { ok: false, alert: Alert.handshakeFailure }
  const suite = CIPHER_SUITES.find((candidate) => hello.cipherSuites.includes(candidate.id))
  const group = chooseGroup(hello)
  // Without the extension the client means SHA-1 (RFC 5246 section 7.4.1.4.1), which we do not sign.
  const canVerifyUs = hello.signatureSchemes?.includes(SignatureScheme.ecdsaSecp256r1Sha256) ?? false
  const readsPoints = hello.pointFormats?.includes(UNCOMPRESSED_POINT_FORMAT) ?? true
  if (!suite || group === undefined || !canVerifyUs || !readsPoints)
    return { ok: false, alert: Alert.handshakeFailure }
  const srtpProfile = srtpProfiles.find((name) => hello.srtpProfiles?.includes(SRTP_PROFILES[name].id))
  return { ok: true, parameters: { suite, group, srtpProfile } }
}

/**
 * A client of DTLS 1.3 says 1.2 in the old field and lists what it speaks in supported_versions (RFC 9147 section 5.3).
 * We answer 1.2 like a server that never heard of 1.3, hence without the downgrade sentinel of RFC 8446 section 4.1.3.
 */
function acceptsDtls12(hello: ClientHello): boolean {
  if (hello.supportedVersions) return hello.supportedVersions.includes(DTLS_1_2)
  // Versions count downwards: everything up to 0xfefd is 1.2 or newer and implies 1.2.
  return hello.version >>> 8 === DTLS_1_2 >>> 8 && hello.version <= DTLS_1_2
}

/**
 * Only the ephemeral key decides. A client that leaves P-256 out says that it cannot check our certificate either
 * (RFC 8422 section 5.1.1); whether it insists on that is left to it, nobody does so in WebRTC.
 */
function chooseGroup(hello: ClientHello): NamedGroup | undefined {
  const { groups } = hello
  // A client without the extension takes any group (RFC 8422 section 4); P-256 is the one everybody has.
  if (!groups) return NamedGroup.secp256r1
  return SUPPORTED_GROUPS.find((group) => groups.includes(group))
}
