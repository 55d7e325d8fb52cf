// Gives tests the native fan-out in the build they were asked to run with: the product's, or the one that looks for faults.
import { loadNativeAddon, type NativeAddon } from '../native-addon.ts'

/** The addon, or undefined where it was not built (`npm test` builds it first wherever a compiler is). */
export function nativeUnderTest(): NativeAddon | undefined {
  const addon = loadNativeAddon(process.env['RUNDE_NATIVE_VARIANT'] === 'sanitized' ? 'sanitized' : 'release')
  return typeof addon === 'string' ? undefined : addon
}
