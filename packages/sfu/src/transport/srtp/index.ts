// The door of SRTP: what the edge protects and unprotects packets with.
export type { SrtpProfile } from '../dtls/protocol.ts'
export { KeystreamBurst } from './keystream.ts'
export { SrtpReceiver, type SrtpReceiverCounters } from './srtp-receiver.ts'
export { SendBurst, SrtpSender, type PlanResult } from './srtp-sender.ts'
export { FRAME_PREFIX_BYTES, FRAME_SUFFIX_BYTES, PacketFrame, type SrtpOpener } from './transform.ts'
