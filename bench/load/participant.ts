// One participant: speaks LiveKit's signal protocol on one connection (/rtc/v1) and leaves its media to the generator.
import {
  AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  LeaveRequest,
  Ping,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
  VideoLayer,
  VideoQuality,
  WrappedJoinRequest,
} from '@livekit/protocol'
import { randomBytes } from 'node:crypto'
import { DataChannels } from './channels.ts'
import type { Generator } from './generator.ts'
import { PAYLOAD_TYPES, readAnswer, readCandidate, writeOffer, type Candidate, type Section } from './sdp.ts'

/** A frame's shape. */
export interface Media {
  readonly kind: 'audio' | 'video'
  readonly framesPerSecond: number
  readonly packets: number
  /** Payload bytes of a packet. */
  readonly bytes: number
}

export interface ParticipantOptions {
  readonly url: string
  readonly token: string
  readonly publishes: readonly Media[]
  readonly subscribes: boolean
}

/** Milliseconds until a join has failed, and between two pings of the signal connection. */
const JOIN_LIMIT_MS = 20_000
const PING_EVERY_MS = 5_000
/** Lines to receive that a client offers from the start, as livekit-client does. */
const EARLY_LINES = 3

type Message = NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message']

export class Participant {
  /** ms from the beginning of the join to DTLS and both data channels, and to the first packet; NaN until then. */
  connectedMs = Number.NaN
  firstPacketMs = Number.NaN
  /** SRTP profile (7: AEAD_AES_128_GCM, 1: AES128_CM_SHA1_80). */
  profile = 0
  readonly #generator: Generator
  readonly #options: ParticipantOptions
  readonly #ufrag = randomBytes(6).toString('hex')
  readonly #password = randomBytes(16).toString('hex')
  readonly #sections: Section[] = []
  readonly #unpublished = new Map<string, Media>()
  readonly #joined = Promise.withResolvers<void>()
  readonly #channels: DataChannels
  readonly #client: number
  readonly #port: number
  #socket: WebSocket | undefined
  #pings: NodeJS.Timeout | undefined
  #began = 0
  #offers = 0
  #isAnswered = true
  #offerAgain = false
  #isConnecting = false
  #isDtlsClient = true
  readonly #early: string[] = []
  /** Ports that the server named for its media. */
  readonly #candidates: number[] = []

  constructor(generator: Generator, options: ParticipantOptions) {
    this.#generator = generator
    this.#options = options
    const { client, port } = generator.addClient(this.#ufrag, this.#password, {
      onConnected: (profile) => {
        this.profile = profile
        this.#channels.start(this.#isDtlsClient)
      },
      onRefused: (why) => this.#joined.reject(new Error(`no media connection: ${why}`)),
      onData: (packet) => this.#channels.handlePacket(packet),
      onFirstPacket: () => {
        this.firstPacketMs = performance.now() - this.#began
      },
    })
    this.#client = client
    this.#port = port
    this.#channels = new DataChannels(
      (packet) => generator.sendData(client, packet),
      () => {
        this.connectedMs = performance.now() - this.#began
        this.#joined.resolve()
      },
    )
  }

  /** Joins; resolves when media and data channels stand. */
  async join(): Promise<void> {
    this.#began = performance.now()
    const late = setTimeout(() => this.#joined.reject(new Error('no join within 20 s')), JOIN_LIMIT_MS)
    const socket = new WebSocket(joinUrl(this.#options))
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) this.#handle(SignalResponse.fromBinary(new Uint8Array(data)))
    })
    for (const event of ['error', 'close'])
      socket.addEventListener(event, () => this.#joined.reject(new Error(this.#explain())))
    try {
      await this.#joined.promise
    } finally {
      clearTimeout(late)
    }
  }

  leave(): void {
    this.#channels.close()
    clearInterval(this.#pings)
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    this.#send({ case: 'leave', value: new LeaveRequest({}) })
    this.#socket.close()
  }

  /** How far the join came when the server ended it. */
  #explain(): string {
    const media = this.profile === 0 ? 'no DTLS' : 'DTLS, but no data channels'
    return `the signal connection ended after ${this.#offers} offers, with ${this.#candidates.join(' ') || 'no'} as candidates, ${media}`
  }

  #handle({ message }: SignalResponse): void {
    switch (message.case) {
      case 'join':
        return this.#start()
      case 'trackPublished': {
        const media = this.#unpublished.get(message.value.cid)
        if (media) this.#publish(message.value.cid, media)
        return
      }
      case 'answer':
        return this.#handleAnswer(message.value.sdp)
      case 'trickle':
        return this.#addCandidates(message.value.candidateInit)
      case 'mediaSectionsRequirement':
        this.#receiveMore(message.value.numVideos, message.value.numAudios)
        return this.#offer()
      default:
    }
  }

  #start(): void {
    const ping = (): void =>
      this.#send({ case: 'pingReq', value: new Ping({ timestamp: BigInt(Date.now()) }) })
    this.#pings = setInterval(ping, PING_EVERY_MS)
    if (this.#options.subscribes) this.#receiveMore(EARLY_LINES, EARLY_LINES)
    for (const media of this.#options.publishes) {
      const cid = `${media.kind}-${this.#ufrag}`
      this.#unpublished.set(cid, media)
      this.#send({ case: 'addTrack', value: announce(cid, media) })
    }
    if (this.#options.publishes.length === 0) this.#offer()
  }

  #receiveMore(videos: number, audios: number): void {
    for (let count = 0; count < videos; count++) this.#sections.push({ kind: 'video' })
    for (let count = 0; count < audios; count++) this.#sections.push({ kind: 'audio' })
  }

  #publish(trackId: string, media: Media): void {
    const ssrc = randomBytes(4).readUInt32BE()
    this.#unpublished.delete(trackId)
    this.#sections.push({ kind: media.kind, sends: { trackId, ssrc } })
    this.#generator.addStream(this.#client, {
      ssrc,
      payloadType: PAYLOAD_TYPES[media.kind],
      isVideo: media.kind === 'video',
      ...media,
    })
    // One offer for all that is published.
    if (this.#unpublished.size === 0) this.#offer()
  }

  #offer(): void {
    if (!this.#isAnswered) {
      this.#offerAgain = true
      return
    }
    const own = {
      address: this.#generator.address,
      port: this.#port,
      ufrag: this.#ufrag,
      password: this.#password,
      fingerprint: this.#generator.fingerprint,
    }
    this.#isAnswered = false
    this.#offerAgain = false
    const sdp = writeOffer(own, this.#sections, ++this.#offers)
    const offer = new SessionDescription({ type: 'offer', sdp, id: this.#offers })
    this.#send({ case: 'offer', value: offer })
  }

  #handleAnswer(sdp: string): void {
    const remote = readAnswer(sdp)
    this.#isAnswered = true
    if (!remote) return this.#joined.reject(new Error('the answer has no transport'))
    if (!this.#isConnecting) {
      this.#isConnecting = true
      this.#isDtlsClient = !remote.isActive
      const { ufrag, password, fingerprint, isActive } = remote
      this.#generator.connect(this.#client, ufrag, password, fingerprint, isActive)
      for (const candidate of remote.candidates) this.#addCandidate(candidate)
      for (const candidate of this.#early.splice(0)) this.#addCandidates(candidate)
    }
    if (this.#offerAgain) this.#offer()
  }

  #addCandidate({ address, port }: Candidate): void {
    this.#candidates.push(port)
    this.#generator.addCandidate(this.#client, address, port)
  }

  #addCandidates(init: string): void {
    if (!this.#isConnecting) {
      this.#early.push(init)
      return
    }
    for (const candidate of readCandidate(init)) this.#addCandidate(candidate)
  }

  #send(message: Message): void {
    if (this.#socket?.readyState === WebSocket.OPEN && message)
      this.#socket.send(Buffer.from(new SignalRequest({ message }).toBinary()))
  }
}

function announce(cid: string, { kind }: Media): AddTrackRequest {
  if (kind === 'audio')
    return new AddTrackRequest({
      cid,
      name: 'microphone',
      type: TrackType.AUDIO,
      source: TrackSource.MICROPHONE,
    })
  return new AddTrackRequest({
    cid,
    name: 'camera',
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
    width: 1280,
    height: 720,
    layers: [new VideoLayer({ quality: VideoQuality.HIGH, width: 1280, height: 720, bitrate: 2_000_000 })],
  })
}

function joinUrl({ url, token, subscribes }: ParticipantOptions): string {
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.GO, version: '2.18.0', protocol: 16 }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: subscribes }),
  })
  const wrapped = new WrappedJoinRequest({ joinRequest: request.toBinary() })
  const query = new URLSearchParams({
    access_token: token,
    // LiveKit wants the padding, which Node's base64url leaves out.
    join_request: Buffer.from(wrapped.toBinary())
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  })
  return `${url.replace(/^http/, 'ws')}/rtc/v1?${query}`
}
