// Decides which language the page speaks: the stored choice, else the browser's first German or English, else German.
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { de } from './de.ts'
import type { Messages } from './de.ts'
import { en } from './en.ts'

/** Languages the client speaks. */
export type Lang = 'de' | 'en'

/**
 * First language of a preference list that the client speaks.
 * @param wanted BCP 47 tags in order of preference, as in `navigator.languages`
 */
export function pickLang(wanted: readonly string[]): Lang {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0]
    if (primary === 'de' || primary === 'en') return primary
  }
  return 'de'
}

/** Language in use. Set it through `app/prefs.ts`, which also remembers the choice. */
export const lang: Signal<Lang> = signal<Lang>('de')

const catalogues: Readonly<Record<Lang, Messages>> = { de, en }

/** Catalogue in use. */
export const messages: ReadonlySignal<Messages> = computed(() => catalogues[lang.value])

/** Catalogue in use; a component that calls it renders again when the language changes. */
export function t(): Messages {
  return messages.value
}

/** Date of an instant as people write it: `24. November 2026`. */
export function day(date: Date): string {
  return new Intl.DateTimeFormat(lang.value, { day: 'numeric', month: 'long', year: 'numeric' }).format(date)
}

/** Time of day: `19:24`. */
export function time(date: Date): string {
  return new Intl.DateTimeFormat(lang.value, { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    date,
  )
}
