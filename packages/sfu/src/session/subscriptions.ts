// Decides which tracks a participant receives: wished for, placed on a line of its connection, and sent or paused.
import { ssrc, type DownTrack, type MungerPosition, type PeerMedia, type Ssrc } from '../media/index.ts'
import type { ParticipantSid, TrackSid } from '../room/ids.ts'
import type { Participant } from '../room/participant.ts'
import type { PublishedTrack } from '../room/published-track.ts'
import type { DownTrackWish, PlacedDownTrack } from '../sdp/index.ts'
import { toMediaExtensions } from './media-agreement.ts'
import type { IdSource } from './ports.ts'

/** Explicit wishes (UpdateSubscription) kept per participant; one entry a track, so a stranger cannot grow it at will. */
export const MAX_EXPLICIT_WISHES = 2_000

interface Subscription {
  readonly track: PublishedTrack
  readonly ssrc: Ssrc
  readonly rtxSsrc: Ssrc
  disabled: boolean
  mid: string | undefined
  downTrack: DownTrack | undefined
  /** Where the stream stood when it last lost its line. */
  position: MungerPosition | undefined
}

export interface SubscriptionsOptions {
  readonly participant: Participant
  readonly media: PeerMedia
  readonly ids: IdSource
  readonly autoSubscribe: boolean
  /** Called when lines have to be negotiated anew. */
  readonly onChange: () => void
  /** Called for a track's publisher when the first packet path to this subscriber exists. */
  readonly onSubscribed: (track: PublishedTrack) => void
}

/** Everything one participant receives. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions
  readonly #active = new Map<TrackSid, Subscription>()
  readonly #explicit = new Map<TrackSid, boolean>()
  readonly #disabledWishes = new Set<TrackSid>()

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  /** A track has become available. */
  offer(track: PublishedTrack): void {
    if (!this.#options.participant.permission.canSubscribe) return
    if (!(this.#explicit.get(track.sid) ?? this.#options.autoSubscribe)) return
    this.#subscribe(track)
  }

  /** A track has ended. */
  withdraw(track: PublishedTrack): void {
    this.#unsubscribe(track.sid)
    this.#explicit.delete(track.sid)
    this.#disabledWishes.delete(track.sid)
  }

  /** The client's explicit wish for a track; `track` is undefined while it is not (or no longer) published. */
  wish(sid: TrackSid, track: PublishedTrack | undefined, subscribe: boolean): void {
    if (this.#explicit.size >= MAX_EXPLICIT_WISHES && !this.#explicit.has(sid)) return
    this.#explicit.set(sid, subscribe)
    if (!subscribe) this.#unsubscribe(sid)
    else if (track && this.#options.participant.permission.canSubscribe) this.#subscribe(track)
  }

  /** UpdateTrackSettings.disabled: nothing is sent, the line stays. */
  setDisabled(sid: TrackSid, disabled: boolean): void {
    const subscription = this.#active.get(sid)
    if (subscription) {
      subscription.disabled = disabled
      subscription.downTrack?.setPaused(disabled)
    } else if (!disabled) this.#disabledWishes.delete(sid)
    else if (this.#disabledWishes.size < MAX_EXPLICIT_WISHES) this.#disabledWishes.add(sid)
  }

  /** The tracks that want a line, oldest wish first. */
  wishes(): DownTrackWish[] {
    return [...this.#active.values()].map(({ track, ssrc, rtxSsrc }) => ({
      trackSid: track.sid,
      kind: track.announcement.kind,
      streamId: `${track.publisher}|${track.sid}`,
      ssrc,
      rtxSsrc: track.announcement.kind === 'video' ? rtxSsrc : 0,
    }))
  }

  /** Sends what the last answer placed, and stops what lost its line. */
  applyPlacements(placed: readonly PlacedDownTrack[]): void {
    for (const subscription of this.#active.values()) {
      const placement = placed.find((candidate) => candidate.trackSid === subscription.track.sid)
      if (placement?.mid === subscription.mid && subscription.downTrack) continue
      this.#stop(subscription)
      if (placement) this.#start(subscription, placement)
    }
  }

  /** Whether anything of that publisher is received: decides who hears of its speaking. */
  receivesFrom(publisher: ParticipantSid): boolean {
    for (const { track } of this.#active.values()) if (track.publisher === publisher) return true
    return false
  }

  close(): void {
    for (const subscription of this.#active.values()) this.#stop(subscription)
    this.#active.clear()
  }

  #subscribe(track: PublishedTrack): void {
    if (this.#active.has(track.sid)) return
    this.#active.set(track.sid, {
      track,
      ssrc: ssrc(this.#options.ids.ssrc()),
      rtxSsrc: ssrc(this.#options.ids.ssrc()),
      disabled: this.#disabledWishes.delete(track.sid),
      mid: undefined,
      downTrack: undefined,
      position: undefined,
    })
    this.#options.onChange()
  }

  #unsubscribe(sid: TrackSid): void {
    const subscription = this.#active.get(sid)
    if (!subscription) return
    this.#stop(subscription)
    this.#active.delete(sid)
    this.#options.onChange()
  }

  #start(subscription: Subscription, placement: PlacedDownTrack): void {
    const { track } = subscription
    subscription.mid = placement.mid
    subscription.downTrack = this.#options.media.addDownTrack(track.receiver, {
      mid: placement.mid,
      ssrc: subscription.ssrc,
      rtxSsrc: placement.codec.rtxPayloadType === undefined ? undefined : subscription.rtxSsrc,
      payloadType: placement.codec.payloadType,
      rtxPayloadType: placement.codec.rtxPayloadType,
      clockRate: placement.codec.clockRate,
      extensions: toMediaExtensions(placement.extensions),
      continueFrom: subscription.position,
    })
    if (subscription.disabled) subscription.downTrack?.setPaused(true)
    this.#options.onSubscribed(track)
  }

  #stop(subscription: Subscription): void {
    if (subscription.downTrack) {
      subscription.position = subscription.downTrack.position()
      this.#options.media.removeDownTrack(subscription.downTrack)
    }
    subscription.downTrack = undefined
    subscription.mid = undefined
  }
}
