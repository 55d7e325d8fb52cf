// Answers every offer of one single-PC session and remembers which section carries which down-track (RFC 3264 section 8, RFC 8829 section 5.3).
import type { AgreementPolicy } from './agreement.ts'
import type {
  AnswerErrorCode,
  AnswerResult,
  CodecName,
  DownTrackWish,
  OpusOptions,
  PlacedDownTrack,
  ReceiveSectionAgreement,
  RemoteTransport,
} from './answer-model.ts'
import { MAX_SECTIONS } from './limits.ts'
import { assignLines, balanceOf } from './line-assignment.ts'
import type { Line } from './line-assignment.ts'
import type { Direction, IceCredentials, Offer, OfferedSection } from './offer-model.ts'
import { remoteTransportOf } from './remote-transport.ts'
import { findConflict, judgeSections } from './section-verdict.ts'
import type { MediaVerdict, SectionVerdict } from './section-verdict.ts'
import { writeAnswer } from './write-answer.ts'
import type { SectionPlan } from './write-answer.ts'

export interface SessionDescriberOptions {
  /** Tell the client that we only answer checks; off for Firefox, which keeps nominating new pairs then. */
  readonly iceLite: boolean
  readonly localUfrag: string
  readonly localPwd: string
  /** Our certificate: `sha-256 AA:BB:...` */
  readonly fingerprint: string
  /** `candidate:...` lines without `a=`, the form they are trickled in; may be empty when they only are trickled. */
  readonly candidates: readonly string[]
  /** Decimal digits, unique per session (RFC 8866 section 5.2). */
  readonly originId: string
  /** Codecs clients may send, most wanted first. */
  readonly publishCodecs: readonly CodecName[]
  /** RTCP canonical name of everything we send. */
  readonly cname: string
  /** Largest data channel message we accept, in bytes. Default 65,535. */
  readonly maxMessageSize?: number
  /** Answer each section with one codec only (needed for Firefox). Default false. */
  readonly singleCodec?: boolean
  /** Agree to rid simulcast. Default false. */
  readonly simulcast?: boolean
  /** Number audio packets for transport-wide congestion control as well as video. Default true. */
  readonly audioTransportCc?: boolean
  /** Ask viewers for REMB (with abs-send-time) so that layers can be chosen. Default 'none'. */
  readonly viewerEstimate?: 'none' | 'remb'
}

/** Whether the client should be asked for a new offer, and how many sections it should add for it. */
export interface OfferRequirement {
  readonly needed: boolean
  readonly audios: number
  readonly videos: number
}

/** 65,535 bytes: what pion announces, and above the 64,000 to which LiveKit's clients cut their messages. */
const DEFAULT_MAX_MESSAGE_SIZE = 65_535
/** RFC 8841 section 6: a client that names no size accepts 64 kB. */
const UNSTATED_MAX_MESSAGE_SIZE = 65_536
/** Silence is not sent, one channel: what LiveKit asks for until a track says otherwise. */
const SPEECH: OpusOptions = { dtx: true, stereo: false }

/** The answering side of one peer connection. Pure state: no clock, no randomness, no I/O. */
export class SessionDescriber {
  readonly #options: SessionDescriberOptions
  readonly #policy: AgreementPolicy
  #ice: IceCredentials
  #wishes: ReadonlyMap<string, DownTrackWish> = new Map()
  #lines: readonly Line[] = []
  #remote: RemoteTransport | undefined
  #version = 0

  constructor(options: SessionDescriberOptions) {
    this.#options = options
    this.#ice = { ufrag: options.localUfrag, pwd: options.localPwd }
    this.#policy = {
      publishCodecs: options.publishCodecs,
      singleCodec: options.singleCodec ?? false,
      simulcast: options.simulcast ?? false,
      audioTransportCc: options.audioTransportCc ?? true,
      viewerEstimate: options.viewerEstimate ?? 'none',
    }
  }

  /** Replaces the set of down-tracks that want a section, in order of wish. Takes effect with the next offer. */
  setDownTracks(tracks: readonly DownTrackWish[]): void {
    this.#wishes = new Map(tracks.map((track) => [track.trackSid, track]))
  }

  /** Sets our own credentials for the next answer; to be called before answering an offer that restarts ICE (RFC 8445 section 9). */
  setLocalIce(ice: IceCredentials): void {
    this.#ice = ice
  }

  /** Whether answering this offer would restart ICE: other credentials than the last answered ones (RFC 8839 section 4.4.1). */
  isIceRestart(offer: Offer): boolean {
    const bundled = new Map(offer.sections.map((section) => [section.mid, section]))
    const owner = offer.bundle.map((mid) => bundled.get(mid)).find((section) => section?.ice !== undefined)
    return owner?.ice !== undefined && this.#restarts(owner.ice)
  }

  /**
   * Answers an offer. On refusal nothing is remembered of it.
   * @param opusOf encoder wishes for a section on which the client sends opus; default is speech with DTX.
   */
  answer(offer: Offer, opusOf: (section: OfferedSection) => OpusOptions = () => SPEECH): AnswerResult {
    const verdicts = judgeSections(offer, this.#policy)
    const bundle = this.#bundleOf(offer, verdicts)
    const owner = offer.sections.find((section) => section.mid !== '' && section.mid === bundle[0])
    if (owner === undefined) return { ok: false, code: 'bundle-required' }
    const transport = remoteTransportOf(owner)
    if (!transport.ok) return transport
    const code = this.#refusal(offer, transport.remote) ?? findConflict(verdicts)
    if (code !== undefined) return { ok: false, code }

    const iceRestarted = this.#restarts(transport.remote.ice)
    this.#remote = transport.remote
    this.#lines = assignLines(this.#lines, verdicts.map(candidateOf), this.#wishes)
    this.#version += 1
    const plans = verdicts.map((verdict, index) => this.#planOf(verdict, index, opusOf))
    const placed = verdicts.flatMap((verdict, index) => this.#placedOn(verdict, index))
    const application = verdicts.find((verdict) => verdict.type === 'application')?.section
    return {
      ok: true,
      sdp: writeAnswer(this.#frame(bundle), plans),
      receiveSections: verdicts.flatMap(receiveSectionOf),
      placed,
      unplaced: { audio: this.#balance('audio').waiting, video: this.#balance('video').waiting },
      midToTrackId: new Map(placed.map((track) => [track.mid, track.trackSid])),
      application: application && {
        mid: application.mid,
        maxMessageSize: application.maxMessageSize ?? UNSTATED_MAX_MESSAGE_SIZE,
      },
      remote: transport.remote,
      iceRestarted,
    }
  }

  /**
   * Whether the client must offer again for the wishes to take effect, for MediaSectionsRequirement.
   * Before the first answer nothing is needed: the client offers by itself.
   */
  requirement(): OfferRequirement {
    if (this.#remote === undefined) return { needed: false, audios: 0, videos: 0 }
    const audio = this.#balance('audio')
    const video = this.#balance('video')
    const room = MAX_SECTIONS - this.#lines.length
    const audios = Math.min(Math.max(0, audio.waiting - audio.available), room)
    const videos = Math.min(Math.max(0, video.waiting - video.available), room - audios)
    const movable = [audio, video].some(
      ({ waiting, available, stale }) => stale > 0 || (waiting > 0 && available > 0),
    )
    return { needed: movable || audios > 0 || videos > 0, audios, videos }
  }

  #balance(kind: 'audio' | 'video'): ReturnType<typeof balanceOf> {
    return balanceOf(this.#lines, this.#wishes, kind)
  }

  #restarts(ice: IceCredentials): boolean {
    const known = this.#remote?.ice
    return known !== undefined && (known.ufrag !== ice.ufrag || known.pwd !== ice.pwd)
  }

  #refusal(offer: Offer, remote: RemoteTransport): AnswerErrorCode | undefined {
    // RFC 3264 section 8: sections are never removed, only disabled.
    if (offer.sections.length < this.#lines.length) return 'sections-removed'
    const known = this.#remote?.fingerprint
    // The DTLS association lives as long as the session, so its certificate can not change.
    return known !== undefined && known.value !== remote.fingerprint.value ? 'fingerprint-changed' : undefined
  }

  #bundleOf(offer: Offer, verdicts: readonly SectionVerdict[]): string[] {
    const accepted = new Set(
      verdicts.filter((verdict) => verdict.type !== 'rejected').map((verdict) => verdict.section.mid),
    )
    return [...new Set(offer.bundle)].filter((mid) => accepted.has(mid))
  }

  #frame(bundle: readonly string[]): Parameters<typeof writeAnswer>[0] {
    const { originId, iceLite, candidates, cname, fingerprint, maxMessageSize } = this.#options
    return {
      originId,
      originVersion: this.#version,
      iceLite,
      bundle,
      candidates,
      cname,
      maxMessageSize: maxMessageSize ?? DEFAULT_MAX_MESSAGE_SIZE,
      local: { ice: this.#ice, fingerprint },
    }
  }

  #downTrackOn(index: number): DownTrackWish | undefined {
    const trackSid = this.#lines[index]?.trackSid
    return trackSid === undefined ? undefined : this.#wishes.get(trackSid)
  }

  #planOf(
    verdict: SectionVerdict,
    index: number,
    opusOf: (section: OfferedSection) => OpusOptions,
  ): SectionPlan {
    if (verdict.type !== 'media') return verdict
    const { section, kind, publishes, codecs, extensions, rids } = verdict
    const downTrack = this.#downTrackOn(index)
    const opus = publishes && kind === 'audio' ? opusOf(section) : undefined
    const direction = mirror(publishes, downTrack !== undefined)
    return { type: 'media', section, kind, direction, codecs, extensions, rids, downTrack, opus }
  }

  #placedOn(verdict: SectionVerdict, index: number): PlacedDownTrack[] {
    const downTrack = this.#downTrackOn(index)
    const codec = verdict.type === 'media' ? verdict.codecs[0] : undefined
    if (verdict.type !== 'media' || downTrack === undefined || codec === undefined) return []
    return [
      {
        trackSid: downTrack.trackSid,
        index,
        mid: verdict.section.mid,
        codec,
        extensions: verdict.deliverIds,
      },
    ]
  }
}

function mirror(publishes: boolean, delivers: boolean): Direction {
  if (publishes) return delivers ? 'sendrecv' : 'recvonly'
  return delivers ? 'sendonly' : 'inactive'
}

function candidateOf(verdict: SectionVerdict): Omit<Line, 'trackSid'> {
  const { mid } = verdict.section
  if (verdict.type !== 'media') return { mid, kind: undefined, receives: false, open: false }
  const { kind, receives, publishes } = verdict
  return { mid, kind, receives, open: receives && !publishes }
}

function receiveSectionOf(verdict: SectionVerdict): ReceiveSectionAgreement[] {
  if (verdict.type !== 'media' || !verdict.publishes) return []
  return [agreementOf(verdict)]
}

function agreementOf(verdict: MediaVerdict): ReceiveSectionAgreement {
  const { section, kind, codecs, publishIds, rids } = verdict
  return {
    index: section.index,
    mid: section.mid,
    kind,
    streamId: section.msid?.streamId ?? '-',
    trackId: section.msid?.trackId ?? '',
    codecs,
    extensions: publishIds,
    sources: section.sources,
    rids,
  }
}
