// The join page's camera and microphone: off until the person switches one on, stopped when the page goes, or handed to the meeting.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { DeviceList } from './device-list.ts'
import { watchLevel } from './level.ts'
import { openDevice } from './media.ts'
import type { MediaKind, MediaTrouble } from './media.ts'
import { SilenceWatch } from './silence.ts'

/** Open tracks that change hands. */
export interface Tracks {
  readonly mic: MediaStreamTrack | null
  readonly cam: MediaStreamTrack | null
}

/** Chosen devices; null means the system's. */
export interface Choice {
  readonly mic: string | null
  readonly cam: string | null
  readonly speaker: string | null
}

/** Why a device of which kind did not open. */
export interface PreviewTrouble {
  readonly kind: MediaKind
  readonly trouble: MediaTrouble
}

/** State of one of the two devices. */
class Slot {
  readonly track: Signal<MediaStreamTrack | null> = signal<MediaStreamTrack | null>(null)
  readonly starting: Signal<boolean> = signal(false)
  readonly deviceId: Signal<string | null> = signal<string | null>(null)
}

/** Camera and microphone before joining. */
export class Preview {
  readonly devices: DeviceList = new DeviceList()
  readonly mic: Slot = new Slot()
  readonly cam: Slot = new Slot()
  readonly speaker: Signal<string | null> = signal<string | null>(null)
  readonly level: Signal<number> = signal(0)
  readonly silent: Signal<boolean> = signal(false)
  readonly trouble: Signal<PreviewTrouble | null> = signal<PreviewTrouble | null>(null)
  #stopLevel: (() => void) | null = null
  #closed = false

  /** Starts following the device lists. */
  start(): void {
    this.#closed = false
    this.devices.start()
  }

  /** Switches a device on (the browser may ask) or off. */
  async toggle(kind: MediaKind): Promise<void> {
    if (this[kind].track.value === null) await this.#open(kind)
    else this.off(kind)
  }

  /** Switches a device off and lets go of it. */
  off(kind: MediaKind): void {
    const slot = this[kind]
    slot.track.value?.stop()
    slot.track.value = null
    if (kind === 'mic') this.#unwatch()
  }

  /** Chooses a device; one that is on is exchanged at once. */
  async choose(kind: MediaKind, deviceId: string): Promise<void> {
    const slot = this[kind]
    slot.deviceId.value = deviceId
    if (slot.track.value === null) return
    // Let go first: many systems open a camera only once.
    this.off(kind)
    await this.#open(kind)
  }

  /** The devices chosen so far. */
  choice(): Choice {
    return { mic: this.mic.deviceId.value, cam: this.cam.deviceId.value, speaker: this.speaker.value }
  }

  /** Hands the open tracks over; the preview forgets them without stopping them. */
  take(): Tracks {
    const tracks = { mic: this.mic.track.value, cam: this.cam.track.value }
    this.#unwatch()
    this.mic.track.value = null
    this.cam.track.value = null
    return tracks
  }

  /** Stops everything. */
  stop(): void {
    this.#closed = true
    this.off('mic')
    this.off('cam')
    this.devices.stop()
  }

  async #open(kind: MediaKind): Promise<void> {
    const slot = this[kind]
    if (slot.starting.value) return
    slot.starting.value = true
    this.trouble.value = null
    const result = await openDevice(kind, slot.deviceId.value)
    slot.starting.value = false
    if (!result.ok) {
      this.trouble.value = { kind, trouble: result.trouble }
      return
    }
    if (this.#closed) {
      result.track.stop()
      return
    }
    slot.track.value = result.track
    slot.deviceId.value = result.track.getSettings().deviceId ?? slot.deviceId.value
    result.track.addEventListener('ended', () => this.off(kind))
    if (kind === 'mic') this.#watch(result.track)
    await this.devices.refresh()
  }

  #watch(track: MediaStreamTrack): void {
    const silence = new SilenceWatch(performance.now())
    this.#stopLevel = watchLevel(track, (level, alive) => {
      this.level.value = level
      this.silent.value = silence.handleSignal(alive, performance.now())
    })
  }

  #unwatch(): void {
    this.#stopLevel?.()
    this.#stopLevel = null
    this.level.value = 0
    this.silent.value = false
  }
}
