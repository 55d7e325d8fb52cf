// Chooses the addresses that clients are told to send media to when none are configured.
import type { NetworkInterfaceInfo } from 'node:os'

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/**
 * The machine's own IPv4 addresses (the media ports are opened for IPv4). Loopback is added when the pages are served
 * on localhost, so that a browser on this machine always finds a way, and when there is nothing else.
 */
export function ownAddresses(interfaces: Interfaces, local: boolean): string[] {
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
  const addresses = [...new Set(own)]
  return local || addresses.length === 0 ? [...addresses, '127.0.0.1'] : addresses
}
