// Names what a session needs from outside: a way to its client's signalling, its peer connection, and fresh ids.
import type { SignalResponse } from '@livekit/protocol'

/** Towards the client's WebSocket. */
export interface SignalPort {
  send(response: SignalResponse): void
  /** Sends an encoded SignalResponse that several clients get; the bytes are not changed any more. */
  sendEncoded(response: Uint8Array): void
  /** Ends the WebSocket after what was sent. */
  close(): void
}

/** What the client's offer says of its transport. */
export interface RemoteDescription {
  readonly ufrag: string
  readonly pwd: string
  readonly fingerprint: { readonly algorithm: string; readonly value: string }
}

/** Towards the peer connection below RTP. */
export interface PeerPort {
  setRemote(remote: RemoteDescription): void
  /** Sends on the client's data channel with that label. */
  sendData(label: string, data: Uint8Array): 'queued' | 'buffer-full' | 'not-open'
  close(): void
}

/** Fresh ids; the edge knows where randomness comes from. */
export interface IdSource {
  participantSid(): string
  trackSid(kind: 'audio' | 'video', source: string): string
  ssrc(): number
}
