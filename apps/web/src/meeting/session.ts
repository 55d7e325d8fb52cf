// One stay in the room: wraps livekit-client's Room, turns its events into signals and its errors into events for people.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { ConnectionState, LoggerNames, Room, RoomEvent, Track, getLogger } from 'livekit-client'
import type {
  LocalTrackPublication,
  Participant,
  RemoteParticipant,
  RemoteTrack,
  TrackPublication,
  DisconnectReason,
} from 'livekit-client'
import type { Ticket } from '../app/api.ts'
import { DeviceList } from '../devices/device-list.ts'
import type { DeviceKind } from '../devices/device-list.ts'
import { CAMERA, VOICE, canShareScreen, troubleOf } from '../devices/media.ts'
import type { MediaKind } from '../devices/media.ts'
import type { Choice, Tracks } from '../devices/preview.ts'
import { Announcer } from './announcer.ts'
import type { Voice } from './announcer.ts'
import { Arrivals } from './arrivals.ts'
import { endOf } from './ends.ts'
import type { Connection, End, Meeting, Person } from './model.ts'
import { MicProbe } from './mic-probe.ts'
import { nameOf } from './names.ts'
import { Notices } from './notices.ts'
import { othersOf, readPeople } from './participants.ts'
import { publishTrack } from './publish.ts'
import { roomOptions, shareCapture, sharePublish } from './room-options.ts'
import { Roster } from './roster.ts'
import { SoundSink } from './sound-sink.ts'
import { Speakers } from './speakers.ts'

/** What a session starts with. */
export interface SessionStart {
  readonly ticket: Ticket
  /** Media server, as WebSocket address. */
  readonly url: string
  readonly tracks: Tracks
  readonly choice: Choice
  readonly voice: Voice
  readonly onEnd: (end: End) => void
}

// An interruption shorter than this is not worth a word (ms).
const LOST_AFTER_MS = 1000

/** A stay in the room. Made by `Session.open`. */
export class Session implements Meeting {
  readonly people: Signal<readonly Person[]> = signal<readonly Person[]>([])
  readonly connection: Signal<Connection> = signal<Connection>('connecting')
  readonly micOn: Signal<boolean> = signal(false)
  readonly camOn: Signal<boolean> = signal(false)
  readonly sharing: Signal<boolean> = signal(false)
  readonly soundBlocked: Signal<boolean> = signal(false)
  readonly notices: Notices = new Notices()
  readonly devices: DeviceList = new DeviceList()
  readonly canShare: boolean = canShareScreen()
  readonly #room: Room
  readonly #onEnd: (end: End) => void
  readonly #announcer: Announcer
  readonly #roster = new Roster()
  readonly #speakers = new Speakers()
  readonly #arrivals = new Arrivals()
  readonly #sound = new SoundSink()
  readonly #micProbe = new MicProbe(() => this.#announcer.handle({ kind: 'silent' }, new Date()))
  #watched: ReadonlySet<string> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #lostTimer: ReturnType<typeof setTimeout> | undefined
  #saidLost = false
  #refreshing = false

  private constructor(start: SessionStart) {
    this.#room = new Room(roomOptions(start.choice))
    this.#onEnd = start.onEnd
    this.#announcer = new Announcer(this.notices, start.voice)
  }

  /** Connects and publishes what is on. Rejects when the media server cannot be reached; then nothing stays open. */
  static async open(start: SessionStart): Promise<Session> {
    quiet()
    const session = new Session(start)
    session.#listen()
    try {
      await session.#room.connect(start.url, start.ticket.token)
    } catch (error) {
      start.tracks.mic?.stop()
      start.tracks.cam?.stop()
      throw error
    }
    session.devices.start()
    session.#refresh()
    await Promise.all([session.#publish('mic', start.tracks.mic), session.#publish('cam', start.tracks.cam)])
    session.#refresh()
    return session
  }

  /** Switches the own microphone. A failure becomes a notice. */
  setMic(on: boolean): Promise<void> {
    return this.#switch('mic', on, () =>
      this.#room.localParticipant.setMicrophoneEnabled(on, { ...VOICE, ...this.#chosen('audioinput') }),
    )
  }

  /** Switches the own camera. A failure becomes a notice. */
  setCam(on: boolean): Promise<void> {
    return this.#switch('cam', on, () =>
      this.#room.localParticipant.setCameraEnabled(on, { resolution: CAMERA, ...this.#chosen('videoinput') }),
    )
  }

  /** Starts or stops sharing the screen. Closing the browser's chooser is no failure. */
  async setShare(on: boolean): Promise<void> {
    try {
      await this.#room.localParticipant.setScreenShareEnabled(on, shareCapture, sharePublish)
    } catch (error) {
      if (troubleOf(error) !== 'denied') this.#announcer.handle({ kind: 'share-failed' }, new Date())
    }
    this.#refresh()
  }

  /** Lets the sound play after the person pressed something. */
  async startSound(): Promise<void> {
    await this.#room.startAudio()
    this.soundBlocked.value = !this.#room.canPlaybackAudio
  }

  /** Device in use. */
  activeDevice(kind: DeviceKind): string {
    return this.#room.getActiveDevice(kind) ?? ''
  }

  /** Uses another device from now on. */
  async chooseDevice(kind: DeviceKind, id: string): Promise<void> {
    try {
      await this.#room.switchActiveDevice(kind, id)
    } catch (error) {
      this.#trouble(kind === 'videoinput' ? 'cam' : 'mic', error)
    }
    this.#refresh()
  }

  /** Asks the server to send only the pictures in view. */
  watch(identities: ReadonlySet<string>): void {
    this.#watched = identities
    this.#applyWatched()
  }

  /** Leaves. `onEnd` is called with `left`. */
  async leave(): Promise<void> {
    await this.#room.disconnect(true)
  }

  #chosen(kind: DeviceKind): { deviceId?: string } {
    const id = this.activeDevice(kind)
    return id === '' || id === 'default' ? {} : { deviceId: id }
  }

  async #publish(kind: MediaKind, track: MediaStreamTrack | null): Promise<void> {
    try {
      if (track !== null) await publishTrack(this.#room, kind, track)
    } catch (error) {
      this.#trouble(kind, error)
    }
  }

  async #switch(kind: MediaKind, on: boolean, act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.#trouble(kind, error)
    }
    this.#refresh()
    await this.devices.refresh()
    if ((kind === 'mic' ? this.micOn : this.camOn).value === on)
      this.#announcer.handle({ kind: 'own', what: kind, on }, new Date())
  }

  #trouble(media: MediaKind, error: unknown): void {
    this.#announcer.handle({ kind: 'trouble', media, trouble: troubleOf(error) }, new Date())
  }

  #listen(): void {
    const refresh = (): void => this.#refreshSoon()
    const room = this.#room
    room
      .on(RoomEvent.ParticipantConnected, (participant) => this.#came(participant))
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#went(participant))
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => this.#spoke(speakers))
      .on(RoomEvent.TrackSubscribed, (track) => this.#heard(track))
      .on(RoomEvent.TrackUnsubscribed, (track) => this.#unheard(track))
      .on(RoomEvent.LocalTrackPublished, (publication) => this.#ownPublished(publication))
      .on(RoomEvent.LocalTrackUnpublished, (publication) => this.#ownUnpublished(publication))
      .on(RoomEvent.AudioPlaybackStatusChanged, () => (this.soundBlocked.value = !room.canPlaybackAudio))
      .on(RoomEvent.ConnectionStateChanged, (state) => this.#connectionIs(state))
      .on(RoomEvent.Disconnected, (reason) => this.#over(reason))
    for (const event of [
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished,
      RoomEvent.ConnectionQualityChanged,
      RoomEvent.ParticipantNameChanged,
      RoomEvent.ActiveDeviceChanged,
      RoomEvent.Reconnected,
    ] as const) {
      room.on(event, refresh)
    }
  }

  #came(participant: RemoteParticipant): void {
    this.#refresh()
    const person = this.people.value.find(({ identity }) => identity === participant.identity)
    if (person !== undefined) this.#arrivals.handleCame(nameOf(person), performance.now())
    this.#tick()
  }

  #went(participant: RemoteParticipant): void {
    const person = this.people.value.find(({ identity }) => identity === participant.identity)
    this.#speakers.handleLeft(participant.identity)
    if (person !== undefined) this.#arrivals.handleWent(nameOf(person), performance.now())
    this.#tick()
  }

  #spoke(speakers: readonly Participant[]): void {
    this.#speakers.handleSpeakers(
      speakers.map(({ identity }) => identity),
      performance.now(),
    )
    this.#tick()
  }

  #heard(track: RemoteTrack): void {
    if (track.kind === Track.Kind.Audio) this.#sound.add(track)
    else this.#applyWatched()
    this.#refreshSoon()
  }

  #unheard(track: RemoteTrack): void {
    if (track.kind === Track.Kind.Audio) this.#sound.remove(track)
    this.#refreshSoon()
  }

  #ownPublished(publication: LocalTrackPublication): void {
    if (publication.source === Track.Source.ScreenShare)
      this.#announcer.handle({ kind: 'own', what: 'share', on: true }, new Date())
    publication.track?.mediaStreamTrack.addEventListener('ended', () => this.#deviceEnded(publication), {
      once: true,
    })
    this.#refreshSoon()
  }

  #ownUnpublished(publication: TrackPublication): void {
    if (publication.source === Track.Source.ScreenShare)
      this.#announcer.handle({ kind: 'own', what: 'share', on: false }, new Date())
    this.#refreshSoon()
  }

  // The browser fires `ended` only when the device itself went away, never after stop().
  #deviceEnded(publication: LocalTrackPublication): void {
    if (publication.source === Track.Source.Microphone || publication.source === Track.Source.Camera) {
      this.#announcer.handle({ kind: 'device-lost' }, new Date())
    }
    this.#refreshSoon()
  }

  #connectionIs(state: ConnectionState): void {
    clearTimeout(this.#lostTimer)
    if (state === ConnectionState.Connected) {
      this.connection.value = 'connected'
      if (this.#saidLost) this.#announcer.handle({ kind: 'back' }, new Date())
      this.#saidLost = false
    } else if (state === ConnectionState.Reconnecting || state === ConnectionState.SignalReconnecting) {
      this.connection.value = 'reconnecting'
      this.#lostTimer = setTimeout(() => {
        if (!this.#saidLost) this.#announcer.handle({ kind: 'lost' }, new Date())
        this.#saidLost = true
      }, LOST_AFTER_MS)
    }
    this.#refreshSoon()
  }

  #over(reason: DisconnectReason | undefined): void {
    const wasIn = this.connection.value !== 'connecting'
    this.connection.value = 'closed'
    clearTimeout(this.#timer)
    clearTimeout(this.#lostTimer)
    this.#sound.clear()
    this.#micProbe.stop()
    this.devices.stop()
    // A connection that never stood is reported by `open`.
    if (wasIn) this.#onEnd(endOf(reason))
  }

  #applyWatched(): void {
    if (this.#watched === null) return
    for (const participant of othersOf(this.#room)) {
      const publication = participant.getTrackPublication(Track.Source.Camera)
      if (publication?.isSubscribed === true) publication.setEnabled(this.#watched.has(participant.identity))
    }
  }

  // Many events come in one turn; one reading of the room serves them all.
  #refreshSoon(): void {
    if (this.#refreshing) return
    this.#refreshing = true
    queueMicrotask(() => {
      this.#refreshing = false
      this.#refresh()
    })
  }

  #refresh(): void {
    if (this.connection.value === 'closed') return
    const before = new Map(this.people.value.map((person) => [person.identity, person]))
    this.people.value = this.#roster.update(readPeople(this.#room, this.#speakers.update(performance.now())))
    const { localParticipant } = this.#room
    this.#ownMic(localParticipant.isMicrophoneEnabled)
    this.camOn.value = localParticipant.isCameraEnabled
    this.sharing.value = localParticipant.isScreenShareEnabled
    for (const person of this.people.value) this.#reportShare(before.get(person.identity), person)
  }

  #ownMic(on: boolean): void {
    if (on === this.micOn.value) return
    this.micOn.value = on
    const track = this.#room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track
    if (on && track !== undefined) this.#micProbe.start(track.mediaStreamTrack)
    else this.#micProbe.stop()
  }

  #reportShare(before: Person | undefined, now: Person): void {
    if (now.isSelf || (before?.screen ?? null) === now.screen) return
    // A screen that was exchanged for another is still the same sharing.
    if (before !== undefined && before.screen !== null && now.screen !== null) return
    this.#announcer.handle({ kind: 'shared', name: nameOf(now), on: now.screen !== null }, new Date())
  }

  /** Drains what waits for time and sets the timer for the next. */
  #tick(): void {
    clearTimeout(this.#timer)
    const now = performance.now()
    const movement = this.#arrivals.drain(now)
    if (movement !== null)
      this.#announcer.handle({ kind: 'moved', movement, present: this.people.value.length }, new Date())
    this.#refresh()
    const deadlines = [this.#arrivals.deadline(), this.#speakers.deadline()].filter((at) => at !== null)
    if (deadlines.length > 0)
      this.#timer = setTimeout(() => this.#tick(), Math.max(0, Math.min(...deadlines) - now))
  }
}

/** Errors only. livekit-client's own `setLogLevel` would leave an entry per logger in the browser; `resetLevel` removes such. */
function quiet(): void {
  for (const name of Object.values(LoggerNames)) {
    const logger = getLogger(name)
    logger.resetLevel()
    logger.setDefaultLevel('error')
  }
}
