// A media server for tests: keeps rooms in memory, answers the LiveKit surface with a word, and can be told to fail.
import type { CreateMediaServer, MediaEvent, MediaServer, MediaServerOptions } from '../media-port.ts'

export interface FakeMedia extends MediaServer {
  readonly rooms: Map<string, number>
  readonly closed: boolean
  /** Makes the next calls of createRoom reject. */
  failing: boolean
  tell(event: MediaEvent): void
}

export function createFakeMedia(): FakeMedia {
  const rooms = new Map<string, number>()
  const listeners = new Set<(event: MediaEvent) => void>()
  let closed = false
  return {
    rooms,
    failing: false,
    get closed() {
      return closed
    },
    handleRequest(request, response) {
      if (request.url?.startsWith('/rtc') !== true) return false
      // One path is never answered, so that tests can hold a request open.
      if (request.url !== '/rtc/never') response.end('media')
      return true
    },
    handleUpgrade(request, socket) {
      if (request.url?.startsWith('/rtc') !== true) return false
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      return true
    },
    createRoom({ name }) {
      if (this.failing) return Promise.reject(new Error(`no room ${name}`))
      if (!rooms.has(name)) rooms.set(name, 0)
      return Promise.resolve()
    },
    deleteRoom(name) {
      rooms.delete(name)
      return Promise.resolve()
    },
    participantCount: (name) => rooms.get(name) ?? 0,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(event) {
      for (const listener of listeners) listener(event)
    },
    close() {
      closed = true
      return Promise.resolve()
    },
  }
}

/** A factory as `@runde/sfu` exports one. */
export const fakeMediaServer: CreateMediaServer = (options: MediaServerOptions) => {
  options.log('info', 'started', { workers: options.workers })
  return Promise.resolve(createFakeMedia())
}
