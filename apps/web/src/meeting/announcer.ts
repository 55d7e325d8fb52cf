// Turns events of the meeting into words: for the screen reader, and as notices for the eye (ui.md section 11).
import type { MediaKind, MediaTrouble } from '../devices/media.ts'
import { t } from '../i18n/i18n.ts'
import type { Messages } from '../i18n/de.ts'
import type { Movement } from './arrivals.ts'
import type { Notices } from './notices.ts'
import { never } from '../app/never.ts'

/** Something people should hear of. */
export type MeetingEvent =
  | { readonly kind: 'moved'; readonly movement: Movement; readonly present: number }
  | { readonly kind: 'own'; readonly what: 'mic' | 'cam' | 'share'; readonly on: boolean }
  | { readonly kind: 'shared'; readonly name: string; readonly on: boolean }
  | { readonly kind: 'trouble'; readonly media: MediaKind; readonly trouble: MediaTrouble }
  | { readonly kind: 'share-failed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'device-lost' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'back' }

/** Where words go: the two live regions. */
export interface Voice {
  say(text: string): void
  alert(text: string): void
}

// In larger rounds coming and going is only logged (ui.md section 11).
const QUIET_ABOVE = 12

function movementText(movement: Movement, m: Messages['say']): string {
  const one = (
    names: readonly string[],
    single: (name: string) => string,
    many: (n: number) => string,
  ): string | null =>
    names.length === 0 ? null : names.length === 1 ? single(names[0] ?? '') : many(names.length)
  return [one(movement.came, m.came, m.cameMany), one(movement.went, m.went, m.wentMany)]
    .filter((text) => text !== null)
    .join('. ')
}

function troubleText(media: MediaKind, trouble: MediaTrouble, m: Messages['say']): string {
  const mic = media === 'mic'
  switch (trouble) {
    case 'denied':
      return mic ? m.micDenied : m.camDenied
    case 'none':
      return mic ? m.micNone : m.camNone
    case 'busy':
      return mic ? m.micBusy : m.camBusy
    case 'insecure':
      return t().permission.insecureHeading
    case 'failed':
      return m.mediaFailed
  }
  return never(trouble)
}

function ownText(what: 'mic' | 'cam' | 'share', on: boolean, m: Messages['say']): string {
  if (what === 'mic') return on ? m.micOn : m.micOff
  if (what === 'cam') return on ? m.camOn : m.camOff
  return on ? m.shareOn : m.shareOff
}

/** Says and shows what happens. */
export class Announcer {
  readonly #notices: Notices
  readonly #voice: Voice

  constructor(notices: Notices, voice: Voice) {
    this.#notices = notices
    this.#voice = voice
  }

  /** Takes one event. */
  handle(event: MeetingEvent, at: Date): void {
    const m = t().say
    switch (event.kind) {
      case 'moved':
        return this.#show(movementText(event.movement, m), at, event.present <= QUIET_ABOVE)
      case 'own':
        // The button shows it; only the ear needs the words.
        return this.#voice.say(ownText(event.what, event.on, m))
      case 'shared':
        return this.#show(event.on ? m.shares(event.name) : m.sharesNoMore(event.name), at, true)
      case 'trouble':
        return this.#show(troubleText(event.media, event.trouble, m), at, true)
      case 'share-failed':
        return this.#show(m.shareFailed, at, true)
      case 'silent':
        return this.#show(m.micSilent, at, true)
      case 'device-lost':
        return this.#show(m.deviceLost, at, true)
      case 'lost':
        return this.#voice.alert(m.lost)
      case 'back':
        return this.#voice.alert(m.back)
    }
  }

  #show(text: string, at: Date, aloud: boolean): void {
    this.#notices.add(text, at)
    if (aloud) this.#voice.say(text)
    else for (const notice of this.#notices.shown.value.slice(-1)) this.#notices.dismiss(notice.id)
  }
}
