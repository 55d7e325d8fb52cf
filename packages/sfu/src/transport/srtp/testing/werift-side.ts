// The other side of SRTP for tests: werift's sessions, which share no code with ours.
import { RtpHeader, RtpPacket, SrtcpSession, SrtpSession } from 'werift'
import type { SrtpProfile } from '../../dtls/protocol.ts'

/** Both directions' master keys and salts, seen from our side. */
export interface TestKeys {
  readonly localKey: Uint8Array
  readonly localSalt: Uint8Array
  readonly remoteKey: Uint8Array
  readonly remoteSalt: Uint8Array
}

const PROFILE_NUMBERS: Readonly<Record<SrtpProfile, 1 | 7>> = {
  SRTP_AES128_CM_HMAC_SHA1_80: 1,
  SRTP_AEAD_AES_128_GCM: 7,
}

/** A peer in werift with our keys the other way round. Its `open...` functions throw when a packet is not authentic. */
export class WeriftSide {
  readonly #rtp: SrtpSession
  readonly #rtcp: SrtcpSession

  constructor(profile: SrtpProfile, keys: TestKeys) {
    const config = {
      profile: PROFILE_NUMBERS[profile],
      keys: {
        localMasterKey: Buffer.from(keys.remoteKey),
        localMasterSalt: Buffer.from(keys.remoteSalt),
        remoteMasterKey: Buffer.from(keys.localKey),
        remoteMasterSalt: Buffer.from(keys.localSalt),
      },
    }
    this.#rtp = new SrtpSession(config)
    this.#rtcp = new SrtcpSession(config)
  }

  sealRtp(packet: Uint8Array): Buffer {
    const parsed = RtpPacket.deSerialize(Buffer.from(packet))
    return this.#rtp.encrypt(parsed.payload, RtpHeader.deSerialize(Buffer.from(packet)))
  }

  openRtp(data: Uint8Array): Buffer {
    return Buffer.from(this.#rtp.decrypt(Buffer.from(data)))
  }

  sealRtcp(packet: Uint8Array): Buffer {
    return this.#rtcp.encrypt(Buffer.from(packet))
  }

  openRtcp(data: Uint8Array): Buffer {
    return Buffer.from(this.#rtcp.decrypt(Buffer.from(data)))
  }
}
