// Applies language, colour scheme and keyboard choice to the page and remembers what the person chose.
import { effect, signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { lang, pickLang } from '../i18n/i18n.ts'
import type { Lang } from '../i18n/i18n.ts'
import { recall, remember } from './storage.ts'

/** Colour scheme: the device's, or a choice. */
export type Scheme = 'system' | 'light' | 'dark'

/** Colour scheme in use. */
export const scheme: Signal<Scheme> = signal<Scheme>('system')

/** Whether single keys act in the meeting (WCAG 2.1.4: they can be switched off). */
export const singleKeys: Signal<boolean> = signal(true)

/** Changes the language and remembers it. */
export function chooseLang(next: Lang): void {
  lang.value = next
  remember('runde.lang', next)
}

/** Changes the colour scheme and remembers it; `system` forgets the choice. */
export function chooseScheme(next: Scheme): void {
  scheme.value = next
  remember('runde.scheme', next === 'system' ? null : next)
}

/** Switches the single keys on or off and remembers a switch-off. */
export function chooseSingleKeys(on: boolean): void {
  singleKeys.value = on
  remember('runde.keys', on ? null : 'off')
}

/** Reads stored choices and keeps `<html lang>` and `<html data-scheme>` in step. Call once at start. */
export function applyPrefs(): void {
  const storedLang = recall('runde.lang')
  lang.value = storedLang === 'de' || storedLang === 'en' ? storedLang : pickLang(navigator.languages)
  const storedScheme = recall('runde.scheme')
  if (storedScheme === 'light' || storedScheme === 'dark') scheme.value = storedScheme
  singleKeys.value = recall('runde.keys') !== 'off'
  effect(() => {
    document.documentElement.lang = lang.value
  })
  effect(() => {
    if (scheme.value === 'system') delete document.documentElement.dataset['scheme']
    else document.documentElement.dataset['scheme'] = scheme.value
  })
}
