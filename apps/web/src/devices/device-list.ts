// The devices the browser shows us, kept up to date while someone looks.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'

/** A device to choose. The name is empty until the person has allowed one device of its kind. */
export interface Device {
  readonly id: string
  readonly name: string
}

/** Kinds of devices, as the browser calls them. */
export type DeviceKind = 'audioinput' | 'videoinput' | 'audiooutput'

/** Lists of microphones, cameras and speakers. */
export class DeviceList {
  readonly audioinput: Signal<readonly Device[]> = signal<readonly Device[]>([])
  readonly videoinput: Signal<readonly Device[]> = signal<readonly Device[]>([])
  readonly audiooutput: Signal<readonly Device[]> = signal<readonly Device[]>([])
  readonly #onChange = (): void => void this.refresh()

  /** Reads the lists now and on every change, until `stop`. */
  start(): void {
    if (!('mediaDevices' in navigator)) return
    navigator.mediaDevices.addEventListener('devicechange', this.#onChange)
    void this.refresh()
  }

  /** Stops following changes. */
  stop(): void {
    if ('mediaDevices' in navigator)
      navigator.mediaDevices.removeEventListener('devicechange', this.#onChange)
  }

  /** Reads the lists. Call after a permission was given: only then do devices have names. */
  async refresh(): Promise<void> {
    if (!('mediaDevices' in navigator)) return
    let found: readonly MediaDeviceInfo[]
    try {
      found = await navigator.mediaDevices.enumerateDevices()
    } catch {
      return
    }
    for (const kind of ['audioinput', 'videoinput', 'audiooutput'] as const) {
      // Without a permission the browser lists one nameless placeholder with an empty id.
      this[kind].value = found
        .filter((d) => d.kind === kind && d.deviceId !== '')
        .map((d) => ({ id: d.deviceId, name: d.label }))
    }
  }
}
