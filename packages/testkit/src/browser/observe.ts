// Runs in every page before its own scripts: remembers peer connections and their ICE servers, and questions for devices.

declare global {
  interface Window {
    /** What {@link observePage} has seen. */
    rundeTest?: {
      connections: RTCPeerConnection[]
      iceUrls: string[]
      /** Names of the calls that make a browser ask the person: getUserMedia, getDisplayMedia. */
      questions: string[]
    }
  }
}

/** Wraps the two browser interfaces without changing what they do. Sent as source text: stands alone. */
export function observePage(): void {
  if (window.rundeTest !== undefined || typeof RTCPeerConnection === 'undefined') return
  const seen: NonNullable<Window['rundeTest']> = { connections: [], iceUrls: [], questions: [] }
  window.rundeTest = seen
  const note = (configuration: RTCConfiguration | undefined): void => {
    for (const server of configuration?.iceServers ?? []) seen.iceUrls.push(...[server.urls].flat())
  }
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, parameters: [RTCConfiguration?], newTarget) {
      note(parameters[0])
      const connection: unknown = Reflect.construct(target, parameters, newTarget)
      if (!(connection instanceof target)) throw new TypeError('not a peer connection')
      seen.connections.push(connection)
      return connection
    },
  })
  const setConfiguration = Reflect.get(RTCPeerConnection.prototype, 'setConfiguration')
  Object.defineProperty(RTCPeerConnection.prototype, 'setConfiguration', {
    configurable: true,
    writable: true,
    value(this: RTCPeerConnection, configuration: RTCConfiguration) {
      note(configuration)
      Reflect.apply(setConfiguration, this, [configuration])
    },
  })
  for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
    const devices: MediaDevices | undefined = navigator.mediaDevices
    if (devices === undefined) continue
    const original: unknown = Reflect.get(devices, name)
    if (typeof original !== 'function') continue
    Object.defineProperty(devices, name, {
      configurable: true,
      writable: true,
      value(constraints: MediaStreamConstraints) {
        seen.questions.push(name)
        const answer: unknown = Reflect.apply(original, devices, [constraints])
        return answer
      },
    })
  }
}
