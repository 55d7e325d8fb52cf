// Checks that the browser has what a meeting needs; everything else degrades on its own.

interface Need {
  readonly name: string
  readonly has: () => boolean
}

const NEEDS: readonly Need[] = [
  {
    name: 'WebRTC',
    has: () => 'RTCPeerConnection' in globalThis && 'addTransceiver' in RTCPeerConnection.prototype,
  },
  { name: 'WebSocket', has: () => 'WebSocket' in globalThis },
  { name: 'dialog', has: () => 'HTMLDialogElement' in globalThis },
  { name: 'popover', has: () => 'popover' in HTMLElement.prototype },
  { name: 'CSS light-dark()', has: () => CSS.supports('color', 'light-dark(red, red)') },
]

/** Names of what is missing, for the person who helps; empty when a meeting works. */
export function missingFeatures(): readonly string[] {
  return NEEDS.filter((need) => !need.has()).map((need) => need.name)
}
