// Makes fresh sids and SSRCs from the system's randomness.
import { randomBytes, randomInt } from 'node:crypto'
import type { IdSource } from '../session/ports.ts'

/** Letters of LiveKit's sids after the prefix. */
const SID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 12 letters of 62 are 71 bits: no two of a worker's life meet. */
const SID_LENGTH = 12

/** A source of fresh ids. */
export function newIds(): IdSource & { roomSid(): string } {
  const suffix = (): string =>
    Array.from({ length: SID_LENGTH }, () => SID_ALPHABET[randomInt(SID_ALPHABET.length)]).join('')
  return {
    roomSid: () => `RM_${suffix()}`,
    participantSid: () => `PA_${suffix()}`,
    trackSid: (kind, source) => `TR_${kind === 'audio' ? 'A' : 'V'}${sourceLetter(source)}${suffix()}`,
    // 0 is taken for "none" in several places; the rest of the 32 bits is free.
    ssrc: () => randomBytes(4).readUInt32BE() || 1,
  }
}

/** LiveKit's letter of a source in a track sid (livekit-protocol.md 1.7). */
function sourceLetter(source: string): string {
  switch (source) {
    case 'camera':
      return 'C'
    case 'microphone':
      return 'M'
    case 'screen_share':
      return 'S'
    case 'screen_share_audio':
      return 's'
    default:
      return ''
  }
}
