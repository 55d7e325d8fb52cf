// Chooses the addresses that clients are told to send media to: the configured ones, else the machine's own.
import type { NetworkInterfaceInfo } from 'node:os'

/** Addresses told at most: each costs every client a check; more than a few are a mistake in the configuration. */
const MAX_ANNOUNCED = 8

/**
 * The configured addresses as they are, else every external IPv4 address of the machine, and the loopback address
 * on a machine without any. No other host is asked.
 */
export function chooseAnnounced(
  configured: readonly string[],
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): string[] {
  if (configured.length > 0) return configured.slice(0, MAX_ANNOUNCED)
  const own = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter((info) => info.family === 'IPv4' && !info.internal)
    .map((info) => info.address)
  return own.length > 0 ? own.slice(0, MAX_ANNOUNCED) : ['127.0.0.1']
}
