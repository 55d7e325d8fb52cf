// Answers the client's offers and asks for a new one when down-tracks need lines (livekit-protocol.md 3.3, 5).
import { MediaSectionsRequirement, SessionDescription, SignalResponse } from '@livekit/protocol'
import type { PeerMedia } from '../media/index.ts'
import { parseOffer, type SessionDescriber } from '../sdp/index.ts'
import { toReceiveSection } from './media-agreement.ts'
import type { PeerPort, SignalPort } from './ports.ts'
import type { Publications } from './publications.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Offers in a row that bring no new line until the client is no longer asked: a swap of tracks on full lines takes two. */
const MAX_FRUITLESS_OFFERS = 4

/** What the negotiation is waiting for. */
type NegotiationState = 'awaiting-first-offer' | 'idle' | 'awaiting-offer'

export interface NegotiationOptions {
  readonly describer: SessionDescriber
  readonly media: PeerMedia
  readonly peer: PeerPort
  readonly signal: SignalPort
  readonly publications: Publications
  readonly subscriptions: Subscriptions
}

/** The offer/answer exchange of one single-PC session. */
export class Negotiation {
  readonly #options: NegotiationOptions
  #state: NegotiationState = 'awaiting-first-offer'
  #dirty = false
  #expectsChannels = false
  #fruitless = 0
  #placed = 0

  constructor(options: NegotiationOptions) {
    this.#options = options
  }

  /** Whether the client opens data channels; until it has, it does not count as connected. */
  get expectsChannels(): boolean {
    return this.#expectsChannels
  }

  /** Notes that the wanted lines changed; `flush()` at the end of the turn asks for an offer, once for all changes. */
  changed(): void {
    this.#fruitless = 0
    this.#dirty = true
  }

  /** Answers an offer. Returns false when it cannot be answered at all, which ends the session. */
  handleOffer(offer: SessionDescription): boolean {
    const { describer, media, peer, signal, publications, subscriptions } = this.#options
    const parsed = parseOffer(offer.sdp)
    if (!parsed.ok) return false
    describer.setDownTracks(subscriptions.wishes())
    const answer = describer.answer(parsed.offer, (section) => {
      const announcement = publications.announcementOf(section.msid?.trackId)
      return { dtx: !announcement?.disableDtx, stereo: announcement?.stereo ?? false }
    })
    if (!answer.ok) return false
    peer.setRemote({ ...answer.remote.ice, fingerprint: answer.remote.fingerprint })
    media.setReceiveSections(answer.receiveSections.map(toReceiveSection))
    this.#expectsChannels = answer.application !== undefined
    this.#dirty = false
    // Tracks of this client first, so that the map of the answer can name them.
    publications.setSections(answer.receiveSections)
    signal.send(
      new SignalResponse({
        message: {
          case: 'answer',
          value: new SessionDescription({
            type: 'answer',
            sdp: answer.sdp,
            id: offer.id,
            midToTrackId: Object.fromEntries([...answer.midToTrackId, ...publications.mids()]),
          }),
        },
      }),
    )
    this.#state = 'idle'
    subscriptions.applyPlacements(answer.placed)
    this.#fruitless = answer.placed.length > this.#placed ? 0 : this.#fruitless + 1
    this.#placed = answer.placed.length
    // A client that offers again and again without a line for what waits is not asked for ever.
    if (describer.requirement().needed && this.#fruitless < MAX_FRUITLESS_OFFERS) this.#dirty = true
    return true
  }

  /** Asks the client for an offer when lines are wanted that the last one did not have. */
  flush(): void {
    if (!this.#dirty || this.#state !== 'idle') return
    this.#dirty = false
    const { describer, subscriptions, signal } = this.#options
    describer.setDownTracks(subscriptions.wishes())
    const requirement = describer.requirement()
    if (!requirement.needed) return
    this.#state = 'awaiting-offer'
    signal.send(
      new SignalResponse({
        message: {
          case: 'mediaSectionsRequirement',
          value: new MediaSectionsRequirement({
            numAudios: requirement.audios,
            numVideos: requirement.videos,
          }),
        },
      }),
    )
  }
}
