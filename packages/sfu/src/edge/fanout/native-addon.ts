// Loads the native fan-out and says what its functions take; they check their arguments and throw TypeError for wrong ones.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isNativePlatform, nativeArtifact, type NativeVariant } from './native-artifact.ts'

/** Slots of the ring that datagrams come in by, bytes of each, and numbers that tell of each (native/fanout.h). */
export const SLOTS = 32
export const SLOT_BYTES = 2_048
export const SLOT_FIELDS = 8

/**
 * The media path in native memory, of the thread that made it. Addresses are 4 or 16 bytes, a port and the number of a
 * network interface.
 */
export interface NativeState {
  /**
   * Opens and binds a socket, one an address family. `onDatagrams` hears how many lie in `ring`, and whether they are the
   * last that came together. `slots` holds length (0: cut off), family, port, four words of the address, interface.
   * Returns the port, or a negative errno.
   */
  open(
    address: Uint8Array,
    port: number,
    scope: number,
    ring: Uint8Array,
    slots: Int32Array,
    onDatagrams: (count: number, isLast: boolean) => void,
  ): number
  /** `keys`: session keys of RTP, then of RTCP: cipher key, HMAC key (not for GCM), salt. */
  addTarget(isGcm: 0 | 1, keys: Uint8Array, address: Uint8Array, port: number, scope: number): number
  rekeyTarget(target: number, isGcm: 0 | 1, keys: Uint8Array): void
  moveTarget(target: number, address: Uint8Array, port: number, scope: number): void
  removeTarget(target: number): void
  limitBurst(target: number, datagrams: number): void
  send(
    payload: Uint8Array,
    tailOffset: number,
    tailEnd: number,
    arena: Uint8Array,
    rows: Int32Array,
    rowCount: number,
  ): void
  sendRtcp(target: number, packet: Uint8Array, length: number): void
  /** Sends one datagram as it is. */
  sendPlain(bytes: Uint8Array, address: Uint8Array, port: number, scope: number): void
  /** Keys as for `addTarget`; the index of a peer that sends to us. */
  addOpener(isGcm: 0 | 1, keys: Uint8Array): number
  /** Opens the protected packet `bytes[start, end)` in place; its new end, or -1 and rubbish. */
  openRtp(opener: number, bytes: Uint8Array, start: number, payload: number, end: number, roc: number): number
  openRtcp(opener: number, bytes: Uint8Array, start: number, end: number): number
  removeOpener(opener: number): void
  /** Returns how many datagrams wait because the socket's buffer is full. */
  flush(): number
  readCounters(counters: Float64Array): void
  close(): void
}

/** The addon's own function. */
export interface NativeAddon {
  create(): NativeState
}

/** Why there is no native fan-out: not for this platform, not compiled, or compiled and not loadable. */
export type NativeAbsence = 'platform' | 'not_built' | 'not_loadable'

/** The addon, or why there is none. */
export function loadNativeAddon(variant: NativeVariant = 'release'): NativeAddon | NativeAbsence {
  if (!isNativePlatform()) return 'platform'
  try {
    const { path } = nativeArtifact(variant)
    if (!existsSync(path)) return 'not_built'
    return createRequire(import.meta.url)(path) as NativeAddon
  } catch {
    return 'not_loadable'
  }
}
