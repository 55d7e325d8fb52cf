// Describes Opus (RFC 7587): every packet can be the first.
import type { Codec } from './codec.ts'

export const opus: Codec = {
  name: 'opus',
  kind: 'audio',
  hasKeyframes: false,
  isKeyframeStart: () => true,
}
