// A participant driven by LiveKit's Node SDK: publishes synthetic media, counts and judges what it receives.
import {
  AudioSource,
  AudioStream,
  DataPacketKind,
  LocalAudioTrack,
  type LocalTrackPublication,
  LocalVideoTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoSource,
  VideoStream,
  dispose,
} from '@livekit/rtc-node'
import {
  type Picture,
  SAMPLE_RATE,
  feedPicture,
  feedTone,
  meanLuma,
  toneStrength,
} from './synthetic-media.ts'

/** Where to join and how. */
export interface BotOptions {
  url: string
  token: string
  autoSubscribe?: boolean
}

/** What has come in for one remote track. */
export interface ReceivedTrack {
  sid: string
  owner: string
  kind: 'audio' | 'video'
  /** Frames out of the decoder: pictures, or 10 ms of sound. */
  frames: number
  /** Latest picture: size in pixels and mean brightness. */
  width: number
  height: number
  luma: number
  /** Latest sound. */
  samples: Int16Array
  /** False once the server or the owner took the track away. */
  subscribed: boolean
}

/** Sums over all received tracks since joining, as libwebrtc counts them (RFC 3550, section 6.4.1). */
export interface Reception {
  packetsReceived: number
  packetsLost: number
  /** Requests for retransmission sent (RFC 4585). */
  nacks: number
}

export interface DataMessage {
  from: string
  payload: Uint8Array
  topic: string
  reliable: boolean
}

const DEFAULT_TIMEOUT_MS = 15_000
const POLL_MS = 50

/** Frees the native part of the SDK; call once, after all bots have left. */
export async function disposeBots(): Promise<void> {
  await dispose()
}

export class Bot {
  /** Received tracks by sid, in order of arrival. */
  readonly tracks: Map<string, ReceivedTrack> = new Map<string, ReceivedTrack>()
  readonly data: DataMessage[] = []
  /** What the SDK reported, for instance `muted TR_x` or `left anna`, in order. */
  readonly events: string[] = []
  readonly #room: Room
  readonly #stops: (() => void)[] = []

  private constructor(room: Room) {
    this.#room = room
  }

  /** Joins and returns when the SDK reports the connection. @throws the SDK's ConnectError */
  static async join({ url, token, autoSubscribe = true }: BotOptions): Promise<Bot> {
    const room = new Room()
    const bot = new Bot(room)
    bot.#listen()
    await room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe, dynacast: false })
    return bot
  }

  /** The SDK's room, for what this class does not cover. */
  get room(): Room {
    return this.#room
  }

  get identity(): string {
    return this.#local.identity
  }

  /** Identities of the others, sorted. */
  get others(): string[] {
    return [...this.#room.remoteParticipants.keys()].sort()
  }

  /** Publishes a camera. @param simulcast several qualities, as far as the size allows */
  async publishPicture(picture: Picture, simulcast: boolean = false): Promise<LocalTrackPublication> {
    const source = new VideoSource(picture.width, picture.height)
    this.#stops.push(feedPicture(source, picture))
    const track = LocalVideoTrack.createVideoTrack('picture', source)
    return await this.#local.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast }),
    )
  }

  /** Publishes a microphone with a tone of `frequency` Hz. */
  async publishTone(frequency: number): Promise<LocalTrackPublication> {
    const source = new AudioSource(SAMPLE_RATE, 1)
    this.#stops.push(feedTone(source, frequency))
    const track = LocalAudioTrack.createAudioTrack('tone', source)
    return await this.#local.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    )
  }

  async unpublish(publication: LocalTrackPublication): Promise<void> {
    await this.#local.unpublishTrack(publication.sid ?? '')
  }

  /** Sends bytes to all, or to the given identities. */
  async send(
    payload: Uint8Array,
    options: { reliable: boolean; topic?: string; to?: string[] },
  ): Promise<void> {
    await this.#local.publishData(payload, {
      reliable: options.reliable,
      ...(options.topic === undefined ? {} : { topic: options.topic }),
      ...(options.to === undefined ? {} : { destination_identities: options.to }),
    })
  }

  /** Received tracks of one owner, those that are still there first. */
  tracksOf(owner: string, kind: 'audio' | 'video'): ReceivedTrack[] {
    return [...this.tracks.values()].filter((track) => track.owner === owner && track.kind === kind)
  }

  /** Strength (0 to 1) of a tone in the latest sound from `owner`. */
  hears(owner: string, frequency: number): number {
    const track = this.tracksOf(owner, 'audio').findLast(({ subscribed }) => subscribed)
    return track === undefined ? 0 : toneStrength(track.samples, frequency)
  }

  /** Waits for a condition on this bot. */
  async until(what: string, look: () => boolean, timeout: number = DEFAULT_TIMEOUT_MS): Promise<void> {
    const end = performance.now() + timeout
    while (!look()) {
      if (performance.now() > end) throw new Error(this.#explain(what, timeout))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** What libwebrtc counted on the receiving side. */
  async reception(): Promise<Reception> {
    const { publisherStats, subscriberStats } = await this.#room.getRtcStats()
    const sum: Reception = { packetsReceived: 0, packetsLost: 0, nacks: 0 }
    // With a single connection both lists describe it; a stream counts once.
    const seen = new Set<string>()
    for (const { stats } of [...publisherStats, ...subscriberStats]) {
      if (stats.case !== 'inboundRtp') continue
      const { rtc, received, inbound } = stats.value
      const id = rtc?.id ?? ''
      if (seen.has(id)) continue
      seen.add(id)
      sum.packetsReceived += Number(received?.packetsReceived ?? 0)
      sum.packetsLost += Number(received?.packetsLost ?? 0)
      sum.nacks += inbound?.nackCount ?? 0
    }
    return sum
  }

  async leave(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    await this.#room.disconnect()
  }

  get #local(): NonNullable<Room['localParticipant']> {
    const local = this.#room.localParticipant
    if (local === undefined) throw new Error('the bot is not in a room')
    return local
  }

  #listen(): void {
    const room = this.#room
    const { events } = this
    room.on(RoomEvent.TrackSubscribed, (track, _publication, owner) => this.#receive(track, owner.identity))
    room.on(RoomEvent.TrackUnsubscribed, (track) => {
      const received = this.tracks.get(track.sid ?? '')
      if (received !== undefined) received.subscribed = false
    })
    room.on(RoomEvent.TrackUnpublished, ({ sid }) => void events.push(`unpublished ${sid}`))
    room.on(RoomEvent.TrackMuted, ({ sid }) => void events.push(`muted ${sid}`))
    room.on(RoomEvent.TrackUnmuted, ({ sid }) => void events.push(`unmuted ${sid}`))
    room.on(RoomEvent.ParticipantConnected, ({ identity }) => void events.push(`joined ${identity}`))
    room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => void events.push(`left ${identity}`))
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      events.push(`speaking ${speakers.map(({ identity }) => identity).join()}`)
    })
    room.on(RoomEvent.Disconnected, (reason) => void events.push(`disconnected ${reason}`))
    room.on(RoomEvent.Reconnected, () => void events.push('reconnected'))
    room.on(RoomEvent.DataReceived, (payload, sender, kind, topic = '') => {
      const reliable = kind === DataPacketKind.KIND_RELIABLE
      this.data.push({ from: sender?.identity ?? '', payload: payload.slice(), topic, reliable })
    })
  }

  #receive(track: RemoteTrack, owner: string): void {
    const received: ReceivedTrack = {
      sid: track.sid ?? '',
      owner,
      kind: track.kind === TrackKind.KIND_VIDEO ? 'video' : 'audio',
      frames: 0,
      width: 0,
      height: 0,
      luma: 0,
      samples: new Int16Array(),
      subscribed: true,
    }
    this.tracks.set(received.sid, received)
    const reading = received.kind === 'video' ? readPictures(track, received) : readSounds(track, received)
    reading.catch((error: unknown) => this.events.push(`stream failed ${String(error)}`))
  }

  #explain(what: string, timeout: number): string {
    const tracks = [...this.tracks.values()].map(({ samples, ...rest }) => ({
      ...rest,
      samples: samples.length,
    }))
    const state = { others: this.others, tracks, messages: this.data.length, events: this.events.slice(-20) }
    return `${this.identity} waited ${timeout} ms for ${what}: ${JSON.stringify(state)}`
  }
}

async function readPictures(track: RemoteTrack, received: ReceivedTrack): Promise<void> {
  for await (const { frame } of new VideoStream(track)) {
    received.frames++
    received.width = frame.width
    received.height = frame.height
    received.luma = meanLuma(frame)
  }
}

async function readSounds(track: RemoteTrack, received: ReceivedTrack): Promise<void> {
  for await (const frame of new AudioStream(track, SAMPLE_RATE, 1)) {
    received.frames++
    received.samples = frame.data.slice()
  }
}
