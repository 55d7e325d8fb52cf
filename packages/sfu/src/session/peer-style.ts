// Decides how a client's peer connection is treated, from what is known of its software.
import { ClientInfo_SDK } from '@livekit/protocol'

/** What differs between clients below signalling. */
export interface PeerStyle {
  /**
   * Whether we only answer connectivity checks. Firefox nominates aggressively even then, so both ends may settle on
   * different pairs; pion waits for its next round of checks, 200 ms, before it nominates towards a lite peer.
   */
  readonly iceLite: boolean
  /** Firefox sends nothing where an answer holds more than the codec in use (livekit-protocol.md 2.5). */
  readonly singleCodec: boolean
}

/** The style for a browser that is or is not Firefox, and the SDK that its join request names. */
export function peerStyle(firefox: boolean, sdk: ClientInfo_SDK | undefined): PeerStyle {
  return { iceLite: !firefox && sdk !== ClientInfo_SDK.GO, singleCodec: firefox }
}
