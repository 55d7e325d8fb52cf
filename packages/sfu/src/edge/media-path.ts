// Chooses how a worker's datagrams come in, are opened, protected and go out: natively where that was built, else by TypeScript.
import { constants } from 'node:os'
import { PeerAddress } from '../transport/address.ts'
import { SrtpReceiver } from '../transport/srtp/index.ts'
import {
  addressParts,
  DatagramSockets,
  loadNativeAddon,
  NativeFanout,
  NativeInbox,
  NativeOpener,
  TsFanout,
  type Fanout,
  type FanoutTargets,
  type NativeAbsence,
  type NativeAddon,
  type OnDatagram,
  type SendKeys,
} from './fanout/index.ts'
import { openUdpSocket } from './udp-socket.ts'

/** `auto` takes the native sender where there is one; `native` is for those who would rather not start without it. */
export type SenderChoice = 'auto' | 'native' | 'typescript'

/** Which sender is at work; if TypeScript was not asked for, why. */
export type SenderInUse = 'native' | 'typescript' | NativeAbsence

export interface PathSocket {
  readonly family: 4 | 6
  readonly address: string
  readonly port: number
  readonly onDatagram: OnDatagram
  /** All datagrams that came together have been handed over. */
  readonly onTurnEnd: () => void
}

/** The way of a worker's datagrams. */
export interface MediaPath {
  readonly sender: SenderInUse
  readonly fanout: Fanout & FanoutTargets
  /** Opens one socket an address family; rejects with the system's error. */
  open(socket: PathSocket): Promise<void>
  /** Sends what is not media: STUN and DTLS. */
  sendDatagram(data: Uint8Array, to: PeerAddress): void
  /** Opens what a peer protects with these keys. */
  receiver(keys: SendKeys): SrtpReceiver
  close(): void
}

/** `native` was chosen, and there is none. */
export class NoNativeSender extends Error {
  override readonly name = 'NoNativeSender'
  readonly code = 'NO_NATIVE_SENDER'
}

/** The path for a choice. Throws NoNativeSender. */
export function createMediaPath(choice: SenderChoice): MediaPath {
  if (choice === 'typescript') return typescriptPath('typescript')
  const addon = loadNativeAddon()
  if (typeof addon !== 'string') return nativePath(addon)
  if (choice === 'native') throw new NoNativeSender('there is no native sender')
  return typescriptPath(addon)
}

function typescriptPath(sender: SenderInUse): MediaPath {
  const sockets = new DatagramSockets()
  const fanout = new TsFanout(
    (buffer, offset, length, address) => sockets.send(buffer, offset, length, address),
    { queued: () => sockets.queued() },
  )
  return {
    sender,
    fanout,
    open: async ({ family, address, port, onDatagram, onTurnEnd }) => {
      let ends = false
      const turnEnd = (): void => {
        ends = false
        onTurnEnd()
      }
      const socket = await openUdpSocket({
        family,
        address,
        port,
        onDatagram: (data, from) => {
          onDatagram(data, from.address, from.port)
          if (ends) return
          ends = true
          // After the poll phase: all datagrams that were waiting have been handled by then.
          setImmediate(turnEnd)
        },
      })
      sockets.set(family, socket)
    },
    sendDatagram: (data, to) => sockets.send(data, 0, data.length, to),
    receiver: ({ profile, key, salt }) => new SrtpReceiver(profile, key, salt),
    close: () => sockets.close(),
  }
}

function nativePath(addon: NativeAddon): MediaPath {
  const state = addon.create()
  const fanout = new NativeFanout(state)
  return {
    sender: 'native',
    fanout,
    open: async ({ address, port, onDatagram, onTurnEnd }) => {
      const { bytes, scope } = addressParts(PeerAddress.from(address, port))
      const result = new NativeInbox(onDatagram, onTurnEnd).open(state, bytes, port, scope)
      if (result < 0)
        throw Object.assign(new Error('the media socket could not be opened'), { code: errorCode(-result) })
    },
    sendDatagram: (data, to) => {
      const { bytes, port, scope } = addressParts(to)
      state.sendPlain(data, bytes, port, scope)
    },
    receiver: (keys) => new SrtpReceiver(keys.profile, keys.key, keys.salt, new NativeOpener(state, keys)),
    close: () => {
      fanout.close()
      state.close()
    },
  }
}

function errorCode(errno: number): string {
  return Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? 'UNKNOWN'
}
