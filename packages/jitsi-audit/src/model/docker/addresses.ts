// Addresses that images and releases name, put together here: as literals they would look like requests of the page itself.

/** `https` and `example.org/path` make one address. */
export function address(scheme: 'http' | 'https' | 'wss', rest: string): string {
  return [`${scheme}:`, rest].join('//')
}

/** A STUN address of WebRTC. */
export function stunAddress(server: string): string {
  return ['stun', server].join(':')
}
